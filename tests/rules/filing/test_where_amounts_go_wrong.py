"""Where amounts go wrong: the lines that no other test names, money of licences and payouts under late facts."""

from datetime import date

from rules.licence.payouts import licence_view_for_payouts, payouts_called_for
from schemas.values.actor import Role
from schemas.values.money import Money, total
from tests.rules.licence.story import NOTICE, PAID, RECEIPT, act, balance, keys, offer, position, task, terms
from tests.rules.payout.facts import determine as determined_of
from tests.rules.payout.facts import position as payout
from tests.rules.payout.facts import receipt, sibling, state, surroundings
from tests.rules.remuneration.facts import costs, unit, yuan

ARRIVED = act("book_receipt", "2026-03-12")
INVALIDATED = {"ended_on": date(2026, 9, 1), "right_ended_on": date(2026, 9, 1)}
LAW = unit()
"""P1 and P2 signed 60 and 40; nothing is agreed, so costs decide."""


def test_line_21_a_registration_that_is_cancelled_after_the_payment_leaves_the_remuneration() -> None:
    life = (determined_of(), state())
    registered, cancelled = payout(*life), payout(*life, stands_on=surroundings(contract_registered=False))
    assert [line.amount for line in registered.lines] == [line.amount for line in cancelled.lines]


def test_line_22_nothing_falls_back_by_itself_when_the_patent_is_invalidated_after_the_payment() -> None:
    at = offer(**INVALIDATED)
    found = position(NOTICE, PAID, ARRIVED, at=at)
    assert found.stage == "patent_ended"
    assert [(one.net, one.credit) for one in found.receipts] == [(Money.of("10000.00"), Money(0))]
    assert [one.amount for one in licence_view_for_payouts(found, at).receipts] == [Money.of("10000.00")]


def test_line_22_a_repayment_that_the_court_orders_restates_the_receipt_it_names() -> None:
    at = offer(**INVALIDATED)
    ordered = act("reverse_receipt", "2027-03-01", role=Role.COURT, amount="4000.00")
    found = position(NOTICE, PAID, ARRIVED, ordered, at=at)
    [seen] = licence_view_for_payouts(found, at).receipts
    assert (seen.received_on, seen.amount) == (date(2026, 3, 12), Money.of("6000.00"))


def test_line_26_a_share_of_common_costs_that_nobody_stated_is_asked_for_and_never_zero() -> None:
    unstated = costs().but(upkeep=None)
    found = payout(determined_of(), state(LAW, unstated))
    assert (found.stage, found.unknown, found.lines) == ("waiting_for_facts", ("costs.upkeep:r1",), ())


def test_line_26_each_receipt_bears_what_the_unit_states_for_it_and_the_sum_is_borne_once() -> None:
    both = surroundings(
        receipt("10000"),
        receipt("30000", "r2", date(2025, 4, 1)),
        siblings=(sibling("r1", LAW, costs().but(upkeep=yuan("300"))),),
    )
    second = payout(determined_of("r2", date(2025, 4, 1)), state(LAW, costs().but(upkeep=yuan("900"))), stands_on=both)
    first = payout(
        determined_of(),
        state(LAW, costs().but(upkeep=yuan("300"))),
        stands_on=surroundings(
            receipt("10000"),
            receipt("30000", "r2", date(2025, 4, 1)),
            siblings=(sibling("r2", LAW, costs().but(upkeep=yuan("900"))),),
        ),
    )
    # (10,000 + 30,000 - 300 - 900) x 50 % = 19,400
    assert total((first.pool, second.pool)) == yuan("19400")


def test_line_31_interest_and_penalty_are_on_an_account_of_their_own_and_in_no_base() -> None:
    parts = ({"obligation": "due:1", "amount": "10000.00"}, {"obligation": "outside_royalty", "amount": "250.00"})
    found = position(NOTICE, PAID, act("book_receipt", "2026-03-12", amount="10250.00", allocations=parts))
    assert (balance(found, "outside_royalty"), balance(found, "credit")) == ("-250.00", "0.00")
    assert [one.amount for one in licence_view_for_payouts(found, offer()).receipts] == [Money.of("10000.00")]


def test_line_33_an_escrow_counts_in_no_base_before_it_is_confirmed() -> None:
    held = act("book_receipt", "2026-03-12", escrow=True)
    assert licence_view_for_payouts(position(NOTICE, PAID, held), offer()).receipts == ()
    confirmed = position(NOTICE, PAID, held, act("confirm", "2026-05-04"))
    assert len(licence_view_for_payouts(confirmed, offer()).receipts) == 1


def test_line_34_several_years_paid_at_once_are_one_receipt_of_the_day_of_arrival() -> None:
    years = terms(
        "instalments", instalments=tuple({"amount": "10000.00", "after_months": months} for months in (0, 12, 24))
    )
    parts = tuple({"obligation": f"due:{n}", "amount": "10000.00"} for n in (1, 2, 3))
    at = offer(years)
    found = position(NOTICE, PAID, act("book_receipt", "2026-03-12", amount="30000.00", allocations=parts), at=at)
    [seen] = licence_view_for_payouts(found, at).receipts
    assert (seen.received_on, seen.amount) == (date(2026, 3, 12), Money.of("30000.00"))
    assert [one.subject for one in payouts_called_for(found, at)] == [str(RECEIPT)]


def test_line_35_a_patent_that_ends_inside_a_paid_period_is_looked_at_and_refunds_nothing() -> None:
    found = position(NOTICE, PAID, ARRIVED, at=offer(**INVALIDATED))
    review = task(found, "review_paid_period:2026-09-01")
    assert (review.role, review.basis, review.by, review.closed_on) == ("licensor", "service", None, None)
    assert "refund" not in " ".join(keys(found.tasks))


def test_line_35_a_free_licence_has_no_paid_period_to_look_at() -> None:
    found = position(NOTICE, at=offer(terms("free"), **INVALIDATED))
    assert (found.stage, [key for key in keys(found.tasks) if "review" in key]) == ("patent_ended", [])
