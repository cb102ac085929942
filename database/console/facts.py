"""Facts and findings of the filings that somebody may see, across them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from database.bulletin.pages import planned
from database.console.whose import Whose, relation
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
    theirs = _theirs(whose, given)
    async with planned(connection):
        rows = await connection.fetch(
            f"""SELECT sequence_number, filing_id, version, act_id, kind, legal_on, recorded_at, body
                FROM sequence_numbers JOIN events USING (filing_id, version)
                {given.where} AND filing_id IN ({theirs}) ORDER BY sequence_number LIMIT {given.put(limit)}""",
            *given.values,
        )
    return [StreamedEvent(**row) for row in rows]


async def findings_of_mine(
    connection: Connection, whose: Sequence[Whose], limit: int = 200
) -> list[tuple[UUID, Finding]]:
    """Open findings of their filings, the oldest first."""
    if not whose:
        return []
    given = Filters("closed_on IS NULL")
    theirs = _theirs(whose, given)
    rows: Sequence[Any] = await connection.fetch(
        f"""SELECT filing_id, {_FINDING} FROM findings {given.where} AND filing_id IN ({theirs})
            ORDER BY opened_on, filing_id, key LIMIT {given.put(limit)}""",
        *given.values,
    )
    return [(row["filing_id"], Finding(**{name: row[name] for name in _FINDING.split(", ")})) for row in rows]


async def names_document(connection: Connection, filing_id: UUID, content_hash: str) -> bool:
    """Whether an act of the filing names the document."""
    named: bool = await connection.fetchval(
        """SELECT EXISTS (SELECT FROM events WHERE filing_id = $1 AND strpos((body -> 'act')::text, $2) > 0)""",
        filing_id,
        content_hash,
    )
    return named


def _theirs(whose: Sequence[Whose], given: Filters) -> str:
    return " UNION ".join(f"SELECT f.filing_id {relation(one.relation, given.put(one.who))}" for one in whose)
