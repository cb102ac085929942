"""Where filings of a page stand, all at once."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from database.pool import Connection


async def positions_of(connection: Connection, filing_ids: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    """The positions as they are kept, money in fen; of filings whose ids somebody has read who may see them."""
    rows = await connection.fetch("SELECT filing_id, position FROM filings WHERE filing_id = ANY($1)", list(filing_ids))
    return {row["filing_id"]: row["position"] for row in rows}
