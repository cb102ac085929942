"""The holiday tables of the years: with the program, loaded by two people, withdrawn."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from database.pool import Connection
from database.reads.calendar_reads import Moved, moved_by, tells_left
from database.reads.filters import BEFORE_ALL
from database.registers.calendar_tables import (
    approve_calendar,
    list_calendars,
    list_withdrawn,
    propose_calendar,
    withdraw_calendar,
)
from rules.law.calendar import bundled_tables
from schemas.values.calendar import YearTable
from schemas.wire.form import filled
from web.registers.writing import written
from web.visit import NotFound, Visit

PROPOSE, APPROVE, WITHDRAW = "propose_calendar", "approve_calendar", "withdraw_calendar"
_YEARS = range(1, 10_000)


@dataclass(frozen=True)
class Table:
    """The table of a year, and whose it is; ``number``: under which it was put in use at run time."""

    table: YearTable
    state: str
    loaded_by: UUID | None = None
    number: int = 0
    approved_by: UUID | None = None


@dataclass(frozen=True)
class Moves:
    """The days that a table moved or confirmed; ``after``: the last of these filings where there are more, and how many
    batches of filings are not told yet."""

    days: list[Moved]
    after: UUID | None
    left: int


async def tables(connection: Connection) -> list[Table]:
    """All of them, the latest year first; of a year the one that counts stands before the one of the program."""
    loaded = await list_calendars(connection)
    found = [
        Table(
            YearTable.model_validate(one.body),
            "in_use" if one.approved_by else "proposed",
            one.loaded_by,
            one.number,
            one.approved_by,
        )
        for one in loaded
    ]
    found += [Table(one, "bundled") for one in bundled_tables()]
    withdrawn = await list_withdrawn(connection)
    found += [Table(YearTable.model_validate(one.body), "withdrawn", one.loaded_by) for one in withdrawn]
    return sorted(found, key=lambda one: -one.table.year)


async def moves(connection: Connection, year: int, after: UUID | None, filings: int) -> Moves:
    """What the table in use moved, by so many filings at a time; raises NotFound where the year has none in use."""
    used = [one for one in await list_calendars(connection) if one.year == year and one.approved_by is not None]
    if not used:
        raise NotFound
    days = await moved_by(connection, used[0].number, after or BEFORE_ALL, filings + 1)
    left = await tells_left(connection, used[0].number)
    ids = list(dict.fromkeys(one.filing_id for one in days))
    shown = [one for one in days if one.filing_id in ids[:filings]]
    return Moves(shown, ids[filings - 1] if len(ids) > filings else None, left)


async def propose_table(visit: Visit, given: dict[str, Any]) -> int:
    """The first person loads it; the year. Raises Refused with every defect, and NotFound for who may not."""
    table = filled(YearTable, given)
    async with written(visit, PROPOSE) as connection:
        await propose_calendar(connection, table.year, table.model_dump(mode="json"), visit.actor().party_id)
    return table.year


async def approve_table(visit: Visit, year: int) -> None:
    """The second person puts it in use. Raises Refused and NotFound."""
    _see(year)
    async with written(visit, APPROVE) as connection:
        await approve_calendar(connection, year, visit.actor().party_id)


async def withdraw_table(visit: Visit, year: int) -> None:
    """A proposal is taken back, so that the right one can be made. Raises Refused and NotFound."""
    _see(year)
    async with written(visit, WITHDRAW) as connection:
        await withdraw_calendar(connection, year, visit.actor().party_id)


def _see(year: int) -> None:
    if year not in _YEARS:
        raise NotFound
