"""The filings that somebody may see, with their stage, next step and day."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.responses import HTMLResponse

from database.bulletin.pages import Direction, read_instant_place
from database.console.mine import Mine, Narrowed, counted_of, mine
from schemas.acts.act import FilingKind
from schemas.lifecycle.all import LIFECYCLES
from schemas.values.refusal import Refused
from texts.words import name_of
from web.bulks.acting import MOST
from web.forms.saying import wrong
from web.lists.listed import BATCH, LEFT_OPEN, Columns, Listed, by_key
from web.lists.turned import asked_for, narrowed_to, turned_to
from web.lists.views import views_at
from web.render import render
from web.rights.pages import FOR_MANY
from web.rights.whose import whose
from web.visit import Somebody, Visit
from web.words import role_in, task_in

router = APIRouter()
PAGE = 20


@dataclass(frozen=True)
class Asked:
    """How the list is narrowed; a stage is one of a kind."""

    kind: Annotated[FilingKind | None, LEFT_OPEN] = None
    stage: Annotated[str, Query(max_length=40)] = ""
    q: Annotated[str, Query(max_length=200)] = ""
    due_on: Annotated[date | None, LEFT_OPEN] = None

    @property
    def is_of_stage(self) -> bool:
        """Whether the kind has the stage."""
        return self.kind is not None and self.stage in LIFECYCLES[self.kind].right.__members__.values()

    def narrowed(self, *, by_text: bool = True) -> Narrowed:
        """As the database asks; ``by_text``: also by what was typed."""
        text = (self.q.strip() or None) if by_text else None
        stage = self.stage if self.is_of_stage else None
        return Narrowed(kind=self.kind, stage=stage, text=text, due_on=self.due_on)


def _all(visit: Visit, asked: Asked) -> AsyncIterator[Sequence[Mine]]:
    theirs, narrowed = whose(visit), asked.narrowed()
    return by_key(visit, lambda connection, place: mine(connection, theirs, narrowed, place=place, size=BATCH))


COLUMNS: Columns[Mine] = (
    ("filing_id", lambda one, _: one.filing_id),
    ("kind", lambda one, language: name_of("kinds", one.kind, language)),
    ("number", lambda one, _: one.declaration_number or one.patent_number),
    ("title", lambda one, _: one.title),
    ("party", lambda one, _: one.party_name),
    ("stage", lambda one, language: name_of("stages", f"{one.kind}.{one.stage}", language)),
    ("next_step", lambda one, language: task_in(one.next_what, language)),
    ("who_must_act", lambda one, language: role_in(one.next_role, language)),
    ("due_by", lambda one, _: one.next_by),
)
LIST = Listed("/filings", COLUMNS, _all, Asked)


@router.get("/filings")
async def filings(
    visit: Somebody, given: Annotated[Asked, Depends()], older: str = "", newer: str = ""
) -> HTMLResponse:
    """The list, newest first, a page at a time."""
    kind, stage, q = given.kind, given.stage if given.is_of_stage else "", given.q
    narrowed = given.narrowed()
    direction: Direction = "newer" if newer else "older"
    refused: tuple[Refused, ...] = ()
    async with visit.console.pool.acquire() as connection:
        try:
            place = read_instant_place(newer or older)
            found = await mine(connection, whose(visit), narrowed, place=place, direction=direction, size=PAGE)
        except Refused as why:
            refused, narrowed = (why,), given.narrowed(by_text=False)
            found = await mine(connection, whose(visit), narrowed, size=PAGE)
        number, is_more = await counted_of(connection, whose(visit), narrowed)
        views = await views_at(visit, connection, LIST)
    asked = asked_for(kind=kind, stage=stage, q=q, due_on=given.due_on)
    return render(
        visit,
        "filings.html",
        listed=LIST,
        views=views,
        found=found.rows,
        number=number,
        is_more=is_more,
        newer=turned_to("newer", found.newer, asked),
        older=turned_to("older", found.older, asked),
        kinds=list(FilingKind),
        stages=[one.value for one in LIFECYCLES[kind].right if one.value != "-"] if kind else [],
        kind=kind or "",
        stage=stage,
        q=q,
        due_on=given.due_on,
        on_any_day=narrowed_to(asked_for(kind=kind, stage=stage, q=q)),
        most_of_bulk=MOST if visit.membership.role in FOR_MANY and visit.membership.organisation_id else 0,
        errors=[one for why in refused for one in wrong((), {}, why.refusals, visit.language)[0]],
    )
