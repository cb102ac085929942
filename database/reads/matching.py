"""Which filing is meant, when somebody outside names it by a number of his own. Reads only."""

from datetime import date
from typing import Any, Literal
from uuid import UUID

from database.pool import Connection

OfficeNumber = Literal["declaration_number", "recordal_number", "registration_number"]


async def declarations_of_patent(connection: Connection, patent_number: str) -> list[UUID]:
    """All declarations of a patent: the live one first, then the others, the latest announced first."""
    rows = await connection.fetch(
        """SELECT declaration_id FROM offers WHERE patent_number = $1
           ORDER BY live DESC, in_force_from DESC NULLS LAST, declaration_id""",
        patent_number,
    )
    return [row["declaration_id"] for row in rows]


async def filings_numbered(connection: Connection, name: OfficeNumber, number: str) -> list[UUID]:
    """Filings that carry this number now; one that was corrected away does not count."""
    rows = await connection.fetch(
        """SELECT filing_id FROM filings
           WHERE filing_id IN (SELECT filing_id FROM events WHERE office_number(body) = $2) AND position ->> $1 = $2
           ORDER BY filing_id""",
        name,
        number,
    )
    return [row["filing_id"] for row in rows]


async def licence_with_receipt_number(connection: Connection, receipt_number: str) -> UUID | None:
    """The licence whose notice got this receipt."""
    licence_id: UUID | None = await connection.fetchval(
        "SELECT licence_id FROM notice_receipts WHERE receipt_number = $1", receipt_number
    )
    return licence_id


async def licences_of_licensee(connection: Connection, declaration_id: UUID, licensee: UUID) -> list[UUID]:
    """A licensee's licences under one declaration: the running or open one first, then the latest."""
    rows = await connection.fetch(
        """SELECT licence_id FROM licences WHERE declaration_id = $1 AND licensee = $2
           ORDER BY (running OR open) DESC, n DESC""",
        declaration_id,
        licensee,
    )
    return [row["licence_id"] for row in rows]


async def notice_number_of_day(connection: Connection, declaration_id: UUID, licensee: UUID, on: date) -> int | None:
    """n of the notice that this licensee gave on that day."""
    number: int | None = await connection.fetchval(
        """SELECT n FROM licences JOIN events ON filing_id = licence_id AND version = 1
           WHERE declaration_id = $1 AND licensee = $2 AND legal_on = $3 ORDER BY n LIMIT 1""",
        declaration_id,
        licensee,
        on,
    )
    return number


async def recorded_act(connection: Connection, act_id: UUID) -> dict[str, Any] | None:
    """A granted act as the log keeps it: money in fen."""
    act: dict[str, Any] | None = await connection.fetchval("SELECT body -> 'act' FROM events WHERE act_id = $1", act_id)
    return act


async def known_acts(connection: Connection, act_ids: list[UUID]) -> set[UUID]:
    """Those of the acts that were granted."""
    rows = await connection.fetch("SELECT act_id FROM acts WHERE act_id = ANY($1)", act_ids)
    return {row["act_id"] for row in rows}
