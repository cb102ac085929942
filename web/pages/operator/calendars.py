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
from database.reads.calendar_reads import Moved
from database.reads.filters import BEFORE_ALL
from schemas.values.calendar import YearTable
from schemas.values.refusal import Refused
from texts.citations import article_in
from texts.words import name_of
from web.documents import texts_of
from web.forms.given import Given, read_form
from web.forms.rows import changed_rows
from web.forms.saying import wrong
from web.forms.shape import fields_of
from web.lists.listed import Columns, Listed, once
from web.registers.calendars import PROPOSE, Table, approve_table, moves, propose_table, tables, withdraw_table
from web.registers.writing import may_write
from web.render import render
from web.visit import Somebody, Visit
from web.words import task_in, word

router = APIRouter(prefix="/calendars")
_FILINGS = 40
"""Filings whose days one page shows."""
_DONE = ("proposed", "approved", "withdrawn")


def _all(visit: Visit, _: object) -> AsyncIterator[Sequence[Table]]:
    return once(visit, tables)


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
    after: UUID | None = BEFORE_ALL
    while after is not None:
        async with visit.console.pool.acquire() as connection:
            found = await moves(connection, asked.year, after, _FILINGS)
        yield list(_moved(found.days))
        after = found.after


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
    async with visit.console.pool.acquire() as connection:
        found = await tables(connection)
    assert visit.session is not None
    return render(
        visit,
        "operator/calendars.html",
        listed=LIST,
        compact=True,
        tables=found,
        done=done if done in _DONE else "",
        mine=visit.session.party_id,
        may_propose=may_write(visit, PROPOSE),
    )


@router.get("/new")
async def proposal(visit: Somebody) -> HTMLResponse:
    """The form for a year's table."""
    now = today()
    return _form(visit, {"checked_on": now.isoformat(), "year": str(now.year + 1), "rest.0.first": ""})


@router.post("/new")
async def proposed(visit: Somebody) -> Response:
    """The first person loads it."""
    given = texts_of(await visit.form())
    try:
        if (rows := changed_rows(fields_of(YearTable), given)) is not None:
            return _form(visit, rows)
        await propose_table(visit, read_form(fields_of(YearTable), given))
    except Refused as why:
        return _form(visit, given, why)
    return RedirectResponse("/calendars?done=proposed", 303)


@router.post("/{year}/approve")
async def approved(visit: Somebody, year: int) -> Response:
    """The second person puts it in use."""
    await visit.form()
    await approve_table(visit, year)
    return RedirectResponse("/calendars?done=approved", 303)


@router.post("/{year}/withdraw")
async def withdrawn(visit: Somebody, year: int) -> Response:
    """A proposal is taken back, so that the right one can be made."""
    await visit.form()
    await withdraw_table(visit, year)
    return RedirectResponse("/calendars?done=withdrawn", 303)


@router.get("/{year}")
async def moved(visit: Somebody, year: int, after: str = "") -> HTMLResponse:
    """What the table that is in use moved, filing by filing; ``after``: the last filing of the page before."""
    async with visit.console.pool.acquire() as connection:
        found = await moves(connection, year, id_typed(after), _FILINGS)
    return render(
        visit,
        "operator/moved.html",
        listed=MOVED,
        compact=True,
        year=year,
        moved=list(_moved(found.days)),
        confirmed=sum(one.was == one.now for one in found.days),
        left=found.left,
        later=f"?after={found.after}" if found.after else "",
    )


def _moved(days: Iterable[Moved]) -> Iterator[Moved]:
    yield from (one for one in days if one.was != one.now)


def _form(visit: Visit, given: Given, refused: Refused | None = None) -> HTMLResponse:
    fields = fields_of(YearTable)
    above, beside = wrong(fields, given, refused.refusals if refused else (), visit.language)
    context: dict[str, Any] = {"fields": fields, "given": given, "errors": above, "problems": beside}
    return render(visit, "operator/calendar.html", 422 if refused else 200, **context)
