"""Royalty terms as announced: calendar periods with started parts, and what the days to pay are counted from (0123)."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.law.calendar import ONE_DAY, corresponding_day
from rules.licence.royalty import Period, determine_report, minimum_of, periods, recompute, running_amount
from schemas.statements.royalty import ReportingPeriod, Running, YearsFromEffect
from schemas.values.money import Money
from tests.rules.licence.story import (
    NOTICE,
    TWO_PERCENT,
    act,
    deadline,
    keys,
    offer,
    owed,
    position,
    sales,
    task,
    terms,
)

EFFECT, LAST = date(2026, 3, 10), date(2029, 3, 10)
BY_CALENDAR = terms(
    "running",
    base="net_sales",
    rates=({"from_year": 1, "percent": "2"}, {"from_year": 2, "percent": "1"}),
    period="half_year",
    periods_by="calendar",
    minimum="1810.00",
)


def spans(running: Running, effective_on: date = EFFECT, last_day: date = LAST) -> list[tuple[date, date, bool, int]]:
    return [(one.first_on, one.last_on, one.full, one.licence_year) for one in periods(running, effective_on, last_day)]


def test_calendar_half_years_begin_and_end_with_the_started_part() -> None:
    assert spans(BY_CALENDAR) == [
        (date(2026, 3, 10), date(2026, 6, 30), False, 1),
        (date(2026, 7, 1), date(2026, 12, 31), True, 1),
        (date(2027, 1, 1), date(2027, 6, 30), True, 1),
        (date(2027, 7, 1), date(2027, 12, 31), True, 2),
        (date(2028, 1, 1), date(2028, 6, 30), True, 2),
        (date(2028, 7, 1), date(2028, 12, 31), True, 3),
        (date(2029, 1, 1), date(2029, 3, 10), False, 3),
    ]


@pytest.mark.parametrize(
    ("period", "first", "second_begins", "count"),
    [
        ("month", date(2026, 3, 31), date(2026, 4, 1), 37),
        ("quarter", date(2026, 3, 31), date(2026, 4, 1), 13),
        ("half_year", date(2026, 6, 30), date(2026, 7, 1), 7),
        ("year", date(2026, 12, 31), date(2027, 1, 1), 4),
    ],
)
def test_every_calendar_period_ends_with_its_month(period: Any, first: date, second_begins: date, count: int) -> None:
    found = spans(BY_CALENDAR.but(period=period))
    assert (found[0][1], found[1][0], len(found)) == (first, second_begins, count)


def test_a_licence_that_begins_and_ends_with_the_calendar_has_no_part() -> None:
    assert all(full for _, _, full, _ in spans(BY_CALENDAR, date(2026, 7, 1), date(2028, 6, 30)))
    assert spans(BY_CALENDAR, date(2026, 6, 30), date(2026, 6, 30)) == [
        (date(2026, 6, 30), date(2026, 6, 30), False, 1)
    ]


@given(
    st.dates(date(2024, 1, 1), date(2030, 12, 31)),
    st.integers(0, 7_305),
    st.sampled_from(ReportingPeriod),
    st.sampled_from(["effect", "calendar"]),
)
def test_the_periods_cover_every_day_of_the_licence_once(effect: date, days: int, period: Any, by: Any) -> None:
    last_day = min(effect + timedelta(days=days), corresponding_day(effect, years=20))
    found = list(periods(BY_CALENDAR.but(period=period, periods_by=by), effect, last_day))
    assert (found[0].first_on, found[-1].last_on) == (effect, last_day)
    assert all(later.first_on == one.last_on + ONE_DAY for one, later in pairwise(found))
    assert [one.n for one in found] == list(range(1, len(found) + 1))
    assert all(one.full for one in found[1:-1])
    for one in found:
        assert corresponding_day(effect, years=one.licence_year - 1) <= one.first_on
        assert one.first_on <= corresponding_day(effect, years=one.licence_year)


def test_the_minimum_of_a_started_part_is_owed_in_full_unless_announced_pro_rata() -> None:
    first, *_, last = periods(BY_CALENDAR, EFFECT, LAST)
    assert (minimum_of(BY_CALENDAR, first), minimum_of(BY_CALENDAR, last)) == (Money(181_000), Money(181_000))
    pro_rata = BY_CALENDAR.but(minimum_pro_rata=True)
    assert minimum_of(pro_rata, first) == Money(113_000)  # 113 of 181 days
    assert minimum_of(pro_rata, last) == Money(69_000)  # 69 of 181 days
    both = Period(1, date(2026, 2, 1), date(2026, 3, 10), date(2026, 6, 30), 1, date(2026, 1, 1))
    assert minimum_of(pro_rata, both) == Money(38_000)


def test_the_rate_is_the_one_of_the_licence_year_in_which_a_calendar_period_begins() -> None:
    found = list(periods(BY_CALENDAR.but(minimum=None), EFFECT, LAST))
    amounts = [running_amount(BY_CALENDAR.but(minimum=None), one, sales(net_sales="10000.00")) for one in found]
    assert [str(one) for one in amounts[:4]] == ["200.00", "200.00", "200.00", "100.00"]


def test_the_royalty_of_a_started_part_is_made_again_from_its_inputs() -> None:
    pro_rata = BY_CALENDAR.but(minimum_pro_rata=True)
    made = determine_report(pro_rata, next(periods(pro_rata, EFFECT, LAST)), sales(net_sales="0"), date(2026, 7, 10))
    assert (str(made.result[0].amount), made.inputs["begins_on"]) == ("1130.00", "2026-01-01")
    assert recompute(made) == made


def test_terms_of_before_read_and_count_as_they_did() -> None:
    assert "periods_by" not in TWO_PERCENT.model_dump_json()
    assert "pay_from" not in TWO_PERCENT.model_dump_json()
    period = next(periods(TWO_PERCENT, EFFECT, LAST))
    assert (period.last_on, period.begins_on) == (date(2026, 6, 10), None)
    assert "begins_on" not in determine_report(TWO_PERCENT, period, sales(net_sales="1.00"), date(2026, 7, 1)).inputs


QUARTERS = terms(
    "running",
    base="net_sales",
    rates=({"from_year": 1, "percent": "2"},),
    period="quarter",
    periods_by="calendar",
    report_within_days=15,
    pay_within_days=10,
    minimum="100.00",
)
EARLY = act("report_sales", "2026-07-03", period=2, sales={"net_sales": "50000.00"})
LATE = act("report_sales", "2026-08-03", period=2, sales={"net_sales": "50000.00"})
"""The second calendar quarter is reported by 2026-07-15."""


@pytest.mark.parametrize(
    ("pay_from", "early", "late"),
    [
        ("report", date(2026, 7, 13), date(2026, 7, 27)),  # 25 July is a Saturday
        ("last_report_day", date(2026, 7, 27), date(2026, 7, 27)),
        ("period_end", date(2026, 7, 10), date(2026, 7, 10)),
    ],
)
def test_the_days_to_pay_are_counted_as_announced(pay_from: Any, early: date, late: date) -> None:
    at = offer(QUARTERS.but(pay_from=pay_from))
    assert deadline(position(NOTICE, EARLY, at=at), "pay:report:2").by == early
    assert deadline(position(NOTICE, LATE, at=at), "pay:report:2").by == late
    silent = position(NOTICE, act("pass_day", "2026-07-31"), at=at)
    assert (owed(silent)["report:2"], task(silent, "pay:report:2").by) == ("100.00", late)


@pytest.mark.parametrize(
    ("pay_from", "by"),
    [("report", date(2026, 7, 20)), ("last_report_day", date(2026, 7, 27)), ("period_end", date(2026, 7, 20))],
)
def test_what_a_correction_adds_is_not_due_before_it(pay_from: Any, by: date) -> None:
    more = act("correct_report", "2026-07-10", period=2, correction=1, sales={"net_sales": "60000.00"})
    found = position(NOTICE, EARLY, more, at=offer(QUARTERS.but(pay_from=pay_from)))
    assert (owed(found)["correction:2.1"], deadline(found, "pay:correction:2.1").by) == ("200.00", by)


def test_a_calendar_quarter_is_reported_overdue_and_paid_on_its_own_days() -> None:
    begun = position(NOTICE, at=offer(QUARTERS))
    assert [(one.key, one.by) for one in begun.deadlines if one.key.startswith("report")] == [
        ("report:1", date(2026, 4, 15))
    ]
    late = position(NOTICE, act("pass_day", "2026-04-15"), at=offer(QUARTERS))
    assert (task(late, "report:1").role, owed(late)) == ("licensee", {"report:1": "100.00"})
    assert "report:2" in keys(late.deadlines)
    three = offer(QUARTERS, YearsFromEffect(years=3))
    reports = [act("report_sales", "2029-06-01", again=n, period=n, sales={"net_sales": "0"}) for n in range(1, 15)]
    found = position(NOTICE, *reports, at=three)
    assert list(owed(found)) == [f"report:{n}" for n in range(1, 14)]
    assert [one.code for one in found.findings] == ["report_of_no_period"]


def test_a_payment_day_counted_from_a_day_that_can_move_can_move_too() -> None:
    counted = offer(QUARTERS.but(period="year", pay_from="last_report_day"))
    told = act("report_sales", "2027-01-04", period=1, sales={"net_sales": "50000.00"})
    found = deadline(position(NOTICE, told, at=counted), "pay:report:1")
    assert (found.provisional, found.because) == (True, "unknown_year")
