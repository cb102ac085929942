"""The records of every filing side by side: facts derived again, read model, ledger, and its workflow's own word."""

import asyncio
from datetime import timedelta
from uuid import UUID

from temporalio.client import Client, WorkflowExecutionDescription, WorkflowExecutionStatus, WorkflowHandle
from temporalio.service import RPCError

from audit.rebuild import rebuild_and_compare
from audit.report import Report
from database.pool import Pool
from database.reads.audit_reads import events_unnumbered, messages_waiting
from database.reads.read_model import FilingSummary, list_filings
from database.record.event_log import find_head
from rules.kinds import KINDS
from runtime.connection import MEANINGS, Meaning
from schemas.acts.act import FilingKind
from schemas.standing.answer import Head, head_of
from schemas.standing.workflow import FilingResult
from schemas.values.refusal import Fault

_BATCH = 500
_TOGETHER = 20
_TRIES, _PAUSE = 5, 0.2
"""While the engine works, a workflow can be a moment behind the log; only what stays different is a difference."""
_QUERY_TIMEOUT = timedelta(seconds=30)


async def reconcile(pool: Pool, client: Client) -> Report:
    """Rebuilds and compares the read model and the ledger, then asks the workflow of every filing where it stands.

    Needs a worker, since only a worker answers queries; a completed run says where it stood. Temporal is compared as
    long as it still holds the run: runs that were cut off or are gone are counted, and are differences only where the
    filing has not ended. It can be done beside a running engine. What nobody has received yet and events without a
    number are no differences; they are told with the age of the oldest.
    """
    report = await rebuild_and_compare(pool)
    limit = asyncio.Semaphore(_TOGETHER)

    async def one(summary: FilingSummary) -> None:
        async with limit:
            await _compare_workflow(report, pool, client, summary)

    after: UUID | None = None
    while True:
        async with pool.acquire() as connection:
            batch = await list_filings(connection, after=after, limit=_BATCH)
        if not batch:
            break
        await asyncio.gather(*(one(summary) for summary in batch))
        after = batch[-1].filing_id
    async with pool.acquire() as connection:
        report.waiting["messages"] = vars(await messages_waiting(connection))
        report.waiting["events_unnumbered"] = vars(await events_unnumbered(connection))
    return report


async def _compare_workflow(report: Report, pool: Pool, client: Client, summary: FilingSummary) -> None:
    handle: WorkflowHandle[object, FilingResult] = client.get_workflow_handle(
        summary.workflow_id, result_type=FilingResult
    )
    for tried in range(1, _TRIES + 1):
        proved = await _head_in_log(pool, summary)
        status, found = await _head_in_temporal(handle)
        if found == proved or (status in ("gone", "silent") and proved.ended) or tried == _TRIES:
            break
        await asyncio.sleep(_PAUSE)
    report.count(f"workflows_{status}")
    if found is not None or not proved.ended:
        report.compare(
            summary.filing_id, "workflow.head", proved.model_dump(), found.model_dump() if found else f"run {status}"
        )


async def _head_in_log(pool: Pool, summary: FilingSummary) -> Head:
    async with pool.acquire() as connection:
        head = await find_head(connection, summary.filing_id)
    assert head is not None  # filings are never removed
    position = KINDS[FilingKind(head.kind)].stored_position(head.position)
    return head_of(head.version, position)


async def _head_in_temporal(handle: WorkflowHandle[object, FilingResult]) -> tuple[str, Head | None]:
    """``running``, ``closed``, ``gone`` or ``silent``, and what the workflow says, or said when it ended."""
    try:
        described: WorkflowExecutionDescription = await handle.describe()
        if described.status is WorkflowExecutionStatus.COMPLETED:
            return "closed", (await handle.result(rpc_timeout=_QUERY_TIMEOUT)).head
        if described.status is not WorkflowExecutionStatus.RUNNING:
            return "closed", None
        return "running", await handle.query("head", result_type=Head, rpc_timeout=_QUERY_TIMEOUT)
    except RPCError as error:
        meaning = MEANINGS[error.status]
        if meaning is Meaning.NOT_THERE:
            return "gone", None
        if meaning is Meaning.AWAY:
            # Who could not be asked has said nothing different; the client has already tried for some seconds.
            raise Fault("temporal", f"Temporal cannot be asked: {error.message}", retry=True) from error
        return "silent", None
