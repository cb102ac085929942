"""The page of who is away."""

from collections.abc import AsyncIterator, Sequence
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from client.today import today
from database.pool import Connection
from database.work.absences import Absence
from schemas.values.refusal import Refused
from web.lists.listed import Columns, Listed, once
from web.pages.signing.entered import told
from web.render import render
from web.visit import Somebody, Visit
from web.work.absences import take_back_absence, tell_absence
from web.work.own import of_organisation
from web.work.people import People, people_of

router = APIRouter(prefix="/absences")
_FIELDS = ("party_id", "from_on", "until_on")


def _all(visit: Visit, _: object) -> AsyncIterator[Sequence[tuple[Absence, People]]]:
    of_organisation(visit)

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
    form = await visit.form()
    given = {name: str(form.get(name)) for name in _FIELDS if form.get(name)}
    try:
        await tell_absence(visit, given)
    except Refused as refused:
        return await _page(visit, given, refused)
    return RedirectResponse("/absences", 303)


@router.post("/{absence_id}/end")
async def ended(visit: Somebody, absence_id: UUID) -> Response:
    """It is taken back."""
    await visit.form()
    await take_back_absence(visit, absence_id)
    return RedirectResponse("/absences", 303)


async def _page(visit: Visit, given: dict[str, str] | None = None, refused: Refused | None = None) -> Response:
    of_organisation(visit)
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
