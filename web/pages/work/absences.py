"""The page of who is away."""

from collections.abc import AsyncIterator, Sequence
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from client.today import today
from database.bulletin.pages import Place, Portion, read_day_place
from database.pool import Connection
from database.work.absences import Absence, absences_of
from schemas.values.refusal import Refused
from web.lists.listed import BATCH, SHOWN, Columns, Listed, by_key
from web.lists.turned import followed_by
from web.pages.signing.entered import told
from web.render import render
from web.visit import Somebody, Visit
from web.work.absences import take_back_absence, tell_absence
from web.work.own import of_organisation
from web.work.people import People, people_of

router = APIRouter(prefix="/absences")
_FIELDS = ("party_id", "from_on", "until_on")


def _all(visit: Visit, _: object) -> AsyncIterator[Sequence[tuple[Absence, People]]]:
    _, organisation_id = of_organisation(visit)

    async def read(connection: Connection, place: Place | None) -> Portion[tuple[Absence, People]]:
        day = today()
        people = await people_of(visit, connection, day)
        found = await absences_of(connection, organisation_id, people.names.keys(), day, place, BATCH)
        return Portion([(one, people) for one in found.rows], found.following)

    return by_key(visit, read)


_COLUMNS: Columns[tuple[Absence, People]] = (
    ("colleague", lambda one, _: one[1].name(one[0].party_id)),
    ("from_on", lambda one, _: one[0].from_on),
    ("until_on", lambda one, _: one[0].until_on),
    ("told_by", lambda one, _: one[1].name(one[0].told_by)),
)
LIST = Listed("/absences", _COLUMNS, _all)


@router.get("")
async def absences(visit: Somebody, after: str = "") -> Response:
    """All that are not over, a page at a time."""
    return await _page(visit, after=after)


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


async def _page(
    visit: Visit, given: dict[str, str] | None = None, refused: Refused | None = None, after: str = ""
) -> Response:
    _, organisation_id = of_organisation(visit)
    async with visit.console.pool.acquire() as connection:
        day = today()
        people = await people_of(visit, connection, day)
        place = read_day_place(after)
        found = await absences_of(connection, organisation_id, people.names.keys(), day, place, SHOWN)
    return render(
        visit,
        "work/absences.html",
        422 if refused else 200,
        listed=LIST,
        compact=True,
        people=people,
        found=found.rows,
        following=followed_by(found.following),
        given=given or {"party_id": str(people.me)},
        **told(visit, refused.refusals if refused else ()),
    )
