"""What is to be done by one's role: how long it waits, whose it is, and how it passes from one to another."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Any, Literal, get_args
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from pydantic import TypeAdapter, ValidationError
from starlette.responses import HTMLResponse, RedirectResponse, Response

from client.today import today
from database.bulletin.pages import Direction, Page, Place, read_day_place
from database.pool import Connection
from database.registers.calendar_tables import tables_in_use
from database.work.tasks import NarrowedTasks, OpenTask, TaskKey, Way, tasks_of_mine
from rules.law.calendar import Calendar, Calendars
from rules.law.service import ServiceClock, service_clock
from schemas.acts.act import FilingKind
from texts.citations import article_in
from texts.words import name_of
from web.lists.listed import BATCH, LEFT_OPEN, Columns, Listed
from web.lists.turned import asked_for, narrowed_to, turned_to
from web.lists.views import views_at
from web.render import render
from web.rights.whose import whose
from web.visit import Somebody, Visit, back_or_home
from web.words import task_in, word
from web.work.own import of_organisation
from web.work.people import People, people_of
from web.work.tasks import MOST, divide

router = APIRouter()
PAGE = 20
_A_WEEK = 7
Whom = Literal["", "me", "nobody", "away"]
Due = Literal["", "late", "week"]
Basis = Literal["", "legal", "service"]
_WAYS: TypeAdapter[Way] = TypeAdapter(Way)


@dataclass(frozen=True)
class Waiting:
    """A task with how long it waits, in working days of the law's calendar."""

    task: OpenTask
    clock: ServiceClock


@dataclass(frozen=True)
class Queue:
    """A page of the queue, and the people whose it is."""

    page: Page[OpenTask]
    waiting: list[Waiting]
    people: People


@dataclass(frozen=True)
class Asked:
    """How the queue is narrowed. ``of``: of one colleague."""

    kind: Annotated[FilingKind | None, LEFT_OPEN] = None
    due: Due = ""
    basis: Basis = ""
    whom: Whom = ""
    of: Annotated[UUID | None, LEFT_OPEN] = None

    def narrowed(self, people: People, on: date) -> NarrowedTasks:
        """As the database asks."""
        by = {"": None, "late": on - timedelta(days=1), "week": on + timedelta(days=_A_WEEK)}[self.due]
        done_by: tuple[UUID, ...] | None = (self.of,) if self.of else None
        if self.whom in ("me", "away"):
            done_by = (people.me,) if self.whom == "me" else tuple(people.away)
        return NarrowedTasks(self.kind, by, self.basis or None, done_by, self.whom == "nobody")


async def read(
    visit: Visit, connection: Connection, asked: Asked, place: Place | None, direction: Direction, size: int
) -> Queue:
    """A page of what waits for the role of the visit."""
    return await _page(visit, connection, asked, await people_of(visit, connection, today()), place, direction, size)


async def _page(
    visit: Visit,
    connection: Connection,
    asked: Asked,
    people: People,
    place: Place | None,
    direction: Direction,
    size: int,
) -> Queue:
    on, mine = today(), visit.membership
    page = await tasks_of_mine(
        connection,
        whose(visit),
        mine.role,
        mine.organisation_id,
        asked.narrowed(people, on),
        place=place,
        direction=direction,
        size=size,
    )
    calendar = await in_use(connection)
    waiting = [Waiting(one, service_clock(one.opened_on, one.by_on, on, calendar)) for one in page.rows]
    return Queue(page, waiting, people)


async def in_use(connection: Connection) -> Calendar:
    """The calendar with every table that two people have put in use."""
    calendars = Calendars(Calendar.bundled(), await tables_in_use(connection))
    return calendars.at(calendars.latest)


async def _all(visit: Visit, asked: Asked) -> AsyncIterator[Sequence[tuple[Waiting, People]]]:
    async with visit.console.pool.acquire() as connection:
        people = await people_of(visit, connection, today())  # once: that names were read is one line of the log
    place, is_more = None, True
    while is_more:
        async with visit.console.pool.acquire() as connection:
            found = await _page(visit, connection, asked, people, place, "older", BATCH)
        yield [(one, people) for one in found.waiting]
        place = found.page.older
        is_more = place is not None


_COLUMNS: Columns[tuple[Waiting, People]] = (
    ("what", lambda one, language: task_in(one[0].task.what, language)),
    ("filing_id", lambda one, _: one[0].task.filing_id),
    ("kind", lambda one, language: name_of("kinds", one[0].task.kind, language)),
    ("patent_number", lambda one, _: one[0].task.patent_number),
    ("title", lambda one, _: one[0].task.title),
    ("due_by", lambda one, _: one[0].task.by_on),
    ("kind_of_day", lambda one, language: word(f"basis_{one[0].task.basis}", language)),
    ("basis", lambda one, language: article_in(one[0].task.article, language)),
    ("since", lambda one, _: one[0].task.opened_on),
    ("days_waited", lambda one, _: one[0].clock.waited),
    ("days_left", lambda one, _: one[0].clock.left),
    ("done_by", lambda one, _: one[1].name(one[0].task.assigned_to)),
)
LIST = Listed("/tasks", _COLUMNS, _all, Asked)


@router.get("/tasks")
async def tasks(
    visit: Somebody,
    asked: Annotated[Asked, Depends()],
    older: str = "",
    newer: str = "",
    done: int = Query(-1, ge=-1, le=MOST),
    left: int = Query(0, ge=0, le=MOST),
) -> HTMLResponse:
    """The queue, the earliest day first, a page at a time."""
    direction: Direction = "newer" if newer else "older"
    async with visit.console.pool.acquire() as connection:
        found = await read(visit, connection, asked, read_day_place(newer or older), direction, PAGE)
        views = await views_at(visit, connection, LIST)
    narrowed = asked_for(**vars(asked))
    return render(
        visit,
        "work/queue.html",
        listed=LIST,
        views=views,
        compact=True,
        asked=asked,
        found=found.waiting,
        people=found.people,
        kinds=list(FilingKind),
        dues=get_args(Due)[1:],
        bases=get_args(Basis)[1:],
        whoms=get_args(Whom)[1:],
        newer=turned_to("newer", found.page.newer, narrowed),
        older=turned_to("older", found.page.older, narrowed),
        back=visit.request.url.path + narrowed_to(narrowed),
        selected=[{"text": word(key, visit.language), "href": href} for key, href in _selected(asked, narrowed)],
        done=done,
        left=left,
    )


@router.post("/tasks/assign")
async def assigned(visit: Somebody) -> Response:
    """The chosen tasks are taken, given to a colleague, or given back."""
    of_organisation(visit)
    form = await visit.form()
    chosen = [one for one in map(_key, form.getlist("chosen")[:MOST]) if one is not None]
    back = back_or_home(str(form.get("back") or "/tasks"))
    try:
        way = _WAYS.validate_python(form.get("way"))
        to = UUID(str(form.get("to"))) if way == "give" else None
    except (ValidationError, ValueError):
        return RedirectResponse(back, 303)
    changed = await divide(visit, chosen, way, to)
    told = f"done={len(changed)}&left={len(chosen) - len(changed)}"
    return RedirectResponse(f"{back}{'&' if '?' in back else '?'}{told}", 303)


def _selected(asked: Asked, narrowed: dict[str, str]) -> list[tuple[str, str]]:
    """What narrows it, with the address of the list without that."""
    said = {"due": f"due_{asked.due}", "basis": f"basis_{asked.basis}", "whom": f"whom_{asked.whom}"}
    said |= {"kind": "kind", "of": "colleague"}
    return [
        (said[one], f"/tasks{narrowed_to({name: value for name, value in narrowed.items() if name != one})}")
        for one in narrowed
    ]


def _key(given: Any) -> TaskKey | None:
    filing_id, _, key = str(given).partition("~")
    try:
        return (UUID(filing_id), key) if key and key.isprintable() else None
    except ValueError:
        return None
