"""What a claim of a subsidy is told of a licence's receipts (where amounts go wrong: 3, 24, 31 to 33, 41)."""

from typing import Any

from rules.licence.settlements import receipts_for_settlements
from schemas.standing.surroundings import ClaimedReceipt, LicenceSurroundings
from tests.rules.licence.story import NOTICE, PAID, RECEIPT, act, offer, position

ARRIVED = act("book_receipt", "2026-03-12", amount="10500.00")
REGISTERED = (
    act("apply", "2026-04-01"),
    act("accept", "2026-04-02"),
    act("register", "2026-04-20", contract_amount="8000.00", technology_transaction_amount="7000.00"),
)


def told(*acts: Any, at: LicenceSurroundings | None = None) -> tuple[ClaimedReceipt, ...]:
    stands_on = at or offer()
    return receipts_for_settlements(position(*acts, at=stands_on), stands_on)


def amounts(*acts: Any, at: LicenceSurroundings | None = None) -> list[str]:
    return [str(one.amount) for one in told(*acts, at=at)]


def test_3_the_registered_amount_is_one_for_the_contract_and_its_receipts_use_it_up_in_their_order() -> None:
    first = act("book_receipt", "2026-03-12", amount="6000.00")
    second = act("book_receipt", "2026-04-12", amount="4000.00", serial="2")
    for order in ((first, second), (second, first)):
        found = told(NOTICE, PAID, *order, *REGISTERED)
        assert [(str(one.amount), str(one.registered_amount)) for one in found] == [
            ("6000.00", "6000.00"),
            ("4000.00", "1000.00"),
        ]
        assert [str(one.contract_amount) for one in found] == ["8000.00", "0.00"]


def test_3_an_amount_that_is_open_in_the_register_is_unknown_and_not_zero() -> None:
    open_amounts = (*REGISTERED[:2], act("register", "2026-04-20"))
    assert [one.registered_amount for one in told(NOTICE, PAID, ARRIVED, *open_amounts)] == [None]
    supplemented = act("supplement_amounts", "2026-05-01")
    assert [str(one.registered_amount) for one in told(NOTICE, PAID, ARRIVED, *open_amounts, supplemented)] == [
        "10000.00"
    ]


def test_21_a_cancelled_registration_is_none() -> None:
    (one,) = told(NOTICE, PAID, ARRIVED, *REGISTERED)
    assert (one.registered.value, str(one.registered_on), one.registered_class) == ("yes", "2026-04-20", "licence")
    (gone,) = told(NOTICE, PAID, ARRIVED, *REGISTERED, act("cancel_registration", "2026-06-01"))
    assert (gone.registered.value, gone.registered_on, gone.registered_class) == ("no", None, None)


def test_24_a_receipt_of_a_licence_that_fell_counts_zero() -> None:
    assert amounts(NOTICE, PAID, ARRIVED, at=offer(ended_on="2026-03-02", ended_how="withdrawn")) == ["0.00"]
    assert amounts(NOTICE, ARRIVED) == ["0.00"]  # not effective: nobody has shown a voucher


def test_31_interest_penalties_and_damages_are_no_royalty() -> None:
    parts = ({"obligation": "due:1", "amount": "10000.00"}, {"obligation": "outside_royalty", "amount": "300.00"})
    arrived = act("book_receipt", "2026-03-12", amount="10300.00", allocations=parts)
    assert amounts(NOTICE, PAID, arrived) == ["10000.00"]


def test_32_what_is_not_paid_in_money_never_arrives() -> None:
    assert told(NOTICE, PAID) == ()  # shares, goods and set-off are no bank line, so no receipt and nothing to claim


def test_33_escrow_counts_once_it_has_reached_the_licensors_own_account() -> None:
    escrow = act("book_receipt", "2026-03-12", escrow=True)
    assert amounts(NOTICE, PAID, escrow) == ["0.00"]
    assert amounts(NOTICE, PAID, escrow, act("confirm", "2026-03-20")) == ["10000.00"]


def test_41_what_was_paid_too_much_is_a_credit_and_in_no_base() -> None:
    (one,) = told(NOTICE, PAID, ARRIVED)
    assert (one.receipt_id, str(one.amount)) == (RECEIPT, "10000.00")


def test_4_a_reversal_makes_its_own_receipt_smaller() -> None:
    assert amounts(NOTICE, PAID, ARRIVED, act("reverse_receipt", "2027-05-01", amount="4500.00")) == ["6000.00"]


def test_an_affiliate_is_flagged() -> None:
    notice = act("give_notice", "2026-03-02", affiliate_of_licensor=True)
    assert [one.licensee_is_affiliate for one in told(notice, PAID, ARRIVED)] == [True]
