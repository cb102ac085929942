"""What tables beside the log say of rows that it proves, where the two differ; and who was erased."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from database.pool import Connection


@dataclass(frozen=True)
class ErasedParty:
    """A person without a key; nothing is known of the erasure where the audit log has no line of it."""

    party_id: UUID
    erased_at: datetime | None
    erased_by: UUID | None
    role: str | None


async def erased_parties(connection: Connection) -> AsyncIterator[ErasedParty]:
    """Every person whose key is gone, with the line of the audit log that says who erased it."""
    async for row in connection.cursor(
        """SELECT p.party_id, a.at AS erased_at, a.who AS erased_by, a.role FROM parties_proved p
           LEFT JOIN (SELECT DISTINCT ON (act_id) act_id, at, who, role FROM audit_log
                      WHERE act_kind = 'erase_party' AND outcome = 'granted' ORDER BY act_id, id) a
               ON a.act_id = p.party_id
           WHERE p.is_erased ORDER BY p.party_id"""
    ):
        yield ErasedParty(**row)


async def codes_apart(connection: Connection) -> list[tuple[str, UUID | None, UUID | None]]:
    """(credit code, party that states it, party that it is held for) where these are not the same."""
    rows = await connection.fetch(
        """SELECT coalesce(p.credit_code, c.credit_code) AS code, p.party_id AS stated, c.party_id AS held
           FROM (SELECT credit_code, party_id FROM parties_proved WHERE credit_code IS NOT NULL) p
           FULL JOIN credit_codes c ON c.credit_code = p.credit_code AND c.party_id = p.party_id
           WHERE p.party_id IS NULL OR c.party_id IS NULL ORDER BY 1, 2"""
    )
    return [(row["code"], row["stated"], row["held"]) for row in rows]


async def numbers_apart(connection: Connection) -> list[tuple[UUID, str]]:
    """(licence, receipt number) that no answer to an act of the licence gave."""
    rows = await connection.fetch(
        """SELECT licence_id, receipt_number FROM notice_receipts n WHERE NOT EXISTS (
               SELECT FROM events e JOIN acts a USING (act_id)
               WHERE e.filing_id = n.licence_id AND a.answer ->> 'receipt_number' = n.receipt_number)
           ORDER BY receipt_number"""
    )
    return [(row["licence_id"], row["receipt_number"]) for row in rows]
