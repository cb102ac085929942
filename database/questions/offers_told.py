"""What licences were told of their offers, beside the offers."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from database.pool import Connection


@dataclass(frozen=True)
class Told:
    """A licence's last snapshot of its offer, the offer's terms now, and whether a message of it is on its way."""

    licence_id: UUID
    snapshot: dict[str, Any]
    terms: dict[str, Any]
    is_under_way: bool


async def offers_told(connection: Connection, after: UUID, limit: int) -> list[Told]:
    """Licences by id, each in one snapshot of the database; ``after``: the last id of the batch before."""
    rows = await connection.fetch(
        """SELECT l.licence_id, s.offer AS snapshot, o.terms,
                  EXISTS (SELECT FROM outbox m WHERE m.filing_id = l.declaration_id AND m.sent_at IS NULL)
                      AS is_under_way
           FROM licences l JOIN offers o USING (declaration_id)
           CROSS JOIN LATERAL (
               SELECT body -> 'made' -> 'surroundings' -> 'offer' AS offer FROM events
               WHERE filing_id = l.licence_id AND jsonb_typeof(body -> 'made' -> 'surroundings') = 'object'
               ORDER BY version DESC LIMIT 1) s
           WHERE l.licence_id > $1 ORDER BY l.licence_id LIMIT $2""",
        after,
        limit,
    )
    return [Told(**row) for row in rows]
