"""What a payout refuses, and what it warns of."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from rules.filing.scene import Verdict
from rules.payout.position import determinations_made
from schemas.acts.payout import PayoutAct
from schemas.lifecycle.payout import PAYOUT
from schemas.lifecycle.table import check
from schemas.statements.remuneration import Costs, Part
from schemas.values.actor import Actor, Role
from tests.rules.payout.facts import (
    APPROVED,
    CLERK,
    FIRST,
    INSTRUCTED,
    LAST_DAY,
    LICENCE,
    PAID,
    PUBLISHED,
    RECORDED,
    SECOND,
    STATED,
    USTC,
    act,
    approvals,
    approved,
    asked,
    determine,
    hash_of,
    instruct,
    paid,
    paid_out,
    position,
    publish,
    receipt,
    refused,
    returned,
    state,
    surroundings,
    warned,
)
from tests.rules.remuneration.facts import P1, P2, PAPER, TEAM, UNIT, completer, costs, rule, signed, unit

LINE = f"member:{P1}"
BEGUN = (determine(), state())
SHOWN = hash_of(*BEGUN)
DURING = PUBLISHED + timedelta(days=2)
EVEN = unit(rule("income", (TEAM, "team", "100"), team=((P1, "50"), (P2, "50"))))


def approve(on: date = APPROVED, **fields: Any) -> PayoutAct:
    return act("approve", on, **{"amounts_hash": SHOWN, **fields})


def test_a_payout_goes_from_receipt_to_tax_record_without_a_refusal() -> None:
    life: list[PayoutAct] = []
    for one in (*paid_out(), act("record_tax", RECORDED, record=PAPER)):
        verdict = asked(one, *life)
        warned = ["relief_notice_longer"] if one.kind == "publish" else []
        assert (verdict.refusals, [one.code for one in verdict.warnings]) == ((), warned)
        before = position(*life).stage if life else "-"
        assert check(PAYOUT, before, {}, one.kind, one.by.role) is None
        life.append(one)
        to = next(row.to for row in PAYOUT.rows_of(one.kind))
        assert position(*life).stage in to


def test_only_a_receipt_of_the_licence_begins_a_payout() -> None:
    assert refused(determine("r9")) == ["receipt_not_of_licence"]
    assert refused(determine("grant")) == []


def test_a_unit_states_its_own_facts() -> None:
    assert refused(state(USTC.but(unit=UUID(int=77))), determine()) == ["facts_of_another_unit"]


def test_a_second_statement_of_the_day_is_taken_only_where_it_answers_what_the_first_left_open() -> None:
    open_costs = act("state_facts", STATED, facts=unit(), costs=Costs())
    assert refused(state(unit()), determine(), open_costs) == []
    either = [refused(state(EVEN), determine(), state()), refused(state(), determine(), state(EVEN))]
    assert sorted(either) == [[], ["facts_stated_that_day"]]
    assert refused(state(EVEN, on=STATED + timedelta(days=1)), determine(), state()) == []


def test_shares_below_a_regional_minimum_are_refused() -> None:
    low = signed(completer(P1, "60", Part.MAIN_CONTRIBUTOR), completer(P2, "40", Part.TRANSFER_STAFF))
    stated = unit(region="zhejiang", contributions=low)
    assert refused(state(stated), determine()) == ["main_contributors_below_minimum"]


def test_nothing_is_published_while_amounts_are_unknown_or_zero() -> None:
    assert refused(publish(), determine()) == ["amounts_unknown"]
    nothing = unit(rule("income", (UNIT, "institution", "100")), state_set=False)
    assert refused(publish(), determine(), state(nothing)) == ["nothing_to_pay"]


def test_a_leader_marked_in_the_publicity_is_among_the_beneficiaries() -> None:
    assert refused(publish(leaders=(P1,)), *BEGUN) == []
    assert refused(publish(leaders=(SECOND,)), *BEGUN) == ["leader_not_listed"]


def test_only_finance_publishes_and_only_what_is_determined() -> None:
    for stage, role, code in (
        ("determined", Role.INVENTOR, "role_not_allowed"),
        ("publicity", Role.FINANCE, "act_not_allowed_now"),
    ):
        refusal = check(PAYOUT, stage, {}, "publish", role)
        assert refusal is not None
        assert refusal.code == code


@pytest.mark.parametrize(
    ("on", "codes"),
    [
        (PUBLISHED, []),
        (LAST_DAY, []),
        (LAST_DAY + timedelta(days=1), ["objection_outside_period"]),
        (PUBLISHED - timedelta(days=1), ["objection_outside_period"]),
    ],
)
def test_an_objection_is_raised_inside_the_period(on: date, codes: list[str]) -> None:
    assert refused(act("object", on, objection=PAPER, party=P2), *BEGUN, publish()) == codes


def test_the_committee_decides_an_open_objection_once() -> None:
    raised = act("object", DURING, objection=PAPER, party=P2)
    decision = act("decide", DURING, objection=raised.act_id, decision=PAPER)
    assert refused(decision, *BEGUN, publish()) == ["no_such_objection"]
    assert refused(decision, *BEGUN, publish(), raised) == []
    again = act("decide", LAST_DAY, objection=raised.act_id, decision=PAPER)
    assert refused(again, *BEGUN, publish(), raised, decision) == ["no_such_objection"]


def test_the_first_day_of_approval_is_the_day_after_publicity() -> None:
    assert refused(approve(LAST_DAY), *BEGUN, publish()) == ["publicity_not_over"]
    assert refused(approve(LAST_DAY + timedelta(days=1)), *BEGUN, publish()) == []
    assert refused(approve(), *BEGUN) == ["not_published"]


def test_nobody_approves_while_an_objection_is_open() -> None:
    raised = act("object", DURING, objection=PAPER, party=P2)
    assert refused(approve(), *BEGUN, publish(), raised) == ["objection_open"]


def test_an_approver_who_saw_other_amounts_is_told() -> None:
    assert refused(approve(amounts_hash="0" * 64), *BEGUN, publish()) == ["amounts_changed"]


@pytest.mark.parametrize(("party", "code"), [(CLERK, "approver_prepared"), (P1, "approver_benefits")])
def test_an_approver_neither_prepared_nor_benefits(party: UUID, code: str) -> None:
    assert refused(approve(party=party), *BEGUN, publish()) == [code]


def test_nobody_approves_while_a_publicity_in_working_days_lasts() -> None:
    shown = publish(date(2025, 3, 11), days=15, days_counted="working_days")
    assert refused(approve(date(2025, 4, 1)), *BEGUN, shown) == ["publicity_not_over"]
    assert refused(approve(date(2025, 4, 2)), *BEGUN, shown) == []


def test_who_published_but_stated_nothing_prepared_too() -> None:
    other = UUID(int=110)
    life = (*BEGUN, publish(party=other))
    assert refused(approve(party=other), *life) == ["approver_prepared"]


def test_the_second_approver_follows_the_first_and_is_another_person() -> None:
    first, second = approvals(SHOWN)
    assert refused(second, *BEGUN, publish()) == ["first_approval_missing"]
    assert refused(second, *BEGUN, publish(), first) == []
    assert refused(approve(role=Role.SECOND_APPROVER, party=FIRST), *BEGUN, publish(), first) == ["approver_twice"]
    assert refused(approve(party=UUID(int=111)), *BEGUN, publish(), first) == ["already_approved"]


def test_people_of_another_organisation_do_not_act_for_the_unit() -> None:
    by = Actor(role=Role.FIRST_APPROVER, party_id=FIRST, organisation_id=LICENCE)
    assert refused(approve().but(by=by), *BEGUN, publish()) == ["other_organisation"]
    ours = by.but(organisation_id=UNIT)
    assert refused(approve().but(by=ours), *BEGUN, publish()) == []


def test_only_an_approved_payable_line_is_ordered_and_only_once() -> None:
    assert refused(instruct(LINE), *BEGUN, publish()) == ["not_approved"]
    assert refused(instruct("member:nobody"), *approved()) == ["line_unknown"]
    assert refused(instruct("team"), *approved()) == ["line_not_payable"]
    assert refused(instruct("undistributed_team"), *approved()) == ["line_not_payable"]
    again = instruct(LINE, INSTRUCTED + timedelta(days=9))
    assert refused(again, *approved(), instruct(LINE)) == ["already_instructed"]
    assert refused(again, *approved(), instruct(LINE), paid(LINE, "419568.00")) == ["nothing_owed"]
    back = returned(LINE, PAID + timedelta(days=1))
    assert refused(again, *approved(), instruct(LINE), paid(LINE, "419568.00"), back) == []


def test_paying_before_the_registration_needs_a_note_and_warns() -> None:
    open_contract = surroundings(contract_registered=False)
    assert refused(instruct(LINE), *approved(), stands_on=open_contract) == ["registration_note_missing"]
    noted = instruct(LINE, before_registration_note=PAPER)
    assert refused(noted, *approved(), stands_on=open_contract) == []
    assert warned(noted, *approved(), stands_on=open_contract) == ["paid_before_registration"]


def test_paying_after_the_tax_window_warns() -> None:
    assert warned(instruct(LINE, date(2028, 3, 3)), *approved()) == []
    assert warned(instruct(LINE, date(2028, 3, 4)), *approved()) == ["tax_window_over"]


def test_what_the_bank_says_is_never_refused() -> None:
    for fact in (paid("nobody", "1.00"), paid(LINE, "1.00"), returned(LINE, PAID)):
        assert asked(fact, *BEGUN) == Verdict()


def test_a_tax_record_needs_a_payment() -> None:
    assert refused(act("record_tax", RECORDED, record=PAPER), *approved()) == ["record_before_payment"]
    assert refused(act("record_tax", PAID, record=PAPER), *paid_out()) == []


def test_nobody_cancels_what_inventors_are_owed() -> None:
    cancelled = act("cancel", APPROVED)
    assert refused(cancelled, *BEGUN) == ["cancel_without_ground"]
    assert refused(cancelled, determine()) == ["cancel_without_ground"]
    nothing = unit(rule("income", (UNIT, "institution", "100")), state_set=False)
    assert refused(cancelled, determine(), state(nothing)) == []


def test_cancelling_is_over_once_payment_is_ordered() -> None:
    refusal = check(PAYOUT, "instructed", {}, "cancel", Role.FINANCE)
    assert refusal is not None
    assert refusal.code == "act_not_allowed_now"


def test_only_a_negative_line_is_decided_and_never_by_who_benefits_or_while_the_end_is_provisional() -> None:
    def adjust(line: str, **fields: Any) -> PayoutAct:
        return act("adjust", RECORDED, line=line, decision="leave", paper=PAPER, **fields)

    smaller = surroundings(receipt("1000000"))
    assert refused(adjust(LINE), *paid_out()) == ["line_not_negative"]
    assert refused(adjust("nobody"), *paid_out()) == ["line_unknown"]
    assert refused(adjust(LINE), *paid_out(), stands_on=smaller) == []
    assert refused(adjust(LINE, party=P2), *paid_out(), stands_on=smaller) == ["approver_benefits"]
    frozen = smaller.but(provisional=True)
    assert refused(adjust(LINE), *paid_out(), stands_on=frozen) == ["frozen_while_provisional"]


def test_who_benefits_does_not_countersign_the_decision_about_a_negative_line_either() -> None:
    smaller = surroundings(receipt("1000000"))
    decision = act("adjust", RECORDED, line=LINE, decision="leave", paper=PAPER)
    for party, codes in ((P2, ["approver_benefits"]), (SECOND, [])):
        second = act("countersign", RECORDED, party=party, countersigns=decision.act_id)
        assert refused(second, *paid_out(), decision, stands_on=smaller) == codes


def test_a_take_over_names_a_stage_of_ours_and_what_was_paid() -> None:
    def take_over(stage: str) -> PayoutAct:
        return act("take_over", RECORDED, stage=stage, parent_id=LICENCE, unit=UNIT, subject="r1", paid_lines=())

    assert refused(take_over("finished")) == ["payout_stage_unknown"]
    assert refused(take_over("paid")) == ["paid_lines_missing"]
    assert refused(take_over("waiting_for_facts")) == []


def test_a_fact_keeps_the_determination_it_made_or_showed_and_no_other() -> None:
    begun, stated, shown = position(determine()), position(*BEGUN), position(*BEGUN, publish())
    assert determinations_made(None, begun) == ()
    assert determinations_made(begun, stated) == (stated.determination,)
    assert determinations_made(stated, shown) == (shown.determination,)
    once = position(*approved()[:-1])
    assert determinations_made(shown, once) == ()
    more_costs = position(determine(), state(unit(), costs("100")))
    assert determinations_made(stated, more_costs) == (more_costs.determination,)
