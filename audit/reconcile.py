"""The records side by side: facts derived again, read model, ledger, what was told, and Temporal's histories."""

import asyncio
import time
from datetime import timedelta
from functools import partial

from temporalio.client import Client

from audit.called_for import payouts_not_begun
from audit.rebuild import rebuild_and_compare
from audit.report import Report
from audit.sides.history import compare_histories, compare_stored
from audit.sides.outbox import compare_told
from client.keeping.runs import Run, run_of
from client.keeping.wake import MENDED_WITHIN
from client.together import together
from database.pool import Pool
from database.reads.audit_reads import events_unnumbered, messages_waiting
from database.reads.filters import BEFORE_ALL
from database.reads.read_model import FilingSummary, all_filings
from database.reads.standing_filings import find_unheard, unknown_among
from database.record.event_log import find_head
from rules.kinds import KINDS
from schemas.acts.act import FilingKind
from schemas.standing.answer import Head, head_of
from workflows.options import TASK_QUEUE

_BATCH = 500
_TOGETHER = 20
_TRIES, _PAUSE = 5, 0.2
"""While the engine works, a workflow can be a moment behind the log; only what stays different is a difference."""
_PAUSE_BEHIND = 1.0


async def reconcile(
    pool: Pool, client: Client | None, within: timedelta = MENDED_WITHIN, task_queue: str = TASK_QUEUE
) -> Report:
    """Rebuilds and compares the read model and the ledger, then asks Temporal where the run of every filing stands.

    Last, every history is read for what it has alone: acts that were granted and that the log has not, though the log
    was written on since. ``client`` is None where Temporal is gone: then the histories of the evidence store are read,
    and ``without_temporal`` counts the filings of which no run was asked.

    Temporal is compared as long as it still holds the run: runs that were cut off or are gone are counted, and are
    differences only where the filing has not ended. It can be done beside a running engine. What nobody has received
    yet and events without a number are no differences; they are told with the age of the oldest.

    A run whose last head is one of the log's, and which has not heard what came ``within`` this time, is waited for:
    the workers wake it. It agrees once it has come to where the log is, and is a difference when the time is over.
    One that is ahead of the log, or was told what the log was not, is a difference at once. A payout that is called for
    and has no filing is waited for as long, unless Temporal is gone: then nobody begins it.
    """
    report = await rebuild_and_compare(pool)
    await compare_told(report, pool)
    await _compare_workflows(report, pool, client, within)
    await _compare_payouts(report, pool, within if client else timedelta(0))
    if client is None:
        await compare_stored(report, pool)
    else:
        await compare_histories(report, pool, client, task_queue)
    async with pool.acquire() as connection:
        report.waiting["messages"] = vars(await messages_waiting(connection))
        report.waiting["events_unnumbered"] = vars(await events_unnumbered(connection))
    return report


async def _compare_workflows(report: Report, pool: Pool, client: Client | None, within: timedelta) -> None:
    after = BEFORE_ALL
    while True:
        async with pool.acquire() as connection:
            batch = await all_filings(connection, after, _BATCH)
        if not batch:
            return
        if client is None:
            report.count("without_temporal", len(batch))
        else:
            await together(_TOGETHER, partial(_compare_workflow, report, pool, client, within), batch)
        after = batch[-1].filing_id


async def _compare_workflow(
    report: Report, pool: Pool, client: Client, within: timedelta, summary: FilingSummary
) -> None:
    began, tried = time.monotonic(), 0
    while True:
        proved = await _head_in_log(pool, summary)
        run = await run_of(client, summary.workflow_id)
        tried += 1
        if run.head == proved or (run.status == "gone" and proved.ended):
            break
        if tried >= _TRIES:
            behind = await _behind_since(pool, summary, run, proved)
            if behind is None or max(behind, time.monotonic() - began) >= within.total_seconds():
                break
        await asyncio.sleep(_PAUSE if tried < _TRIES else _PAUSE_BEHIND)
    report.count(f"workflows_{run.status}")
    if run.head is not None or not proved.ended:
        report.compare(
            summary.filing_id,
            "workflow.head",
            proved.model_dump(),
            run.head.model_dump() if run.head else f"run_{run.status}",
        )


async def _behind_since(pool: Pool, summary: FilingSummary, run: Run, proved: Head) -> float | None:
    """Seconds; None where the run is not on the log's way, and so does not come to where the log is by itself."""
    if run.status != "running" or run.head is None or run.head.version >= proved.version:
        return None
    async with pool.acquire() as connection:
        unheard = await find_unheard(connection, summary.filing_id, run.head.version)
    if unheard is None:
        return None
    told = Head.model_validate(unheard.told or {})
    return unheard.seconds if run.head == told else None


async def _compare_payouts(report: Report, pool: Pool, within: timedelta) -> None:
    began, missing = time.monotonic(), await payouts_not_begun(pool)
    while missing and time.monotonic() - began < within.total_seconds():
        await asyncio.sleep(_PAUSE)
        async with pool.acquire() as connection:
            unknown = await unknown_among(connection, [one.start.payout_id for one in missing])
        missing = [one for one in missing if one.start.payout_id in unknown]
    if missing:  # what called for one may have been taken back meanwhile
        called = {one.start.payout_id for one in await payouts_not_begun(pool)}
        for one in missing:
            if one.start.payout_id in called:
                report.compare(one.start.parent_id, f"payout.{one.start.payout_id}", "called_for", None)


async def _head_in_log(pool: Pool, summary: FilingSummary) -> Head:
    async with pool.acquire() as connection:
        head = await find_head(connection, summary.filing_id)
    assert head is not None  # filings are never removed
    position = KINDS[FilingKind(head.kind)].stored_position(head.position)
    return head_of(head.version, position)
