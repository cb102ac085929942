"""Everything that is recorded of one filing, for the bundle that proves it. Reads only, as the auditor may."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from database.pool import Connection
from database.registers.documents import DocumentCard


@dataclass(frozen=True)
class FilingRow:
    """A filing as the read model has it."""

    filing_id: UUID
    kind: str
    workflow_id: str
    parent_id: UUID | None
    head: int
    head_hash: bytes
    stage: str
    position: dict[str, Any]
    due_by: date | None
    legal_clock: str


@dataclass(frozen=True)
class PostingRow:
    """One posting of the ledger, in fen."""

    transaction_id: UUID
    line_key: str
    account: str
    fen: int
    legal_on: date
    recorded_at: datetime


@dataclass(frozen=True)
class NamedParty:
    """Whom a filing names, without anything that identifies a person; and when, and by whom, its data was erased."""

    party_id: UUID
    kind: str
    public_name: str | None
    credit_code: str | None
    erased_at: datetime | None
    erased_by: UUID | None
    erased_as: str | None


@dataclass(frozen=True)
class RelatedFiling:
    """A filing that this one stands on, or that stands on it."""

    how: str
    filing_id: UUID
    kind: str
    stage: str
    head: int
    head_hash: bytes


_FILING = ", ".join(FilingRow.__dataclass_fields__)


async def filing_row(connection: Connection, filing_id: UUID) -> FilingRow | None:
    """The filing; None where there is none of that id."""
    row = await connection.fetchrow(f"SELECT {_FILING} FROM filings WHERE filing_id = $1", filing_id)
    return None if row is None else FilingRow(**row)


async def postings_of(connection: Connection, filing_id: UUID) -> list[PostingRow]:
    """All postings of a filing in the order in which they were made."""
    rows = await connection.fetch(
        """SELECT transaction_id, line_key, account, fen, legal_on, recorded_at FROM postings
           WHERE filing_id = $1 ORDER BY posting_id""",
        filing_id,
    )
    return [PostingRow(**row) for row in rows]


async def parties_named(connection: Connection, ids: Sequence[UUID]) -> list[NamedParty]:
    """Those of the ids that are parties, by id."""
    rows = await connection.fetch(
        """SELECT p.party_id, p.kind, p.public_name, p.credit_code,
                  l.at AS erased_at, l.who AS erased_by, l.role AS erased_as
           FROM parties p LEFT JOIN LATERAL (
               SELECT at, who, role FROM audit_log
               WHERE act_id = p.party_id AND act_kind = 'erase_party' AND outcome = 'granted' ORDER BY id LIMIT 1
           ) l ON true
           WHERE p.party_id = ANY($1) ORDER BY p.party_id""",
        ids,
    )
    return [NamedParty(**row) for row in rows]


async def documents_named(connection: Connection, hashes: Sequence[str]) -> list[DocumentCard]:
    """The cards of those of the hashes that are documents, by hash."""
    rows = await connection.fetch(
        """SELECT content_hash, name, media_type, size, added_at, added_by FROM documents
           WHERE content_hash = ANY($1) ORDER BY content_hash""",
        hashes,
    )
    return [DocumentCard(**row) for row in rows]


async def related_filings(connection: Connection, filing_id: UUID) -> list[RelatedFiling]:
    """The filing above and those below, a licence and its offer, and the settlements that count its receipts."""
    rows = await connection.fetch(
        """SELECT DISTINCT ON (f.filing_id) r.how, f.filing_id, f.kind, f.stage, f.head, f.head_hash
           FROM (SELECT 'above' AS how, parent_id AS filing_id FROM filings WHERE filing_id = $1
                 UNION ALL SELECT 'offer', declaration_id FROM licences WHERE licence_id = $1
                 UNION ALL SELECT 'licence', licence_id FROM licences WHERE declaration_id = $1
                 UNION ALL SELECT 'below', filing_id FROM filings WHERE parent_id = $1
                 UNION ALL SELECT 'claimed', licence_id FROM claimed_receipts JOIN receipts USING (receipt_id)
                           WHERE settlement_id = $1
                 UNION ALL SELECT 'settlement', settlement_id FROM claimed_receipts JOIN receipts USING (receipt_id)
                           WHERE licence_id = $1) r
           JOIN filings f ON f.filing_id = r.filing_id ORDER BY f.filing_id, r.how DESC""",
        filing_id,
    )
    return [RelatedFiling(**row) for row in rows]
