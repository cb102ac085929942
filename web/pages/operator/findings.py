"""Contradictions that are open, oldest first, and what would close each."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.responses import HTMLResponse

from database.bulletin.pages import Direction, read_day_place
from database.console.facts import FoundOf, findings_of_mine
from texts.lines import Language
from texts.words import closing_text, finding_text
from web.lists.listed import BATCH, Columns, Listed, by_key
from web.lists.turned import asked_for, turned_to
from web.lists.views import views_at
from web.render import render
from web.rights.whose import whose
from web.visit import Somebody, Visit
from web.words import finding_in

router = APIRouter()
PAGE = 20


@dataclass(frozen=True)
class Asked:
    """How the list is narrowed. ``code``: to one kind of finding."""

    code: Annotated[str, Query(max_length=80)] = ""

    @property
    def known(self) -> str:
        """The code where it is that of some finding."""
        return self.code if finding_text(self.code) else ""


def _all(visit: Visit, asked: Asked) -> AsyncIterator[Sequence[FoundOf]]:
    theirs, code = whose(visit), asked.known or None
    return by_key(visit, lambda connection, place: findings_of_mine(connection, theirs, code, place=place, size=BATCH))


def closing_in(code: str, language: Language) -> str:
    """What closes a finding; nothing for a code that an older release recorded."""
    return getattr(closing_text(code), language, "")


_COLUMNS: Columns[FoundOf] = (
    ("filing_id", lambda one, _: one.filing_id),
    ("opened_on", lambda one, _: one.finding.opened_on),
    ("what", lambda one, language: finding_in(one.finding.code, language)),
    ("what_closes", lambda one, language: closing_in(one.finding.code, language)),
)
LIST = Listed("/findings", _COLUMNS, _all, Asked)


@router.get("/findings")
async def findings(
    visit: Somebody, given: Annotated[Asked, Depends()], older: str = "", newer: str = ""
) -> HTMLResponse:
    """The list, a page at a time."""
    code = given.known
    direction: Direction = "newer" if newer else "older"
    async with visit.console.pool.acquire() as connection:
        place = read_day_place(newer or older)
        views = await views_at(visit, connection, LIST)
        found = await findings_of_mine(
            connection, whose(visit), code or None, place=place, direction=direction, size=PAGE
        )
    closing = {one.finding.code: closing_in(one.finding.code, visit.language) for one in found.rows}
    asked = asked_for(code=code)
    return render(
        visit,
        "operator/findings.html",
        listed=LIST,
        views=views,
        compact=True,
        found=found.rows,
        closing=closing,
        code=code,
        newer=turned_to("newer", found.newer, asked),
        older=turned_to("older", found.older, asked),
    )
