"""The stages of a payout, row by row of its table."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from rules.payout.position import derive_payout
from schemas.acts.beginning import natural_act_id
from schemas.acts.payout import PayoutAct
from schemas.values.actor import Role
from tests.rules.payout.facts import (
    APPROVED,
    CALENDAR,
    CLERK,
    FIRST,
    INSTRUCTED,
    LAST_DAY,
    PAID,
    PUBLISHED,
    RECORDED,
    SECOND,
    STATED,
    USTC,
    act,
    approvals,
    approved,
    codes,
    determine,
    hash_of,
    instruct,
    line_of,
    paid,
    paid_out,
    pass_day,
    position,
    publish,
    receipt,
    recorded,
    returned,
    state,
    surroundings,
    task_keys,
)
from tests.rules.remuneration.facts import P1, P2, PAPER, TEAM, UNIT, rule, unit, yuan

LINE = f"member:{P1}"
FULL = "419568.00"
EVEN = unit(rule("income", (TEAM, "team", "80"), (UUID(int=21), "department", "20"), team=((P1, "50"), (P2, "50"))))
BEGUN = (determine(), state())


def objection(on: date = PUBLISHED + timedelta(days=3), party: UUID = P2) -> PayoutAct:
    return act("object", on, party=party, objection=PAPER)


def test_publicity_does_not_count_its_first_day_and_lasts_fifteen() -> None:
    at = position(*BEGUN, publish(date(2025, 3, 11)))
    assert at.publicity_last_on == date(2025, 3, 26)
    (deadline,) = [one for one in at.deadlines if one.key == "publicity_end"]
    assert deadline.by == date(2025, 3, 26)


def test_the_unit_s_longer_period_counts_and_a_shorter_one_does_not() -> None:
    assert position(*BEGUN, publish(days=30)).publicity_last_on == PUBLISHED + timedelta(days=30)
    assert position(*BEGUN, publish(days=3)).publicity_last_on == LAST_DAY


@pytest.mark.parametrize(
    ("start", "days", "last"),
    [
        (date(2025, 3, 11), 15, date(2025, 4, 1)),  # three weeks of five days
        (date(2025, 3, 11), 10, date(2025, 3, 26)),  # ends on the 25th: the law's fifteen days are longer
        (date(2025, 9, 28), 5, date(2025, 10, 13)),  # ends on the 11th, a worked Saturday: the law's days are longer
        (date(2025, 9, 28), 9, date(2025, 10, 16)),  # 1 to 8 October off
    ],
)
def test_a_period_that_the_unit_states_in_working_days_is_taken_as_such(start: date, days: int, last: date) -> None:
    shown = publish(start, days=days, days_counted="working_days")
    assert position(*BEGUN, shown).publicity_last_on == last


def test_the_trace_of_a_publicity_shows_how_each_period_was_counted() -> None:
    at = position(*BEGUN, publish(date(2025, 3, 11), days=15, days_counted="working_days"))
    assert [(one.how, one.result) for one in at.publicity_counted] == [
        ("2025-03-11 + 15 working days, the first day not counted", "2025-04-01"),
        ("2025-03-11 + 15 days, the first day not counted", "2025-03-26"),
    ]
    assert position(*BEGUN).publicity_counted == ()


def test_a_publicity_in_working_days_over_the_end_of_the_last_known_year_is_provisional() -> None:
    found = [
        one
        for one in position(*BEGUN, publish(date(2026, 12, 10), days=20, days_counted="working_days")).deadlines
        if one.key == "publicity_end"
    ]
    assert [(one.by, one.provisional, one.because) for one in found] == [(date(2027, 1, 7), True, "unknown_year")]


def test_after_the_last_day_of_publicity_the_first_approver_is_asked_from_the_next_day() -> None:
    assert not position(*BEGUN, publish(), pass_day(LAST_DAY - timedelta(days=1))).tasks
    at = position(*BEGUN, publish(), pass_day(LAST_DAY))
    assert [(one.key, one.role, one.opened_on) for one in at.tasks] == [
        (f"approve_first:{LAST_DAY}", Role.FIRST_APPROVER, APPROVED)
    ]


def test_an_approval_on_the_last_day_of_publicity_does_not_count() -> None:
    shown = hash_of(*BEGUN)
    at = position(*BEGUN, publish(), *approvals(shown, LAST_DAY))
    assert at.stage == "publicity"
    assert codes(at) == ["approved_before_publicity_over"] * 2
    assert position(*BEGUN, publish(), *approvals(shown, LAST_DAY + timedelta(days=1))).stage == "approved"


def test_an_objection_stands_until_the_committee_names_it() -> None:
    first, second = objection(), objection(party=UUID(int=13))
    decided = act("decide", LAST_DAY, objection=first.act_id, decision=PAPER)
    other = act("decide", LAST_DAY, objection=second.act_id, decision=PAPER)
    assert position(*BEGUN, publish(), first).stage == "objected"
    assert position(*BEGUN, publish(), first, second, decided).stage == "objected"
    at = position(*BEGUN, publish(), first, second, decided, other)
    assert (at.stage, at.publicity_last_on) == ("publicity", LAST_DAY)


def test_an_approval_while_an_objection_is_open_does_not_count_even_if_the_decision_comes_later() -> None:
    raised, shown = objection(), hash_of(*BEGUN)
    late = act("decide", APPROVED + timedelta(days=1), objection=raised.act_id, decision=PAPER)
    assert position(*BEGUN, publish(), raised, *approvals(shown), late).stage == "publicity"
    again = approvals(shown, APPROVED + timedelta(days=1))
    assert position(*BEGUN, publish(), raised, late, *again).stage == "approved"


def test_an_objection_after_the_period_is_a_finding_and_stops_nothing() -> None:
    at = position(*BEGUN, publish(), objection(LAST_DAY + timedelta(days=1)))
    assert (at.stage, codes(at)) == ("publicity", ["objection_outside_period"])


def test_changed_amounts_need_a_new_publicity() -> None:
    raised = objection()
    changed = act("decide", LAST_DAY, objection=raised.act_id, decision=PAPER, changed_facts=EVEN)
    life = (*BEGUN, publish(), raised, changed)
    at = position(*life)
    assert (at.stage, at.publicity_from) == ("determined", None)
    assert line_of(at, LINE).amount == yuan("699280")
    again = publish(LAST_DAY + timedelta(days=2))
    assert position(*life, again).publicity_last_on == LAST_DAY + timedelta(days=17)
    assert position(*life, again, *approvals(hash_of(*life), LAST_DAY + timedelta(days=17))).stage == "publicity"


def test_a_publication_on_the_day_of_the_decision_shows_what_was_decided() -> None:
    raised = objection(PUBLISHED)
    changed = act("decide", PUBLISHED, objection=raised.act_id, decision=PAPER, changed_facts=EVEN)
    life = [*BEGUN, publish(), raised, changed]
    assert derive_payout(recorded(life, surroundings()), surroundings(), CALENDAR).stage == "determined"
    again = recorded([*life, publish(name="again")], surroundings())
    assert derive_payout(again, surroundings(), CALENDAR).stage == "publicity"


def test_approvals_of_other_amounts_do_not_count() -> None:
    assert position(*BEGUN, publish(), *approvals("0" * 64)).stage == "publicity"


def test_the_second_approval_alone_is_none() -> None:
    second = approvals(hash_of(*BEGUN))[1]
    assert position(*BEGUN, publish(), second).stage == "publicity"


@pytest.mark.parametrize("party", [CLERK, P1])
def test_neither_preparer_nor_beneficiary_approves(party: UUID) -> None:
    shown = hash_of(*BEGUN)
    at = position(*BEGUN, publish(), act("approve", APPROVED, party=party, amounts_hash=shown))
    assert (at.stage, codes(at)) == ("publicity", ["approval_not_independent"])


def test_one_person_cannot_give_both_approvals() -> None:
    shown = hash_of(*BEGUN)
    both = [
        act("approve", APPROVED, role=role, party=FIRST, amounts_hash=shown)
        for role in (Role.FIRST_APPROVER, Role.SECOND_APPROVER)
    ]
    at = position(*BEGUN, publish(), *both)
    assert (at.stage, at.first_approved_by, at.second_approved_by) == ("approved_once", FIRST, None)


def test_the_names_of_those_who_prepared_and_approved_are_kept() -> None:
    at = position(*approved())
    assert (at.prepared_by, at.first_approved_by, at.second_approved_by) == (CLERK, FIRST, SECOND)


def test_a_returned_payment_is_owed_again_and_can_be_ordered_again() -> None:
    life = (*approved(), instruct(LINE), paid(LINE, FULL), returned(LINE, date(2025, 4, 2)))
    at = position(*life)
    assert at.stage == "returned"
    assert (line_of(at, LINE).owed, line_of(at, LINE).returned_on) == (yuan(FULL), date(2025, 4, 2))
    assert f"instruct:{LINE}" in task_keys(at)
    assert not [line for line in at.money if line.key.startswith("paid:")]
    again = position(*life, instruct(LINE, date(2025, 4, 3)), paid(LINE, FULL, date(2025, 4, 4), "b2"))
    assert line_of(again, LINE).owed == yuan("0")
    assert line_of(again, LINE).returned_on is None


def test_an_order_that_the_bank_sends_back_unpaid_is_open_no_more() -> None:
    at = position(*approved(), instruct(LINE), returned(LINE, PAID, "none"))
    assert (at.stage, line_of(at, LINE).instructed) == ("returned", False)


def test_an_order_for_the_returned_line_of_the_same_day_stays_open() -> None:
    day = date(2025, 4, 2)
    life = (*approved(), instruct(LINE), paid(LINE, FULL), returned(LINE, day), instruct(LINE, day))
    assert (position(*life).stage, line_of(position(*life), LINE).instructed) == ("instructed", True)


def test_a_bank_line_without_an_order_or_for_an_unknown_line_is_a_finding() -> None:
    at = position(*approved(), paid(LINE, FULL))
    assert codes(at) == ["paid_not_instructed"]
    stray = position(*approved(), paid("nobody", "5.00"))
    assert codes(stray) == ["paid_line_unknown"]
    assert (stray.stage, line_of(stray, "nobody").owed) == ("adjusted", yuan("-5"))


def test_one_bank_line_is_booked_once() -> None:
    at = position(*approved(), instruct(LINE), paid(LINE, FULL), paid(LINE, FULL, PAID + timedelta(days=1)))
    assert (line_of(at, LINE).paid_amount, codes(at)) == (yuan(FULL), ["bank_line_twice"])


def test_a_payment_told_otherwise_than_under_the_lines_own_key_counts_for_nothing() -> None:
    own = paid(LINE, FULL)
    own = own.but(act_id=natural_act_id(own))
    for otherwise in (paid(LINE, "1.00"), paid(LINE, FULL, PAID - timedelta(days=1))):
        for told in ((own, otherwise), (otherwise, own)):
            at = position(*approved(), instruct(LINE), *told)
            assert (line_of(at, LINE).paid_amount, line_of(at, LINE).paid_on) == (yuan(FULL), PAID)
            assert [(one.code, one.about) for one in at.findings] == [("told_otherwise", otherwise.act_id)]


def test_a_payment_that_differs_from_the_order_is_a_finding_and_the_rest_stays_owed() -> None:
    at = position(*approved(), instruct(LINE), paid(LINE, "400000.00"))
    assert (at.stage, codes(at)) == ("instructed", ["paid_amount_differs"])
    assert line_of(at, LINE).owed == yuan("19568")


def test_a_tax_record_covers_only_what_was_paid_by_then() -> None:
    early = act("record_tax", PAID - timedelta(days=1), record=PAPER)
    assert position(*paid_out(), early).stage == "paid"
    assert position(*paid_out(), act("record_tax", RECORDED, record=PAPER)).stage == "tax_recorded"


def test_a_receipt_reversed_whole_before_any_order_cancels_and_leaves_no_money() -> None:
    at = position(*approved(), stands_on=surroundings(receipt("0")))
    assert (at.stage, at.lines, at.money, at.deadlines, at.ended) == ("cancelled", (), (), (), True)


def test_a_licence_that_never_stood_cancels_too() -> None:
    assert position(*approved(), stands_on=surroundings(licence_stands=False)).stage == "cancelled"
    assert position(determine(), stands_on=surroundings(licence_stands=False)).stage == "cancelled"


def test_a_receipt_reversed_in_part_before_any_order_is_determined_afresh() -> None:
    facts = recorded(approved(), surroundings())
    at = derive_payout(facts, surroundings(receipt("1000000")), CALENDAR)
    assert (at.stage, at.publicity_from, at.first_approved_by) == ("determined", None, None)
    assert line_of(at, LINE).amount == yuan("240000")


def test_a_cancellation_counts_only_where_nothing_is_owed() -> None:
    cancelled = act("cancel", APPROVED)
    at = position(*BEGUN, cancelled)
    assert (at.stage, codes(at)) == ("determined", ["cancelled_but_owed"])
    nothing = unit(rule("income", (UNIT, "institution", "100")), state_set=False)
    at = position(determine(), state(nothing), cancelled)
    assert at.stage == "cancelled"


def test_facts_of_another_unit_are_not_ours() -> None:
    other = USTC.but(unit=UUID(int=77))
    at = position(determine(), state(other))
    assert (at.stage, at.unknown, codes(at)) == ("waiting_for_facts", ("state_facts",), ["facts_of_another_unit"])


def test_the_later_statement_counts_and_of_one_day_the_one_that_leaves_less_to_ask() -> None:
    open_costs = act("state_facts", STATED, facts=unit(), costs={})
    answered = act("state_facts", STATED, facts=unit(), costs={"transaction_taxes": "0", "upkeep": "0", "direct": "0"})
    assert position(determine(), open_costs).unknown
    for order in ((open_costs, answered), (answered, open_costs)):
        assert position(determine(), *order).stage == "determined"
    later = state(EVEN, on=INSTRUCTED)
    assert position(determine(), later, state()).facts == EVEN
