"""What Temporal's histories tell of the log: acts that were granted and that it has not, and filings it never heard of.

Where two heads agree it says nothing yet: a log that was set back and written on has the same number of acts, and not
the same ones. So every history is read, and each of its acts is looked for.
"""

import asyncio
from typing import Any

from temporalio.client import Client

from audit.evidence.packing import Dictionaries
from audit.evidence.reading import read_history
from audit.report import Report
from client.keeping.lost import Granted, granted_in, lost_acts, not_in_log
from client.keeping.runs import RUNNING, list_runs
from client.together import together
from database.evidence.histories import copies_numbered, numbers_of_ends
from database.pool import Pool
from database.reads.standing_filings import find_standing, unknown_among
from schemas.acts.act import FilingKind

_EVERY = f"({RUNNING} OR ExecutionStatus != 'Running')"
_PAUSE = 2.0
"""Seconds after which an act that was just granted stands in the log."""
_TOGETHER = 8
_BATCH = 200


async def compare_stored(report: Report, pool: Pool) -> None:
    """The same by the evidence store alone, where Temporal is gone; what cannot be read is counted."""
    async with pool.acquire() as connection:
        numbers, dictionaries = await numbers_of_ends(connection), Dictionaries()
        for start in range(0, len(numbers), _BATCH):
            for kept in await copies_numbered(connection, numbers[start : start + _BATCH]):
                if kept.filing_id is None:
                    continue  # a run of the engine's own
                stored = await read_history(connection, kept, dictionaries)
                report.count("histories")
                if stored.fault is not None:
                    report.count("histories_unreadable")
                    continue
                kind = FilingKind(kept.workflow_type.lower())
                granted = granted_in(stored.events(), kind, kept.workflow_id, str(kept.run_id))
                await _compare(report, pool, await not_in_log(pool, granted))


async def compare_histories(report: Report, pool: Pool, client: Client, task_queue: str) -> None:
    """A difference for each act that a history has alone, and for each filing; with the heads of both sides."""
    runs = [run async for run in list_runs(client, task_queue, _EVERY)]
    report.count("histories", len(runs))
    lost = await lost_acts(client, pool, runs)
    if lost:  # one that was granted a moment ago
        await asyncio.sleep(_PAUSE)
        lost = await not_in_log(pool, lost)
    await _compare(report, pool, lost)


async def _compare(report: Report, pool: Pool, lost: list[Granted]) -> None:
    if not lost:
        return
    async with pool.acquire() as connection:
        unknown = await unknown_among(connection, list({one.act.filing_id for one in lost}))
    last = {one.act.filing_id: one for one in lost}
    for filing_id in unknown:
        report.compare(filing_id, "history.filing", None, _run(last[filing_id]))
    heads = dict(await together(_TOGETHER, lambda one: _head_of(pool, one), last.values()))
    for one in lost:
        found = {**_run(one), "act_id": one.act.act_id, "on": one.act.on, "log": heads[one.act.filing_id]}
        report.compare(one.act.filing_id, f"history.{one.act.kind}.{one.act.act_id}", None, found)


async def _head_of(pool: Pool, one: Granted) -> tuple[Any, dict[str, Any] | None]:
    async with pool.acquire() as connection:
        standing = await find_standing(connection, one.act.filing_id)
    head = None if standing is None else {"version": standing.version, "stage": standing.stage}
    return one.act.filing_id, head


def _run(one: Granted) -> dict[str, Any]:
    head = (one.answer or {}).get("head", {})
    return {
        "workflow_id": one.workflow_id,
        "run_id": one.run_id,
        "granted_at": one.at,
        "head": {name: head[name] for name in ("version", "stage") if name in head},
    }
