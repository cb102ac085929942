"""The chain of every filing, and each of its events beside the entry that the log has of it."""

from uuid import UUID

from audit.chain import verify_chain
from audit.verify.found import Found
from audit.verify.rows import LATE
from database.evidence.log import last_checkpoint
from database.evidence.proved_rows import entries_of_filing, waiting_events
from database.reads.audit_reads import rows_without_filing
from database.reads.filters import BEFORE_ALL
from database.reads.read_model import FilingSummary, all_filings
from database.record.event_log import ChainLink, chain_of, find_head

_BATCH = 500


async def verify_chains(found: Found) -> None:
    """Every filing, one after the other."""
    after = BEFORE_ALL
    while batch := await all_filings(found.connection, after, _BATCH):
        for summary in batch:
            await _verify_filing(found, summary)
        after = batch[-1].filing_id
        found.progress("verifying_chains", found.report.counts["events"])
    for table, filing_id in await rows_without_filing(found.connection):
        await found.differ(table, None, "belongs to no filing", filing_id=filing_id)


async def _verify_filing(found: Found, summary: FilingSummary) -> None:
    connection, filing_id = found.connection, summary.filing_id
    head = await find_head(connection, filing_id)
    assert head is not None  # it was listed in this snapshot
    links = [link async for link in chain_of(connection, filing_id)]
    chain = await verify_chain(connection, filing_id, head, links)
    found.report.counts |= {
        what: found.report.counts.get(what, 0) + how_many for what, how_many in chain.counts.items()
    }
    entries = await entries_of_filing(connection, filing_id)
    for one in chain.differences:
        position = entries.get(_version_in(one.where), (None,))[0]
        await found.differ(one.where, one.proved, one.found, filing_id=filing_id, position=position)
    await _verify_sealed(found, filing_id, links, entries)


async def _verify_sealed(
    found: Found, filing_id: UUID, links: list[ChainLink], entries: dict[int, tuple[int, bytes]]
) -> None:
    is_changed = False
    for link in links:
        where = f"events.{link.version}"
        if link.version not in entries:
            await _verify_unsealed(found, filing_id, where, link)
            continue
        position, sealed = entries[link.version]
        if sealed != link.hash and is_changed:
            found.report.count("events_after_a_changed_one")  # each holds the hash of the one before
        elif sealed != link.hash:
            is_changed = True
            await found.differ(f"{where}.hash", sealed.hex(), link.hash.hex(), filing_id=filing_id, position=position)


async def _verify_unsealed(found: Found, filing_id: UUID, where: str, link: ChainLink) -> None:
    last = await last_checkpoint(found.connection)
    is_late = last is not None and link.recorded_at < last.made_at - LATE
    if not is_late and link.version in await waiting_events(found.connection, filing_id):
        found.report.count("events_unsealed")
    else:
        await found.differ(where, None, link.hash.hex(), filing_id=filing_id)


def _version_in(where: str) -> int:
    """The version in the place of a difference of a chain; 0 for what is of no single event."""
    parts = where.split(".")
    return int(parts[1]) if parts[0] == "events" and parts[1].isdecimal() else 0
