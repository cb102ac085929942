"""Golden histories: where they lie, how they are made free of the machine, and the commands that they hold."""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from temporalio.client import WorkflowHistory
from temporalio.worker import Replayer

from runtime.plugin import open_licence_plugin

FOLDER = Path(__file__).parent / "golden"
RELEASED = Path(__file__).parent / "released"
"""A folder for each version that was released, with what its workers left behind; never changed."""
LOCK = Path(__file__).with_name("commands.lock.json")
COMMANDS = {
    "EVENT_TYPE_MARKER_RECORDED": "record",
    "EVENT_TYPE_TIMER_STARTED": "start timer",
    "EVENT_TYPE_TIMER_CANCELED": "cancel timer",
    "EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED": "start child",
    "EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED": "accept update",
    "EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_COMPLETED": "complete update",
    "EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW": "continue as new",
    "EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED": "complete",
    "EVENT_TYPE_WORKFLOW_EXECUTION_FAILED": "fail",
}
_OF_THE_MACHINE = ("identity", "binaryChecksum", "buildId", "sdkName", "sdkVersion", "stackTrace")


def patient_replayer(workflows: Sequence[type]) -> Replayer:
    """Has all that a worker has but its limit of two seconds a step: how fast a machine is proves nothing."""
    return Replayer(workflows=list(workflows), plugins=[open_licence_plugin()], debug_mode=True)


def names() -> list[str]:
    """All golden histories: of today by their names, of a released version as ``1.0/name``."""
    today = (path.stem for path in FOLDER.glob("*.json"))
    return sorted([*today, *(f"{path.parent.name}/{path.stem}" for path in RELEASED.glob("*/*.json"))])


def release(version: str) -> None:
    """Keeps today's histories for that version, which then must be replayed for ever."""
    shutil.copytree(FOLDER, RELEASED / version)


def read(name: str) -> WorkflowHistory:
    folder = RELEASED if "/" in name else FOLDER
    text = (folder / f"{name}.json").read_text(encoding="utf-8")
    return WorkflowHistory.from_json(json.loads(text)["workflow_id"], text)


adds_only = False
"""Whether what is there already stays as it is."""


def write(name: str, history: WorkflowHistory) -> None:
    """One event a line, so that a difference can be read; nothing of the machine that recorded it."""
    if adds_only and (FOLDER / f"{name}.json").exists():
        return
    events = [_cleaned(event) for event in json.loads(history.to_json())["events"]]
    lines = ",\n".join(json.dumps(event, ensure_ascii=False, separators=(",", ":"), sort_keys=True) for event in events)
    FOLDER.mkdir(exist_ok=True)
    text = f'{{"workflow_id": {json.dumps(history.workflow_id)}, "events": [\n{lines}\n]}}\n'
    (FOLDER / f"{name}.json").write_text(text, encoding="utf-8")


def _cleaned(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: "" if key in _OF_THE_MACHINE else _cleaned(one) for key, one in value.items()}
    return [_cleaned(one) for one in value] if isinstance(value, list) else value


def workflow_type(history: WorkflowHistory) -> str:
    return str(history.events[0].workflow_execution_started_event_attributes.workflow_type.name)


def commands(history: WorkflowHistory) -> list[str]:
    """What the workflow told the server to do, in order; for a child its id's first part."""
    events = json.loads(history.to_json())["events"]
    return [COMMANDS[event["eventType"]] for event in events if event["eventType"] in COMMANDS]


def locked() -> dict[str, Any]:
    lock: dict[str, Any] = json.loads(LOCK.read_text(encoding="utf-8"))
    return lock


def all_commands() -> dict[str, Any]:
    """Name -> type of workflow and its sequence of commands."""
    return {
        name: {"workflow": workflow_type(history), "commands": ", ".join(commands(history))}
        for name, history in ((name, read(name)) for name in names())
    }


def write_lock() -> None:
    text = json.dumps(all_commands(), ensure_ascii=False, indent=1, sort_keys=True)
    LOCK.write_text(text + "\n", encoding="utf-8")
