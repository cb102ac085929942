"""A request id goes with what was asked for, into the lines of the run and of its activity, and nowhere else."""

import asyncio
import secrets
from datetime import timedelta
from typing import Any

import pytest
from structlog.contextvars import bound_contextvars, get_contextvars
from temporalio.client import Client, WithStartWorkflowOperation, WorkflowHandle
from temporalio.common import WorkflowIDConflictPolicy
from temporalio.worker import Replayer, Worker

from runtime.plugin import open_licence_plugin
from tests.runtime.sdk.speaking import SpeakingWorkflow, spoken

SPOKEN = ("temporalio.workflow", "temporalio.activity")


@pytest.fixture
def heard(caplog: pytest.LogCaptureFixture) -> list[tuple[str, str | None]]:
    """Every line of the SDK's loggers with the request id that ``runtime/logs.py`` would write beside it."""
    lines: list[tuple[str, str | None]] = []

    def hear(record: Any) -> bool:
        said, _, _details_of_the_run = record.getMessage().partition(" (")
        if record.name in SPOKEN:  # the worker's own lines are heard too where logs were configured before
            lines.append((said, get_contextvars().get("request_id")))
        return True

    for name in SPOKEN:
        caplog.set_level("INFO", logger=name)
    caplog.handler.addFilter(hear)
    return lines


async def _told(client: Client, name: str, expected: int, text: str, request_id: str | None) -> str:
    start = WithStartWorkflowOperation(
        SpeakingWorkflow.run,
        expected,
        id=name,
        task_queue=name,
        id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
    )
    given = {"request_id": request_id} if request_id else {}
    with bound_contextvars(**given):
        return await client.execute_update_with_start_workflow(
            SpeakingWorkflow.say, text, start_workflow_operation=start
        )


async def _spoken_life(client: Client, *ids: str | None) -> WorkflowHandle[SpeakingWorkflow, int]:
    """One run that was told something by each of these requests at the same time, and is over."""
    name = f"speaking-{secrets.token_hex(6)}"
    async with Worker(client, task_queue=name, workflows=[SpeakingWorkflow], activities=[spoken]):
        await asyncio.gather(*(_told(client, name, len(ids), f"text {place}", one) for place, one in enumerate(ids, 1)))
        handle: WorkflowHandle[SpeakingWorkflow, int] = client.get_workflow_handle_for(SpeakingWorkflow.run, name)
        await handle.result(rpc_timeout=timedelta(seconds=30))
    return handle


async def test_every_line_of_a_request_has_its_id_and_no_line_that_of_another(
    temporal_client: Client, heard: list[tuple[str, str | None]]
) -> None:
    ids = ("a1b2", "c3d4", None)
    await _spoken_life(temporal_client, *ids)
    words = ("before", "activity", "after")
    assert sorted(heard) == sorted((f"{word} text {place}", one) for place, one in enumerate(ids, 1) for word in words)


async def test_a_plain_update_takes_its_id_along_too(
    temporal_client: Client, heard: list[tuple[str, str | None]]
) -> None:
    name = f"speaking-{secrets.token_hex(6)}"
    async with Worker(temporal_client, task_queue=name, workflows=[SpeakingWorkflow], activities=[spoken]):
        handle = await temporal_client.start_workflow(SpeakingWorkflow.run, 1, id=name, task_queue=name)
        with bound_contextvars(request_id="e5f6"):
            await handle.execute_update(SpeakingWorkflow.say, "text")
        await handle.result()
    assert {one for _, one in heard} == {"e5f6"}
    assert len(heard) == 3


async def test_a_history_with_ids_replays_and_says_nothing_twice(
    temporal_client: Client, heard: list[tuple[str, str | None]]
) -> None:
    handle = await _spoken_life(temporal_client, "a1b2", None)
    said = len(heard)
    history = await handle.fetch_history()
    replayer = Replayer(workflows=[SpeakingWorkflow], plugins=[open_licence_plugin()])
    await replayer.replay_workflow(history)
    assert len(heard) == said
    assert b"a1b2" in b"".join(one.SerializeToString() for one in history.events)
    for event in history.events:
        if event.HasField("workflow_execution_update_accepted_event_attributes"):  # clearing it makes one of any
            event.workflow_execution_update_accepted_event_attributes.accepted_request.input.header.Clear()
    await replayer.replay_workflow(history)
