"""What settlements were told of receipts, and of each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from database.pool import Connection
from schemas.standing.topics import TELL_SETTLEMENTS


@dataclass(frozen=True)
class SettlementTold:
    """A settlement's last snapshot of its surroundings."""

    settlement_id: UUID
    scheme: str
    year: int
    snapshot: dict[str, Any]


async def settlements_told(connection: Connection, after: UUID, limit: int) -> list[SettlementTold]:
    """Settlements by id; ``after``: the last id of the batch before."""
    rows = await connection.fetch(
        """SELECT s.settlement_id, s.scheme, s.year::int AS year, own.told AS snapshot
           FROM settlements s
           CROSS JOIN LATERAL (
               SELECT body -> 'made' -> 'surroundings' AS told FROM events
               WHERE filing_id = s.settlement_id AND jsonb_typeof(body -> 'made' -> 'surroundings') = 'object'
               ORDER BY version DESC LIMIT 1) own
           WHERE s.settlement_id > $1 ORDER BY s.settlement_id LIMIT $2""",
        after,
        limit,
    )
    return [SettlementTold(**row) for row in rows]


async def is_under_way(
    connection: Connection, settlement_id: UUID, receipts: Sequence[UUID], *, of_any_licence: bool
) -> bool:
    """Whether a message waits that tells the settlement of one of these receipts, or names it.

    ``of_any_licence``: its scheme pays without a claim, so every licence tells it.
    """
    found: bool = await connection.fetchval(
        """SELECT EXISTS (SELECT FROM outbox WHERE sent_at IS NULL AND topic = $1
               AND (payload -> 'receipts' ?| $2 OR payload -> 'settlements' ? $3
                    OR ($4 AND payload ? 'licence_id')))""",
        TELL_SETTLEMENTS,
        [str(one) for one in receipts],
        str(settlement_id),
        of_any_licence,
    )
    return found
