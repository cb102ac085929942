"""A payout while the end of its licence can still be undone: one signature, no order, nothing taken back (D-22)."""

from tests.rules.payout.facts import (
    RECORDED,
    act,
    approvals,
    approved,
    countersigned,
    determine,
    hash_of,
    instruct,
    paid,
    paid_out,
    position,
    publish,
    receipt,
    refused,
    state,
    surroundings,
)
from tests.rules.remuneration.facts import P1, PAPER

LINE = f"member:{P1}"


def test_while_the_end_of_the_licence_is_provisional_there_is_no_second_signature_and_no_order() -> None:
    frozen = surroundings(provisional=True)
    begun = (determine(), state(), publish())
    first, second = approvals(hash_of(determine(), state()))
    assert refused(first, *begun, stands_on=frozen) == []
    assert refused(second, *begun, first, stands_on=frozen) == ["frozen_while_provisional"]
    assert refused(second, *begun, first) == []
    assert refused(instruct(LINE), *approved(), stands_on=frozen) == ["frozen_while_provisional"]
    at = position(*begun, first, stands_on=frozen)
    assert [(one.key, one.provisional) for one in at.tasks] == [("approve_second", True)]
    ordered = position(*approved(), instruct(LINE), stands_on=frozen)
    assert (ordered.stage, ordered.warnings) == ("instructed", ("licence_end_provisional",))
    assert position(*approved(), instruct(LINE), paid(LINE, "419568.00"), stands_on=frozen).findings == ()


def test_two_people_do_not_decide_about_a_negative_line_meanwhile_although_one_of_them_did_before() -> None:
    smaller = surroundings(receipt("1000000"))
    first, second = countersigned(act("adjust", RECORDED, line=LINE, decision="leave", paper=PAPER))
    assert refused(second, *paid_out(), first, stands_on=smaller) == []
    assert refused(second, *paid_out(), first, stands_on=smaller.but(provisional=True)) == ["frozen_while_provisional"]
