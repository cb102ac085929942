"""What is to be done, and what does not fit, for programs: as the pages of the same name show it."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field

from client.today import today
from database.bulletin.pages import read_day_place, read_instant_place
from database.console.calendars import calendars_of
from database.console.facts import findings_of_mine
from database.work.absences import absences_of
from database.work.tasks import Way
from schemas.acts.act import FilingKind
from schemas.values.model import Model, ShortText
from schemas.wire.form import filled
from web.api.acts import IdempotencyKey
from web.api.bodies import object_body
from web.api.caller import InPerson, Reader, ReadInPerson, Writer
from web.api.console.once import Answer, Done, done_once, once, takes
from web.api.described import noes
from web.api.reads import OF_PEOPLE, OWN, Size, Turn, behind, turn
from web.api.shown import Findings, ShownTask, Tasks, finding_shown, followed, turned
from web.pages.work import queue
from web.rights.whose import whose
from web.visit import Visit
from web.work.absences import NewAbsence, take_back_absence, tell_absence
from web.work.deadline_calendars import address_of, make_calendar, stop_calendar
from web.work.own import of_organisation
from web.work.people import people_of
from web.work.tasks import MOST, divide

router = APIRouter()
_WORK: dict[str, Any] = {"responses": noes(401, 403, 404), "openapi_extra": OWN, "tags": ["work"]}


class ChosenTask(Model):
    """One task of the list."""

    filing_id: UUID
    key: ShortText


class Division(Model):
    """Tasks that are taken (what nobody has), given to a colleague, or given back."""

    tasks: Annotated[tuple[ChosenTask, ...], Field(min_length=1, max_length=MOST)]
    way: Way
    to: UUID | None = None
    """Whom they are given to."""


class Divided(BaseModel):
    """The filings of those tasks that another one does now."""

    changed: list[UUID]


class ShownAbsence(BaseModel):
    """Somebody is away; both days are part of it."""

    absence_id: UUID
    party_id: UUID
    from_on: date
    until_on: date
    told_by: UUID


class Colleague(BaseModel):
    """Somebody of your role in your organisation; ``away_until``: the last day of who is away today."""

    party_id: UUID
    name: str
    away_until: date | None


class Colleagues(BaseModel):
    """Everybody of your role in your organisation, and their absences of today and later, what ends first first.

    ``following`` goes on after the last absence.
    """

    rows: list[Colleague]
    absences: list[ShownAbsence]
    following: str | None


class ToldAbsence(BaseModel):
    """By this id it is taken back."""

    absence_id: UUID


class DeadlineAddress(BaseModel):
    """An address by which a calendar program reads deadlines, without its secret."""

    calendar_id: UUID
    language: Literal["zh", "en"]
    created_at: datetime
    last_used_on: date | None


class DeadlineAddresses(BaseModel):
    """Your own, the newest first; ``following`` goes on after the last one."""

    rows: list[DeadlineAddress]
    following: str | None


class NewAddress(Model):
    """In which language the calendar is."""

    language: Literal["zh", "en"] = "zh"


class MadeAddress(BaseModel):
    """``address`` is told to whoever asked for it, and kept by nobody."""

    calendar_id: UUID
    address: str


@router.get("/tasks", responses=noes(401, 403), openapi_extra=OWN, tags=["read"])
async def tasks(
    visit: Reader,
    kind: FilingKind | None = None,
    due: queue.Due = "",
    basis: queue.Basis = "",
    whom: queue.Whom = "",
    of: UUID | None = None,
    older: Turn = "",
    newer: Turn = "",
    limit: Size = 100,
) -> Tasks:
    """What is to be done by your role, and who does it. 本角色的待办及其办理人。"""
    place, direction = turn(older, newer, read_day_place)
    asked = queue.Asked(kind, due, basis, whom, of)
    async with visit.console.pool.acquire() as connection:
        found = await queue.read(visit, connection, asked, place, direction, limit)
    rows = [
        ShownTask(**vars(one.task), waited_working_days=one.clock.waited, working_days_left=one.clock.left)
        for one in found.waiting
    ]
    return Tasks(rows=rows, **turned(found.page))


@router.get("/findings", responses=noes(401, 403), openapi_extra=OWN, tags=["read"])
async def findings(
    visit: Reader,
    code: Annotated[str | None, Query(max_length=80)] = None,
    older: Turn = "",
    newer: Turn = "",
    limit: Size = 100,
) -> Findings:
    """Open findings of your filings. 您的事项中尚未了结的不一致。"""
    place, direction = turn(older, newer, read_day_place)
    async with visit.console.pool.acquire() as connection:
        found = await findings_of_mine(connection, whose(visit), code, place=place, direction=direction, size=limit)
    return Findings(rows=[finding_shown(*one) for one in found.rows], **turned(found))


@router.post("/tasks/assignments", **takes(Division, "work", way="take", to=None))
async def divide_tasks(request: Request, visit: Writer, idempotency_key: IdempotencyKey) -> Divided:
    """Takes tasks, gives them to a colleague, or gives them back. 领取、分派或退回待办。"""
    body = await object_body(request)
    given = filled(Division, body)

    async def doing(inner: Visit) -> Answer:
        chosen = [(one.filing_id, one.key) for one in given.tasks]
        return {"changed": [str(one) for one in await divide(inner, chosen, given.way, given.to)]}

    return Divided(**await once(request, visit, UUID(idempotency_key), body, doing))


@router.get("/absences", **_WORK)
async def absences(visit: Reader, after: Turn = "", limit: Size = 100) -> Colleagues:
    """Your colleagues, and who of them is away. 同事及缺勤。"""
    _, organisation_id = of_organisation(visit)
    place, day = behind(after, read_day_place), today()
    async with visit.console.pool.acquire() as connection:
        people = await people_of(visit, connection, day)
        found = await absences_of(connection, organisation_id, people.names.keys(), day, place, limit)
    rows = [Colleague(party_id=one, name=name, away_until=people.away.get(one)) for one, name in people.names.items()]
    return Colleagues(rows=rows, absences=[ShownAbsence(**vars(one)) for one in found.rows], following=followed(found))


@router.post("/absences", **takes(NewAbsence, "work", from_on="2026-12-01", until_on="2026-12-04"))
async def new_absence(request: Request, visit: Writer, idempotency_key: IdempotencyKey) -> ToldAbsence:
    """Somebody of your role is away. 登记缺勤。"""
    body = await object_body(request)

    async def doing(inner: Visit) -> Answer:
        return {"absence_id": str(await tell_absence(inner, body))}

    return ToldAbsence(**await once(request, visit, UUID(idempotency_key), body, doing))


@router.post("/absences/{absence_id}/end", **takes(None, "work"))
async def ended_absence(request: Request, visit: Writer, idempotency_key: IdempotencyKey, absence_id: UUID) -> Done:
    """It is taken back. 撤销缺勤。"""
    return await done_once(request, visit, idempotency_key, None, lambda inner: take_back_absence(inner, absence_id))


@router.get("/deadline-calendars", **_WORK | {"openapi_extra": OF_PEOPLE})
async def deadline_calendars(visit: ReadInPerson, after: Turn = "", limit: Size = 100) -> DeadlineAddresses:
    """Your secret addresses of deadlines, without their secrets. 期限日历的保密地址。"""
    assert visit.session is not None
    place = behind(after, read_instant_place)
    async with visit.console.pool.acquire() as connection:
        found = await calendars_of(connection, visit.session.account_id, place, limit)
    rows = [DeadlineAddress.model_validate(one, from_attributes=True) for one in found.rows]
    return DeadlineAddresses(rows=rows, following=followed(found))


@router.post("/deadline-calendars", **takes(NewAddress, "work", in_person=True))
async def new_deadline_calendar(request: Request, visit: InPerson, idempotency_key: IdempotencyKey) -> MadeAddress:
    """A new address, of what your role sees; who has it reads without a key. 新建期限日历地址，须本人登录办理。"""
    body = await object_body(request)
    given = filled(NewAddress, body)

    async def doing(inner: Visit) -> Answer:
        return {"calendar_id": str((await make_calendar(inner, given.language)).calendar_id)}

    answer = await once(
        request,
        visit,
        UUID(idempotency_key),
        body,
        doing,
        lambda made: {"address": address_of(made, made.new_secret())},
    )
    return MadeAddress(**answer)


@router.post("/deadline-calendars/{calendar_id}/end", **takes(None, "work", in_person=True))
async def ended_deadline_calendar(
    request: Request, visit: InPerson, idempotency_key: IdempotencyKey, calendar_id: UUID
) -> Done:
    """Whoever has the address reads nothing any more. 停用期限日历地址。"""
    return await done_once(request, visit, idempotency_key, None, lambda inner: stop_calendar(inner, calendar_id))
