"""Who of one's colleagues is away, from which day to which: told by anybody of them, for himself or another."""

from collections.abc import AsyncIterator, Sequence
from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from client.today import today
from database.pool import Connection
from database.registers.audit_log import write_audit
from database.work.absences import Absence, add_absence, end_absence
from schemas.values.model import Day, Model
from schemas.values.refusal import Refused, refuse
from schemas.wire.form import filled
from web.lists.listed import Columns, Listed, once
from web.pages.signing.entered import told
from web.pages.work.people import People, people_of
from web.render import render
from web.sign_in.session import Session
from web.visit import NotFound, Somebody, Visit

router = APIRouter(prefix="/absences")
_FIELDS = ("party_id", "from_on", "until_on")


class NewAbsence(Model):
    """What is told of an absence; both days are part of it."""

    party_id: UUID
    from_on: Day
    until_on: Day


def _all(visit: Visit, _: object) -> AsyncIterator[Sequence[tuple[Absence, People]]]:
    _of_organisation(visit)

    async def read(connection: Connection) -> Sequence[tuple[Absence, People]]:
        people = await people_of(visit, connection, today())
        return [(one, people) for one in people.absences]

    return once(visit, read)


_COLUMNS: Columns[tuple[Absence, People]] = (
    ("colleague", lambda one, _: one[1].name(one[0].party_id)),
    ("from_on", lambda one, _: one[0].from_on),
    ("until_on", lambda one, _: one[0].until_on),
    ("told_by", lambda one, _: one[1].name(one[0].told_by)),
)
LIST = Listed("/absences", _COLUMNS, _all)


@router.get("")
async def absences(visit: Somebody) -> Response:
    """All that are not over."""
    return await _page(visit)


@router.post("")
async def added(visit: Somebody) -> Response:
    """One more; what was typed wrongly stays."""
    by, organisation_id = _of_organisation(visit)
    form = await visit.form()
    given = {name: str(form.get(name)) for name in _FIELDS if form.get(name)}
    try:
        new = filled(NewAbsence, given)
        if new.until_on < new.from_on:
            raise refuse("absence_ends_before_it_begins", "until_on", from_on=new.from_on, until_on=new.until_on)
        await _add(visit, by, organisation_id, new)
    except Refused as refused:
        return await _page(visit, given, refused)
    return RedirectResponse("/absences", 303)


async def _add(visit: Visit, by: Session, organisation_id: UUID, new: NewAbsence) -> None:
    async with visit.console.pool.acquire() as connection, connection.transaction():
        if new.party_id not in (await people_of(visit, connection, today())).names:
            raise NotFound
        absence = Absence(uuid4(), new.party_id, new.from_on, new.until_on, by.party_id)
        await add_absence(connection, organisation_id, absence)
        await write_audit(connection, by.party_id, by.membership.role.value, "add_absence", "granted")


@router.post("/{absence_id}/end")
async def ended(visit: Somebody, absence_id: UUID) -> Response:
    """It is taken back: a plan that changed, or somebody who is here again."""
    by, organisation_id = _of_organisation(visit)
    await visit.form()
    async with visit.console.pool.acquire() as connection, connection.transaction():
        if not await end_absence(connection, absence_id, organisation_id, by.party_id):
            raise NotFound
        await write_audit(connection, by.party_id, by.membership.role.value, "end_absence", "granted")
    return RedirectResponse("/absences", 303)


def _of_organisation(visit: Visit) -> tuple[Session, UUID]:
    if visit.session is None or visit.membership.organisation_id is None:
        raise NotFound
    return visit.session, visit.membership.organisation_id


async def _page(visit: Visit, given: dict[str, str] | None = None, refused: Refused | None = None) -> Response:
    _of_organisation(visit)
    async with visit.console.pool.acquire() as connection:
        people = await people_of(visit, connection, today())
    return render(
        visit,
        "work/absences.html",
        422 if refused else 200,
        listed=LIST,
        compact=True,
        people=people,
        given=given or {"party_id": str(people.me)},
        **told(visit, refused.refusals if refused else ()),
    )
