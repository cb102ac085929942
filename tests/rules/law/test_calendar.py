"""The four calendars: periods of patent law, other periods, working days, tax days."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from rules.law.calendar import Calendar, corresponding_day
from schemas.values.calendar import YearTable
from schemas.values.due import DueDay

CALENDAR = Calendar.bundled()
KNOWN_DAYS = st.dates(date(2021, 1, 1), date(2026, 11, 1))
ANY_DAYS = st.dates(date(1985, 4, 1), date(2170, 1, 1))
MONTHS = st.integers(1, 240)


def a_table(year: int = 2027, **changes: Any) -> YearTable:
    table = {
        "year": year,
        "rest": [{"first": f"{year}-02-05", "last": f"{year}-02-12"}],
        "worked": [],
        "cite": {"provision": "Notice on holidays", "instrument": "Notice of the year before"},
        "mark": "V2",
        "checked_on": "2026-11-15",
    }
    return YearTable.model_validate({**table, **changes})


@pytest.mark.parametrize(
    ("start", "months", "years", "day"),
    [
        (date(2022, 12, 31), 2, 0, date(2023, 2, 28)),
        (date(2023, 12, 31), 2, 0, date(2024, 2, 29)),
        (date(1988, 2, 29), 0, 1, date(1989, 2, 28)),
        (date(1988, 2, 29), 0, 4, date(1992, 2, 29)),
        (date(2026, 11, 15), 3, 0, date(2027, 2, 15)),
        (date(2026, 12, 31), 0, 0, date(2026, 12, 31)),
        (date(2025, 12, 1), 12, 0, date(2026, 12, 1)),
    ],
)
def test_the_corresponding_day_is_the_last_of_the_month_where_there_is_none(
    start: date, months: int, years: int, day: date
) -> None:
    assert corresponding_day(start, months=months, years=years) == day


@given(start=ANY_DAYS, months=st.integers(0, 240))
def test_the_corresponding_day_lies_in_the_month_so_many_months_later(start: date, months: int) -> None:
    day = corresponding_day(start, months=months)
    assert (day.year * 12 + day.month) - (start.year * 12 + start.month) == months
    assert day.day == start.day or (day + timedelta(days=1)).day == 1


@given(start=ANY_DAYS, years=st.integers(0, 20))
def test_a_year_is_twelve_months(start: date, years: int) -> None:
    assert corresponding_day(start, years=years) == corresponding_day(start, months=12 * years)


@pytest.mark.parametrize(
    ("end", "patent", "civil"),
    [
        (date(2025, 3, 5), date(2025, 3, 5), date(2025, 3, 5)),  # an ordinary Wednesday
        (date(2025, 5, 10), date(2025, 5, 12), date(2025, 5, 12)),  # Saturday
        (date(2026, 2, 16), date(2026, 2, 24), date(2026, 2, 24)),  # Spring Festival, ends on a Monday
        (date(2026, 1, 2), date(2026, 1, 5), date(2026, 1, 4)),  # the day after the rest is a worked Sunday
        (date(2026, 2, 14), date(2026, 2, 24), date(2026, 2, 14)),  # itself a worked Saturday, then eight days off
        (date(2025, 2, 8), date(2025, 2, 10), date(2025, 2, 8)),  # itself a worked Saturday
        (date(2024, 2, 17), date(2024, 2, 19), date(2024, 2, 18)),  # Spring Festival, then a worked Sunday
        (date(2022, 10, 3), date(2022, 10, 10), date(2022, 10, 8)),  # National Day, then a worked weekend
        (date(2022, 12, 31), date(2023, 1, 3), date(2023, 1, 3)),  # over the end of a year
    ],
)
def test_an_end_on_a_rest_day_moves_and_in_patent_law_never_to_a_weekend(end: date, patent: date, civil: date) -> None:
    start = end - timedelta(days=30)
    assert CALENDAR.patent_period(start, days=30) == DueDay(by=patent)
    assert CALENDAR.civil_period(start, days=30) == DueDay(by=civil)


def test_the_example_of_the_guidelines() -> None:
    assert CALENDAR.patent_period(date(2022, 12, 31), months=2) == DueDay(by=date(2023, 2, 28))


def test_years_and_months_count_together() -> None:
    assert CALENDAR.patent_period(date(2021, 3, 1), years=1, months=6) == DueDay(by=date(2022, 9, 1))


@pytest.mark.parametrize("length", [{}, {"days": -1}, {"months": 1, "days": 1}, {"years": 1, "months": -1}])
def test_a_period_without_a_clear_length_is_an_error(length: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="a period is counted"):
        CALENDAR.patent_period(date(2025, 1, 1), **length)


@given(start=KNOWN_DAYS, days=st.integers(1, 60))
def test_a_period_never_ends_early_and_ends_when_people_work(start: date, days: int) -> None:
    civil, patent = CALENDAR.civil_period(start, days=days), CALENDAR.patent_period(start, days=days)
    assert start + timedelta(days=days) <= civil.by <= patent.by
    for due in (civil, patent):
        assert CALENDAR.is_working_day(due.by)
    assert patent.by.weekday() < 5


@given(start=ANY_DAYS, one=MONTHS, more=st.integers(0, 24))
def test_a_longer_period_never_ends_before_a_shorter_one(start: date, one: int, more: int) -> None:
    assert CALENDAR.patent_period(start, months=one).by <= CALENDAR.patent_period(start, months=one + more).by


@pytest.mark.parametrize(
    ("start", "count", "by"),
    [
        (date(2026, 6, 1), 7, date(2026, 6, 10)),
        (date(2026, 9, 30), 1, date(2026, 10, 8)),
        (date(2026, 9, 30), 3, date(2026, 10, 10)),  # a worked Saturday counts
        (date(2026, 2, 13), 2, date(2026, 2, 24)),  # the worked Saturday before Spring Festival, then nothing
    ],
)
def test_working_days_count_worked_weekends(start: date, count: int, by: date) -> None:
    assert CALENDAR.working_days(start, count) == DueDay(by=by)


@given(start=KNOWN_DAYS, count=st.integers(1, 30))
def test_so_many_working_days_lie_after_the_start(start: date, count: int) -> None:
    due = CALENDAR.working_days(start, count)
    between = [start + timedelta(days=n) for n in range(1, (due.by - start).days + 1)]
    assert sum(CALENDAR.is_working_day(day) for day in between) == count
    assert CALENDAR.is_working_day(due.by)


def test_no_working_days_end_on_no_day() -> None:
    with pytest.raises(ValueError, match="0 working days"):
        CALENDAR.working_days(date(2026, 6, 1), 0)


@pytest.mark.parametrize(
    ("paid_on", "due"),
    [
        (date(2026, 1, 31), DueDay(by=date(2026, 2, 24))),
        (date(2026, 9, 1), DueDay(by=date(2026, 10, 26))),
        (date(2025, 12, 31), DueDay(by=date(2026, 1, 20))),
        (date(2025, 1, 10), DueDay(by=date(2025, 2, 17), provisional=True, because="no_tax_list")),
        (date(2026, 12, 1), DueDay(by=date(2027, 1, 15), provisional=True, because="unknown_year")),
    ],
)
def test_the_tax_record_is_due_in_the_month_after_payment(paid_on: date, due: DueDay) -> None:
    assert CALENDAR.tax_day(paid_on) == due


@pytest.mark.parametrize("year", range(2021, 2027))
def test_the_years_of_open_licences_are_known(year: int) -> None:
    assert CALENDAR.knows(year)
    assert not CALENDAR.is_working_day(date(year, 10, 1))


def test_nobody_knows_2027_yet_so_its_days_are_provisional() -> None:
    assert not CALENDAR.knows(2027)
    recordal = CALENDAR.patent_period(date(2026, 11, 13), months=3)  # 2027-02-13 is a Saturday
    assert recordal == DueDay(by=date(2027, 2, 15), provisional=True, because="unknown_year")
    assert CALENDAR.working_days(date(2026, 12, 30), 2) == DueDay(
        by=date(2027, 1, 1), provisional=True, because="unknown_year"
    )


def test_a_day_in_a_known_year_is_certain_although_the_next_year_is_unknown() -> None:
    assert not CALENDAR.patent_period(date(2026, 9, 28), months=3).provisional
    assert not CALENDAR.civil_period(date(2026, 9, 28), months=3).provisional
    assert not CALENDAR.working_days(date(2026, 12, 17), 7).provisional  # 2026-12-28


@pytest.mark.parametrize("day", [29, 30, 31])
def test_the_last_days_of_december_are_provisional_until_the_next_notice_is_known(day: int) -> None:
    due = DueDay(by=date(2026, 12, day), provisional=True, because="unknown_year")
    assert CALENDAR.patent_period(date(2026, 8, day), months=4) == due
    assert CALENDAR.civil_period(date(2026, 8, day), months=4) == due
    assert CALENDAR.working_days(date(2026, 12, 17), day - 21) == due
    loaded = Calendar((a_table(2027),))
    assert loaded.patent_period(date(2026, 8, day), months=4) == DueDay(by=due.by)
    assert loaded.working_days(date(2026, 12, 17), day - 21) == DueDay(by=due.by)


def test_an_end_that_moves_into_the_last_days_of_december_is_provisional() -> None:
    last_known = Calendar((a_table(2028),))
    assert last_known.patent_period(date(2028, 9, 29), months=3).provisional
    assert Calendar((a_table(2030),)).patent_period(date(2030, 11, 29), days=30) == DueDay(
        by=date(2030, 12, 30), provisional=True, because="unknown_year"
    )  # 2030-12-29 is a Sunday


def test_a_count_over_the_last_days_of_december_becomes_shorter_by_a_worked_weekend() -> None:
    start = date(2029, 12, 25)
    assert Calendar((a_table(2029),)).working_days(start, 5) == DueDay(
        by=date(2030, 1, 1), provisional=True, because="unknown_year"
    )
    weekend = Calendar((a_table(2029), a_table(2030, worked=["2029-12-29", "2029-12-30"])))
    assert weekend.working_days(start, 5) == DueDay(by=date(2029, 12, 30))


@pytest.mark.parametrize(
    ("year", "rest", "worked"),
    [
        (2007, [("2007-01-01", "2007-01-03")], ["2006-12-30", "2006-12-31"]),
        (2008, [("2007-12-30", "2008-01-01")], ["2007-12-29"]),
        (2012, [("2012-01-01", "2012-01-03")], ["2011-12-31"]),
        (2019, [("2018-12-30", "2019-01-01")], ["2018-12-29"]),
    ],
)
def test_what_a_notice_took_of_the_december_before_was_provisional_until_it_came(
    year: int, rest: list[tuple[str, str]], worked: list[str]
) -> None:
    before = Calendar((a_table(year - 1),))
    notice = a_table(year, rest=[{"first": first, "last": last} for first, last in rest], worked=worked)
    after = Calendar((a_table(year - 1), notice))
    for day in (date(year - 1, 12, 1) + timedelta(days=n) for n in range(31)):
        if before.is_working_day(day) != after.is_working_day(day):
            assert not before.is_certain(day)


def test_an_end_that_moves_out_of_the_last_known_year_is_provisional() -> None:
    last_known = Calendar((a_table(2028),))  # 2028-12-31 is a Sunday
    assert last_known.patent_period(date(2028, 11, 30), days=31) == DueDay(
        by=date(2029, 1, 1), provisional=True, because="unknown_year"
    )


def test_a_loaded_table_moves_what_was_provisional_and_makes_it_certain() -> None:
    loaded = Calendar((a_table(worked=["2027-02-13"]),))
    assert loaded.knows(2027)
    assert loaded.patent_period(date(2026, 11, 9), months=3) == DueDay(by=date(2027, 2, 15))
    assert loaded.civil_period(date(2026, 11, 9), months=3) == DueDay(by=date(2027, 2, 13))


def test_a_corrected_table_replaces_the_bundled_one() -> None:
    assert Calendar((a_table(2026),)).is_working_day(date(2026, 10, 1))


def test_the_next_notice_may_take_days_of_this_december() -> None:
    reaching_back = a_table(rest=[{"first": "2026-12-31", "last": "2027-01-03"}])
    assert Calendar((reaching_back,)).patent_period(date(2026, 9, 30), months=3) == DueDay(by=date(2026, 12, 30))
    assert Calendar((reaching_back,)).patent_period(date(2026, 10, 31), months=2) == DueDay(by=date(2027, 1, 4))


@given(start=ANY_DAYS, months=MONTHS)
def test_a_day_is_provisional_exactly_when_a_notice_about_it_is_unknown(start: date, months: int) -> None:
    due = CALENDAR.patent_period(start, months=months)
    end = corresponding_day(start, months=months)
    notices = {day.year + n for day in (end, due.by) for n in (0, 1) if n == 0 or day >= date(day.year, 12, 29)}
    assert due.provisional is not all(CALENDAR.knows(year) for year in notices)


@given(
    start=st.dates(date(2026, 9, 1), date(2026, 12, 31)),
    days=st.integers(1, 60),
    first=st.integers(-3, 0),
    last=st.integers(0, 2),
    worked=st.sets(st.dates(date(2026, 12, 29), date(2027, 1, 10)).filter(lambda day: day.weekday() >= 5)),
)
def test_a_day_that_is_certain_is_not_moved_by_the_next_notice(
    start: date, days: int, first: int, last: int, worked: set[date]
) -> None:
    rest = (date(2027, 1, 1) + timedelta(days=first), date(2027, 1, 1) + timedelta(days=last))
    notice = a_table(
        rest=[{"first": rest[0], "last": rest[1]}],
        worked=sorted(day for day in worked if not rest[0] <= day <= rest[1]),
    )
    loaded = Calendar((notice,))
    for before, after in (
        (CALENDAR.patent_period(start, days=days), loaded.patent_period(start, days=days)),
        (CALENDAR.civil_period(start, days=days), loaded.civil_period(start, days=days)),
        (CALENDAR.working_days(start, days), loaded.working_days(start, days)),
    ):
        assert before.provisional or before == after


@pytest.mark.parametrize(
    "wrong",
    [
        {"rest": [{"first": "2027-02-05", "last": "2027-02-01"}]},
        {"rest": [{"first": "2027-02-05", "last": "2027-02-12"}, {"first": "2027-02-12", "last": "2027-02-14"}]},
        {"rest": [{"first": "2028-01-01", "last": "2028-01-02"}]},
        {"worked": ["2027-02-15"]},  # a Monday
        {"worked": ["2027-02-06"]},  # inside the rest
        {"tax_record_days": ["2027-01-15"] * 12},
        {"tax_record_days": [f"2027-{month:02d}-15" for month in range(1, 13)]},  # without its source
        {"year": 1984},
    ],
)
def test_a_table_that_contradicts_itself_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        a_table(**wrong)


def test_a_provisional_day_says_why() -> None:
    with pytest.raises(ValidationError, match="says because of what"):
        DueDay(by=date(2027, 2, 15), provisional=True)
