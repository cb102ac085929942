"""Which runs the evidence store lacks, and how long Temporal still has them."""

from datetime import UTC, datetime, timedelta

from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest
from temporalio.client import Client
from temporalio.service import RPCError

from audit.evidence.copying import listed
from audit.report import Report
from client.keeping.runs import run_of
from database.evidence.histories import last_copies, without_history
from database.pool import Pool
from database.reads.filters import BEFORE_ALL
from runtime.connection import is_passing
from schemas.values.refusal import Fault

_BATCH = 1_000


async def see_copied(pool: Pool, client: Client, task_queue: str) -> Report:
    """Every closed run that is not copied to its end is a difference, and every filing of which nothing is copied.

    A run that goes on may be behind by what came since the last night: it is counted, and so is one not copied yet.
    """
    report = Report()
    keeps = await retention(client)
    async for batch in listed(client, task_queue):
        async with pool.acquire() as connection:
            known = await last_copies(connection, [one.run_id for one in batch])
        for run in batch:
            last = known.get(run.run_id)
            if run.is_open:
                report.count("runs_open")
                report.count("runs_open_copied", int(last is not None))
                continue
            report.count("runs_closed")
            if last is None or last.closed_as is None:
                closed_at = run.closed_at or datetime.now(UTC)
                lost_at = closed_at + keeps
                report.compare(
                    last.filing_id if last else None, f"history.{run.workflow_id}.{run.run_id}", "copied", lost_at
                )
    after = BEFORE_ALL
    while True:
        async with pool.acquire() as connection:
            some = await without_history(connection, after, _BATCH)
        if not some:
            break
        for filing_id, workflow_id in some:
            if (await run_of(client, workflow_id)).status == "gone":
                report.compare(filing_id, f"history.{workflow_id}", "copied", "gone")
        after = some[-1][0]
    report.count("retention_days", keeps.days)
    return report


async def retention(client: Client) -> timedelta:
    """How long Temporal keeps the history of a closed run."""
    try:
        found = await client.workflow_service.describe_namespace(
            DescribeNamespaceRequest(namespace=client.namespace), retry=True
        )
    except RPCError as error:
        raise Fault("temporal", f"Temporal cannot be asked: {error.message}", retry=is_passing(error)) from error
    return found.config.workflow_execution_retention_ttl.ToTimedelta()
