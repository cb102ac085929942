"""What payouts were told of their licences and of each other, beside what stands there."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from database.pool import Connection


@dataclass(frozen=True)
class PayoutTold:
    """A payout's last snapshot, its licence now with the offer as that knows it, and whether a message is under way.

    ``siblings``: unit, subject, facts and costs of the licence's other payouts.
    """

    payout_id: UUID
    snapshot: dict[str, Any]
    position: dict[str, Any]
    offer: dict[str, Any]
    unit: UUID
    siblings: list[dict[str, Any]]
    is_under_way: bool


async def payouts_told(connection: Connection, after: UUID, limit: int) -> list[PayoutTold]:
    """Payouts of licences by id, each in one snapshot of the database; ``after``: the last id of the batch before."""
    rows = await connection.fetch(
        """SELECT p.filing_id AS payout_id, own.told AS snapshot, l.position, above.told AS offer,
                  (p.position ->> 'unit')::uuid AS unit, beside.siblings,
                  EXISTS (SELECT FROM outbox m WHERE m.sent_at IS NULL AND m.filing_id = ANY(beside.ids || l.filing_id))
                      AS is_under_way
           FROM filings p JOIN filings l ON l.filing_id = p.parent_id AND l.kind = 'licence'
           CROSS JOIN LATERAL (
               SELECT body -> 'made' -> 'surroundings' AS told FROM events
               WHERE filing_id = p.filing_id AND jsonb_typeof(body -> 'made' -> 'surroundings') = 'object'
               ORDER BY version DESC LIMIT 1) own
           CROSS JOIN LATERAL (
               SELECT body -> 'made' -> 'surroundings' AS told FROM events
               WHERE filing_id = l.filing_id AND jsonb_typeof(body -> 'made' -> 'surroundings') = 'object'
               ORDER BY version DESC LIMIT 1) above
           CROSS JOIN LATERAL (
               SELECT coalesce(array_agg(filing_id), '{}') AS ids, coalesce(jsonb_agg(jsonb_build_object(
                          'unit', position -> 'unit', 'subject', position -> 'subject',
                          'facts', position -> 'facts', 'costs', position -> 'costs')), '[]') AS siblings
               FROM filings WHERE parent_id = l.filing_id AND kind = 'payout' AND filing_id <> p.filing_id) beside
           WHERE p.kind = 'payout' AND p.filing_id > $1 ORDER BY p.filing_id LIMIT $2""",
        after,
        limit,
    )
    return [PayoutTold(**row) for row in rows]
