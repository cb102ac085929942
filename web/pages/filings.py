"""The filings that somebody may see, with their stage, next step and day; and what is to be done in them."""

from urllib.parse import urlencode

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse

from database.bulletin.pages import Direction, read_instant_place
from database.console.mine import Narrowed, counted_of, mine
from database.console.tasks import tasks_of_mine
from schemas.acts.act import FilingKind
from schemas.lifecycle.all import LIFECYCLES
from schemas.values.refusal import Refused
from web.forms.saying import wrong
from web.render import render
from web.rights.whose import whose
from web.visit import Somebody

router = APIRouter()
PAGE = 20


@router.get("/filings")
async def filings(
    visit: Somebody,
    kind: FilingKind | None = None,
    stage: str = "",
    q: str = Query("", max_length=200),
    older: str = "",
    newer: str = "",
) -> HTMLResponse:
    """The list, newest first, a page at a time."""
    stage = stage if kind and stage in LIFECYCLES[kind].right.__members__.values() else ""
    narrowed = Narrowed(kind=kind, stage=stage or None, text=q.strip() or None)
    direction: Direction = "newer" if newer else "older"
    refused: tuple[Refused, ...] = ()
    async with visit.console.pool.acquire() as connection:
        try:
            place = read_instant_place(newer or older)
            found = await mine(connection, whose(visit), narrowed, place=place, direction=direction, size=PAGE)
        except Refused as why:
            refused, narrowed = (why,), Narrowed(kind=kind, stage=stage or None)
            found = await mine(connection, whose(visit), narrowed, size=PAGE)
        number, is_more = await counted_of(connection, whose(visit), narrowed)
    asked = {name: value for name, value in (("kind", kind or ""), ("stage", stage), ("q", q)) if value}
    return render(
        visit,
        "filings.html",
        found=found.rows,
        number=number,
        is_more=is_more,
        newer=_page("newer", found.newer, asked),
        older=_page("older", found.older, asked),
        narrowed=f"?{urlencode(asked)}" if asked else "",
        kinds=list(FilingKind),
        stages=[one.value for one in LIFECYCLES[kind].right if one.value != "-"] if kind else [],
        kind=kind or "",
        stage=stage,
        q=q,
        errors=[one for why in refused for one in wrong((), {}, why.refusals, visit.language)[0]],
    )


def _page(direction: Direction, place: object | None, asked: dict[str, str]) -> str:
    return f"?{urlencode({**asked, direction: str(place)})}" if place is not None else ""


@router.get("/tasks")
async def tasks(visit: Somebody) -> HTMLResponse:
    """What is to be done by this role, the earliest day first."""
    async with visit.console.pool.acquire() as connection:
        found = await tasks_of_mine(connection, whose(visit), visit.membership.role)
    return render(visit, "tasks.html", found=found)
