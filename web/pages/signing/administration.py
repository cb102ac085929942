"""Administrators: who has an account, in which roles, and what waits for a second person."""

from collections.abc import AsyncIterator, Sequence
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from client.meant import id_typed
from database.bulletin.pages import Place, Portion, read_instant_place
from database.sign_in.memberships import MembershipRow, waiting_memberships
from schemas.values.model import Model, Reason, ShortText
from schemas.values.refusal import Refused
from schemas.values.regions import REGIONS
from schemas.wire.form import filled
from texts.lines import Language
from texts.words import name_of
from web.lists.listed import BATCH, SHOWN, Columns, Listed
from web.lists.turned import followed_by
from web.pages.signing.entered import form_of, told
from web.registers.roles import GRANTED, propose
from web.render import render
from web.sign_in.people import Person, end_role, grant_role, invite, people, replace, restore, suspend
from web.sign_in.session import Session
from web.visit import NotFound, Somebody, Visit
from web.words import role_in, word

router = APIRouter()
_A_PAGE = 50


class _NewPerson(Model):
    name: ShortText | None = None


class _Ending(Model):
    reason: Reason = "-"


async def _all(visit: Visit, _: object) -> AsyncIterator[Sequence[Person]]:
    by, after, is_more = _session(visit), None, True
    while is_more:
        found = await people(visit.console.sessions.door, by, after, BATCH)
        yield found
        after = found[-1].account.account_id if found else None
        is_more = len(found) == BATCH


def _role(one: MembershipRow, language: Language) -> str:
    region = name_of("regions", one.region, language) if one.region else None
    return " · ".join(
        text for text in (role_in(one.role, language), one.organisation_name, region, one.platform) if text
    )


def _roles(person: Person, language: Language) -> str:
    return "; ".join(_role(one, language) for one in person.memberships if one.counts)


_PEOPLE: Columns[Person] = (
    ("person_name", lambda one, _: one.name),
    ("person_roles", _roles),
    ("state", lambda one, language: word(f"account_{one.account.state}", language)),
    ("party_id", lambda one, _: one.account.party_id),
)
PEOPLE = Listed("/people", _PEOPLE, _all)


async def _all_waiting(visit: Visit, _: object) -> AsyncIterator[Sequence[tuple[MembershipRow, Person | None]]]:
    by, place, is_more = _session(visit), None, True
    while is_more:
        found = await _shown_waiting(visit, by, place, BATCH)
        yield found.rows
        place, is_more = found.following, found.following is not None


_WAITING: Columns[tuple[MembershipRow, Person | None]] = (
    ("person_name", lambda one, _: one[1].name if one[1] else ""),
    ("party_id", lambda one, _: one[0].party_id),
    ("role", lambda one, language: _role(one[0], language)),
    ("since", lambda one, _: one[0].proposed_at),
)
WAITING = Listed("/roles", _WAITING, _all_waiting)


@router.get("/people")
async def all_people(visit: Somebody, after: UUID | None = None) -> Response:
    """A page of accounts with their roles."""
    return await _people(visit, _session(visit), after)


@router.post("/people")
async def invited(visit: Somebody) -> Response:
    """A new account; the address by which a password is chosen is shown this once."""
    by = _session(visit)
    given = await form_of(visit, by.csrf)
    try:
        new = filled(_NewPerson, _stated(given, "name"))
        made = await invite(visit.console.sessions.door, by, given.get("sign_in_name", ""), name=new.name)
    except Refused as refused:
        return await _people(visit, by, None, given, refused)
    return _invitation(visit, made.account_id, made.invitation)


@router.get("/people/{account_id}")
async def one_person(visit: Somebody, account_id: UUID) -> Response:
    """One account: its roles, and what can be done about it."""
    return await _person(visit, _session(visit), account_id)


@router.post("/people/{account_id}/roles")
async def proposed(visit: Somebody, account_id: UUID) -> Response:
    """A role for this account, which counts when a second person grants it."""
    by = _session(visit)
    given = await form_of(visit, by.csrf)
    try:
        new = _stated(given, "role", "organisation", "region", "platform")
        await propose(visit.console.sessions.door, by, account_id, new)
    except Refused as refused:
        return await _person(visit, by, account_id, given, refused)
    return RedirectResponse(f"/people/{account_id}", 303)


@router.post("/people/{account_id}/suspend")
async def suspended(visit: Somebody, account_id: UUID) -> Response:
    """Nobody signs in with it any more."""
    by = _session(visit)
    await form_of(visit, by.csrf)
    await suspend(visit.console.sessions.door, by, account_id)
    return RedirectResponse(f"/people/{account_id}", 303)


@router.post("/people/{account_id}/restore")
async def restored(visit: Somebody, account_id: UUID) -> Response:
    """It is as it was."""
    by = _session(visit)
    await form_of(visit, by.csrf)
    await restore(visit.console.sessions.door, by, account_id)
    return RedirectResponse(f"/people/{account_id}", 303)


@router.post("/people/{account_id}/replace")
async def replaced(visit: Somebody, account_id: UUID) -> Response:
    """For who has lost the password or the second factor: a new account of the same person."""
    by = _session(visit)
    await form_of(visit, by.csrf)
    made = await replace(visit.console.sessions.door, by, account_id)
    return _invitation(visit, made.account_id, made.invitation)


@router.get("/roles")
async def waiting(visit: Somebody, after: str = "") -> Response:
    """What one person proposed and no second one has granted, a page at a time."""
    return await _waiting(visit, _session(visit), after=after)


@router.post("/roles/{membership_id}/grant")
async def granted(visit: Somebody, membership_id: UUID) -> Response:
    """The second person."""
    by = _session(visit)
    await form_of(visit, by.csrf)
    try:
        await grant_role(visit.console.sessions.door, by, membership_id)
    except Refused as refused:
        return await _waiting(visit, by, refused)
    return RedirectResponse("/roles", 303)


@router.post("/roles/{membership_id}/end")
async def ended(visit: Somebody, membership_id: UUID) -> Response:
    """Declines a proposal, or takes a role away."""
    by = _session(visit)
    given = await form_of(visit, by.csrf)
    ending = filled(_Ending, _stated(given, "reason"))
    await end_role(visit.console.sessions.door, by, membership_id, ending.reason)
    account_id = id_typed(given.get("account_id", ""))
    return RedirectResponse(f"/people/{account_id}" if account_id else "/roles", 303)


def _session(visit: Visit) -> Session:
    assert visit.session is not None
    return visit.session


def _stated(given: dict[str, str], *names: str) -> dict[str, str]:
    """What was typed into those fields; what is left empty is not stated."""
    return {name: given[name] for name in names if given.get(name, "").strip()}


async def _people(
    visit: Visit, by: Session, after: UUID | None, given: dict[str, str] | None = None, refused: Refused | None = None
) -> Response:
    found = await people(visit.console.sessions.door, by, after, _A_PAGE + 1)
    following = found[_A_PAGE - 1].account.account_id if len(found) > _A_PAGE else None
    return render(
        visit,
        "signing/people.html",
        422 if refused else 200,
        listed=PEOPLE,
        people=found[:_A_PAGE],
        following=following,
        given=given or {},
        **told(visit, refused.refusals if refused else ()),
    )


async def _person(
    visit: Visit, by: Session, account_id: UUID, given: dict[str, str] | None = None, refused: Refused | None = None
) -> Response:
    found = await people(visit.console.sessions.door, by, only=(account_id,))
    if not found:
        raise NotFound
    context: dict[str, Any] = {"person": found[0], "roles": GRANTED, "regions": REGIONS, "given": given or {}}
    problems = told(visit, refused.refusals if refused else ())
    return render(visit, "signing/person.html", 422 if refused else 200, **context, **problems)


async def _waiting(visit: Visit, by: Session, refused: Refused | None = None, after: str = "") -> Response:
    found = await _shown_waiting(visit, by, read_instant_place(after), SHOWN)
    return render(
        visit,
        "signing/waiting.html",
        422 if refused else 200,
        listed=WAITING,
        waiting=found.rows,
        following=followed_by(found.following),
        **told(visit, refused.refusals if refused else ()),
    )


async def _shown_waiting(
    visit: Visit, by: Session, after: Place | None, size: int
) -> Portion[tuple[MembershipRow, Person | None]]:
    async with visit.console.pool.acquire() as connection:
        found = await waiting_memberships(connection, after, size)
    names = await _names(visit, by, found.rows)
    return Portion([(row, names.get(row.account_id)) for row in found.rows], found.following)


async def _names(visit: Visit, by: Session, rows: Sequence[MembershipRow]) -> dict[UUID, Person]:
    asked = {row.account_id for row in rows}
    found = await people(visit.console.sessions.door, by, limit=len(asked), only=asked) if asked else []
    return {one.account.account_id: one for one in found}


def _invitation(visit: Visit, account_id: UUID, invitation: str) -> Response:
    address = visit.address(f"/invitation/{invitation}")
    return render(visit, "signing/invited.html", address=address, account_id=account_id)
