"""The ledger's sums. Lines are written by ``event_log.post`` and never changed; amounts are whole fen."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from database.pool import Connection


@dataclass(frozen=True)
class PostedLine:
    """One posting as it stands in the ledger."""

    posting_id: int
    transaction_id: UUID
    line_key: str
    account: str
    fen: int
    legal_on: date
    recorded_at: datetime


async def lines_of(connection: Connection, filing_id: UUID) -> list[PostedLine]:
    """All postings of a filing in the order of recording."""
    rows = await connection.fetch(
        """SELECT posting_id, transaction_id, line_key, account, fen, legal_on, recorded_at
           FROM postings WHERE filing_id = $1 ORDER BY posting_id""",
        filing_id,
    )
    return [PostedLine(**row) for row in rows]


async def standing_lines(connection: Connection, filing_id: UUID) -> dict[tuple[str, str], int]:
    """(line key, account) -> fen, of what is not zero: what a new derivation is compared with."""
    rows = await connection.fetch(
        """SELECT line_key, account, sum(fen)::bigint AS fen FROM postings WHERE filing_id = $1
           GROUP BY line_key, account HAVING sum(fen) <> 0 ORDER BY line_key, account""",
        filing_id,
    )
    return {(row["line_key"], row["account"]): row["fen"] for row in rows}


async def unbalanced_transactions(connection: Connection) -> dict[UUID, int]:
    """Transaction -> fen that it is off by; empty unless somebody went around the triggers."""
    rows = await connection.fetch(
        """SELECT transaction_id, sum(fen)::bigint AS fen FROM postings
           GROUP BY transaction_id HAVING sum(fen) <> 0 ORDER BY transaction_id"""
    )
    return {row["transaction_id"]: row["fen"] for row in rows}
