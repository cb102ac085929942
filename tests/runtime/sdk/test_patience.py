"""A run that is slow because the machine is busy is not interrupted."""

import time
from datetime import timedelta
from uuid import uuid4

from temporalio import workflow
from temporalio.client import Client
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

from runtime.sdk.patience import PATIENCE, patient


@workflow.defn
class Slow:
    """Thinks for longer than the SDK waits by itself, once."""

    @workflow.run
    async def run(self) -> str:
        time.sleep(2.5)  # noqa: ASYNC251  # it holds its thread, as a busy machine does
        return "done"


async def test_a_run_that_thinks_for_longer_than_the_sdks_two_seconds_is_done(temporal_client: Client) -> None:
    queue = f"slow-{uuid4()}"
    worker = Worker(temporal_client, task_queue=queue, workflows=[Slow], workflow_runner=UnsandboxedWorkflowRunner())
    async with patient(worker):
        handle = await temporal_client.start_workflow(
            Slow.run, id=queue, task_queue=queue, task_timeout=timedelta(seconds=PATIENCE)
        )
        assert await handle.result() == "done"
        failed = [one async for one in handle.fetch_history_events() if one.workflow_task_failed_event_attributes.cause]
        assert failed == []
