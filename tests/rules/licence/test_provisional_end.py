"""Money of a licence while the end of its patent can still be undone: frozen, and nothing is asked for (D-22)."""

from datetime import date

from tests.rules.licence.story import NOTICE, PAID, TWO_PERCENT, act, balance, keys, offer, owed, position, terms

SALES = act("report_sales", "2026-06-10", period=1, sales={"net_sales": "50000.00"})
QUARTERS = terms(
    "instalments", instalments=tuple({"amount": "5000.00", "after_months": months} for months in (0, 3, 6))
)
LAPSE = {"ended_on": date(2026, 6, 1), "right_ended_on": date(2026, 6, 1)}
"""Before the second of three parts, which falls on 2026-06-10; told after that was paid."""
BOOKED = (
    act("book_receipt", "2026-03-12", amount="5000.00"),
    act(
        "book_receipt",
        "2026-06-12",
        serial="2",
        amount="5000.00",
        allocations=({"obligation": "due:2", "amount": "5000.00"},),
    ),
)


def test_a_part_that_was_paid_before_a_provisional_end_was_known_stays_paid_until_the_end_is_final() -> None:
    life = (NOTICE, PAID, *BOOKED, act("pass_day", "2026-12-31"))
    never = position(*life, at=offer(QUARTERS))
    held = position(*life, at=offer(QUARTERS, right_end_provisional=True, **LAPSE))
    assert (held.stage, held.money, held.receipts, str(held.credit)) == (
        "patent_ended_provisional",
        never.money,
        never.receipts,
        "0.00",
    )
    assert "refund_credit" not in keys(held.tasks)
    final = position(*life, at=offer(QUARTERS, **LAPSE))
    assert (owed(final), str(final.credit)) == ({"due:1": "5000.00"}, "5000.00")
    assert "refund_credit" in keys(final.tasks)


def test_only_what_is_unpaid_and_falls_after_a_provisional_end_stops() -> None:
    late = act("pass_day", "2026-12-31")
    never = position(NOTICE, PAID, *BOOKED, late, at=offer(QUARTERS))
    held = position(NOTICE, PAID, *BOOKED, late, at=offer(QUARTERS, right_end_provisional=True, **LAPSE))
    assert ("pay:due:3" in keys(never.tasks), "pay:due:3" in keys(held.tasks)) == (True, False)
    assert [(one.state, one.pursuit) for one in held.obligations] == [
        ("paid", "open"),
        ("paid", "open"),
        ("scheduled", "stopped"),
    ]
    before = offer(QUARTERS, ended_on=date(2026, 7, 1), right_ended_on=date(2026, 7, 1), right_end_provisional=True)
    unpaid = position(NOTICE, PAID, late, at=before)
    assert [one.state for one in unpaid.obligations] == ["scheduled", "overdue", "scheduled"]


def test_a_report_of_the_time_after_a_provisional_end_stays_until_the_end_is_final() -> None:
    paid = act(
        "book_receipt", "2026-07-01", amount="1000.00", allocations=({"obligation": "report:1", "amount": "1000.00"},)
    )
    second = act("report_sales", "2026-09-10", period=2, sales={"net_sales": "60000.00"})
    life = (NOTICE, SALES, paid, second, act("pass_day", "2026-12-31"))
    lapse = {"ended_on": date(2026, 5, 1), "right_ended_on": date(2026, 5, 1)}
    held = position(*life, at=offer(TWO_PERCENT, right_end_provisional=True, **lapse))
    assert owed(held) == {"report:1": "1000.00", "report:2": "1200.00"}
    assert ([one.pursuit for one in held.obligations], str(held.credit)) == (["open", "stopped"], "0.00")
    assert [one for one in keys(held.tasks) if one.startswith(("report", "pay"))] == []
    final = position(*life, at=offer(TWO_PERCENT, **lapse))
    assert owed(final) == {"report:1": "1000.00"}


def test_nobody_is_asked_for_the_first_payment_under_a_right_that_may_have_ended() -> None:
    held = position(NOTICE, act("pass_day", "2026-07-01"), at=offer(right_end_provisional=True, **LAPSE))
    assert ([one.pursuit for one in held.obligations], keys(held.tasks), keys(held.deadlines)) == (["stopped"], [], [])


def test_a_provisionally_void_licence_keeps_its_lines_until_the_end_is_final() -> None:
    lapse = {"ended_on": date(2026, 3, 5), "right_ended_on": date(2026, 3, 5)}
    held = position(NOTICE, PAID, act("book_receipt", "2026-03-12"), at=offer(right_end_provisional=True, **lapse))
    assert held.money == position(NOTICE, PAID, act("book_receipt", "2026-03-12")).money
    assert (
        balance(position(NOTICE, PAID, act("book_receipt", "2026-03-12"), at=offer(**lapse)), "royalty_income")
        == "0.00"
    )
