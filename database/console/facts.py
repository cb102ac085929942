"""Facts and findings of the filings that somebody may see, across them."""

from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from database.bulletin.pages import Direction, Page, Place, page_of, planned
from database.console.whose import Whose, among_theirs
from database.pool import Connection
from database.reads.filters import Filters
from database.reads.read_model import StreamedEvent, events_since
from database.record.posting import Finding

_FINDING = "key, code, about, opened_on, closed_on"


async def facts_of_mine(
    connection: Connection, whose: Sequence[Whose], after: int = 0, limit: int = 500
) -> list[StreamedEvent]:
    """Facts of their filings after a sequence number, in that order."""
    if any(one.relation == "all" for one in whose):
        return await events_since(connection, after, limit)
    if not whose:
        return []
    given = Filters()
    given.given("sequence_number > {0}", after)
    theirs = among_theirs(whose, given)
    async with planned(connection):
        rows = await connection.fetch(
            f"""SELECT sequence_number, filing_id, version, act_id, kind, legal_on, recorded_at, body
                FROM sequence_numbers JOIN events USING (filing_id, version)
                {given.where} AND {theirs} ORDER BY sequence_number LIMIT {given.put(limit)}""",
            *given.values,
        )
    return [StreamedEvent(**row) for row in rows]


class FoundOf(NamedTuple):
    """A finding with the filing that it is about."""

    filing_id: UUID
    finding: Finding


async def findings_of_mine(
    connection: Connection,
    whose: Sequence[Whose],
    code: str | None = None,
    *,
    place: Place | None = None,
    direction: Direction = "older",
    size: int = 20,
) -> Page[FoundOf]:
    """Open findings of their filings, opened first first; ``older`` are those that follow. ``code``: only of that."""
    if not whose:
        return Page([], None, None)
    given = Filters("closed_on IS NULL")
    given.given("code = {0}", code)
    if (theirs := among_theirs(whose, given)) is not None:
        given.always(theirs)
    sign, order = (">", "ASC") if direction == "older" else ("<", "DESC")
    if place is not None:
        at, filing_id, key = given.put(place.at), given.put(place.id), given.put(place.key)
        given.always(f"(opened_on, filing_id, key) {sign} ({at}::date, {filing_id}::uuid, {key})")
    async with planned(connection):
        rows: Sequence[Any] = await connection.fetch(
            f"""SELECT filing_id, {_FINDING} FROM findings {given.where}
                ORDER BY opened_on {order}, filing_id {order}, key {order} LIMIT {given.put(size + 1)}""",
            *given.values,
        )
    found = [FoundOf(row["filing_id"], Finding(**{name: row[name] for name in _FINDING.split(", ")})) for row in rows]
    return page_of(
        found, size, place, direction, lambda one: Place(one.finding.opened_on, one.filing_id, one.finding.key)
    )


async def names_document(connection: Connection, filing_id: UUID, content_hash: str) -> bool:
    """Whether an act of the filing names the document."""
    named: bool = await connection.fetchval(
        """SELECT EXISTS (SELECT FROM events WHERE filing_id = $1 AND strpos((body -> 'act')::text, $2) > 0)""",
        filing_id,
        content_hash,
    )
    return named
