import secrets

from temporalio.client import Client, WorkflowHandle
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import Replayer, Worker
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner

from runtime.plugin import open_licence_plugin
from schemas.values.refusal import Refusal
from tests.runtime.same_class import SameClassWorkflow, Seen

GIVEN = Refusal(code="c", where="offer.title", facts={"title": "不"})


async def _run(client: Client) -> tuple[Seen, WorkflowHandle[SameClassWorkflow, Seen]]:
    name = f"same-class-{secrets.token_hex(6)}"
    async with Worker(client, task_queue=name, workflows=[SameClassWorkflow]) as worker:
        assert isinstance(worker.config()["workflow_runner"], SandboxedWorkflowRunner)
        handle = await client.start_workflow(SameClassWorkflow.run, GIVEN, id=name, task_queue=name)
        return await handle.result(), handle


def _is_the_same(seen: Seen) -> bool:
    return seen == Seen(class_imported=id(Refusal), class_received=id(Refusal), received=GIVEN)


async def test_a_workflow_in_the_sandbox_sees_the_same_classes_as_we_do(temporal_client: Client) -> None:
    seen, _ = await _run(temporal_client)
    assert _is_the_same(seen)


async def test_the_time_skipping_server_takes_the_same_plugin(time_skipping: WorkflowEnvironment) -> None:
    seen, _ = await _run(time_skipping.client)
    assert _is_the_same(seen)


async def test_the_replayer_takes_the_same_plugin(temporal_client: Client) -> None:
    _, handle = await _run(temporal_client)
    replayer = Replayer(workflows=[SameClassWorkflow], plugins=[open_licence_plugin()])
    await replayer.replay_workflow(await handle.fetch_history())
