"""Holiday tables of years that were announced after this version was built; loaded at run time by two people."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from database.pool import Connection
from database.record.guards import refusing
from database.record.posting import Json, Message
from database.registers.parties import require_parties
from database.standing.outbox import put_message
from schemas.standing.topics import TELL_CALENDAR
from schemas.values.calendar import YearTable
from schemas.values.canonical import plain
from schemas.values.identifiers import derived_id
from schemas.values.refusal import refuse

OF_CALENDARS = derived_id("calendar")
"""Messages about holiday tables belong to no filing; under one id each table is told after the one before it."""


@dataclass(frozen=True)
class CalendarTable:
    """One year's table; in use only when ``approved_by`` is somebody. ``number`` counts approvals; 0: not counted."""

    year: int
    body: dict[str, Any]
    loaded_by: UUID
    approved_by: UUID | None
    number: int = field(default=0, compare=False)


@dataclass(frozen=True)
class WithdrawnTable:
    """A proposal that somebody withdrew before anybody approved it."""

    year: int
    body: dict[str, Any]
    loaded_by: UUID
    withdrawn_by: UUID


_COLUMNS = "year, body, loaded_by, approved_by, coalesce(number, 0) AS number"


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


async def withdraw_calendar(connection: Connection, year: int, withdrawn_by: UUID) -> UUID:
    """Takes a proposal back, so that another can be made; who had loaded it. It stays on record with who withdrew it.

    Raises Refused ``party_unknown`` or ``no_proposed_calendar_table``: also of a table in use, that nobody takes back.
    """
    await require_parties(connection, withdrawn_by)
    loaded_by: UUID | None = await connection.fetchval("SELECT withdraw_calendar($1, $2)", year, withdrawn_by)
    if loaded_by is None:
        raise refuse("no_proposed_calendar_table", "year", year=year)
    return loaded_by


async def approve_calendar(connection: Connection, year: int, approved_by: UUID) -> CalendarTable:
    """A second person puts it in use, and the filings whose days it decides are told in batches.

    Raises Refused ``same_person``, ``no_proposed_calendar_table`` or ``party_unknown``.
    """
    await require_parties(connection, approved_by)
    async with connection.transaction():
        with refusing(first="load", second="approve"):
            row = await connection.fetchrow(f"SELECT {_COLUMNS} FROM approve_calendar($1, $2)", year, approved_by)
        if row is None:
            raise refuse("no_proposed_calendar_table", "year", year=year)
        table = CalendarTable(**row)
        today: date = await connection.fetchval("SELECT (clock_timestamp() AT TIME ZONE 'Asia/Shanghai')::date")
        await put_message(connection, calendar_message(table.number, year, today, after=None), OF_CALENDARS)
    return table


def calendar_message(number: int, year: int, on: date, *, after: UUID | None) -> Message:
    """Asks for the next batch of filings: those whose ids follow ``after``."""
    payload = {"number": number, "year": year, "on": on.isoformat(), "after": str(after) if after else None}
    return Message(TELL_CALENDAR, f"{number}:{after or ''}", payload)


async def list_calendars(connection: Connection) -> list[CalendarTable]:
    """All tables by year, proposed ones too."""
    rows = await connection.fetch(f"SELECT {_COLUMNS} FROM calendar_tables ORDER BY year")
    return [CalendarTable(**row) for row in rows]


async def list_withdrawn(connection: Connection) -> list[WithdrawnTable]:
    """Proposals that were withdrawn, in that order."""
    rows = await connection.fetch(
        "SELECT year, body, loaded_by, withdrawn_by FROM calendar_tables_withdrawn ORDER BY withdrawn_at"
    )
    return [WithdrawnTable(**row) for row in rows]


async def approved_at(connection: Connection, number: int) -> datetime | None:
    """When the table of that number was put in use."""
    found: datetime | None = await connection.fetchval(
        "SELECT approved_at FROM calendar_tables WHERE number = $1", number
    )
    return found


async def tables_in_use(connection: Connection) -> tuple[tuple[int, YearTable], ...]:
    """The approved tables with their numbers, in the order of approval."""
    used = [one for one in await list_calendars(connection) if one.approved_by is not None]
    return tuple((one.number, YearTable.model_validate(one.body)) for one in sorted(used, key=lambda one: one.number))
