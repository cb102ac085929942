"""Every row that the log proves beside its entry: changed, gone, put in, or written back to an earlier time."""

import json
from datetime import timedelta
from uuid import UUID

from audit.report import WasSetBack
from audit.sealing.leaves import row_hash
from audit.verify.found import Found
from database.evidence.log import last_checkpoint, list_set_backs
from database.evidence.proved_rows import (
    LoneEntry,
    ProvedRow,
    entries_lost,
    entries_told_twice,
    entries_without_event,
    entries_without_row,
    events_out_of_order,
    rows_with_entries,
)
from database.evidence.sources import EVENT, PARAMETERS, SOURCES

LATE = timedelta(hours=1)
"""A row is sealed some seconds after it was written; what comes this much later than it says was not there then."""
_TELL_EVERY = 1_000


async def verify_rows(found: Found) -> None:
    """Each source: its rows against the log, then the log against its rows."""
    for source in SOURCES.values():
        async for row in rows_with_entries(found.connection, source):
            found.report.count(f"rows_of_{source.name}")
            await _verify_row(found, source.table, row)
            if found.report.counts[f"rows_of_{source.name}"] % _TELL_EVERY == 0:
                found.progress("verifying_rows", found.report.counts[f"rows_of_{source.name}"])
        async for lone in entries_without_row(found.connection, source):
            await _gone(found, source.table, lone)
    async for lone in entries_without_event(found.connection):
        await _gone(found, "events", lone)
    async for lone in entries_told_twice(found.connection, PARAMETERS):
        where = f"log_entries.{lone.position}"
        await found.differ(where, None, _named(lone), filing_id=_filing(lone), position=lone.position)
    async for one in events_out_of_order(found.connection):
        filing_id, version = json.loads(one.key)
        where = f"sequence_numbers.{version}"
        await found.differ(where, one.sealed_as, one.number, filing_id=UUID(filing_id), position=one.position)


async def note_set_backs(found: Found) -> None:
    """What a database that was set back had lost is no difference, and is never left unsaid."""
    for one in await list_set_backs(found.connection):
        span = (one.first_position, one.end_position)
        found.report.set_backs.append(WasSetBack(*span, one.said_by, one.reason, one.taken_back_at))
    if found.report.set_backs:
        found.report.count("entries_lost", await entries_lost(found.connection))


async def _verify_row(found: Found, table: str, row: ProvedRow) -> None:
    where = f"{table}.{place_of(row.key)}"
    now = row_hash(row.row)
    if row.hash is None:
        last = await last_checkpoint(found.connection)
        is_late = last is not None and row.at is not None and row.at < last.made_at - LATE
        if row.waits and not is_late:
            found.report.count("rows_unsealed")
        else:
            await found.differ(where, None, now.hex(), filing_id=row.filing_id)
    else:
        await found.compare(f"{where}.hash", row.hash.hex(), now.hex(), filing_id=row.filing_id, position=row.position)


async def _gone(found: Found, table: str, lone: LoneEntry) -> None:
    where = f"{table}.{place_of(lone.key)}"
    await found.differ(where, lone.hash.hex(), None, filing_id=_filing(lone), position=lone.position)


def place_of(key: str) -> str:
    """The key of a row as it stands in the place of a difference; an event's filing is named beside it."""
    return " ".join(str(part) for part in json.loads(key))


def _named(lone: LoneEntry) -> str:
    return f"{lone.source} {place_of(lone.key)} {lone.hash.hex()}"


def _filing(lone: LoneEntry) -> UUID | None:
    return UUID(json.loads(lone.key)[0]) if lone.source == EVENT else None
