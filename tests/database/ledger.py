"""What the ledger adds up to, for tests of money."""

from datetime import date
from uuid import UUID

from database.pool import Connection


async def balances(connection: Connection, filing_id: UUID | None = None, until: date | None = None) -> dict[str, int]:
    """Account -> fen, of one filing or of all, of postings with legal days up to ``until``."""
    rows = await connection.fetch(
        """SELECT account, sum(fen)::bigint AS fen FROM postings
           WHERE ($1::uuid IS NULL OR filing_id = $1) AND ($2::date IS NULL OR legal_on <= $2)
           GROUP BY account ORDER BY account""",
        filing_id,
        until,
    )
    return {row["account"]: row["fen"] for row in rows}
