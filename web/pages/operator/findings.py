"""Contradictions that are open, oldest first, and what would close each."""

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse

from database.bulletin.pages import Direction, read_day_place
from database.console.facts import findings_of_mine
from texts.words import closing_text, finding_text
from web.lists.turned import asked_for, turned_to
from web.pages.operator.dashboard import for_operators
from web.render import render
from web.rights.whose import whose
from web.visit import Somebody

router = APIRouter()
PAGE = 20


@router.get("/findings")
async def findings(
    visit: Somebody, code: str = Query("", max_length=80), older: str = "", newer: str = ""
) -> HTMLResponse:
    """The list, a page at a time; ``code``: of one kind of finding."""
    for_operators(visit)
    code = code if finding_text(code) else ""
    direction: Direction = "newer" if newer else "older"
    async with visit.console.pool.acquire() as connection:
        place = read_day_place(newer or older)
        found = await findings_of_mine(
            connection, whose(visit), code or None, place=place, direction=direction, size=PAGE
        )
    closing = {one.finding.code: getattr(closing_text(one.finding.code), visit.language, "") for one in found.rows}
    asked = asked_for(code=code)
    return render(
        visit,
        "operator/findings.html",
        compact=True,
        found=found.rows,
        closing=closing,
        code=code,
        newer=turned_to("newer", found.newer, asked),
        older=turned_to("older", found.older, asked),
    )
