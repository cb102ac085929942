"""Deadlines by a secret address, which any calendar program can read: shown once, ended by its owner, judged anew."""

from collections.abc import AsyncIterator, Sequence
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from client.today import today
from database.bulletin.pages import Place, Portion, read_instant_place
from database.console.calendars import DeadlineCalendar, calendars_of, read_calendar
from database.pool import Connection
from texts.lines import Language
from web.lists.listed import BATCH, SHOWN, Columns, Listed, by_key
from web.lists.turned import followed_by
from web.pages.signing.entered import origin
from web.pages.taken.deadlines import deadlines_of
from web.render import render
from web.rights.whose import whose_of
from web.sign_in.keys import plain_hash
from web.sign_in.session import Membership, Session
from web.visit import Anybody, NotFound, Somebody, Visit
from web.words import role_in, word
from web.work.deadline_calendars import make_calendar, stop_calendar

router = APIRouter(prefix="/deadlines")
_LONGEST = 100
_NEVER_KEPT = {"Cache-Control": "private, no-store", "Referrer-Policy": "no-referrer"}


def _all(visit: Visit, _: object) -> AsyncIterator[Sequence[tuple[DeadlineCalendar, Membership | None]]]:
    by = _session(visit)
    roles = {one.membership_id: one for one in by.memberships}

    async def read(connection: Connection, place: Place | None) -> Portion[tuple[DeadlineCalendar, Membership | None]]:
        found = await calendars_of(connection, by.account_id, place, BATCH)
        return Portion([(one, roles.get(one.membership_id)) for one in found.rows], found.following)

    return by_key(visit, read)


def _role(one: Membership | None, language: Language) -> str:
    return role_in(one.role, language) if one else word("calendar_role_over", language)


_COLUMNS: Columns[tuple[DeadlineCalendar, Membership | None]] = (
    (
        "act_as",
        lambda one, language: role_in(one[1].role, language) if one[1] else word("calendar_role_over", language),
    ),
    ("party", lambda one, _: one[1].organisation_name if one[1] else ""),
    ("calendar_made_at", lambda one, _: one[0].created_at),
    ("key_used_on", lambda one, _: one[0].last_used_on),
)
LIST = Listed("/deadlines", _COLUMNS, _all)


@router.get("")
async def calendars(visit: Somebody, after: str = "") -> Response:
    """One's own addresses, without their secrets, a page at a time."""
    return await _page(visit, after=after)


@router.post("")
async def added(visit: Somebody) -> Response:
    """A new one, of what this role sees; the whole address is on this page and nowhere else."""
    await visit.form()
    made = await make_calendar(visit, visit.language)
    return await _page(visit, made.address)


@router.post("/{calendar_id}/end")
async def ended(visit: Somebody, calendar_id: UUID) -> Response:
    """Whoever has the address reads nothing any more."""
    await visit.form()
    await stop_calendar(visit, calendar_id)
    return RedirectResponse("/deadlines", 303)


@router.get("/{secret}.ics")
async def read(visit: Anybody, secret: str) -> Response:
    """The calendar of whoever has the address; what its owner may see is judged at each reading."""
    wait = visit.console.calendar_rates.wait(origin(visit))
    if wait:
        return PlainTextResponse("429\n", 429, {**_NEVER_KEPT, "Retry-After": str(wait)})
    if len(secret) > _LONGEST:
        raise NotFound
    async with visit.console.pool.acquire() as connection:
        reader = await read_calendar(connection, plain_hash(secret), today())
    if reader is None:
        raise NotFound
    mine = Membership(reader.membership_id, reader.role, reader.organisation_id, None, reader.region, reader.platform)
    address = visit.address("/filings/")
    body = await deadlines_of(visit.console.pool, whose_of(mine, reader.party_id), reader.language, address)
    return Response(body, media_type="text/calendar; charset=utf-8", headers=_NEVER_KEPT)


def _session(visit: Visit) -> Session:
    assert visit.session is not None
    return visit.session


async def _page(visit: Visit, address: str = "", after: str = "") -> Response:
    by = _session(visit)
    async with visit.console.pool.acquire() as connection:
        found = await calendars_of(connection, by.account_id, read_instant_place(after), SHOWN)
    return render(
        visit,
        "taken/calendars.html",
        listed=LIST,
        found=found.rows,
        following=followed_by(found.following),
        address=address,
        roles={one.membership_id: one for one in by.memberships},
    )
