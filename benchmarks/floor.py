"""The floor: what Temporal and Postgres cost by themselves on this machine.

One workflow per life, ten acts as updates, each one local activity with one transaction: lock the head, append with its
hash, one row in an outbox. No law, no models of ours, sandbox and fsync on. ``throughput.py`` runs it before and after.
Its worker has the SDK's own sandbox, as the prototype had; ours (``runtime/sdk/sandbox.py``) is a part of the engine.
"""

import asyncio
import signal
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from uuid import uuid4

from temporalio import activity, workflow
from temporalio.client import Client, WithStartWorkflowOperation
from temporalio.common import WorkflowIDConflictPolicy
from temporalio.worker import Worker

with workflow.unsafe.imports_passed_through():
    import asyncpg  # as the engine's own folders are: imported again for each run it would never be done

QUEUE = "floor"
ACTS = 10
TABLES = """
CREATE TABLE IF NOT EXISTS floor_heads (filing text PRIMARY KEY, version int NOT NULL, hash bytea NOT NULL);
CREATE TABLE IF NOT EXISTS floor_events (
    filing text, version int, body text NOT NULL, hash bytea NOT NULL, PRIMARY KEY (filing, version));
CREATE TABLE IF NOT EXISTS floor_outbox (id bigserial PRIMARY KEY, filing text NOT NULL, version int NOT NULL);
GRANT ALL ON floor_heads, floor_events, floor_outbox TO engine;
GRANT ALL ON SEQUENCE floor_outbox_id_seq TO engine;
"""


@dataclass
class FloorAct:
    """One act of a life without law."""

    filing: str
    number: int
    body: str


class FloorRecorder:
    """One act, one transaction."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool

    @activity.defn(name="floor_record")
    async def record(self, act: FloorAct) -> int:
        """Appends the act; returns the version."""
        async with self._pool.acquire() as connection, connection.transaction():
            await connection.execute(
                "INSERT INTO floor_heads VALUES ($1, 0, $2) ON CONFLICT DO NOTHING", act.filing, bytes(32)
            )
            head = await connection.fetchrow(
                "SELECT version, hash FROM floor_heads WHERE filing = $1 FOR UPDATE", act.filing
            )
            assert head is not None  # inserted just before
            version: int = head["version"] + 1
            digest = sha256(head["hash"] + act.body.encode()).digest()
            await connection.execute(
                "INSERT INTO floor_events VALUES ($1, $2, $3, $4)", act.filing, version, act.body, digest
            )
            await connection.execute(
                "UPDATE floor_heads SET version = $2, hash = $3 WHERE filing = $1", act.filing, version, digest
            )
            await connection.execute("INSERT INTO floor_outbox (filing, version) VALUES ($1, $2)", act.filing, version)
        return version


@workflow.defn(name="Floor")
class FloorWorkflow:
    """Takes ten acts and ends."""

    def __init__(self) -> None:
        self._done = 0
        self._lock = asyncio.Lock()

    @workflow.run
    async def run(self) -> int:
        """How many acts were taken."""
        await workflow.wait_condition(lambda: self._done >= ACTS)
        await workflow.wait_condition(workflow.all_handlers_finished)
        return self._done

    @workflow.update
    async def perform(self, act: FloorAct) -> int:
        """One act."""
        async with self._lock:
            version = await workflow.execute_local_activity_method(
                FloorRecorder.record, act, start_to_close_timeout=timedelta(seconds=20)
            )
            self._done += 1
            return version


async def floor_life(client: Client, timed: list[float]) -> int:
    """One life of ten acts; appends each acknowledgement's seconds to ``timed`` and returns the acts."""
    clock = asyncio.get_running_loop().time
    name = f"floor:{uuid4()}"
    body = "x" * 700  # about what an act of ours weighs
    for number in range(ACTS):
        began = clock()
        act = FloorAct(name, number, body)
        if number:
            await client.get_workflow_handle(name).execute_update(FloorWorkflow.perform, act)
        else:
            start = WithStartWorkflowOperation(
                FloorWorkflow.run, id=name, task_queue=QUEUE, id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING
            )
            await client.execute_update_with_start_workflow(FloorWorkflow.perform, act, start_workflow_operation=start)
        timed.append(clock() - began)
    return ACTS


async def serve() -> int:
    """The floor's own worker, until SIGTERM."""
    from temporalio.contrib.pydantic import pydantic_data_converter

    from runtime.settings import Settings
    from runtime.stack import addresses

    known = addresses(Settings.read())
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    async with await asyncpg.create_pool(known.database_url, min_size=16, max_size=16) as pool:
        client = await Client.connect(
            known.temporal_address, namespace=known.temporal_namespace, data_converter=pydantic_data_converter
        )
        async with Worker(
            client,
            task_queue=QUEUE,
            workflows=[FloorWorkflow],
            activities=[FloorRecorder(pool).record],
            max_cached_workflows=5_000,
            max_concurrent_local_activities=16,
        ):
            await stop.wait()
    return 0


def main() -> int:
    """Called by ``throughput.py`` in a process of its own; run as a script the sandbox would not find the workflow."""
    import uvloop

    return uvloop.run(serve())
