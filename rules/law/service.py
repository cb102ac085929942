"""The platform's own service days (R6): promises of an operator, never a deadline of the law."""

from datetime import date
from typing import Literal, NamedTuple

from rules.law.calendar import Calendar
from schemas.values.due import DueDay

_WORKING_DAYS = {
    "pre_check": 5,  # the platform's check of a submitted declaration
    "answer_return": 10,  # the licensor's answer to a returned one
    "ask_office": 60,  # asking the office what became of a filing; its examination has no time limit
    "pay": 15,  # a licensee's payment where the announced terms name no day
    "publicity": 5,  # the publicity of a settlement whose scheme names no days
    "ask_remedy": 5,  # asking whether a provisional end of the right became final
}
STATUS_EVIDENCE_AT_FILING_DAYS = 30
"""Days that evidence about bars may be old when the declaration is filed (D-34)."""
STATUS_EVIDENCE_IN_FORCE_DAYS = 90
"""Days that it may be old while the declaration is in force (D-34)."""


def service_days(what: str) -> tuple[int, Literal["working_days"]]:
    """How long the platform gives itself or asks for: so many working days for ``what``, one of the names above."""
    return _WORKING_DAYS[what], "working_days"


def service_day(what: str, start: date, calendar: Calendar) -> DueDay:
    """The service day for ``what``, one of the names above, counted in working days."""
    length, _ = service_days(what)
    return calendar.working_days(start, length)


class ServiceClock(NamedTuple):
    """How long something waits, in working days. ``left``: until its day, below 0 after it; None: it has none."""

    waited: int
    left: int | None


def service_clock(opened_on: date, by_on: date | None, today: date, calendar: Calendar) -> ServiceClock:
    """How it stands today, whoever set its day: the law or the platform."""
    waited = calendar.worked_between(opened_on, today)
    if by_on is None:
        return ServiceClock(waited, None)
    return ServiceClock(waited, calendar.worked_between(today, by_on) - calendar.worked_between(by_on, today))
