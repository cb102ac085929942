"""The filings that somebody may see, with their stage, next step and day."""

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse

from database.bulletin.pages import Direction, read_instant_place
from database.console.mine import Narrowed, counted_of, mine
from schemas.acts.act import FilingKind
from schemas.lifecycle.all import LIFECYCLES
from schemas.values.refusal import Refused
from web.bulks.acting import MOST, ROLES
from web.forms.saying import wrong
from web.lists.turned import asked_for, narrowed_to, turned_to
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
    asked = asked_for(kind=kind, stage=stage, q=q)
    return render(
        visit,
        "filings.html",
        found=found.rows,
        number=number,
        is_more=is_more,
        newer=turned_to("newer", found.newer, asked),
        older=turned_to("older", found.older, asked),
        narrowed=narrowed_to(asked),
        kinds=list(FilingKind),
        stages=[one.value for one in LIFECYCLES[kind].right if one.value != "-"] if kind else [],
        kind=kind or "",
        stage=stage,
        q=q,
        most_of_bulk=MOST if visit.membership.role in ROLES and visit.membership.organisation_id else 0,
        errors=[one for why in refused for one in wrong((), {}, why.refusals, visit.language)[0]],
    )
