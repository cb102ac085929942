"""The bulletin: all offers that stand, searched, divided, and paged by key."""

from urllib.parse import urlencode

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse

from database.bulletin.asked import Asked
from database.bulletin.pages import Direction, read_day_place
from database.bulletin.search import counted, facets, search
from schemas.values.refusal import Refused
from web.forms.saying import wrong
from web.render import render
from web.visit import Anybody

router = APIRouter()
PAGE = 20
FACETS = ("region", "price_form", "patent_kind", "section")
_PARAMETER = {"section": "classification"}
"""A facet narrows by the parameter of its own name, but a section is the beginning of a classification."""


@router.get("/offers")
async def bulletin(
    visit: Anybody,
    q: str = Query("", max_length=200),
    region: str = Query("", max_length=40),
    price_form: str = Query("", max_length=40),
    patent_kind: str = Query("", max_length=40),
    classification: str = Query("", max_length=40),
    status: str = "offered",
    older: str = "",
    newer: str = "",
) -> HTMLResponse:
    """A page of what is asked for; what cannot be asked for is told, and everything is shown instead."""
    given = {
        "q": q.strip(),
        "region": region,
        "price_form": price_form,
        "patent_kind": patent_kind,
        "classification": classification.strip(),
        "status": "ended" if status == "ended" else "",
    }
    asked = Asked(
        text=given["q"] or None,
        region=region or None,
        price_form=price_form or None,
        patent_kind=patent_kind or None,
        classification=given["classification"] or None,
        status="ended" if status == "ended" else "offered",
    )
    direction: Direction = "newer" if newer else "older"
    errors: list[dict[str, str]] = []
    async with visit.console.pool.acquire() as connection:
        try:
            found = await search(
                connection, asked, place=read_day_place(newer or older), direction=direction, size=PAGE
            )
        except Refused as refused:
            errors = wrong((), {}, refused.refusals, visit.language)[0]
            asked = Asked(status=asked.status)
            found = await search(connection, asked, size=PAGE)
        number, divided = await counted(connection, asked), await facets(connection, asked)
    shown = {name: value for name, value in given.items() if value}
    return render(
        visit,
        "offers/bulletin.html",
        found=found.rows,
        number=number,
        divided=divided,
        facets=[
            (one, [(value, many, _narrowed(shown, one, value)) for value, many in divided.by[one].items()][:12])
            for one in FACETS
        ],
        given=given,
        selected=[(name, value, _address(shown, **{name: ""})) for name, value in shown.items() if name != "q"],
        newer=_address(shown, newer=str(found.newer)) if found.newer else "",
        older=_address(shown, older=str(found.older)) if found.older else "",
        errors=errors,
    )


def _narrowed(shown: dict[str, str], facet: str, value: str) -> str:
    return _address(shown, **{_PARAMETER.get(facet, facet): value})


def _address(shown: dict[str, str], **changed: str) -> str:
    return f"/offers?{urlencode({name: value for name, value in {**shown, **changed}.items() if value})}"
