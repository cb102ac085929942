"""The bulletin: all offers that stand, searched, divided, and paged by key."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query
from starlette.responses import HTMLResponse

from database.bulletin import asked as bulletin_asked
from database.bulletin.pages import Direction, read_day_place
from database.bulletin.search import Listed as Offer
from database.bulletin.search import counted, facets, search
from schemas.values.refusal import Refused
from web.forms.saying import facet_name, wrong
from web.lists.listed import BATCH, Columns, Listed, by_key
from web.lists.views import views_at
from web.render import render
from web.visit import Anybody, Visit

router = APIRouter()
PAGE = 20
FACETS = ("region", "price_form", "patent_kind", "section")
_PARAMETER = {"section": "classification"}
"""A facet narrows by the parameter of its own name, but a section is the beginning of a classification."""


Value = Annotated[str, Query(max_length=40)]


@dataclass(frozen=True)
class Asked:
    """How the bulletin is narrowed, as it stands in an address."""

    q: Annotated[str, Query(max_length=200)] = ""
    region: Value = ""
    price_form: Value = ""
    patent_kind: Value = ""
    classification: Value = ""
    status: str = "offered"

    @property
    def meant(self) -> bulletin_asked.Asked:
        """As the database asks."""
        return bulletin_asked.Asked(
            text=self.q.strip() or None,
            region=self.region or None,
            price_form=self.price_form or None,
            patent_kind=self.patent_kind or None,
            classification=self.classification.strip() or None,
            status="ended" if self.status == "ended" else "offered",
        )


def _all(visit: Visit, asked: Asked) -> AsyncIterator[Sequence[Offer]]:
    meant = asked.meant
    return by_key(visit, lambda connection, place: search(connection, meant, place=place, size=BATCH))


_COLUMNS: Columns[Offer] = (
    ("declaration_number", lambda one, _: one.declaration_number),
    ("patent_number", lambda one, _: one.patent_number),
    ("title", lambda one, _: one.title),
    ("patentees", lambda one, _: one.patentees),
    ("facet_patent_kind", lambda one, language: facet_name("patent_kind", one.patent_kind, language)),
    ("classification", lambda one, _: one.classification),
    ("facet_region", lambda one, language: facet_name("region", one.region, language) if one.region else ""),
    ("facet_price_form", lambda one, language: facet_name("price_form", one.price_form, language)),
    ("announced_on", lambda one, _: one.announced_on),
    ("filing_id", lambda one, _: one.declaration_id),
)
LIST = Listed("/offers", _COLUMNS, _all, Asked, is_public=True)


@router.get("/offers")
async def bulletin(
    visit: Anybody, asked_so: Annotated[Asked, Depends()], older: str = "", newer: str = ""
) -> HTMLResponse:
    """A page of what is asked for; what cannot be asked for is told, and everything is shown instead."""
    asked = asked_so.meant
    given = {
        "q": asked.text or "",
        "region": asked_so.region,
        "price_form": asked_so.price_form,
        "patent_kind": asked_so.patent_kind,
        "classification": asked.classification or "",
        "status": "ended" if asked.status == "ended" else "",
    }
    direction: Direction = "newer" if newer else "older"
    errors: list[dict[str, str]] = []
    async with visit.console.pool.acquire() as connection:
        try:
            found = await search(
                connection, asked, place=read_day_place(newer or older), direction=direction, size=PAGE
            )
        except Refused as refused:
            errors = wrong((), {}, refused.refusals, visit.language)[0]
            asked = bulletin_asked.Asked(status=asked.status)
            found = await search(connection, asked, size=PAGE)
        number, divided = await counted(connection, asked), await facets(connection, asked)
        views = await views_at(visit, connection, LIST)
    shown = {name: value for name, value in given.items() if value}
    return render(
        visit,
        "offers/bulletin.html",
        listed=LIST,
        views=views,
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
