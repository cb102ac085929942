"""Lists of filings and their deadlines for other programs: spreadsheets and calendars."""

from collections.abc import AsyncIterator
from typing import Literal

from fastapi import APIRouter, Query
from starlette.responses import Response

from client.today import today
from database.bulletin.pages import Place
from database.console.mine import Mine, Narrowed, mine
from schemas.acts.act import FilingKind
from texts.words import name_of, task_text
from web.lists.exports import as_csv, as_workbook
from web.pages.taken.deadlines import deadlines_of
from web.rights.whose import whose
from web.visit import Somebody, Visit
from web.words import word

router = APIRouter()
MOST = 10_000
"""Rows of one file; who needs more narrows."""
_BATCH = 500
_COLUMNS = (*("filing_id", "kind", "number", "title", "party", "stage", "next_step"), *("who_must_act", "due_by"))


@router.get("/filings/export.{form}")
async def exported(
    visit: Somebody,
    form: Literal["csv", "xlsx"],
    kind: FilingKind | None = None,
    stage: str = Query("", max_length=40),
    q: str = Query("", max_length=200),
) -> Response:
    """The list of one's filings as it is narrowed on its page."""
    narrowed = Narrowed(kind=kind, stage=stage or None, text=q.strip() or None)
    rows = [_row(visit, one) async for one in _all(visit, narrowed)]
    head = [word(column, visit.language) for column in _COLUMNS]
    return (as_csv if form == "csv" else as_workbook)(f"filings-{today()}", head, rows)


@router.get("/filings/deadlines.ics")
async def deadlines(visit: Somebody) -> Response:
    """What is due in one's filings, once; a calendar program subscribes to a secret address instead."""
    body = await deadlines_of(visit.console.pool, whose(visit), visit.language, visit.address("/filings/"))
    return Response(body, media_type="text/calendar; charset=utf-8")


async def _all(visit: Visit, narrowed: Narrowed) -> AsyncIterator[Mine]:
    """All of them up to ``MOST``, a batch at a time."""
    place: Place | None = None
    for _ in range(MOST // _BATCH):
        async with visit.console.pool.acquire() as connection:
            found = await mine(connection, whose(visit), narrowed, place=place, size=_BATCH)
        for one in found.rows:
            yield one
        place = found.older
        if place is None:
            return


def _task(visit: Visit, what: str | None) -> str:
    said = task_text(what) if what else None
    return str(getattr(said, visit.language)) if said else what or ""


def _row(visit: Visit, one: Mine) -> tuple[object, ...]:
    language = visit.language
    return (
        one.filing_id,
        name_of("kinds", one.kind, language),
        one.declaration_number or one.patent_number,
        one.title,
        one.party_name,
        name_of("stages", f"{one.kind}.{one.stage}", language),
        _task(visit, one.next_what),
        name_of("roles", one.next_role, language) if one.next_role else "",
        one.next_by,
    )
