"""From a line of the bank to everybody whom its money reached, and back from any of them. Reads only.

Every figure is one that was recorded; nothing is calculated here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from database.pool import Connection
from schemas.standing.position import PayoutLine
from schemas.values.money import STORED

_NAMING = """kind IN ('payout:facts_stated', 'payout:objection_decided', 'payout:surroundings_changed',
    'payout:fact_corrected', 'payout:countersigned', 'payout:taken_over', 'payout:paid')"""
"""The events that name whom a payout concerns, as their index has them (0016_pre_traces)."""
_NEAR = 3
"""How many lines before and after a serial are told as its nearest."""


@dataclass(frozen=True)
class BookedPart:
    """A licence's part of a bank line, with the receipt that was booked by it; sums in fen."""

    bank_key: str
    line_fen: int
    received_on: date
    licence_id: UUID
    part_fen: int
    receipt_id: str | None
    fen: int | None
    reversed_fen: int | None
    confirmed: bool | None


@dataclass(frozen=True)
class PayoutOfReceipt:
    """A unit's payout of one receipt, with a line for each who has a share."""

    receipt_id: str
    payout_id: UUID
    stage: str
    unit: UUID
    lines: tuple[PayoutLine, ...]


@dataclass(frozen=True)
class SubsidyOfReceipt:
    """A claim that names a receipt, and a line of the settlement's list for the claimant: of the whole claim, in fen.

    The line's fields are None before there is a list.
    """

    receipt_id: str
    settlement_id: UUID
    claim_id: UUID
    scheme: str
    year: int
    owner: UUID
    credit_code: str
    live: bool
    line_key: str | None
    settled_fen: int | None
    paid_fen: int | None


@dataclass(frozen=True)
class SubsidyPayment:
    """A line of the treasury: what was paid on a line of a list, or what came back, in fen."""

    settlement_id: UUID
    line_key: str
    bank_serial: str
    fen: int
    came_back: bool


async def parts_booked(connection: Connection, bank_keys: Sequence[str]) -> list[BookedPart]:
    """All parts of these bank lines."""
    rows = await connection.fetch(
        """SELECT l.bank_key, l.fen AS line_fen, l.received_on, p.filing_id AS licence_id, p.fen AS part_fen,
                  r.receipt_id, r.fen, r.reversed_fen, r.confirmed
           FROM bank_lines l JOIN bank_line_parts p USING (bank_key)
           LEFT JOIN receipts r ON r.bank_key = p.bank_key AND r.licence_id = p.filing_id
           WHERE l.bank_key = ANY($1) ORDER BY l.received_on, l.bank_key, p.filing_id, r.receipt_id""",
        bank_keys,
    )
    return [BookedPart(**row) for row in rows]


async def payouts_of(
    connection: Connection, licence_ids: Sequence[UUID], receipt_ids: Sequence[str]
) -> list[PayoutOfReceipt]:
    """The payouts of these receipts; nothing else stands below these licences."""
    rows = await connection.fetch(
        """SELECT position ->> 'subject' AS receipt_id, filing_id AS payout_id, stage,
                  (position ->> 'unit')::uuid AS unit, position -> 'lines' AS lines
           FROM filings
           WHERE parent_id IS NOT NULL AND parent_id = ANY($1) AND position ->> 'subject' = ANY($2)""",
        licence_ids,
        receipt_ids,
    )
    return [
        PayoutOfReceipt(
            **{**row, "lines": tuple(PayoutLine.model_validate(one, context=STORED) for one in row["lines"] or ())}
        )
        for row in sorted(rows, key=lambda row: row["payout_id"])
    ]


async def subsidies_of(connection: Connection, receipt_ids: Sequence[str]) -> list[SubsidyOfReceipt]:
    """The claims that name these receipts, also those that no longer take part."""
    rows = await connection.fetch(
        """SELECT c.receipt_id, c.settlement_id, c.claim_id, c.scheme, c.year, c.owner, c.credit_code, c.live,
                  l.line_key, l.settled_fen, l.paid_fen
           FROM claimed_receipts c
           LEFT JOIN subsidy_lines l ON l.settlement_id = c.settlement_id AND l.credit_code = c.credit_code
           WHERE c.receipt_id = ANY($1) ORDER BY c.claimed_at, c.claim_id, l.line_key""",
        receipt_ids,
    )
    return [SubsidyOfReceipt(**row) for row in rows]


async def subsidy_payments_of(connection: Connection, settlement_ids: Sequence[UUID]) -> list[SubsidyPayment]:
    """What the treasury paid in these settlements."""
    rows = await connection.fetch(
        """SELECT settlement_id, line_key, bank_serial, fen, came_back FROM subsidy_payments
           WHERE settlement_id = ANY($1) ORDER BY line_key, came_back, bank_serial""",
        settlement_ids,
    )
    return [SubsidyPayment(**row) for row in rows]


async def is_known(connection: Connection, one: UUID) -> bool:
    """Whether a receipt, a filing or a party has this id."""
    found: bool = await connection.fetchval(
        """SELECT EXISTS (SELECT FROM receipts WHERE receipt_id = $1::uuid::text)
               OR EXISTS (SELECT FROM filings WHERE filing_id = $1::uuid)
               OR EXISTS (SELECT FROM parties WHERE party_id = $1::uuid)""",
        one,
    )
    return found


async def bank_keys_about(connection: Connection, one: UUID) -> list[str]:
    """The bank lines of a receipt, of a filing, or of a party: who is paid out of them, or whose licence they pay."""
    rows = await connection.fetch(
        f"""WITH about (receipt_id) AS (
               SELECT $1::uuid::text
               UNION SELECT position ->> 'subject' FROM filings WHERE filing_id = $1 AND kind = 'payout'
               UNION SELECT receipt_id FROM claimed_receipts WHERE settlement_id = $1
               UNION SELECT receipt_id FROM receipts WHERE licence_id = $1
               UNION SELECT receipt_id FROM receipts JOIN licences USING (licence_id)
                     WHERE declaration_id = $1 OR licensee = $1
               UNION SELECT position ->> 'subject' FROM filings WHERE filing_id IN (
                     SELECT filing_id FROM events
                     WHERE {_NAMING}
                       AND named_in_payout(body) ? $1::uuid::text)
           )
           SELECT DISTINCT bank_key FROM receipts JOIN about USING (receipt_id)
           WHERE bank_key IS NOT NULL ORDER BY bank_key""",
        one,
    )
    return [row["bank_key"] for row in rows]


async def bank_keys_with_serial(connection: Connection, serials: Sequence[str]) -> list[str]:
    """The lines that have one of these serials, whatever the bank and the account."""
    rows = await connection.fetch(
        "SELECT bank_key FROM bank_lines WHERE split_part(bank_key, ' ', -1) = ANY($1)", serials
    )
    return sorted(row["bank_key"] for row in rows)


async def filings_that_paid(connection: Connection, serial: str) -> list[UUID]:
    """The payouts and settlements of which a payment has this serial, also one that came back."""
    rows = await connection.fetch(
        f"""SELECT filing_id FROM events
           WHERE {_NAMING}
             AND named_in_payout(body) ? $1
           UNION ALL SELECT settlement_id FROM subsidy_payments WHERE bank_serial = $1""",
        serial,
    )
    return sorted({row["filing_id"] for row in rows})


async def bank_keys_near(connection: Connection, serial: str) -> list[str]:
    """The lines whose serials stand next to this one in order."""
    rows = await connection.fetch(
        """(SELECT bank_key FROM bank_lines WHERE split_part(bank_key, ' ', -1) >= $1
            ORDER BY split_part(bank_key, ' ', -1) LIMIT $2)
           UNION ALL
           (SELECT bank_key FROM bank_lines WHERE split_part(bank_key, ' ', -1) < $1
            ORDER BY split_part(bank_key, ' ', -1) DESC LIMIT $2)""",
        serial,
        _NEAR,
    )
    return [row["bank_key"] for row in rows]
