"""A run that is slow because the machine is busy is not interrupted."""

from uuid import uuid4

from temporalio.client import Client
from temporalio.worker import Worker

from runtime.sdk.patience import PATIENCE, patient
from workflows.declaration import DeclarationWorkflow


async def test_a_worker_waits_longer_than_the_sdk_would_by_itself(temporal_client: Client) -> None:
    worker = Worker(temporal_client, task_queue=f"slow-{uuid4()}", workflows=[DeclarationWorkflow])
    runs = worker._workflow_worker
    assert runs is not None
    assert runs._deadlock_timeout_seconds == 2  # what the SDK does; if it changes, patience has to be looked at again
    assert patient(worker) is worker
    assert runs._deadlock_timeout_seconds == PATIENCE
