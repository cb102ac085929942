"""What our record says of things that others keep a list of as well: bank, treasury, Gazette, registry."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from database.pool import Connection


@dataclass(frozen=True)
class KnownOutside:
    """One thing as we have it; what it has not is None. ``party``: the public name, or the code, of who it is of."""

    key: str
    filing_id: UUID
    on: date | None
    fen: int | None
    party: str | None
    patent_number: str | None = None


async def bank_lines_of(
    connection: Connection, accounts: Sequence[str], first: date, last: date
) -> AsyncIterator[KnownOutside]:
    """Arrivals in these accounts (``bank account``) on these days; the name of a payer that is a person is nobody's."""
    rows = await connection.fetch(
        """SELECT l.bank_key AS key, l.filing_id, l.received_on AS on, l.fen, p.public_name AS party
           FROM bank_lines l
           LEFT JOIN events e ON e.filing_id = l.filing_id AND e.act_id = l.act_id
           LEFT JOIN parties p ON p.party_id = (e.body #>> '{act,payer}')::uuid
           WHERE l.received_on BETWEEN $2 AND $3
             AND left(l.bank_key, -1 - length(split_part(l.bank_key, ' ', -1))) = ANY ($1)
           ORDER BY l.bank_key""",
        list(accounts),
        first,
        last,
    )
    for row in rows:
        yield KnownOutside(**row)


async def payments_out(connection: Connection, first: date, last: date) -> AsyncIterator[KnownOutside]:
    """What banks paid to inventors, and sent back to licensees, on these days, by the serial that the bank gave."""
    rows = await connection.fetch(
        """SELECT body #>> '{act,bank_serial}' AS key, filing_id, legal_on AS on,
                  -(body #>> '{act,amount}')::bigint AS fen, NULL AS party
           FROM events
           WHERE kind IN ('payout:paid', 'licence:receipt_reversed') AND legal_on BETWEEN $1 AND $2
             AND body #>> '{act,bank_serial}' IS NOT NULL
           ORDER BY 1, filing_id""",
        first,
        last,
    )
    for row in rows:
        yield KnownOutside(**row)


async def treasury_payments(connection: Connection, first: date, last: date) -> AsyncIterator[KnownOutside]:
    """Subsidies that were paid on these days; ``party``: the beneficiary's credit code."""
    rows = await connection.fetch(
        """SELECT s.bank_serial AS key, s.settlement_id AS filing_id, e.legal_on AS on, s.fen,
                  split_part(s.line_key, ':', 1) AS party
           FROM subsidy_payments s JOIN events e ON e.filing_id = s.settlement_id AND e.act_id = s.act_id
           WHERE NOT s.came_back AND e.legal_on BETWEEN $1 AND $2 ORDER BY s.bank_serial""",
        first,
        last,
    )
    for row in rows:
        yield KnownOutside(**row)


async def announcements(connection: Connection, first: date, last: date) -> AsyncIterator[KnownOutside]:
    """Offers that were announced, withdrawn, terminated or revoked on these days: ``<number> <what>``."""
    rows = await connection.fetch(
        """WITH known AS (
               SELECT f.filing_id, f.position ->> 'declaration_number' AS number, o.in_force_from,
                      o.ended_on, f.stage, o.patent_number, p.public_name AS party
               FROM filings f JOIN offers o ON o.declaration_id = f.filing_id
               LEFT JOIN parties p ON p.party_id = o.licensor
               WHERE f.position ->> 'declaration_number' IS NOT NULL
           )
           SELECT number || ' announced' AS key, filing_id, in_force_from AS on, NULL::bigint AS fen, party,
                  patent_number
           FROM known WHERE in_force_from BETWEEN $1 AND $2
           UNION ALL
           SELECT number || ' ' || stage, filing_id, ended_on, NULL, party, patent_number
           FROM known WHERE ended_on BETWEEN $1 AND $2 AND stage IN ('withdrawn', 'terminated', 'revoked')
           ORDER BY 1""",
        first,
        last,
    )
    for row in rows:
        yield KnownOutside(**row)


async def registered_contracts(connection: Connection, first: date, last: date) -> AsyncIterator[KnownOutside]:
    """Licences that were registered as technology contracts on these days; ``party``: the licensee."""
    rows = await connection.fetch(
        """SELECT f.position ->> 'registration_number' AS key, f.filing_id,
                  (f.position ->> 'registered_on')::date AS on,
                  (f.position ->> 'contract_amount')::bigint AS fen, p.public_name AS party, o.patent_number
           FROM filings f JOIN offers o ON o.declaration_id = f.parent_id
           LEFT JOIN parties p ON p.party_id = (f.position ->> 'licensee')::uuid
           WHERE f.kind = 'licence' AND f.position ->> 'registration_number' IS NOT NULL
             AND (f.position ->> 'registered_on')::date BETWEEN $1 AND $2
           ORDER BY 1, f.filing_id""",
        first,
        last,
    )
    for row in rows:
        yield KnownOutside(**row)
