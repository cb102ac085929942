"""What would happen if a day passed: the deadlines of filings that lie on or before it, counted."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from database.pool import Connection


@dataclass(frozen=True)
class FallingDue:
    """So many deadlines of one kind, of filings of one kind."""

    kind: str
    what: str
    count: int


async def falling_due(
    connection: Connection, on: date, legal_clock: str | None, filing_id: UUID | None
) -> list[FallingDue]:
    """Of the filings with that clock, or of one filing, whatever its clock; the most first."""
    rows = await connection.fetch(
        """SELECT kind, deadline->>'what' AS what, count(*) AS count
           FROM filings CROSS JOIN LATERAL jsonb_array_elements(coalesce(position->'deadlines', '[]')) AS deadline
           WHERE due_by <= $1 AND ($2::text IS NULL OR legal_clock = $2) AND ($3::uuid IS NULL OR filing_id = $3)
             AND (deadline->>'by')::date <= $1
           GROUP BY kind, what ORDER BY count(*) DESC, kind, what""",
        on,
        legal_clock,
        filing_id,
    )
    return [FallingDue(**row) for row in rows]
