"""Deadlines and tasks: what somebody must do by a day, and what is found undone when that day has passed."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from rules.law.calendar import ONE_DAY
from schemas.standing.position import Deadline, Task
from schemas.values.actor import Role
from schemas.values.due import Basis, DueDay


class Watch(NamedTuple):
    """Something that is due: ``done_on`` when it was done, ``moot`` when nobody needs it any more."""

    key: str
    what: str
    role: Role
    due: DueDay
    basis: Basis
    article: str
    done_on: date | None = None
    moot: bool = False


class Watched(NamedTuple):
    """What becomes of a list of watches once a day has passed."""

    deadlines: tuple[Deadline, ...]
    tasks: tuple[Task, ...]
    met: tuple[str, ...]


def watched(watches: Iterable[Watch], passed_on: date | None) -> Watched:
    """A watch is a deadline until its day has passed, and a task from the next day on if it was not done by then."""
    deadlines, tasks, met = [], [], []
    for one in watches:
        if one.moot:
            continue
        if one.done_on is not None and one.done_on <= one.due.by:
            met.append(one.key)
        elif passed_on is not None and passed_on >= one.due.by:
            tasks.append(_undone(one))
        elif one.done_on is None:
            deadlines.append(
                Deadline(
                    key=one.key,
                    what=one.what,
                    role=one.role,
                    by=one.due.by,
                    basis=one.basis,
                    article=one.article,
                    provisional=one.due.provisional,
                    because=one.due.because,
                )
            )
    return Watched(tuple(deadlines), tuple(tasks), tuple(met))


def _undone(one: Watch) -> Task:
    return Task(
        key=one.key,
        what=one.what,
        role=one.role,
        basis=one.basis,
        article=one.article,
        by=one.due.by,
        provisional=one.due.provisional,
        opened_on=one.due.by + ONE_DAY,
        closed_on=one.done_on,
        closed_how="done_late" if one.done_on else None,
    )


def at_once(
    key: str,
    what: str,
    role: Role,
    article: str,
    opened_on: date,
    done_on: date | None = None,
    basis: Basis = "service",
) -> Task:
    """A task without a day of its own: the law says *promptly*, and no number of days may be invented for it (R6)."""
    return Task(
        key=key,
        what=what,
        role=role,
        basis=basis,
        article=article,
        opened_on=opened_on,
        closed_on=done_on,
        closed_how="done" if done_on else None,
    )


def unless_over(tasks: Iterable[Task], over: date | None) -> tuple[Task, ...]:
    """The tasks; those still open when the filing came to its end are needed by nobody."""
    return tuple(
        one
        if over is None or one.closed_on is not None
        else one.but(closed_on=max(over, one.opened_on), closed_how="moot")
        for one in tasks
    )
