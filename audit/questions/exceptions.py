"""What was not the usual way: holds, overrides, corrections, activations, late deadlines, dismissals; by person."""

from collections.abc import AsyncIterator
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from audit.questions.events import events_of
from audit.questions.moment import one_moment
from database.pool import Connection, Pool
from database.questions.rows import calendar_steps, late_tasks, parameters_used
from database.questions.stream import LoggedEvent, logged_events
from schemas.acts.act import TWO_PERSON_ACTS
from schemas.values.model import Model

What = Literal["hold", "override", "correction", "dismissal", "taken_over", "activation", "late"]
_ACTS: dict[str, What] = {
    "hold_claim": "hold",
    "open_dispute": "hold",
    "settle": "override",
    "waive": "override",
    "write_off": "override",
    "pursue": "override",
    "adjust": "override",
    "decide_relation": "override",
    "decide_class": "override",
    "decide_objection": "override",
    "demand_back": "override",
    "correct_fact": "correction",
    "dismiss_finding": "dismissal",
    "take_over": "taken_over",
    "activate": "activation",
}
"""The acts that are exceptions, whoever does them."""
_SAID_BY = (
    "clause",
    "finding",
    "obligation",
    "line",
    "freezes",
    "corrects",
    "claim",
    "objection",
    "registration_number",
)
"""Fields that say what the act is about, the most telling first."""


class Exceptional(Model):
    """One exception. ``second``: whose signature made it count; None where it waits for one, or needs none."""

    what: What
    act: str
    filing_id: UUID | None = None
    filing_kind: str | None = None
    version: int | None = None
    on: date
    recorded_at: datetime | None = None
    person: UUID | None = None
    role: str | None = None
    second: UUID | None = None
    about: str = ""
    article: str = ""


class PersonsExceptions(Model):
    """One person's exceptions by kind; ``person`` None: what no act of anybody stands for."""

    person: UUID | None
    counts: dict[str, int]
    total: int


class Exceptions(Model):
    """All of them in the order of their legal days, and who has how many."""

    rows: tuple[Exceptional, ...]
    by_person: tuple[PersonsExceptions, ...]


async def exceptions(pool: Pool, on: date, person: UUID | None = None) -> Exceptions:
    """As known now; ``on``: the day on which an open task is late or not yet. ``person``: only theirs."""
    async with one_moment(pool) as connection:
        rows = [one async for one in _of_acts(connection)]
        rows += [one async for one in _of_registers(connection, on)]
    if person is not None:
        rows = [one for one in rows if person in (one.person, one.second)]
    rows.sort(key=lambda one: (one.on, str(one.filing_id), one.version or 0, one.about))
    return Exceptions(rows=tuple(rows), by_person=_by_person(rows))


async def _of_acts(connection: Connection) -> AsyncIterator[Exceptional]:
    waiting: dict[UUID, Exceptional] = {}
    filing: UUID | None = None
    async for event in logged_events(connection, events_of(*_ACTS, "countersign")):
        if event.filing_id != filing:
            for one in waiting.values():
                yield one
            filing, waiting = event.filing_id, {}
        if event.act["kind"] == "countersign":
            first = waiting.pop(UUID(event.act["countersigns"]), None)
            if first is not None:
                yield first.but(second=event.who)
        elif event.act["kind"] in TWO_PERSON_ACTS:
            waiting[event.act_id] = _exceptional(event)
        else:
            yield _exceptional(event)
    for one in waiting.values():
        yield one


def _exceptional(event: LoggedEvent) -> Exceptional:
    act = event.act
    return Exceptional(
        what=_ACTS[act["kind"]],
        act=act["kind"],
        filing_id=event.filing_id,
        filing_kind=event.filing_kind,
        version=event.version,
        on=event.legal_on,
        recorded_at=event.recorded_at,
        person=event.who,
        role=event.role,
        about=next((str(act[name]) for name in _SAID_BY if act.get(name)), ""),
    )


async def _of_registers(connection: Connection, on: date) -> AsyncIterator[Exceptional]:
    for step in await calendar_steps(connection):
        yield Exceptional(
            what="activation",
            act=f"calendar_{step.what}",
            on=step.at.date(),
            recorded_at=step.at,
            person=step.by,
            second=step.second,
            about=str(step.year),
        )
    for used in await parameters_used(connection):
        yield Exceptional(
            what="activation",
            act="parameters_used_first",
            filing_id=used.filing_id,
            version=used.version,
            on=used.recorded_at.date(),
            recorded_at=used.recorded_at,
            about=f"{used.parameter_hash[:16]} ({used.code_version})",
        )
    for task in await late_tasks(connection, on):
        yield Exceptional(
            what="late",
            act=task.closed_how or "open",
            filing_id=task.filing_id,
            on=task.by_on,
            person=task.person,
            role=task.role,
            about=task.what,
            article=task.article,
        )


def _by_person(rows: list[Exceptional]) -> tuple[PersonsExceptions, ...]:
    counted: dict[UUID | None, dict[str, int]] = {}
    for one in rows:
        for person in dict.fromkeys((one.person, one.second) if one.second else (one.person,)):
            counts = counted.setdefault(person, {})
            counts[one.what] = counts.get(one.what, 0) + 1
    found = [
        PersonsExceptions(person=person, counts=counts, total=sum(counts.values()))
        for person, counts in counted.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.total, str(one.person))))
