"""Which payouts a licence calls for, and what they are told of it."""

from datetime import date

from rules.licence.payouts import licence_view_for_payouts, payouts_called_for
from schemas.standing.surroundings import OwnerView
from schemas.values.identifiers import payout_id_of
from tests.rules.licence.story import LICENCE, NOTICE, PAID, PERSON, RECEIPT, UNIT, act, offer, position

ARRIVED = act("book_receipt", "2026-03-12", amount="10500.00")
BOTH = offer(owners=(OwnerView(party_id=UNIT), OwnerView(party_id=PERSON, is_person=True)))


def test_every_receipt_calls_for_a_payout_at_each_owner_that_is_a_unit() -> None:
    (start,) = payouts_called_for(position(NOTICE, PAID, ARRIVED, at=BOTH), BOTH)
    assert start.payout_id == payout_id_of(LICENCE, UNIT, str(RECEIPT))
    assert (start.unit, start.subject, start.on) == (UNIT, str(RECEIPT), date(2026, 3, 12))


def test_a_receipt_before_the_effect_calls_for_nothing_until_the_effect() -> None:
    assert payouts_called_for(position(NOTICE, ARRIVED), offer()) == ()
    (start,) = payouts_called_for(position(NOTICE, ARRIVED, act("pay", "2026-04-01")), offer())
    assert start.on == date(2026, 4, 1)


def test_escrow_and_wholly_reversed_receipts_call_for_nothing() -> None:
    escrow = act("book_receipt", "2026-03-12", escrow=True)
    assert payouts_called_for(position(NOTICE, PAID, escrow), offer()) == ()
    back = act("reverse_receipt", "2026-05-01", amount="10500.00")
    assert payouts_called_for(position(NOTICE, PAID, ARRIVED, back), offer()) == ()


def test_a_licence_that_has_ended_still_pays_for_what_arrived() -> None:
    over = position(NOTICE, PAID, ARRIVED, act("terminate", "2026-09-01"))
    assert len(payouts_called_for(over, offer())) == 1


def test_payouts_are_told_of_the_royalty_without_the_credit() -> None:
    view = licence_view_for_payouts(position(NOTICE, PAID, ARRIVED, at=BOTH), BOTH)
    assert [(one.received_on, str(one.amount)) for one in view.receipts] == [(date(2026, 3, 12), "10000.00")]
    assert (view.licence_stands, view.provisional, view.contract_registered) == (True, False, False)
    assert (view.owners, view.granted_on, view.siblings) == (BOTH.offer.owners, date(2023, 5, 9), ())


def test_payouts_are_told_when_the_licence_falls() -> None:
    fallen = offer(ended_on=date(2026, 3, 2), ended_how="withdrawn")
    view = licence_view_for_payouts(position(NOTICE, PAID, ARRIVED, at=fallen), fallen)
    assert (view.licence_stands, [one.amount.fen for one in view.receipts]) == (False, [0])
    assert payouts_called_for(position(NOTICE, PAID, ARRIVED, at=fallen), fallen) == ()


def test_a_provisional_end_freezes_and_begins_no_new_payout() -> None:
    lapse = offer(ended_on=date(2026, 3, 5), right_ended_on=date(2026, 3, 5), right_end_provisional=True)
    held = position(NOTICE, PAID, ARRIVED, at=lapse)
    assert payouts_called_for(held, lapse) == ()
    view = licence_view_for_payouts(held, lapse)
    assert (view.licence_stands, view.provisional) == (True, True)


def test_payouts_are_told_the_registration() -> None:
    registered = position(NOTICE, PAID, act("apply", "2026-04-01"), act("register", "2026-04-20"))
    view = licence_view_for_payouts(registered, offer())
    assert (view.contract_registered, view.registration_number) == (True, "2026440000000001")
