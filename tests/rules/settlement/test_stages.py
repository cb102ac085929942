"""A settlement from the opening of its year to the money, stage by stage."""

from datetime import date
from uuid import UUID

import pytest

from schemas.acts.settlement import SettlementAct
from schemas.lifecycle.row import SAME
from schemas.lifecycle.settlement import SETTLEMENT
from schemas.lifecycle.table import check
from schemas.standing.surroundings import Beneficiary, SettlementSurroundings
from schemas.values.actor import Role
from schemas.values.determination import MOST_STEPS_TRAVELLING, travelling
from tests.rules.settlement.facts import Run, claim_of, given, paid, seller
from tests.rules.settlement.people import (
    MARCH,
    OFFICER,
    OTHER_OFFICER,
    PAPER,
    SELLER,
    SHENZHEN,
    UNIVERSITY,
    code,
    line,
    number,
    receipt,
    with_scheme,
    yuan,
)

LINE = f"{code(UNIVERSITY)}:authority"


def shenzhen() -> Run:
    return Run(SHENZHEN, 2025, receipt("r1", "874000", MARCH))


def keys(run: Run) -> list[str]:
    return [one.what for one in run.position.tasks if one.closed_on is None]


def test_a_settlement_goes_from_the_opening_of_its_year_to_the_money_without_a_refusal() -> None:
    run = shenzhen()

    def done(one: SettlementAct) -> None:
        stage = run.position.stage if run.facts else "-"
        assert run.refused(one) == []
        assert check(SETTLEMENT, stage, {}, one.kind, one.by.role) is None
        to = {place for row in SETTLEMENT.rows_of(one.kind) for place in row.to}
        assert run.tell(one).position.stage in (to if SAME not in to else {stage})

    done(run.open_year())
    for one in run.activated():
        done(one)
    done(run.call())
    claim = run.claim(line("r1"), region="guangdong.shenzhen")
    done(claim)
    done(run.accept(claim))
    done(run.calculate())
    done(run.publish())
    for one in run.approvals():
        done(one)
    done(run.lock())
    done(run.pay(LINE, "43700"))
    assert (run.position.stage, run.position.ended, run.position.tasks) == ("paid", True, ())


def test_what_is_to_be_done_is_somebodys_task_at_every_stage() -> None:
    run = shenzhen().tell(shenzhen().open_year())
    found = [keys(run)]
    run.tell(*run.activated())
    found.append(keys(run))
    claim = run.claim(line("r1"), region="guangdong.shenzhen")
    run.tell(run.call(), claim)
    found.append(keys(run))
    run.tell(run.accept(claim), run.act("pass_day", run.day(2, 28)))
    found.append(keys(run))
    run.tell(run.calculate())
    found.append(keys(run))
    run.tell(run.publish(), run.act("pass_day", run.day(3, 19)))
    found.append(keys(run))
    first, second = run.approvals()
    run.tell(first)
    found.append(keys(run))
    run.tell(second)
    found.append(keys(run))
    run.tell(run.lock())
    found.append(keys(run))
    assert found == [
        ["activate_scheme"],
        ["call_for_claims"],
        ["decide_claim"],
        ["calculate"],
        ["publish_list"],
        ["approve_list"],
        ["approve_list"],
        ["lock_list"],
        ["pay_subsidy"],
    ]


def test_one_person_activates_nothing_and_one_who_signs_twice_neither() -> None:
    run = shenzhen()
    first, second = run.activated()
    assert run.tell(run.open_year(), first).position.stage == "open"
    same = second.but(by=second.by.but(party_id=first.by.party_id))
    assert run.refused(same) == ["activated_by_same_person"]
    assert run.refused(run.call()) == ["activation_missing"]
    assert run.tell(second).position.stage == "activated"
    assert len(run.position.activated_by) == 2


def test_the_last_claim_day_and_the_end_of_the_publicity_are_deadlines_of_their_own_kind() -> None:
    run = Run(SELLER, 2025, receipt("r1", "1000000", MARCH)).called()
    (last,) = run.position.deadlines
    assert (last.key, last.by, last.basis) == ("last_claim_day", date(2026, 2, 28), "legal")
    run.accepted(run.claim(line("r1"))).tell(run.publish())
    (end,) = run.position.deadlines
    # The call of 2026-03 names no days of publicity: five working days of the platform's own (R6).
    assert (end.key, end.by, end.basis) == ("publicity_end", date(2026, 3, 9), "service")


def test_changed_amounts_fall_back_to_a_new_calculation_until_the_lock_and_never_after_it() -> None:
    run = seller(receipt("r1", "1000000", MARCH))
    run.tell(run.publish(), *run.approvals())
    assert run.position.stage == "approved"
    seen = run.shown()
    run.knows(receipt("r1", "900000", MARCH))
    assert (run.position.stage, run.shown() != seen) == ("called", True)
    run.knows(receipt("r1", "1000000", MARCH))
    assert (run.position.stage, run.shown()) == ("approved", seen)  # what was approved is true again
    run.tell(run.lock()).knows(receipt("r1", "900000", MARCH))
    assert (run.position.stage, run.shown()) == ("locked", seen)


def test_an_objection_stops_the_approvals_until_two_officers_have_decided_it() -> None:
    run = seller(receipt("r1", "1000000", MARCH))
    run.tell(run.publish())
    objection = run.act("object", run.day(3, 4), objection=PAPER)
    assert run.tell(objection).position.stage == "objected"
    decision = run.act("decide_objection", run.day(3, 6), objection=objection.act_id, decision=PAPER)
    assert run.tell(decision).position.stage == "objected"
    run.tell(run.act("countersign", run.day(3, 7), party=OTHER_OFFICER, countersigns=decision.act_id))
    assert run.position.stage == "publicity"
    assert OFFICER in run.position.prepared_by


def test_a_claim_is_recommended_where_the_scheme_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    scheme = with_scheme(monkeypatch, "T-DISTRICT", "recommended_by_district: true")
    run = Run(scheme, 2025, receipt("r1", "1000", MARCH)).called()
    claim = run.claim(line("r1"))
    run.tell(claim)
    assert keys(run) == ["recommend_claim"]
    assert run.refused(run.accept(claim)) == ["recommendation_missing"]
    yes = run.act("recommend", run.day(2, 5), claim=claim.act_id)
    assert paid(run.tell(yes, run.accept(claim), run.calculate())) == ["100.00"]
    no = run.act("decline", run.day(3, 3), claim=claim.act_id, reason="no plant")
    assert (claim_of(run.tell(no)).state, paid(run)) == ("declined", [])


def test_a_held_line_is_reserved_and_the_other_lines_of_its_claim_are_paid() -> None:
    run = Run(SELLER, 2025, receipt("r1", "1000000", MARCH), receipt("r2", "500000", MARCH)).called()
    claim = run.claim(line("r1"), line("r2"))
    run.tell(claim, run.accept(claim), run.hold(claim, "r2"), run.calculate())
    assert (given(run), claim_of(run).state) == (("20000.00", "10000.00"), "held")
    run.tell(run.accept(claim, "r2"), run.calculate())
    assert (given(run), claim_of(run).state) == (("30000.00", "0.00"), "accepted")


def test_a_supplemented_line_has_to_be_decided_anew_and_the_others_stay_decided() -> None:
    run = Run(SELLER, 2025, receipt("r1", "1000000", MARCH), receipt("r2", "500000", MARCH)).called()
    claim = run.claim(line("r1"), line("r2"))
    run.tell(claim, run.accept(claim))
    fields = claim.model_dump(include={"claimant", "credit_code", "facts", "not_related", "exploited"})
    changed = run.act(
        "supplement_claim",
        run.day(2, 12),
        claim=claim.act_id,
        lines=(line("r1"), {**line("r2"), "evidence": [PAPER, "b" * 64]}),
        **fields,
    )
    run.tell(changed)
    assert {one.key: one.state for one in claim_of(run).lines} == {
        str(number("r1")): "accepted",
        str(number("r2")): "undecided",
    }
    assert run.refused(run.calculate()) == ["claims_undecided"]


def test_a_claim_from_outside_the_platform_counts_with_what_it_states() -> None:
    run = Run(SELLER, 2025).called()
    item = {
        "item_id": "contract 7",
        "received": "300000.00",
        "received_on": "2025-05-05",
        "contract_kind": "transfer",
        "registered": "yes",
        "counterparty_kind": "enterprise",
        "counterparty_region": "hubei.wuhan",
        "technology_transaction_amount": "300000.00",
    }
    run.accepted(run.claim({"stated": item, "evidence": [PAPER]}))
    assert paid(run) == ["6000.00"]


def test_money_for_a_line_that_no_list_has_is_seen_and_goes_back() -> None:
    for stray in (f"{code(UNIVERSITY)}:county", "subsidy of the year"):
        run = seller(receipt("r1", "1200000", MARCH)).locked()
        run.tell(run.pay(f"{code(UNIVERSITY)}:authority", "24000.00"), run.pay(stray, "50.00", serial="2"))
        assert {one.key: str(one.overpaid) for one in run.position.lines}[stray] == "50.00"
        assert [one.code for one in run.position.findings] == ["paid_line_unknown"]
        assert {one.key: str(one.amount) for one in run.position.adjustments} == {stray: "-50.00"}


def test_a_condition_of_which_nobody_knows_holds_the_line_and_is_never_taken_as_no() -> None:
    run = Run(SELLER, 2025, receipt("r1", "1000000", MARCH)).called()
    claim = run.claim({"receipt_id": str(number("r1")), "evidence": [PAPER]})
    run.accepted(claim)
    assert (given(run), claim_of(run).state) == (("0.00", "20000.00"), "held")
    assert claim_of(run).because == (
        "call of March 2026, technology provider: counterparty_kind is enterprise; counterparty_kind is not known; "
        "call of March 2026, technology provider: counterparty_region within hubei.wuhan; "
        "counterparty_region is not known"
    )


def test_an_amount_that_nobody_stated_is_asked_for_since_nobody_can_reserve_it() -> None:
    run = Run(SELLER, 2025).called()
    item = {"item_id": "7", "received_on": "2025-05-05", "contract_kind": "transfer", "registered": "yes"}
    stated = {**item, "counterparty_kind": "enterprise", "counterparty_region": "hubei.wuhan"}
    claim = run.claim({"stated": stated, "evidence": [PAPER]})
    run.tell(claim, run.accept(claim))
    assert run.refused(run.calculate()) == ["subsidy_unknown"]
    assert [one.rsplit(".", 1)[-1] for one in run.position.unknown] == ["received"]
    assert (run.position.preview_hash, paid(run)) == (None, [])


def test_a_scheme_that_needs_no_claim_asks_for_what_the_platform_does_not_know_and_hears_whoever_claims(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scheme = with_scheme(
        monkeypatch,
        "T-NO-CLAIM",
        "application: automatic",
        "application_cite: {provision: art. 2, instrument: rules of these tests}",
        "claimant: [{fact: kind, one_of: [university]}]",
    )
    run = Run(scheme, 2025).called()
    known = (receipt("r1", "1000", MARCH), receipt("r2", "900", date(2026, 5, 5)))
    run.surroundings = SettlementSurroundings(receipts=known)
    assert run.position.unknown == (f"beneficiaries.{UNIVERSITY}.credit_code",)
    mine = Beneficiary(party=UNIVERSITY, credit_code=code(UNIVERSITY))
    run.surroundings = SettlementSurroundings(receipts=known, beneficiaries=(mine,))
    assert given(run) == ("0.00", "100.00")
    assert claim_of(run).because == "art. 1: kind is university; kind is not known"
    run.surroundings = SettlementSurroundings(receipts=known, beneficiaries=(mine.but(kind="university"),))
    assert paid(run) == ["100.00"]
    run.surroundings = SettlementSurroundings(receipts=known, beneficiaries=(mine,))
    run.accepted(run.claim(line("r1")))
    assert paid(run) == ["100.00"]


def test_a_settlement_that_was_made_elsewhere_is_taken_over_with_what_was_paid() -> None:
    run = Run(SELLER, 2025)
    lines = (
        {
            "claimant": UNIVERSITY,
            "credit_code": code(UNIVERSITY),
            "payer": "authority",
            "amount": yuan("100"),
            "paid_on": run.day(5, 4),
        },
    )
    act = run.act(
        "take_over", run.day(6, 1), stage="paid", authority=UUID(int=201), scheme=SELLER, year=2025, paid_lines=lines
    )
    assert run.refused(act) == []
    assert run.tell(act).position.stage == "-"
    run.tell(run.act("countersign", run.day(6, 2), role=Role.OPERATOR, party=OTHER_OFFICER, countersigns=act.act_id))
    assert (run.position.stage, run.position.ended, len(run.position.money)) == ("paid", True, 2)


def test_of_a_very_long_list_the_answer_carries_the_results_and_the_log_the_trace() -> None:
    run = seller(receipt("r1", "1000000", MARCH))
    made = next(fact.made.determinations for fact in run.facts if fact.made.determinations)
    assert travelling(made) == made
    long = made[0].but(steps=made[0].steps * (MOST_STEPS_TRAVELLING // len(made[0].steps) + 1))
    (carried,) = travelling((long,))
    assert (carried.steps, carried.inputs, carried.result) == ((), {}, made[0].result)
