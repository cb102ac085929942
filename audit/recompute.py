"""Every amount from its own recorded inputs, and every position from its facts; one filing at a time: memory is flat.

The hash chain, the rows of the read model and the workflows are other proofs (``rebuild``, ``reconcile``): this one
asks only whether the law, as this version has it, gives what was recorded.
"""

from collections.abc import AsyncIterator, Callable, Sequence
from uuid import UUID

from audit.determinations import recompute_determinations
from audit.rebuild import calendars_in_use, compare_standing, rebuild
from audit.report import Report
from database.pool import Connection, Pool
from database.reads.filters import BEFORE_ALL
from database.reads.read_model import all_filings, find_filing
from database.record.event_log import chain_of, find_head
from rules.kinds import KINDS
from rules.law.calendar import Calendars
from schemas.acts.act import FilingKind
from schemas.values.refusal import refuse

_BATCH = 500


async def recompute_filings(
    pool: Pool, filing_ids: Sequence[UUID] = (), step: Callable[[], None] = lambda: None
) -> Report:
    """These filings, or all; ``step`` is called after each. Raises Refused ``filing_unknown``."""
    report = Report()
    async with pool.acquire() as connection:
        calendars = await calendars_in_use(connection)
        async for filing_id in filings_asked(connection, filing_ids):
            report.add(await recompute_filing(connection, filing_id, calendars))
            step()
    return report


async def recompute_filing(connection: Connection, filing_id: UUID, calendars: Calendars) -> Report:
    """One filing, read in one snapshot; raises Refused ``filing_unknown``."""
    report = Report()
    async with connection.transaction(isolation="repeatable_read", readonly=True):
        head, summary = await find_head(connection, filing_id), await find_filing(connection, filing_id)
        if head is None or summary is None:
            raise refuse("filing_unknown", "filing_id", filing_id=filing_id)
        links = [link async for link in chain_of(connection, filing_id)]
    kind = FilingKind(head.kind)
    report.count(f"{kind.value}s")
    report.count("events", len(links))
    try:
        rebuilt = rebuild([KINDS[kind].fact(one.version, one.recorded_at, one.body) for one in links], kind, calendars)
        recompute_determinations(report, filing_id, rebuilt.facts)
    except (ValueError, KeyError, IndexError) as error:  # no facts at all, or none that an engine of ours wrote
        report.compare(filing_id, "facts", "can be read and derived from", repr(error))
        return report
    report.count("positions")
    compare_standing(report, summary, head, rebuilt)
    return report


async def filings_asked(connection: Connection, filing_ids: Sequence[UUID]) -> AsyncIterator[UUID]:
    """These, or every filing by id where none is named."""
    for one in filing_ids:
        yield one
    after = BEFORE_ALL
    while not filing_ids and (batch := await all_filings(connection, after, _BATCH)):
        for summary in batch:
            yield summary.filing_id
        after = batch[-1].filing_id
