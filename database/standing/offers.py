"""Offers and licences: the rows that notices and ends lock, and their numbers.

A notice takes the offer's row for share, an end takes it for update; that orders recording. The legal order is by day.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Literal
from uuid import UUID

from database.pool import Connection
from database.reads.filters import BEFORE_ALL
from database.record.posting import BankLine, Licence, Offer, Receipt


def _columns(row: type) -> str:
    return ", ".join(field.name for field in fields(row))


_OFFER, _LICENCE, _RECEIPT = (_columns(row) for row in (Offer, Licence, Receipt))
_LOCKS = {"share": "FOR SHARE", "update": "FOR UPDATE", "none": ""}


async def lock_offer(
    connection: Connection, declaration_id: UUID, lock: Literal["share", "update", "none"]
) -> Offer | None:
    """The offer of a declaration, locked until the transaction ends: ``share`` for a notice, ``update`` for an end."""
    row = await connection.fetchrow(
        f"SELECT {_OFFER} FROM offers WHERE declaration_id = $1 {_LOCKS[lock]}", declaration_id
    )
    return None if row is None else Offer(**row)


async def next_licence_number(connection: Connection, declaration_id: UUID, licensee: UUID) -> int:
    """n of this licensee's next notice, from 1. Read before the notice is named; a stale n is refused by ``post``."""
    number: int = await connection.fetchval(
        "SELECT coalesce(max(n), 0) + 1 FROM licences WHERE declaration_id = $1 AND licensee = $2",
        declaration_id,
        licensee,
    )
    return number


async def licences_of(
    connection: Connection, declaration_id: UUID, after: UUID = BEFORE_ALL, limit: int = 200
) -> list[Licence]:
    """One batch of a declaration's licences; hand the last ``licence_id`` back as ``after`` for the next."""
    rows = await connection.fetch(
        f"""SELECT {_LICENCE} FROM licences WHERE declaration_id = $1 AND licence_id > $2
            ORDER BY licence_id LIMIT $3""",
        declaration_id,
        after,
        limit,
    )
    return [Licence(**row) for row in rows]


@dataclass(frozen=True)
class Treated:
    """An obligation of one licence that is overdue, or of which something was given up; amounts in fen."""

    licence_id: UUID
    obligation: str
    owed: int
    given_up: int


_LIKE_EACH_OTHER = 20


async def treated_elsewhere(
    connection: Connection, declaration_id: UUID, obligations: Sequence[str], licensee: UUID
) -> list[Treated]:
    """How these obligations of the offer's other licensees were treated, by obligation and licence.

    Of those that were treated alike the first twenty: ten thousand licensees who all owe need not stand in one fact.
    """
    rows = await connection.fetch(
        """WITH obligations AS (
               SELECT filing_id AS licence_id, one->>'key' AS obligation,
                      coalesce((one->>'given_up')::bigint, 0) AS given_up,
                      (one->>'amount')::bigint - (one->>'closed')::bigint
                          + coalesce((one->>'given_up')::bigint, 0) AS owed, one->>'state' AS state
               FROM filings, jsonb_array_elements(position->'obligations') AS one
               WHERE parent_id = $1 AND kind = 'licence' AND position->>'licensee' <> $3::uuid::text
           ), alike AS (
               SELECT *, row_number() OVER (PARTITION BY obligation, given_up::numeric / owed ORDER BY licence_id) AS n
               FROM obligations WHERE obligation = ANY($2) AND (state = 'overdue' OR given_up > 0) AND owed > 0
           )
           SELECT licence_id, obligation, owed, given_up FROM alike WHERE n <= $4 ORDER BY obligation, licence_id""",
        declaration_id,
        list(obligations),
        licensee,
        _LIKE_EACH_OTHER,
    )
    return [Treated(**row) for row in rows]


async def licences_with_something_given_up(connection: Connection, declaration_id: UUID) -> list[UUID]:
    """The licences of an offer of which two people settled, waived or wrote off something; by id."""
    rows = await connection.fetch(
        """SELECT filing_id FROM filings
           WHERE parent_id = $1 AND kind = 'licence'
             AND jsonb_path_exists(position, '$.obligations[*] ? (@.given_up > 0)') ORDER BY filing_id""",
        declaration_id,
    )
    return [row["filing_id"] for row in rows]


async def take_receipt_number(connection: Connection, declaration_id: UUID, licence_id: UUID) -> str:
    """The notice's receipt number, without gaps within the declaration; the same one when it is asked for again.

    So it is also where the log was set back since, and a repair has brought the number that was told.

    The counter's row stays locked until the transaction ends, or a number of a failed notice would be a gap: call it
    last before ``post``.
    """
    number: str = await connection.fetchval(
        """WITH known AS (
               SELECT receipt_number FROM notice_receipts WHERE licence_id = $2
           ), told AS (
               SELECT receipt_number FROM granted_before
               WHERE filing_id = $2 AND receipt_number IS NOT NULL AND NOT EXISTS (SELECT FROM known) LIMIT 1
           ), counted AS (
               INSERT INTO counters AS c (scope, last) SELECT 'notice:' || $1::uuid, 1
               WHERE NOT EXISTS (SELECT FROM known) AND NOT EXISTS (SELECT FROM told)
               ON CONFLICT (scope) DO UPDATE SET last = c.last + 1 RETURNING last
           ), added AS (
               INSERT INTO notice_receipts (licence_id, receipt_number)
               SELECT $2, number FROM (
                   SELECT $3 || '-' || lpad(last::text, 6, '0') AS number FROM counted
                   UNION ALL SELECT receipt_number FROM told) taken
               RETURNING receipt_number
           )
           SELECT receipt_number FROM known UNION ALL SELECT receipt_number FROM added""",
        declaration_id,
        licence_id,
        declaration_id.hex[:16].upper(),
    )
    return number


async def find_bank_line(connection: Connection, bank_key: str, filing_id: UUID) -> BankLine | None:
    """What a filing has of a bank line; None where it has nothing of it."""
    row = await connection.fetchrow(
        """SELECT bank_key, l.fen, received_on, p.fen AS part_fen
           FROM bank_lines l JOIN bank_line_parts p USING (bank_key)
           WHERE bank_key = $1 AND p.filing_id = $2""",
        bank_key,
        filing_id,
    )
    return None if row is None else BankLine(**row)


async def receipts_of(connection: Connection, licence_id: UUID) -> list[Receipt]:
    """All receipts of a licence, by the day of the money."""
    rows = await connection.fetch(
        f"SELECT {_RECEIPT} FROM receipts WHERE licence_id = $1 ORDER BY received_on, receipt_id", licence_id
    )
    return [Receipt(**row) for row in rows]


async def find_receipt(connection: Connection, receipt_id: str) -> Receipt | None:
    """One receipt."""
    row = await connection.fetchrow(f"SELECT {_RECEIPT} FROM receipts WHERE receipt_id = $1", receipt_id)
    return None if row is None else Receipt(**row)
