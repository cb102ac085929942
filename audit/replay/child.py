"""Replays the histories that come on standard input with the code of the folder it is started in.

It stands alone, since the code of another version is asked by it too: of ours it needs only ``worker.WORKFLOWS`` and
``runtime.plugin`` of that folder. A frame is one line of JSON and after it the bytes of the history, then those of the
log that its payloads are compared with; an answer is one line of JSON. What has no end is ended by whoever started it:
activations run inline, so nothing here would notice.
"""

import asyncio
import gc
import json
import os
import re
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO

Compare = Callable[[dict[str, Any], bytes, bytes], dict[str, Any]]
_EVENT = re.compile(r"(?:HistoryEvent\(id: |event id: |event_id: )(\d+)")
_LONGEST = 2_000
_YOUNG = 100_000
"""Objects after which garbage is looked for: a history leaves some thousands, and looking for them costs a tenth."""
_BUILD = "replay"
"""No history says it. Without one, the SDK reads the code of every module there is and hashes it, to make one."""


class Replays:
    """One replayer for all histories: its models and its sandbox are made once."""

    def __init__(self, folder: Path) -> None:
        from temporalio.worker import Replayer

        from runtime.plugin import open_licence_plugin

        self._folder = folder
        self._workflows = list(import_module("worker").WORKFLOWS)  # of whatever code stands here
        self._make: Callable[[], Replayer] = lambda: Replayer(
            workflows=self._workflows, plugins=[open_licence_plugin()], build_id=_BUILD, debug_mode=True
        )
        self.types = [getattr(one, "__temporal_workflow_definition").name for one in self._workflows]

    async def strictly(self, history: Any) -> Exception | None:
        """In the sandbox as Temporal makes it, which imports the workflows again for this run."""
        from temporalio.contrib.pydantic import pydantic_data_converter
        from temporalio.worker import Replayer
        from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

        strict = SandboxRestrictions.default.with_passthrough_modules("schemas", "rules", "activities")
        replayer = Replayer(
            workflows=self._workflows,
            data_converter=pydantic_data_converter,
            workflow_runner=SandboxedWorkflowRunner(restrictions=strict),
            build_id=_BUILD,
        )
        return (await replayer.replay_workflow(history, raise_on_replay_failure=False)).replay_failure

    async def of(self, histories: AsyncIterator[Any]) -> AsyncIterator[Exception | None]:
        """The failure of each history, in their order; after one a new replayer goes on, as the old may be broken."""
        failed = True
        while failed:
            failed = False
            async with self._make().workflow_replay_iterator(histories) as results:
                async for one in results:
                    yield one.replay_failure
                    if one.replay_failure is not None:
                        failed = True
                        break

    async def last_line(self, history: Any) -> str | None:
        """Of a history that failed: the last line of the workflows that ran, ``workflows/licence.py:31``."""
        last: list[str] = []
        below = str(self._folder / "workflows")

        def trace(frame: Any, event: str, arg: Any) -> Any:
            del arg
            if not frame.f_code.co_filename.startswith(below):
                return None
            if event == "line":
                last[:] = [f"{Path(frame.f_code.co_filename).relative_to(self._folder).as_posix()}:{frame.f_lineno}"]
            return trace

        before = sys.gettrace()
        sys.settrace(trace)
        try:
            await self._make().replay_workflow(history, raise_on_replay_failure=False)
        finally:
            sys.settrace(before)
        return last[0] if last else None


def said(failure: Exception) -> tuple[str, int | None]:
    """Why a replay failed, in a sentence, and the number of the event at which it did."""
    text = str(failure)
    event = _EVENT.search(text)
    message = re.search(r'message: "((?:[^"\\]|\\.)*)"', text)
    kind = re.search(r'type: "(\w+)"', text)
    parts = [part for part in (kind and kind[1], message and message[1]) if part]
    return (": ".join(parts) or text)[:_LONGEST], int(event[1]) if event else None


class Frames:
    """Reads frame after frame, and answers each when its replay is over, or at once where there is none."""

    def __init__(self, given: BinaryIO, put: Callable[[dict[str, Any]], None], compare: Compare | None) -> None:
        self._given, self._put, self._compare = given, put, compare
        self._asked: list[tuple[dict[str, Any], Any, bytes, bytes]] = []
        self._began = time.process_time_ns()

    async def serve(self) -> None:
        """Until there is no more."""
        replays, frozen = Replays(Path.cwd()), False
        self._put({"ready": replays.types})
        async for failure in replays.of(self._histories(replays)):
            frame, history, text, log = self._asked.pop()
            answer: dict[str, Any] = {}
            if failure is None and frame["strict"]:
                failure = await replays.strictly(history)
            if failure is not None:
                answer["failure"], answer["event"] = said(failure)
                answer["line"] = await replays.last_line(history)
            else:
                answer["counts"] = {"replayed": 1} | ({"replayed_strictly": 1} if frame["strict"] else {})
            self._answer(frame, text, log, answer)
            if not frozen:  # what the first one made stays, and is not to be looked through again and again
                gc.collect()
                gc.freeze()
                gc.set_threshold(_YOUNG)
                frozen = True

    async def _histories(self, replays: Replays) -> AsyncIterator[Any]:
        from temporalio.api.history.v1 import History
        from temporalio.client import WorkflowHistory

        while line := self._given.readline():
            frame = json.loads(line)
            text, log = self._given.read(frame["history"]), self._given.read(frame["log"])
            try:
                events = History.FromString(text).events
            except Exception as error:  # protobuf says DecodeError by another class in each of its implementations
                self._answer(frame, b"", b"", {"failure": f"it is no history: {error}"})
                continue
            no = why_not(events, replays.types)
            if no is not None or not frame["replayed"]:
                self._answer(frame, text, log, no or {})
                continue
            history = WorkflowHistory(frame["workflow_id"], events)
            self._asked.append((frame, history, text, log))
            yield history

    def _answer(self, frame: dict[str, Any], text: bytes, log: bytes, answer: dict[str, Any]) -> None:
        if self._compare is not None and log and text:
            compared = self._compare(frame, text, log)
            counts = answer.get("counts", {}) | compared["counts"]
            answer = answer | compared | {"counts": counts}
        now = time.process_time_ns()
        self._put({"key": frame["key"], "nanoseconds": now - self._began} | answer)
        self._began = now


def why_not(events: Any, types: list[str]) -> dict[str, Any] | None:
    """The answer to a history that cannot be replayed; None where it can."""
    if not events or not events[0].HasField("workflow_execution_started_event_attributes"):
        return {"failure": "it does not begin with the start of a run", "event": 1}
    name = events[0].workflow_execution_started_event_attributes.workflow_type.name
    if name not in types:
        return {"failure": f"this code has no workflow {name}; it has {', '.join(types)}", "event": 1}
    if not any(one.HasField("workflow_task_completed_event_attributes") for one in events):
        return {"counts": {"not_begun": 1}}  # no worker has taken it up, and the replayer would wait for one
    return None


def main() -> None:
    """Standard output carries the answers alone: what a library prints goes to standard error."""
    sys.path[0] = str(Path.cwd())  # the folder of this file would hide modules of the code that is asked
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)

    def put(answer: dict[str, Any]) -> None:
        print(json.dumps(answer, ensure_ascii=False), file=answers, flush=True)

    compare: Compare | None = None
    if "--compare" in sys.argv:
        from audit.replay.payloads import compared as compare
    run: Callable[[Any], None] = asyncio.run
    with suppress(ImportError):
        from uvloop import run
    try:
        run(Frames(sys.stdin.buffer, put, compare).serve())
    except ImportError as error:
        put({"unusable": f"{error}"})
    sys.stderr.flush()
    os._exit(0)  # the SDK's threads can abort an interpreter that is leaving


if __name__ == "__main__":
    main()
