"""What is owed by the announced terms (Civil Code 846; D-06, D-41)."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.law.calendar import Calendar
from rules.licence.royalty import (
    Period,
    determine_report,
    first_due,
    fixed_total,
    minimum_of,
    periods,
    running_amount,
    running_part,
    schedule,
)
from schemas.acts.royalty import Sales
from schemas.statements.royalty import Free, Running
from schemas.values.money import Money
from tests.rules.licence.story import sales, terms

CALENDAR = Calendar.bundled()
NOTICE, EFFECT, LAST = date(2026, 3, 2), date(2026, 3, 10), date(2029, 3, 10)
RISING = terms(
    "running", base="net_sales", rates=({"from_year": 1, "percent": "1.5"}, {"from_year": 3, "percent": "2.25"})
)
PARTS = terms(
    "instalments",
    pay_within_days=10,
    instalments=(
        {"amount": "1.00", "after_months": 0},
        {"amount": "2.00", "after_months": 6},
        {"amount": "3.00", "after_months": 40},
    ),
)


@pytest.mark.parametrize(
    ("royalty", "condition", "amount", "by"),
    [
        (Free(), "free", 0, None),
        (terms("lump_sum", amount="10.00"), "due", 1000, None),
        (terms("lump_sum", amount="10.00", pay_within_days=30), "due", 1000, date(2026, 4, 1)),
        (
            terms("lump_sum", amount="10.00", pay_within_days=30, pay_within_days_counted="working_days"),
            "due",
            1000,
            date(2026, 4, 14),  # six weeks of five days, and a Monday off in the fifth
        ),
        (terms("lump_sum", amount="10.00", pay_within_days=0), "due", 1000, NOTICE),
        (
            terms("lump_sum", amount="10.00", pay_within_days=0, pay_within_days_counted="working_days"),
            "due",
            1000,
            NOTICE,
        ),
        (terms("lump_sum", amount="10.00", first_payment_after_months=6), "not_yet_due", 0, None),
        (PARTS, "due", 100, date(2026, 3, 12)),
        (RISING, "not_yet_due", 0, None),
        (terms("entry_plus_running", entry="5.00", running=RISING), "due", 500, None),
        (
            terms("entry_plus_running", entry="5.00", running=RISING, first_payment_after_months=1),
            "not_yet_due",
            0,
            None,
        ),
    ],
)
def test_the_first_due_follows_the_announced_terms(royalty: Any, condition: Any, amount: Any, by: Any) -> None:
    found = first_due(royalty, NOTICE, CALENDAR)
    assert (found.condition, found.amount.fen, found.due and found.due.by) == (condition, amount, by)


def test_a_payment_day_on_a_rest_day_moves_to_the_day_after_the_rest() -> None:
    # 2026-04-04 to 06 are the Qingming rest.
    found = first_due(terms("lump_sum", amount="1.00", pay_within_days=33), NOTICE, CALENDAR)
    assert found.due is not None
    assert found.due.by == date(2026, 4, 7)


def test_parts_are_counted_from_the_effect_and_stop_with_the_licence() -> None:
    found = schedule(PARTS, NOTICE, EFFECT, LAST, CALENDAR)
    assert [(one.key, one.amount.fen, one.falls_on) for one in found] == [
        ("due:1", 100, NOTICE),
        ("due:2", 200, date(2026, 9, 10)),
    ]


def test_a_part_is_owed_on_the_last_day_of_the_licence_and_not_after_it() -> None:
    assert len(schedule(PARTS, NOTICE, EFFECT, date(2026, 9, 10), CALENDAR)) == 2
    assert len(schedule(PARTS, NOTICE, EFFECT, date(2026, 9, 9), CALENDAR)) == 1


def test_a_deferred_lump_sum_is_one_amount_on_its_day() -> None:
    (found,) = schedule(terms("lump_sum", amount="9.00", first_payment_after_months=12), NOTICE, EFFECT, LAST, CALENDAR)
    assert (found.key, found.falls_on) == ("due:1", date(2027, 3, 10))


def test_the_fixed_amounts_are_added_up_without_what_runs() -> None:
    entry = terms("entry_plus_running", entry="5.00", running=RISING)
    royalties = (PARTS, terms("lump_sum", amount="9.00"), entry, RISING, Free())
    assert [fixed_total(one).fen for one in royalties] == [600, 900, 500, 0, 0]


def test_a_running_part_is_found_alone_and_beside_an_entry_fee() -> None:
    assert running_part(terms("entry_plus_running", entry="5.00", running=RISING)) == running_part(RISING) == RISING
    assert running_part(Free()) is None


def test_periods_end_on_their_corresponding_day_and_the_last_is_cut() -> None:
    found = list(periods(RISING, EFFECT, date(2028, 9, 1)))
    assert [(one.n, one.first_on, one.last_on, one.full, one.licence_year) for one in found] == [
        (1, date(2026, 3, 10), date(2027, 3, 10), True, 1),
        (2, date(2027, 3, 11), date(2028, 3, 10), True, 2),
        (3, date(2028, 3, 11), date(2028, 9, 1), False, 3),
    ]


@pytest.mark.parametrize(("period", "count"), [("quarter", 12), ("half_year", 6), ("year", 3)])
def test_three_years_have_no_leftover_period(period: Any, count: Any) -> None:
    assert len(list(periods(RISING.but(period=period), EFFECT, LAST))) == count


@pytest.mark.parametrize(
    ("n", "net_sales", "fen"),
    [
        (1, "100000.00", 150_000),
        (2, "100000.00", 150_000),
        (3, "100000.00", 225_000),
        (1, "0.33", 0),  # 0.495 fen
        (1, "0.34", 1),  # 0.51 fen
        (3, "0.02", 0),
        (1, "1.00", 2),  # 1.5 fen is rounded up
    ],
)
def test_the_rate_is_the_one_of_the_licence_year_and_half_a_fen_rounds_up(n: int, net_sales: str, fen: int) -> None:
    period = list(periods(RISING, EFFECT, LAST))[n - 1]
    assert running_amount(RISING, period, sales(net_sales=net_sales)) == Money(fen)


def test_units_have_a_price_each() -> None:
    units = terms(
        "running", base="units", unit_prices=({"from_year": 1, "price": "0.35"}, {"from_year": 2, "price": "0.30"})
    )
    first, second, _ = periods(units, EFFECT, LAST)
    assert running_amount(units, first, sales(units=1001)) == Money(35_035)
    assert running_amount(units, second, sales(units=1001)) == Money(30_030)


def test_profit_is_counted_where_the_terms_say_profit() -> None:
    profit = terms("running", base="profit", rates=({"from_year": 1, "percent": "10"},))
    period = next(periods(profit, EFFECT, LAST))
    assert running_amount(profit, period, sales(profit="10.00", net_sales="99.00")) == Money(100)
    assert running_amount(profit, period, sales(net_sales="99.00")) is None


def test_the_minimum_of_a_part_period_is_owed_in_full_unless_announced_pro_rata() -> None:
    least = RISING.but(minimum="365.00")
    part = Period(1, date(2026, 3, 10), date(2026, 3, 19), date(2027, 3, 10), 1)
    assert minimum_of(least, part) == Money(36_500)
    assert minimum_of(least.but(minimum_pro_rata=True), part) == Money(997)  # 36500 x 10 / 366 = 997.27
    assert running_amount(least, part, sales(net_sales="0")) == Money(36_500)


@given(st.integers(0, 10**12), st.integers(1, 100_000_000))
def test_the_royalty_is_within_half_a_fen_of_the_exact_product(sold: int, millionths: int) -> None:
    percent = f"{millionths // 10**6}.{millionths % 10**6:06d}"
    running = terms("running", base="net_sales", rates=({"from_year": 1, "percent": percent},))
    amount = running_amount(running, next(periods(running, EFFECT, LAST)), sales(net_sales=Money(sold)))
    assert amount is not None
    assert -(10**8) < 2 * (sold * millionths - amount.fen * 10**8) < 10**8 or (
        2 * (amount.fen * 10**8 - sold * millionths) == 10**8
    )


def test_a_report_is_determined_from_its_inputs_with_every_step() -> None:
    period = next(periods(RISING, EFFECT, LAST))
    made = determine_report(RISING.but(minimum="2000.00"), period, sales(net_sales="100000.00"), date(2027, 4, 1))
    assert [(one.what, one.result) for one in made.steps] == [
        ("royalty of the period", "1500.00"),
        ("not below the minimum", "2000.00"),
    ]
    assert str(made.result[0].amount) == "2000.00"
    again = Running.model_validate_json(made.inputs["terms"])
    assert running_amount(again, period, Sales.model_validate_json(made.inputs["sales"])) == made.result[0].amount


def test_a_report_without_its_base_is_unknown_and_never_zero() -> None:
    made = determine_report(RISING, next(periods(RISING, EFFECT, LAST)), sales(units=4), date(2027, 4, 1))
    assert (made.result, made.unknown) == ((), ("net_sales",))
