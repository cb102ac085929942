"""What has outlived its period: results that may go, and filings that only people may decide about."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from database.pool import Connection


@dataclass(frozen=True)
class Removable:
    """Results of replays that a newer one stands for: how many may go, and how many a hold keeps."""

    may_go: int
    held: int


@dataclass(frozen=True)
class Outlived:
    """A filing that has ended, whose last event is older than evidence has to be kept; ``is_held``: a hold keeps it."""

    filing_id: UUID
    kind: str
    last_recorded_at: datetime
    is_held: bool


async def removable_replays(connection: Connection, before: datetime) -> Removable:
    """Those from before then."""
    row = await connection.fetchrow(
        """SELECT count(*) FILTER (WHERE NOT is_held) AS may_go, count(*) FILTER (WHERE is_held) AS held
           FROM removable_replays($1)""",
        before,
    )
    assert row is not None  # a count is one row
    return Removable(**row)


async def remove_replays(connection: Connection, before: datetime) -> int:
    """Removes those that may go; how many. As the engine, in a transaction."""
    removed: int = await connection.fetchval("SELECT remove_replays($1)", before)
    return removed


async def outlived_filings(connection: Connection, before: datetime) -> list[Outlived]:
    """Ended filings with no event since then, and none above or below them that has one; the oldest first."""
    rows = await connection.fetch(
        """WITH last AS (SELECT filing_id, max(recorded_at) AS at FROM events GROUP BY filing_id)
           SELECT f.filing_id, f.kind, last.at AS last_recorded_at,
                  EXISTS (SELECT FROM held_filings h WHERE h.filing_id = f.filing_id) AS is_held
           FROM filings f JOIN last ON last.filing_id = f.filing_id
           WHERE (f.position ->> 'ended')::boolean AND last.at < $1
             AND NOT EXISTS (SELECT FROM filings near JOIN last since ON since.filing_id = near.filing_id
                             WHERE (near.parent_id = f.filing_id OR near.filing_id = f.parent_id) AND since.at >= $1)
           ORDER BY last.at, f.filing_id""",
        before,
    )
    return [Outlived(**row) for row in rows]
