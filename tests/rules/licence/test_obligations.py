"""Obligations, reports, receipts and money of a licence (Civil Code 846)."""

from datetime import date
from typing import Any

import pytest

from rules.licence.position import determinations_of
from schemas.statements.royalty import YearsFromEffect
from tests.rules.licence.story import (
    CALENDAR,
    FREE,
    NOTICE,
    PAID,
    PERSON,
    RECEIPT,
    TWO_PERCENT,
    act,
    balance,
    countersigned,
    deadline,
    facts,
    keys,
    offer,
    owed,
    position,
    task,
    terms,
)

ARRIVED = act("book_receipt", "2026-03-12")
THREE_PARTS = terms(
    "instalments",
    instalments=(
        {"amount": "10000.00", "after_months": 0},
        {"amount": "5000.00", "after_months": 12},
        {"amount": "5000.00", "after_months": 60},
    ),
)
SALES = act("report_sales", "2026-06-10", period=1, sales={"net_sales": "50000.00"})


def test_an_announced_payment_day_is_legal_and_an_unannounced_one_only_service() -> None:
    announced = deadline(position(NOTICE), "pay:due:1")
    silent = deadline(position(NOTICE, at=offer(terms("lump_sum", amount="1.00"))), "pay:due:1")
    assert (announced.by, announced.basis) == (date(2026, 4, 1), "legal")
    assert silent.basis == "service"


def test_a_payment_that_does_not_come_is_a_task_of_the_licensee() -> None:
    found = position(NOTICE, act("pass_day", "2026-04-01"))
    assert (task(found, "pay:due:1").role, found.stage) == ("licensee", "awaiting_payment")
    assert found.obligations[0].state == "overdue"


def test_only_parts_that_fall_within_the_term_are_owed() -> None:
    found = position(NOTICE, PAID, at=offer(THREE_PARTS))
    assert owed(found) == {"due:1": "10000.00", "due:2": "5000.00"}
    assert deadline(found, "pay:due:2").by == date(2027, 3, 10)


def test_parts_after_the_end_of_the_patent_vanish_and_parts_before_it_stay() -> None:
    at = {"ended_on": date(2027, 3, 10), "right_ended_on": date(2027, 3, 10)}
    assert list(owed(position(NOTICE, PAID, at=offer(THREE_PARTS, **at)))) == ["due:1"]
    at = {"ended_on": date(2027, 3, 11), "right_ended_on": date(2027, 3, 11)}
    assert list(owed(position(NOTICE, PAID, at=offer(THREE_PARTS, **at)))) == ["due:1", "due:2"]


def test_a_receipt_pays_its_obligation_and_the_books_balance() -> None:
    found = position(NOTICE, PAID, ARRIVED)
    assert (found.obligations[0].state, found.tracks.royalty) == ("paid", "clear")
    assert [balance(found, one) for one in ("bank", "licensee_due", "royalty_income")] == [
        "10000.00",
        "0.00",
        "-10000.00",
    ]


def test_a_receipt_before_the_effect_waits_as_a_credit() -> None:
    found = position(NOTICE, ARRIVED)
    assert (balance(found, "credit"), balance(found, "royalty_income")) == ("-10000.00", "0.00")
    assert "record_voucher" in keys(found.tasks)


def test_what_is_paid_too_much_is_a_credit_to_be_refunded() -> None:
    found = position(NOTICE, PAID, act("book_receipt", "2026-03-12", amount="10500.00"))
    assert (str(found.credit), balance(found, "credit")) == ("500.00", "-500.00")
    assert "refund_credit" in keys(found.tasks)


def test_an_escrow_counts_only_once_it_is_confirmed() -> None:
    escrow = act("book_receipt", "2026-03-12", escrow=True)
    waiting = position(NOTICE, PAID, escrow)
    assert (balance(waiting, "bank"), waiting.obligations[0].allocated.fen) == ("0.00", 0)
    assert f"confirm_receipt:{RECEIPT}" in keys(waiting.tasks)
    assert balance(position(NOTICE, PAID, escrow, act("confirm", "2026-03-20")), "bank") == "10000.00"


def test_a_reversal_restates_its_receipt_and_opens_the_obligation_again() -> None:
    found = position(NOTICE, PAID, ARRIVED, act("reverse_receipt", "2026-05-01", amount="4000.00"))
    assert (str(found.receipts[0].net), found.receipts[0].received_on) == ("6000.00", date(2026, 3, 12))
    assert str(found.obligations[0].open_amount) == "4000.00"


def test_a_reversal_takes_the_credit_first() -> None:
    before = (
        NOTICE,
        PAID,
        act(
            "book_receipt",
            "2026-03-12",
            amount="10500.00",
            allocations=({"obligation": "due:1", "amount": "10000.00"}, {"obligation": "credit", "amount": "500.00"}),
        ),
    )
    found = position(*before, act("reverse_receipt", "2026-05-01", amount="500.00"))
    assert (found.obligations[0].state, str(found.credit)) == ("paid", "0.00")


def test_more_reversed_than_booked_is_a_finding_and_never_below_zero() -> None:
    found = position(NOTICE, PAID, ARRIVED, act("reverse_receipt", "2026-05-01", amount="10000.01"))
    assert found.receipts[0].net.fen == 0
    assert [one.code for one in found.findings] == ["reversal_exceeds_receipt"]


def test_one_bank_line_is_booked_once() -> None:
    found = position(NOTICE, PAID, ARRIVED, act("book_receipt", "2026-03-13"))
    assert balance(found, "bank") == "10000.00"
    assert [one.code for one in found.findings] == ["receipt_booked_twice"]


def test_a_payer_that_nobody_explained_is_asked_for() -> None:
    stranger: dict[str, Any] = {"payer": "6f2a7d5e-8a0b-5c7e-9a51-0a5de1cece01"}
    unexplained = position(NOTICE, PAID, act("book_receipt", "2026-03-12", **stranger))
    assert f"explain_payer:{RECEIPT}" in keys(unexplained.tasks)
    explained = position(NOTICE, PAID, act("book_receipt", "2026-03-12", payer_explained="d" * 64, **stranger))
    assert f"explain_payer:{RECEIPT}" not in keys(explained.tasks)


def test_a_line_that_is_told_twice_is_asked_about_once() -> None:
    twice = [act("book_receipt", day, again=n, payer=PERSON) for n, day in enumerate(("2026-03-10", "2026-03-12"))]
    found = position(NOTICE, PAID, *twice)
    assert [one for one in keys(found.tasks) if one.startswith("explain_payer")] == [f"explain_payer:{RECEIPT}"]


@pytest.mark.parametrize(
    ("at", "extra", "stage"),
    [
        (offer(ended_on=date(2026, 3, 2), ended_how="withdrawn"), (), "void"),
        (offer(ended_on=date(2026, 3, 5), ended_how="withdrawn"), (), "void"),
        (offer(), (act("permit_needed", "2026-03-11"), act("permit_refused", "2026-04-20")), "not_concluded"),
    ],
)
def test_where_nothing_came_of_the_licence_what_arrived_goes_back(at: Any, extra: Any, stage: str) -> None:
    found = position(NOTICE, PAID, ARRIVED, *extra, at=at)
    assert (found.stage, balance(found, "royalty_income"), balance(found, "licensee_due")) == (stage, "0.00", "0.00")
    assert balance(found, "refund_due") == "-10000.00"
    assert task(found, "refund").closed_on is None
    back = position(NOTICE, PAID, ARRIVED, *extra, act("reverse_receipt", "2026-05-01", amount="10000.00"), at=at)
    assert (balance(back, "refund_due"), task(back, "refund").closed_on) == ("0.00", date(2026, 5, 1))


def test_money_that_went_back_before_the_offer_ended_was_refunded_when_it_ended() -> None:
    back = act("reverse_receipt", "2026-03-20", amount="10000.00")
    at = offer(ended_on=date(2026, 4, 2), ended_how="withdrawn")
    found = task(position(NOTICE, ARRIVED, back, at=at), "refund")
    assert (found.opened_on, found.closed_on) == (date(2026, 4, 2), date(2026, 4, 2))


@pytest.mark.parametrize("kind", ["settle", "waive", "write_off"])
def test_what_is_closed_needs_two_people(kind: Any) -> None:
    late = (NOTICE, act("pass_day", "2027-04-01"))
    closing = act(kind, "2027-05-01", obligation="due:1", amount="5000.00")
    at = offer(terms("lump_sum", amount="5000.00", first_payment_after_months=12))
    assert position(*late, closing, at=at).obligations[0].state == "overdue"
    closed = position(*late, *countersigned(closing), at=at)
    assert (closed.obligations[0].state, balance(closed, "royalty_income")) == ("closed", "0.00")


def test_a_report_is_due_after_its_period_and_its_royalty_after_the_report() -> None:
    found = position(NOTICE, at=offer(TWO_PERCENT))
    assert deadline(found, "report:1").by == date(2026, 7, 2)
    assert owed(found) == {}
    reported = position(NOTICE, SALES, at=offer(TWO_PERCENT))
    assert (owed(reported), reported.tracks.royalty) == ({"report:1": "1000.00"}, "reported")
    assert deadline(reported, "pay:report:1").by == date(2026, 7, 10)


def test_a_later_period_is_no_deadline_before_it_has_begun() -> None:
    running = position(NOTICE, at=offer(TWO_PERCENT))
    assert "report:2" not in keys(running.deadlines)
    later = position(NOTICE, act("pass_day", "2026-06-03"), at=offer(TWO_PERCENT))
    assert "report:2" in keys(later.deadlines)


def test_the_minimum_is_owed_when_nothing_or_little_is_reported() -> None:
    silent = position(NOTICE, act("pass_day", "2026-07-02"), at=offer(TWO_PERCENT))
    assert (owed(silent)["report:1"], task(silent, "report:1").role) == ("100.00", "licensee")
    little = act("report_sales", "2026-06-10", period=1, sales={"net_sales": "0"})
    assert owed(position(NOTICE, little, at=offer(TWO_PERCENT))) == {"report:1": "100.00"}


def test_a_correction_upwards_is_an_obligation_of_the_difference() -> None:
    more = act("correct_report", "2026-09-01", period=1, correction=1, sales={"net_sales": "60000.00"})
    found = position(NOTICE, SALES, more, at=offer(TWO_PERCENT))
    assert owed(found) == {"report:1": "1000.00", "correction:1.1": "200.00"}


def test_a_correction_downwards_turns_what_was_paid_too_much_into_credit() -> None:
    paid = act(
        "book_receipt", "2026-07-01", amount="1000.00", allocations=({"obligation": "report:1", "amount": "1000.00"},)
    )
    less = act("correct_report", "2026-09-01", period=1, correction=1, sales={"net_sales": "40000.00"})
    found = position(NOTICE, SALES, paid, less, at=offer(TWO_PERCENT))
    assert owed(found) == {"report:1": "1000.00", "correction:1.1": "-200.00"}
    assert (str(found.credit), balance(found, "royalty_income"), balance(found, "licensee_due")) == (
        "200.00",
        "-800.00",
        "0.00",
    )


def test_a_report_without_the_base_of_the_terms_is_a_finding_and_no_amount() -> None:
    wrong = act("report_sales", "2026-06-10", period=1, sales={"units": 5})
    found = position(NOTICE, wrong, at=offer(TWO_PERCENT))
    assert (owed(found), [one.code for one in found.findings]) == ({}, ["report_base_missing"])


def test_the_term_of_three_years_has_twelve_quarters() -> None:
    reports = [act("report_sales", "2029-06-01", again=n, period=n, sales={"net_sales": "0"}) for n in range(1, 14)]
    found = position(NOTICE, *reports, at=offer(TWO_PERCENT, YearsFromEffect(years=3)))
    assert list(owed(found)) == [f"report:{n}" for n in range(1, 13)]
    assert [one.code for one in found.findings] == ["report_of_no_period"]


def test_an_entry_fee_and_a_running_part_are_both_owed() -> None:
    both = terms(
        "entry_plus_running",
        entry="10000.00",
        running=terms("running", base="units", unit_prices=({"from_year": 1, "price": "0.35"},), period="half_year"),
    )
    units = act("report_sales", "2026-09-20", period=1, sales={"units": 333})
    assert owed(position(NOTICE, PAID, units, at=offer(both))) == {"due:1": "10000.00", "report:1": "116.55"}


def test_a_disputed_report_is_settled_by_an_audit() -> None:
    dispute = act("dispute_report", "2026-07-01", period=1)
    key = f"settle_dispute:{dispute.act_id}"
    assert task(position(NOTICE, SALES, dispute, at=offer(TWO_PERCENT)), key).closed_on is None
    audited = position(NOTICE, SALES, dispute, act("audit", "2026-08-01", period=1), at=offer(TWO_PERCENT))
    assert task(audited, key).closed_on == date(2026, 8, 1)


def test_a_report_is_determined_with_its_steps() -> None:
    (made,) = determinations_of(SALES, facts(NOTICE, SALES), offer(TWO_PERCENT), CALENDAR)
    assert (str(made.result[0].amount), made.rule) == ("1000.00", "royalty_report")
    assert determinations_of(PAID, facts(NOTICE, PAID), offer(), CALENDAR) == ()


def test_a_free_licence_owes_nothing_and_ends_without_leftovers() -> None:
    recorded = (act("file_recordal", "2026-04-01"), act("record", "2026-04-08"), act("cancel_recordal", "2029-03-20"))
    found = position(NOTICE, *recorded, act("pass_day", "2029-04-30"), at=offer(FREE))
    assert (found.stage, found.money, found.tracks.royalty) == ("expired", (), "clear")
    assert found.ended
