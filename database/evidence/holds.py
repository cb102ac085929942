"""Legal holds: a filing and all below it are kept until two people have released them; whatever deletes asks here."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from database.pool import Connection
from schemas.values.refusal import refuse


@dataclass(frozen=True)
class Hold:
    """A hold that is in force. ``released_by``: the first of the two people, where one has released it already."""

    hold_id: UUID
    filing_id: UUID
    reason: str
    placed_by: UUID
    placed_at: datetime
    released_by: UUID | None
    filings: int
    """How many filings it holds, the one that was named and those below it."""


async def place_hold(connection: Connection, filing_id: UUID, reason: str, by: UUID) -> UUID:
    """The hold's id; the one that is in force where the filing is held for the same reason. In a transaction.

    Raises Refused ``filing_unknown``.
    """
    await connection.execute("SELECT pg_advisory_xact_lock(hashtext('holds'))")  # two at once would place two
    if not await connection.fetchval("SELECT EXISTS (SELECT FROM filings WHERE filing_id = $1)", filing_id):
        raise refuse("filing_unknown", "FILING", filing_id=filing_id)
    known: UUID | None = await connection.fetchval(
        "SELECT hold_id FROM holds_in_force WHERE filing_id = $1 AND reason = $2", filing_id, reason
    )
    if known is not None:
        return known
    hold_id = uuid4()
    await connection.execute(
        "INSERT INTO holds (hold_id, filing_id, reason, placed_by) VALUES ($1, $2, $3, $4)",
        hold_id,
        filing_id,
        reason,
        by,
    )
    return hold_id


async def release_hold(connection: Connection, named: UUID, reason: str, by: UUID) -> bool:
    """Whether it is released by this, as by the second person. ``named``: the hold, or a filing that has one.

    Raises Refused ``hold_unknown``, ``several_holds`` or ``released_by_the_same``.
    """
    rows = await connection.fetch(
        "SELECT hold_id FROM holds_in_force WHERE hold_id = $1 OR filing_id = $1 ORDER BY placed_at", named
    )
    if not rows:
        raise refuse("hold_unknown", "FILING", named=named)
    if len(rows) > 1:
        holds = ", ".join(str(row["hold_id"]) for row in rows)
        raise refuse("several_holds", "FILING", filing_id=named, holds=holds)
    [hold_id] = (row["hold_id"] for row in rows)
    released = await connection.fetch("SELECT released_by FROM hold_releases WHERE hold_id = $1", hold_id)
    if any(row["released_by"] == by for row in released):
        raise refuse("released_by_the_same", "--by", who=by)
    await connection.execute(
        "INSERT INTO hold_releases (hold_id, released_by, reason) VALUES ($1, $2, $3)", hold_id, by, reason
    )
    return bool(released)


async def holds_in_force(connection: Connection) -> list[Hold]:
    """Oldest first."""
    rows = await connection.fetch(
        """SELECT h.*, (SELECT released_by FROM hold_releases r WHERE r.hold_id = h.hold_id) AS released_by,
                  (SELECT count(*) FROM held_filings f WHERE f.hold_id = h.hold_id) AS filings
           FROM holds_in_force h ORDER BY placed_at, hold_id"""
    )
    return [Hold(**row) for row in rows]


async def is_held(connection: Connection, filing_id: UUID) -> bool:
    """Whether anything of the filing may not be deleted."""
    return bool(await connection.fetchval("SELECT EXISTS (SELECT FROM held_filings WHERE filing_id = $1)", filing_id))
