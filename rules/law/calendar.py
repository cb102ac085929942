"""The four ways to count time (domain L-02): patent periods, civil periods, working days, tax days.

A year without a table counts with its weekends only, and every day that depends on such a year is provisional. So is
every day that depends on the last days of December while the notice that may still take them is not known.
"""

import calendar as gregorian
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import cache
from typing import Any

from pydantic import ValidationError

from rules.law.loader import PARAMETERS, ParameterFault, read_below
from schemas.values.calendar import YearTable
from schemas.values.due import DueDay
from schemas.values.refusal import refusal
from schemas.wire.form import form_defects, form_refusals

ONE_DAY = timedelta(days=1)
_TAX_DAY = 15  # the day of the month where the year's list is not known: rule, before any postponement
_FIRST_TAKEN_DAY = 29
"""The first day of December that the next year's notice may still make a working day or a rest day (I, D-29).

Of the notices for 2007 to 2026 four moved days of the December before, none before the 29th: 2006-12-30 and 31 worked,
2007-12-31 off for the 29th, 2011-12-31 worked, 2018-12-31 off for the 29th.
"""


def corresponding_day(start: date, *, months: int = 0, years: int = 0) -> date:
    """The same day so many months later, or that month's last day if it has none; never moved (rule 5)."""
    year, month = divmod(start.year * 12 + start.month - 1 + months + 12 * years, 12)
    last = gregorian.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, last))


class Calendar:
    """Rest days of the years whose tables are bundled or ``loaded`` at run time; the loaded one counts."""

    def __init__(self, loaded: tuple[YearTable, ...] = ()) -> None:
        self._tables = {table.year: table for table in (*bundled_tables(), *loaded)}
        self._rest: set[date] = set()
        self._worked: set[date] = set()
        for table in self._tables.values():
            self._worked.update(table.worked)
            for period in table.rest:
                self._rest.update(_days(period.first, period.last))

    def but(self, *tables: YearTable) -> "Calendar":
        """The same with these tables, each for its year."""
        return Calendar((*self._tables.values(), *tables))

    @classmethod
    def bundled(cls) -> "Calendar":
        """Only the tables of this release."""
        return cls()

    def knows(self, year: int) -> bool:
        """Whether the rest days of that year are known."""
        return year in self._tables

    def is_certain(self, day: date) -> bool:
        """Whether no notice that is still to come can make a rest day of ``day``, or a working day."""
        is_taken_by_next = (day.month, day.day) >= (12, _FIRST_TAKEN_DAY)
        return self.knows(day.year) and (not is_taken_by_next or self.knows(day.year + 1))

    def is_working_day(self, day: date) -> bool:
        """Whether people work on ``day``, weekends worked by exchange included; without a table, Monday to Friday."""
        return day in self._worked or (day.weekday() < 5 and day not in self._rest)

    def patent_period(self, start: date, *, months: int = 0, years: int = 0, days: int = 0) -> DueDay:
        """End of a period of patent law counted from ``start``, which itself is not counted (rule 5; GL V-7-2.3; L-01).

        An end on a rest day moves to the next working day and, if that is a Saturday or Sunday worked by exchange, to
        Monday; a worked Saturday or Sunday that is itself the end moves too (I).
        """
        return self._moved(_end(start, months, years, days), lambda day: day.weekday() < 5 and self.is_working_day(day))

    def civil_period(self, start: date, *, months: int = 0, years: int = 0, days: int = 0) -> DueDay:
        """End of any other period (Civil Code 201 to 203): an end on a rest day moves to the day after the rest."""
        return self._moved(_end(start, months, years, days), self.is_working_day)

    def working_days(self, start: date, count: int) -> DueDay:
        """The ``count``-th working day after ``start``; raises ValueError for a count below one."""
        if count < 1:
            raise ValueError(f"{count} working days do not end on a day after the start")
        day, unknown = start, False
        while count:
            day += ONE_DAY
            unknown = unknown or not self.is_certain(day)
            count -= self.is_working_day(day)
        return _due(day, unknown)

    def worked_between(self, start: date, end: date) -> int:
        """How many working days come after ``start`` up to ``end``, which counts; 0 where it is not after it."""
        return sum(self.is_working_day(start + n * ONE_DAY) for n in range(1, (end - start).days + 1))

    def tax_day(self, paid_on: date) -> DueDay:
        """Last day for the record of a reward paid on ``paid_on``: in the month after it (Caishui 2018 no. 58)."""
        month = corresponding_day(paid_on.replace(day=1), months=1)
        table = self._tables.get(month.year)
        if table is not None and table.tax_record_days is not None:
            return DueDay(by=table.tax_record_days[month.month - 1])
        moved = self._moved(month.replace(day=_TAX_DAY), self.is_working_day)
        return moved if moved.provisional else DueDay(by=moved.by, provisional=True, because="no_tax_list")

    def _moved(self, end: date, can_end_on: Callable[[date], bool]) -> DueDay:
        day = end
        while not can_end_on(day):
            day += ONE_DAY
        return _due(day, unknown=not (self.is_certain(end) and self.is_certain(day)))


class Calendars:
    """The calendar as it was after each approval; ``approved``: the tables with their numbers, in that order."""

    def __init__(self, first: Calendar, approved: Iterable[tuple[int, YearTable]] = ()) -> None:
        self._first, self._approved = first, tuple(approved)
        self._made: dict[int, Calendar] = {}

    @property
    def latest(self) -> int:
        """The number of the last table."""
        return max((number for number, _ in self._approved), default=0)

    def at(self, number: int) -> Calendar:
        """What was known when the last approved table had that ``number``."""
        if number not in self._made:
            self._made[number] = self._first.but(*(table for one, table in self._approved if one <= number))
        return self._made[number]


def _end(start: date, months: int, years: int, days: int) -> date:
    if min(months, years, days) < 0 or bool(months or years) is bool(days):
        raise ValueError("a period is counted either in days or in months and years, and is not empty")
    return start + days * ONE_DAY if days else corresponding_day(start, months=months, years=years)


def _due(day: date, unknown: bool) -> DueDay:
    return DueDay(by=day, provisional=unknown, because="unknown_year" if unknown else "")


def _days(first: date, last: date) -> list[date]:
    return [first + n * ONE_DAY for n in range((last - first).days + 1)]


@cache
def bundled_tables() -> tuple[YearTable, ...]:
    tables = []
    for (*_, name), data in read_below(PARAMETERS, "calendar"):
        tables.append(parse_table(data, name))
    return tuple(tables)


def parse_table(data: Any, name: str) -> YearTable:
    """The holiday table of a file of that name; raises ParameterFault naming the key and the cure."""
    try:
        table = YearTable.model_validate(data)
    except ValidationError as error:
        defects = form_refusals(error, data, YearTable)
        raise ParameterFault(
            f"the calendar {name} is wrong: {form_defects(error, data, YearTable)}", *defects
        ) from error
    if name != f"{table.year}.yaml":
        no = refusal("calendar_misnamed", "year", year=table.year)
        raise ParameterFault(f"the calendar {name} is of the year {table.year}; correct one of them", no)
    return table
