"""What a settlement refuses."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from schemas.acts.settlement import SettlementAct
from schemas.values.actor import Actor, Role
from tests.rules.settlement.facts import Run, adjustment, seller
from tests.rules.settlement.people import (
    AUTHORITY,
    CLERK,
    COMPANY,
    FIRST,
    MARCH,
    OFFICER,
    OTHER_OFFICER,
    PAPER,
    SELLER,
    SHENZHEN,
    UNIVERSITY,
    code,
    line,
    receipt,
    with_scheme,
    yuan,
)

R1 = receipt("r1", "1000000", MARCH)
LINE = f"{code(UNIVERSITY)}:authority"


def called() -> Run:
    return Run(SELLER, 2025, R1).called()


def claimed() -> tuple[Run, SettlementAct]:
    run = called()
    claim = run.claim(line("r1"))
    return run.tell(claim), claim


def opening(run: Run, **fields: Any) -> SettlementAct:
    act: SettlementAct = run.open_year().but(**fields)
    return act


def test_a_settlement_is_of_a_scheme_that_says_something_of_the_year_and_has_its_own_name() -> None:
    run = Run(SELLER, 2024)
    assert run.refused(run.open_year()) == ["scheme_says_nothing"]
    run = Run("NO-SUCH-SCHEME", 2025)
    assert run.refused(run.open_year()) == ["scheme_unknown"]
    run = Run(SELLER, 2025)
    assert run.refused(opening(run, filing_id=UUID(int=1))) == ["settlement_misnamed"]


def test_officers_and_approvers_act_for_their_own_authority() -> None:
    run = Run(SELLER, 2025, R1).tell(Run(SELLER, 2025).open_year())
    other = Actor(role=Role.SCHEME_OFFICER, party_id=OFFICER, organisation_id=COMPANY)
    assert run.refused(run.call().but(by=other)) == ["other_authority"]
    assert run.refused(run.call().but(by=other.but(organisation_id=AUTHORITY))) == []
    mine = Actor(role=Role.SCHEME_OFFICER, party_id=OFFICER, organisation_id=COMPANY)
    assert run.refused(opening(run, by=mine)) == ["other_authority"]


def test_a_scheme_in_force_needs_no_activation_and_one_from_memory_does(monkeypatch: pytest.MonkeyPatch) -> None:
    run = Run(SELLER, 2025).tell(Run(SELLER, 2025).open_year())
    assert run.refused(run.activated()[0]) == ["activation_not_needed"]
    remembered = with_scheme(monkeypatch, "T-MEMORY", 'caps: [{per: year, amount: "100", mark: M}]')
    run = Run(remembered, 2025)
    run.tell(run.open_year())
    assert run.refused(run.call()) == ["activation_missing"]
    assert run.refused(run.activated()[0]) == []


def test_a_call_names_what_the_scheme_leaves_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    scheme = with_scheme(monkeypatch, "T-CALL", "budget: {when_short: pro_rata}")
    run = Run(scheme, 2025)
    run.tell(run.open_year())
    assert run.refused(run.call()) == ["budget_missing"]
    assert run.refused(run.call(budget=yuan("5"), last_claim_on=date(2026, 1, 9))) == ["last_claim_day_passed"]


def test_a_version_whose_amount_nobody_knows_is_never_called(monkeypatch: pytest.MonkeyPatch) -> None:
    scheme = with_scheme(monkeypatch, "T-UNKNOWN", "amount: null", "status: planned")
    run = Run(scheme, 2025)
    run.tell(run.open_year())
    assert run.refused(run.activated()[0]) == ["scheme_amount_unknown"]
    assert run.refused(run.call()) == ["scheme_amount_unknown", "activation_missing"]


def test_nothing_is_calculated_before_the_call_is_over_and_every_claim_is_decided() -> None:
    run, claim = claimed()
    assert run.refused(run.calculate(run.day(2, 28))) == ["call_not_over", "claims_undecided"]
    run.tell(run.accept(claim))
    assert run.refused(run.calculate()) == []


def test_a_list_is_published_approved_and_locked_as_it_stands_now_and_not_as_it_stood() -> None:
    run = seller(R1)
    published, seen = run.publish(), run.shown()
    run.tell(published)
    first, second = run.approvals()
    run.tell(first, second)
    lock = run.lock()
    run.knows(R1.but(amount=yuan("900000")))
    for act in (published, first.but(by=Actor(role=Role.FIRST_SCHEME_APPROVER, party_id=UUID(int=888))), lock):
        assert "preview_changed" in run.refused(act)
    run.tell(run.calculate())
    assert run.shown() != seen


def test_four_different_people_stand_behind_a_payment() -> None:
    run = seller(R1).tell(seller(R1).publish())
    first, second = run.approvals()
    early = first.but(on=run.day(3, 9))
    assert run.refused(early) == ["publicity_not_over"]
    assert run.refused(first.but(by=first.by.but(party_id=OFFICER))) == ["approver_prepared"]
    assert run.refused(first.but(by=first.by.but(party_id=CLERK))) == ["approver_benefits"]
    assert run.refused(first.but(by=first.by.but(organisation_id=UNIVERSITY))) == [
        "other_authority",
        "approver_benefits",
    ]
    assert run.refused(second) == ["first_approval_missing"]
    run.tell(first)
    assert run.refused(second.but(by=second.by.but(party_id=FIRST))) == ["approver_twice"]
    assert run.refused(first.but(by=first.by.but(party_id=OTHER_OFFICER))) == ["already_approved"]
    assert run.refused(second) == []


def test_objections_are_raised_inside_the_publicity_and_decided_once() -> None:
    run = seller(R1).tell(seller(R1).publish())
    assert run.refused(run.act("object", run.day(3, 10), objection=PAPER)) == ["objection_outside_period"]
    objection = run.act("object", run.day(3, 9), objection=PAPER)
    run.tell(objection)
    decision = run.act("decide_objection", run.day(3, 11), objection=objection.act_id, decision=PAPER)
    assert run.refused(decision.but(objection=UUID(int=3))) == ["no_such_objection"]
    run.tell(decision, run.act("countersign", run.day(3, 11), party=OTHER_OFFICER, countersigns=decision.act_id))
    assert run.refused(decision) == ["no_such_objection"]


def test_only_an_open_balance_is_demanded_back_and_by_three_people() -> None:
    run = seller(R1).locked()

    def demand(amount: str, role: Role = Role.SCHEME_OFFICER, party: UUID | None = None) -> SettlementAct:
        return run.act(
            "demand_back",
            run.day(6, 1),
            role=role,
            party=party,
            line=LINE,
            amount=yuan(amount),
            ground="no_next_run",
            decision=PAPER,
        )

    assert run.refused(demand("1")) == ["nothing_to_demand"]
    run.knows(R1.but(amount=yuan("0")))
    assert run.refused(demand("20000.01")) == ["nothing_to_demand"]
    run.tell(demand("20000"))
    assert run.refused(demand("20000", Role.FIRST_SCHEME_APPROVER, OFFICER)) == ["demanded_by_same_person"]
    run.tell(demand("20000", Role.FIRST_SCHEME_APPROVER))
    assert str(adjustment(run).open_amount) == "-20000.00"
    run.tell(demand("20000", Role.SECOND_SCHEME_APPROVER))
    assert (str(adjustment(run).open_amount), str(adjustment(run).demanded)) == ("0.00", "20000.00")
    assert [one.what for one in run.position.tasks][-1:] == ["recover"]


def test_what_was_got_by_fraud_is_demanded_back_whole_and_owed_no_more_whatever_the_receipts_say() -> None:
    run = seller(R1).locked()
    run.tell(run.pay(LINE, "20000"))

    def demand(amount: str, role: Role = Role.SCHEME_OFFICER) -> SettlementAct:
        return run.act(
            "demand_back", run.day(6, 1), role=role, line=LINE, amount=yuan(amount), ground="fraud", decision=PAPER
        )

    assert run.refused(demand("20000.01")) == ["nothing_to_demand"]
    for role in (Role.SCHEME_OFFICER, Role.FIRST_SCHEME_APPROVER, Role.SECOND_SCHEME_APPROVER):
        assert run.refused(demand("20000", role)) == []
        run.tell(demand("20000", role))
    assert run.refused(demand("1")) == ["nothing_to_demand"]
    run.knows(R1.but(amount=yuan("0")))
    assert str(adjustment(run).open_amount) == "0.00"  # it is not taken a second time
    back = run.act("recovered", run.day(7, 1), line=LINE, amount=yuan("20000"), bank_serial="b")
    assert run.tell(back).position.findings == ()
    assert (run.position.stage, run.position.ended) == ("paid", True)
    more = run.act("recovered", run.day(7, 2), line=LINE, amount=yuan("1"), bank_serial="c")
    assert {one.code for one in run.tell(more).position.findings} == {"recovered_not_demanded"}


def test_what_is_taken_over_as_paid_says_what_was_paid() -> None:
    run = Run(SHENZHEN, 2025)
    act = run.act("take_over", run.day(6, 1), stage="paid", authority=AUTHORITY, scheme=SHENZHEN, year=2025)
    assert run.refused(act) == ["settled_lines_missing"]
    assert run.refused(act.but(stage="nowhere")) == ["settlement_stage_unknown"]


def test_treasury_and_bank_are_never_refused_for_law_and_what_contradicts_is_a_finding() -> None:
    run = seller(R1)
    early = run.pay(LINE, "20000", "early", run.day(3, 3))
    unknown = run.pay("x:authority", "5", "unknown", run.day(5, 2))
    wrong, twice = run.pay(LINE, "7", "wrong", run.day(5, 3)), run.pay(LINE, "20000", "unknown", run.day(5, 4))
    back = run.act("returned", run.day(5, 5), line=LINE, bank_serial="nobody")
    run.tell(early).locked()
    for act in (unknown, wrong, twice, back):
        assert run.refused(act) == []
        run.tell(act)
    assert sorted({one.code for one in run.position.findings}) == [
        "bank_line_twice",
        "paid_before_lock",
        "paid_line_unknown",
        "paid_twice",
        "returned_without_payment",
    ]
