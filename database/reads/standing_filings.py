"""Where filings stand, for whoever compares their runs with the log."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from database.pool import Connection
from database.reads.filters import BEFORE_ALL


@dataclass(frozen=True)
class StandingFiling:
    """A filing's head in the log."""

    filing_id: UUID
    kind: str
    workflow_id: str
    legal_clock: str
    version: int
    stage: str
    due_by: date | None
    ended: bool
    """Nothing more is expected of it, so it needs no run."""


_STANDING = """filing_id, kind, workflow_id, legal_clock, head AS version, stage, due_by,
               coalesce((position ->> 'ended')::boolean, false) AS ended"""


async def standing_filings(connection: Connection, after: UUID = BEFORE_ALL, limit: int = 500) -> list[StandingFiling]:
    """All filings by id; ``after``: the last id of the batch before."""
    rows = await connection.fetch(
        f"SELECT {_STANDING} FROM filings WHERE filing_id > $1 ORDER BY filing_id LIMIT $2", after, limit
    )
    return [StandingFiling(**row) for row in rows]


async def find_standing(connection: Connection, filing_id: UUID) -> StandingFiling | None:
    """One filing."""
    row = await connection.fetchrow(f"SELECT {_STANDING} FROM filings WHERE filing_id = $1", filing_id)
    return None if row is None else StandingFiling(**row)


async def standing_among(connection: Connection, filing_ids: list[UUID]) -> list[StandingFiling]:
    """Those of them that the log has."""
    rows = await connection.fetch(f"SELECT {_STANDING} FROM filings WHERE filing_id = ANY($1)", filing_ids)
    return [StandingFiling(**row) for row in rows]


@dataclass(frozen=True)
class Unheard:
    """What a run at some version of its filing has not heard."""

    told: dict[str, Any] | None
    """The head that the act of that version was answered with; None where there is no such act."""
    seconds: float
    """Since the next act was recorded; negative where that instant lies ahead of the clock."""


async def find_unheard(connection: Connection, filing_id: UUID, version: int) -> Unheard | None:
    """None where the log knows no later version."""
    row = await connection.fetchrow(
        """SELECT (SELECT a.answer -> 'head' FROM events t JOIN acts a ON a.act_id = t.act_id
                   WHERE t.filing_id = $1 AND t.version = $2) AS told,
                  extract(epoch FROM clock_timestamp() - e.recorded_at)::float8 AS seconds
           FROM events e WHERE e.filing_id = $1 AND e.version = $2 + 1""",
        filing_id,
        version,
    )
    return None if row is None else Unheard(**row)


@dataclass(frozen=True)
class Step:
    """The filings of some events that follow each other, by the numbers of the oldest and the newest of them."""

    filings: list[StandingFiling]
    oldest: int
    newest: int


async def changed_before(connection: Connection, before: int | None, events: int) -> Step | None:
    """The filings of the last ``events`` before a sequence number, or of all; None where the log begins.

    Reads as many rows as it is asked for, however long the log is.
    """
    rows = await connection.fetch(
        """SELECT sequence_number, filing_id FROM sequence_numbers
           WHERE sequence_number < coalesce($1::bigint, 9223372036854775807) ORDER BY sequence_number DESC LIMIT $2""",
        before,
        events,
    )
    if not rows:
        return None
    found = await standing_among(connection, list({row["filing_id"] for row in rows}))
    return Step(found, rows[-1]["sequence_number"], rows[0]["sequence_number"])


@dataclass(frozen=True)
class LicenceWithReceipts:
    """A licence that can call for payouts."""

    filing_id: UUID
    legal_clock: str
    position: dict[str, Any]


async def licences_with_receipts(
    connection: Connection, after: UUID = BEFORE_ALL, limit: int = 200
) -> list[LicenceWithReceipts]:
    """Licences with money, by id; ``after``: the last id of the batch before."""
    rows = await connection.fetch(
        """SELECT filing_id, legal_clock, position FROM filings f
           WHERE kind = 'licence' AND filing_id > $1
             AND EXISTS (SELECT FROM receipts r WHERE r.licence_id = f.filing_id)
           ORDER BY filing_id LIMIT $2""",
        after,
        limit,
    )
    return [LicenceWithReceipts(**row) for row in rows]


async def unknown_among(connection: Connection, filing_ids: list[UUID]) -> set[UUID]:
    """Those of which the log has no filing."""
    rows = await connection.fetch(
        "SELECT id FROM unnest($1::uuid[]) id WHERE NOT EXISTS (SELECT FROM filings f WHERE f.filing_id = id)",
        filing_ids,
    )
    return {row["id"] for row in rows}


async def unknown_workflows(connection: Connection, workflow_ids: list[str]) -> set[str]:
    """Those of which the log has no filing."""
    rows = await connection.fetch(
        "SELECT id FROM unnest($1::text[]) id WHERE NOT EXISTS (SELECT FROM filings f WHERE f.workflow_id = id)",
        workflow_ids,
    )
    return {row["id"] for row in rows}
