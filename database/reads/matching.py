"""Which filing is meant, when somebody outside names it by a number of his own. Reads only."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from database.pool import Connection
from database.standing.offers import next_licence_number
from schemas.standing.identity import IdentityKind


@dataclass(frozen=True)
class Named:
    """A filing that a name can mean; ``stands``: it lives, or ran on the day, so that it is meant before the others."""

    filing_id: UUID
    stands: bool


async def declarations_of_patent(connection: Connection, patent_number: str) -> list[Named]:
    """All declarations of a patent: those that live first, then the others, the latest announced first."""
    rows = await connection.fetch(
        """SELECT declaration_id AS filing_id, live AS stands FROM offers WHERE patent_number = $1
           ORDER BY live DESC, in_force_from DESC NULLS LAST, declaration_id""",
        patent_number,
    )
    return [Named(**row) for row in rows]


async def filings_numbered(connection: Connection, what: IdentityKind, number: str) -> list[Named]:
    """Filings that carry this number now; one that was corrected away does not count."""
    rows = await connection.fetch(
        "SELECT filing_id, true AS stands FROM identities WHERE what = $1 AND value = $2 ORDER BY held_order",
        what.value,
        number,
    )
    return [Named(**row) for row in rows]


async def licences_of_line(connection: Connection, bank_key: str) -> list[Named]:
    """The licences for which something of a bank line is booked."""
    rows = await connection.fetch(
        "SELECT filing_id, true AS stands FROM bank_line_parts WHERE bank_key = $1 ORDER BY filing_id", bank_key
    )
    return [Named(**row) for row in rows]


async def licence_with_receipt_number(connection: Connection, receipt_number: str) -> UUID | None:
    """The licence whose notice got this receipt."""
    licence_id: UUID | None = await connection.fetchval(
        "SELECT licence_id FROM notice_receipts WHERE receipt_number = $1", receipt_number
    )
    return licence_id


async def licences_of_licensee(connection: Connection, declaration_id: UUID, licensee: UUID, on: date) -> list[Named]:
    """A licensee's licences under one declaration: what is unfinished or ran on that day first, then the latest."""
    rows = await connection.fetch(
        """SELECT licence_id AS filing_id, i.filing_id IS NOT NULL AS stands
           FROM licences l LEFT JOIN identities i ON i.what = $4 AND i.filing_id = l.licence_id
               AND daterange(i.since_on, i.until_on, '[]') @> $3::date
           WHERE declaration_id = $1 AND licensee = $2 ORDER BY stands DESC, n DESC""",
        declaration_id,
        licensee,
        on,
        IdentityKind.UNFINISHED_LICENCE.value,
    )
    return [Named(**row) for row in rows]


async def settlements_of_year(
    connection: Connection, scheme: str, year: int, authority: UUID | None = None
) -> list[Named]:
    """The settlements of a scheme and year; several authorities can have one each."""
    rows = await connection.fetch(
        """SELECT settlement_id AS filing_id, true AS stands FROM settlements
           WHERE scheme = $1 AND year = $2 AND ($3::uuid IS NULL OR authority = $3) ORDER BY settlement_id""",
        scheme,
        year,
        authority,
    )
    return [Named(**row) for row in rows]


async def notice_number(connection: Connection, declaration_id: UUID, licensee: UUID, on: date) -> int:
    """n of the notice that this licensee gave on that day, so that a repeat gets its receipt; else the next (D-07)."""
    number: int | None = await connection.fetchval(
        """SELECT n FROM licences JOIN events ON filing_id = licence_id AND version = 1
           WHERE declaration_id = $1 AND licensee = $2 AND legal_on = $3 ORDER BY n LIMIT 1""",
        declaration_id,
        licensee,
        on,
    )
    return await next_licence_number(connection, declaration_id, licensee) if number is None else number


async def recorded_act(connection: Connection, act_id: UUID) -> dict[str, Any] | None:
    """A granted act as the log keeps it: money in fen."""
    act: dict[str, Any] | None = await connection.fetchval("SELECT body -> 'act' FROM events WHERE act_id = $1", act_id)
    return act


async def known_acts(connection: Connection, act_ids: list[UUID]) -> set[UUID]:
    """Those of the acts that were granted."""
    rows = await connection.fetch("SELECT act_id FROM acts WHERE act_id = ANY($1)", act_ids)
    return {row["act_id"] for row in rows}
