"""From a list to a bulk: the filings that were chosen, or all that the list's filter finds, up to a bound."""

from collections.abc import AsyncIterator, Sequence
from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from client.meant import id_typed
from database.bulletin.pages import Direction, read_instant_place
from database.console.mine import Narrowed, mine
from database.pool import Connection
from database.registers.audit_log import write_audit
from database.work.bulks import Bulk, begin_bulk, bulks_of
from texts.words import name_of
from web.bulks.acting import MOST, ROLES
from web.lists.listed import BATCH, Columns, Listed, by_key
from web.lists.turned import turned_to
from web.render import render
from web.rights.whose import whose
from web.sign_in.session import Membership
from web.visit import NotFound, Somebody, Visit
from web.words import word

router = APIRouter()
PAGE = 20
_BATCH = 250


def for_many(visit: Visit) -> tuple[Membership, UUID]:
    """As what, and for which organisation, somebody asks for many; raises NotFound for whoever does not."""
    mine = visit.membership
    if mine.role not in ROLES or mine.organisation_id is None:
        raise NotFound
    return mine, mine.organisation_id


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
    mine, organisation_id = for_many(visit)
    form, bulk_id = await visit.form(), uuid4()
    assert visit.session is not None
    async with visit.console.pool.acquire() as connection, connection.transaction():
        ids, has_more = await _chosen(visit, connection, form)
        number = await begin_bulk(
            connection,
            bulk_id,
            mine.membership_id,
            organisation_id,
            mine.role.value,
            visit.session.party_id,
            whose(visit),
            ids,
            has_more=has_more,
        )
        if not number:
            return RedirectResponse("/filings", 303)
        await write_audit(connection, visit.session.party_id, mine.role.value, "begin_bulk", "granted", act_id=bulk_id)
    return RedirectResponse(f"/bulks/{bulk_id}", 303)


async def _chosen(visit: Visit, connection: Connection, form: FormData) -> tuple[list[UUID], bool]:
    """The ids, newest first, and whether there were more than a bulk takes. Raises Refused ``search_too_short``."""
    if form.get("all") is None:
        typed = (id_typed(str(one)) for one in form.getlist("chosen"))
        ids = list(dict.fromkeys(one for one in typed if one is not None))
        return ids[:MOST], len(ids) > MOST
    text = {name: str(form.get(name) or "").strip() or None for name in ("kind", "stage", "q")}
    narrowed, place, found = Narrowed(kind=text["kind"], stage=text["stage"], text=text["q"]), None, list[UUID]()
    while len(found) < MOST:
        page = await mine(connection, whose(visit), narrowed, place=place, size=_BATCH)
        found += [one.filing_id for one in page.rows]
        place = page.older
        if place is None:
            return found, False
    return found[:MOST], True
