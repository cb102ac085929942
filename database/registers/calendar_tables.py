"""Holiday tables of years that were announced after this version was built; loaded at run time by two people."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from database.pool import Connection
from database.record.guards import refusing
from database.record.posting import Json
from database.registers.parties import require_parties
from schemas.values.canonical import plain
from schemas.values.refusal import refuse


@dataclass(frozen=True)
class CalendarTable:
    """One year's table; in use only when ``approved_by`` is somebody."""

    year: int
    body: dict[str, Any]
    loaded_by: UUID
    approved_by: UUID | None


async def propose_calendar(connection: Connection, year: int, body: Json, loaded_by: UUID) -> None:
    """The first person loads the table.

    Raises Refused ``calendar_table_exists`` when the year has one, and ``party_unknown``.
    """
    await require_parties(connection, loaded_by)
    status = await connection.execute(
        "INSERT INTO calendar_tables (year, body, loaded_by) VALUES ($1, $2, $3) ON CONFLICT (year) DO NOTHING",
        year,
        plain(body),
        loaded_by,
    )
    if status != "INSERT 0 1":
        raise refuse("calendar_table_exists", "year", year=year)


async def approve_calendar(connection: Connection, year: int, approved_by: UUID) -> CalendarTable:
    """A second person puts it in use.

    Raises Refused ``same_person``, ``no_proposed_calendar_table`` or ``party_unknown``.
    """
    await require_parties(connection, approved_by)
    with refusing(first="load", second="approve"):
        row = await connection.fetchrow(
            """UPDATE calendar_tables SET approved_by = $2 WHERE year = $1 AND approved_by IS NULL
               RETURNING year, body, loaded_by, approved_by""",
            year,
            approved_by,
        )
    if row is None:
        raise refuse("no_proposed_calendar_table", "year", year=year)
    return CalendarTable(**row)


async def list_calendars(connection: Connection) -> list[CalendarTable]:
    """All tables by year, proposed ones too."""
    rows = await connection.fetch("SELECT year, body, loaded_by, approved_by FROM calendar_tables ORDER BY year")
    return [CalendarTable(**row) for row in rows]
