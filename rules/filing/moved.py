"""What a new holiday table moves of a filing: the same facts derived under the calendar before it and under its own."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from rules.law.calendar import Calendar, Calendars
from schemas.standing.fact import MovedDay
from schemas.standing.position import BasePosition, Deadline, LicencePosition, PayoutPosition, Task
from schemas.standing.settlement import SettlementPosition
from schemas.values.model import Day


class _Waited(NamedTuple):
    what: str
    by: Day | None
    provisional: bool


def moved_days(
    derive: Callable[[Calendar], BasePosition], calendars: Calendars, before: int, now: int
) -> tuple[MovedDay, ...]:
    """Each day that another one has replaced, or that is certain now, table by table from ``before`` to ``now``."""
    moved: list[MovedDay] = []
    if now <= before:
        return ()
    positions = {number: derive(calendars.at(number)) for number in range(before, now + 1)}
    for number in range(before + 1, now + 1):
        old, new = _days(positions[number - 1]), _days(positions[number])
        nothing = _Waited("", None, False)
        for key in sorted({*old, *new}):
            was, is_now = old.get(key, nothing), new.get(key, nothing)
            if (was.by, was.provisional) != (is_now.by, is_now.provisional):
                moved.append(
                    MovedDay(
                        calendar=number,
                        key=key,
                        what=was.what or is_now.what,
                        was=was.by,
                        was_provisional=was.provisional,
                        now=is_now.by,
                        now_provisional=is_now.provisional,
                    )
                )
    return tuple(moved)


def stands_as(one: BasePosition, other: BasePosition) -> bool:
    """Whether the two say the same; the hash over all parameters changes with every value, and says nothing."""
    return _without_parameter_hash(one) == _without_parameter_hash(other)


def _without_parameter_hash(position: BasePosition) -> dict[str, Any]:
    said = position.model_dump()
    if said.get("determination"):
        said["determination"]["parameter_hash"] = ""
    return said


def _days(position: BasePosition) -> dict[str, _Waited]:
    return dict(_each_day(position))


def _each_day(position: BasePosition) -> Iterator[tuple[str, _Waited]]:
    if isinstance(position, LicencePosition):
        for due in position.obligations:
            yield f"pay:{due.key}", _Waited("pay_royalty", due.due_by, due.provisional)
        if position.recordal_due_by is not None:
            yield "recordal", _Waited("file_recordal", position.recordal_due_by, False)
    if isinstance(position, PayoutPosition | SettlementPosition) and position.publicity_last_on is not None:
        yield "publicity_end", _Waited("publicity_end", position.publicity_last_on, False)
    waiting: tuple[Deadline | Task, ...] = (*position.deadlines, *position.tasks)
    for waited in waiting:
        if waited.by is not None:
            yield waited.key, _Waited(waited.what, waited.by, waited.provisional)
