"""From a list to a bulk: the filings that were chosen, or all that the list's filter finds, up to a bound."""

from collections.abc import AsyncIterator, Sequence
from datetime import date
from uuid import UUID

from fastapi import APIRouter
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from client.meant import id_typed
from database.bulletin.pages import Direction, read_instant_place
from database.console.mine import Narrowed
from database.work.bulks import Bulk, bulks_of
from texts.words import name_of
from web.bulks.asking import begin, for_many, found_by
from web.lists.listed import BATCH, Columns, Listed, by_key
from web.lists.turned import turned_to
from web.render import render
from web.visit import NotFound, Somebody, Visit
from web.words import word

router = APIRouter()
PAGE = 20


def _all(visit: Visit, _: object) -> AsyncIterator[Sequence[Bulk]]:
    mine, organisation_id = for_many(visit)
    return by_key(
        visit, lambda connection, place: bulks_of(connection, organisation_id, mine.role.value, place=place, size=BATCH)
    )


_COLUMNS: Columns[Bulk] = (
    ("act", lambda one, language: name_of("acts", one.act_kind, language) if one.act_kind else ""),
    ("reason_of_bulk", lambda one, _: one.reason),
    ("state", lambda one, language: word(f"bulk_{one.stage}", language)),
    ("since", lambda one, _: one.created_at),
    ("bulk_id", lambda one, _: one.bulk_id),
)
LIST = Listed("/bulks", _COLUMNS, _all)


@router.get("/bulks")
async def all_bulks(visit: Somebody, older: str = "", newer: str = "") -> Response:
    """Those of the people of this role, the newest first."""
    mine, organisation_id = for_many(visit)
    direction: Direction = "newer" if newer else "older"
    async with visit.console.pool.acquire() as connection:
        place = read_instant_place(newer or older)
        found = await bulks_of(
            connection, organisation_id, mine.role.value, place=place, direction=direction, size=PAGE
        )
    return render(
        visit,
        "bulk/all.html",
        listed=LIST,
        compact=True,
        found=found.rows,
        newer=turned_to("newer", found.newer, {}),
        older=turned_to("older", found.older, {}),
    )


@router.post("/bulks")
async def begun(visit: Somebody) -> Response:
    """A bulk of what was chosen; with nothing chosen, back to the list."""
    for_many(visit)
    ids, has_more = await _chosen(visit, await visit.form())
    bulk_id, number = await begin(visit, ids, has_more=has_more)
    return RedirectResponse(f"/bulks/{bulk_id}" if number else "/filings", 303)


async def _chosen(visit: Visit, form: FormData) -> tuple[list[UUID], bool]:
    """The ids, newest first, and whether there were more than a bulk takes. Raises Refused ``search_too_short``."""
    if form.get("all") is not None:
        text = {name: str(form.get(name) or "").strip() or None for name in ("kind", "stage", "q", "due_on")}
        try:
            due_on = date.fromisoformat(text["due_on"]) if text["due_on"] else None
        except ValueError:  # our own form has days alone
            raise NotFound from None
        return await found_by(visit, Narrowed(kind=text["kind"], stage=text["stage"], text=text["q"], due_on=due_on))
    typed = (id_typed(str(one)) for one in form.getlist("chosen"))
    return [one for one in typed if one is not None], False
