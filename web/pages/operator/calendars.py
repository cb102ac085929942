"""The holiday tables of the years: with the program, loaded by two people, withdrawn; and what each one moved."""

from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import HTMLResponse, RedirectResponse, Response

from client.meant import id_typed
from client.today import today
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
from schemas.values.refusal import Refused
from schemas.wire.form import filled
from texts.citations import article_in
from texts.words import name_of
from web.documents import texts_of
from web.forms.given import Given, read_form
from web.forms.rows import changed_rows
from web.forms.saying import wrong
from web.forms.shape import fields_of
from web.lists.listed import Columns, Listed, once
from web.pages.registers.writing import written
from web.render import render
from web.rights.registers import may_write, see_whole, see_writer
from web.visit import NotFound, Somebody, Visit
from web.words import task_in, word

router = APIRouter(prefix="/calendars")
_PROPOSE, _APPROVE, _WITHDRAW = "propose_calendar", "approve_calendar", "withdraw_calendar"
_FILINGS = 40
"""Filings whose days one page shows."""
_DONE = ("proposed", "approved", "withdrawn")


@dataclass(frozen=True)
class Table:
    """The table of a year, and whose it is; ``number``: under which it was put in use at run time."""

    table: YearTable
    state: str
    loaded_by: UUID | None = None
    number: int = 0


async def _tables(connection: Connection) -> list[Table]:
    """All of them, the latest year first; of a year the one that counts stands before the one of the program."""
    loaded = await list_calendars(connection)
    found = [
        Table(
            YearTable.model_validate(one.body), "in_use" if one.approved_by else "proposed", one.loaded_by, one.number
        )
        for one in loaded
    ]
    found += [Table(one, "bundled") for one in bundled_tables()]
    withdrawn = await list_withdrawn(connection)
    found += [Table(YearTable.model_validate(one.body), "withdrawn", one.loaded_by) for one in withdrawn]
    return sorted(found, key=lambda one: -one.table.year)


def _all(visit: Visit, _: object) -> AsyncIterator[Sequence[Table]]:
    see_whole(visit)
    return once(visit, _tables)


def _days(days: Iterable[date]) -> str:
    return " ".join(f"{one:%m-%d}" for one in days)


_COLUMNS: Columns[Table] = (
    ("year", lambda one, _: one.table.year),
    ("state", lambda one, language: word(f"calendar_{one.state}", language)),
    ("days_off", lambda one, _: " ".join(f"{two.first:%m-%d}–{two.last:%m-%d}" for two in one.table.rest)),
    ("days_worked", lambda one, _: _days(one.table.worked)),
    ("instrument", lambda one, language: article_in(one.table.cite.instrument, language)),
    ("mark", lambda one, _: one.table.mark),
    ("checked_on", lambda one, _: one.table.checked_on),
)
LIST = Listed("/calendars", _COLUMNS, _all)


@dataclass(frozen=True)
class OfYear:
    """Of which year's table."""

    year: int


async def _all_moved(visit: Visit, asked: OfYear) -> AsyncIterator[Sequence[Moved]]:
    see_whole(visit)
    after: UUID | None = BEFORE_ALL
    while after is not None:
        async with visit.console.pool.acquire() as connection:
            number = await _number_in_use(connection, asked.year)
            days = await moved_by(connection, number, after, _FILINGS)
        yield list(_moved(days))
        after = days[-1].filing_id if days else None


_MOVED: Columns[Moved] = (
    ("kind", lambda one, language: name_of("kinds", one.kind, language)),
    ("filing_id", lambda one, _: one.filing_id),
    ("what", lambda one, language: task_in(one.what, language)),
    ("was", lambda one, _: one.was),
    ("now", lambda one, _: one.now),
)
MOVED = Listed("/calendars/{year}", _MOVED, _all_moved, OfYear)


@router.get("")
async def calendars(visit: Somebody, done: str = "") -> HTMLResponse:
    """The list."""
    see_whole(visit)
    async with visit.console.pool.acquire() as connection:
        found = await _tables(connection)
    assert visit.session is not None
    return render(
        visit,
        "operator/calendars.html",
        listed=LIST,
        compact=True,
        tables=found,
        done=done if done in _DONE else "",
        mine=visit.session.party_id,
        may_propose=may_write(visit, _PROPOSE),
    )


@router.get("/new")
async def proposal(visit: Somebody) -> HTMLResponse:
    """The form for a year's table."""
    see_writer(visit, _PROPOSE)
    now = today()
    return _form(visit, {"checked_on": now.isoformat(), "year": str(now.year + 1), "rest.0.first": ""})


@router.post("/new")
async def proposed(visit: Somebody) -> Response:
    """The first person loads it."""
    see_writer(visit, _PROPOSE)
    given = texts_of(await visit.form())
    try:
        if (rows := changed_rows(fields_of(YearTable), given)) is not None:
            return _form(visit, rows)
        table = filled(YearTable, read_form(fields_of(YearTable), given))
        async with written(visit, _PROPOSE) as connection:
            await propose_calendar(connection, table.year, table.model_dump(mode="json"), visit.actor().party_id)
    except Refused as why:
        return _form(visit, given, why)
    return RedirectResponse("/calendars?done=proposed", 303)


@router.post("/{year}/approve")
async def approved(visit: Somebody, year: int) -> Response:
    """The second person puts it in use."""
    see_writer(visit, _APPROVE)
    await visit.form()
    async with written(visit, _APPROVE) as connection:
        await approve_calendar(connection, _year(year), visit.actor().party_id)
    return RedirectResponse("/calendars?done=approved", 303)


@router.post("/{year}/withdraw")
async def withdrawn(visit: Somebody, year: int) -> Response:
    """A proposal is taken back, so that the right one can be made."""
    see_writer(visit, _WITHDRAW)
    await visit.form()
    async with written(visit, _WITHDRAW) as connection:
        await withdraw_calendar(connection, _year(year), visit.actor().party_id)
    return RedirectResponse("/calendars?done=withdrawn", 303)


@router.get("/{year}")
async def moved(visit: Somebody, year: int, after: str = "") -> HTMLResponse:
    """What the table that is in use moved, filing by filing; ``after``: the last filing of the page before."""
    see_whole(visit)
    async with visit.console.pool.acquire() as connection:
        number = await _number_in_use(connection, year)
        days = await moved_by(connection, number, id_typed(after) or BEFORE_ALL, _FILINGS + 1)
        left = await tells_left(connection, number)
    filings = list(dict.fromkeys(one.filing_id for one in days))
    shown = [one for one in days if one.filing_id in filings[:_FILINGS]]
    return render(
        visit,
        "operator/moved.html",
        listed=MOVED,
        compact=True,
        year=year,
        moved=list(_moved(shown)),
        confirmed=sum(one.was == one.now for one in shown),
        left=left,
        later=f"?after={filings[_FILINGS - 1]}" if len(filings) > _FILINGS else "",
    )


async def _number_in_use(connection: Connection, year: int) -> int:
    """Under which number the year's table is in use; raises NotFound where none is."""
    found = await list_calendars(connection)
    used = next((one.number for one in found if one.year == year and one.approved_by is not None), None)
    if used is None:
        raise NotFound
    return used


def _moved(days: Iterable[Moved]) -> Iterator[Moved]:
    yield from (one for one in days if one.was != one.now)


def _year(given: int) -> int:
    if not 0 < given < 10_000:
        raise NotFound
    return given


def _form(visit: Visit, given: Given, refused: Refused | None = None) -> HTMLResponse:
    fields = fields_of(YearTable)
    above, beside = wrong(fields, given, refused.refusals if refused else (), visit.language)
    context: dict[str, Any] = {"fields": fields, "given": given, "errors": above, "problems": beside}
    return render(visit, "operator/calendar.html", 422 if refused else 200, **context)
