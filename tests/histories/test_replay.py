"""Old lives must still run: every golden history is replayed, and its commands are those of the lock."""

import dataclasses
from datetime import timedelta
from typing import Any

import pytest
from temporalio import workflow
from temporalio.client import WorkflowHistory

from schemas.acts.declaration import DeclarationAct
from schemas.standing.answer import Answer, Head
from schemas.standing.workflow import FilingInput, FilingResult
from tests.histories import golden
from worker import WORKFLOWS


@workflow.defn(name="Declaration", sandboxed=False)
class ChangedDeclaration:
    """As if somebody had put one more timer into the procedure."""

    @workflow.run
    async def run(self, given: FilingInput) -> FilingResult:
        await workflow.sleep(timedelta(days=1))
        return FilingResult(head=Head())

    @workflow.update
    async def perform(self, act: DeclarationAct) -> Answer:
        raise NotImplementedError


async def _replay(history: WorkflowHistory, workflows: Any = WORKFLOWS) -> Exception | None:
    replayer = golden.patient_replayer(workflows)
    result = await replayer.replay_workflow(history, raise_on_replay_failure=False)
    return result.replay_failure


@pytest.mark.parametrize("name", golden.names())
async def test_a_golden_history_is_replayed_by_the_workflows_of_today(name: str) -> None:
    assert await _replay(golden.read(name)) is None


def test_the_commands_of_every_history_are_those_of_the_lock() -> None:
    assert golden.all_commands() == golden.locked()


def test_there_is_a_history_of_every_workflow_and_of_every_command_it_can_give() -> None:
    recorded = {workflow.__name__.removesuffix("Workflow"): set[str]() for workflow in WORKFLOWS}
    for one in golden.all_commands().values():
        recorded[one["workflow"]].update(one["commands"].split(", "))
    assert {"start child", "complete"} <= recorded.pop("Opening")  # a schedule starts it; nobody asks it anything
    assert recorded.pop("Nightly") == {"complete"}  # neither
    assert all({"accept update", "record", "complete update", "complete"} <= found for found in recorded.values())
    assert {"start timer", "cancel timer"} <= recorded["Declaration"]
    assert {"start child", "continue as new"} <= recorded["Licence"]


async def test_a_changed_procedure_is_caught() -> None:
    name = "a_draft_is_discarded.declaration"
    assert await _replay(golden.read(name), [ChangedDeclaration]) is not None


async def test_a_history_that_lost_an_event_is_caught() -> None:
    history = golden.read("a_timer_moves.declaration")
    without = [one for one in history.events if not one.HasField("timer_started_event_attributes")]
    assert len(without) < len(history.events)
    assert await _replay(dataclasses.replace(history, events=without)) is not None
