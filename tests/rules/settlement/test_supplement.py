"""What was held at the lock is paid from the reserve of its own year, by lists that are approved and locked again."""

from datetime import date
from typing import Any

import pytest

from schemas.acts.settlement import SettlementAct
from schemas.standing.settlement import SupplementState
from schemas.standing.surroundings import OwnerView
from schemas.values.actor import Role
from schemas.values.determination import Answer3
from tests.rules.settlement.facts import (
    Run,
    adjusted,
    approvals,
    claim_of,
    names_of,
    paid,
    pending,
    seller,
    supplemented,
)
from tests.rules.settlement.people import (
    BUYER,
    COMPANY,
    FIRST,
    MARCH,
    OFFICER,
    PAPER,
    SECOND,
    SELLER,
    UNIVERSITY,
    code,
    line,
    receipt,
    with_scheme,
    yuan,
)

PENDING: dict[str, Any] = {"registered": Answer3.NO, "registered_not_yet": True, "registered_on": None}
OPEN: dict[str, Any] = {**PENDING, "registered_class": None, "registered_amount": None}


def shared(monkeypatch: pytest.MonkeyPatch, *clauses: str) -> tuple[Run, SettlementAct]:
    """150.00 for claims of 100.00 and 200.00, of which the second is held; locked."""
    scheme = with_scheme(monkeypatch, "T-BUDGET", "budget: {when_short: pro_rata}", *clauses)
    receipts = (receipt("r1", "1000", MARCH), receipt("r2", "2000", MARCH, licensors=(OwnerView(party_id=SECOND),)))
    run = Run(scheme, 2025, *receipts).called(budget=yuan("150"))
    mine, held = run.claim(line("r1")), run.claim(line("r2"), who=SECOND)
    return run.tell(mine, held, run.accept(mine), run.hold(held), run.calculate()).locked(), held


def amounts(one: SupplementState) -> list[str]:
    return [str(line.amount) for line in one.lines]


def whats(run: Run) -> list[str]:
    return [one.what for one in run.position.tasks if one.closed_on is None and one.role is not Role.TREASURY]


def test_what_was_held_is_accepted_after_the_lock_and_paid_by_a_list_with_its_own_two_approvals(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run, held = shared(monkeypatch)
    assert (run.position.tracks.supplement, run.position.supplement) == ("none", None)
    assert run.refused(run.accept(held)) == []
    run.tell(run.accept(held))
    assert (run.position.tracks.supplement, amounts(pending(run)), whats(run)) == (
        "due",
        ["100.00"],
        ["calculate_supplement"],
    )
    supplemented(run)
    position = run.position
    assert (position.tracks.supplement, position.supplement, position.adjustments) == ("locked", None, ())
    (locked,) = position.supplements
    assert (locked.number, locked.locked_on, locked.first_approved_by) == (1, run.day(5, 3), FIRST)
    assert sorted(paid(run)) == ["100.00", "50.00"]
    run.tell(run.pay(f"{code(UNIVERSITY)}:authority", "50.00", "1"))
    assert (run.position.stage, run.position.ended) == ("paying", False)
    run.tell(run.pay(f"{code(SECOND)}:authority", "100.00", "2", on=run.day(5, 20)))
    assert (run.position.stage, run.position.ended, run.position.findings) == ("paid", True, ())


def test_each_step_of_a_supplementary_list_is_somebodys_task(monkeypatch: pytest.MonkeyPatch) -> None:
    run, held = shared(monkeypatch)
    run.tell(run.accept(held), run.calculate(run.day(5, 1)))
    found = [whats(run)]
    for one in approvals(run, run.day(5, 2)):
        run.tell(one)
        found.append(whats(run))
    assert found == [["approve_list"], ["approve_list"], ["lock_list"]]


def test_a_claim_that_was_held_for_a_paper_is_supplemented_and_accepted_after_the_lock() -> None:
    run = Run(SELLER, 2025, receipt("r1", "1000000", MARCH), receipt("r2", "500000", MARCH)).called()
    without = {**line("r2"), "evidence": []}
    claim = run.claim(line("r1"), without)
    run.tell(claim, run.accept(claim, "r1"), run.hold(claim, "r2"), run.calculate()).locked()
    assert paid(run) == ["20000.00"]
    assert run.refused(run.accept(claim, "r2")) == ["claim_evidence_missing"]
    fields = claim.model_dump(include={"claimant", "credit_code", "facts", "not_related", "exploited"})

    def supplement(*lines: dict[str, Any], **changes: Any) -> SettlementAct:
        return run.act("supplement_claim", run.day(4, 1), claim=claim.act_id, lines=lines, **{**fields, **changes})

    assert run.refused(supplement({**line("r1"), "evidence": []}, line("r2"))) == ["claim_settled"]
    assert run.refused(supplement(line("r2"))) == ["claim_settled"]
    run.tell(supplement(line("r1"), line("r2")))
    assert (whats(run), paid(run), run.position.ended) == (["decide_claim"], ["20000.00"], False)
    assert run.refused(run.accept(claim)) == []
    run.tell(run.accept(claim, "r2"))
    assert amounts(pending(run)) == ["10000.00"]
    assert paid(supplemented(run)) == ["30000.00"]


def test_what_is_held_again_after_the_lock_waits_and_what_was_settled_cannot_be_held() -> None:
    run = seller(receipt("r1", "1000000", MARCH), receipt("r2", "500000", MARCH))
    (claim,) = [fact.act for fact in run.facts if fact.act.kind == "submit_claim"]
    run.tell(run.hold(claim, "r2"), run.calculate(run.day(3, 2))).locked()
    assert run.refused(run.hold(claim, "r2")) == []
    assert run.refused(run.hold(claim, "r1")) == ["claim_settled"]
    assert run.refused(run.reject(claim)) == ["claim_settled"]


def test_a_registration_that_comes_after_the_lock_is_paid_for_what_was_registered() -> None:
    run = seller(receipt("r1", "1200000", MARCH, contract_registered_amount=None, **OPEN)).locked()
    assert (paid(run), str(claim_of(run).reserved)) == ([], "24000.00")
    run.knows(receipt("r1", "1200000", MARCH, registered_amount=yuan("800000"), registered_on=run.day(4, 1)))
    assert amounts(pending(run)) == ["16000.00"]
    supplemented(run)
    assert (paid(run), run.position.adjustments, str(claim_of(run).reserved)) == (["16000.00"], (), "8000.00")


def test_a_registration_that_is_refused_after_the_lock_leaves_the_reserve_unspent() -> None:
    run = seller(receipt("r1", "1200000", MARCH, contract_registered_amount=None, **OPEN)).locked()
    run.knows(receipt("r1", "1200000", MARCH, **{**OPEN, "registered_not_yet": False}))
    position = run.position
    assert (claim_of(run).state, position.supplement, position.adjustments) == ("rejected", None, ())
    assert "nothing_freed" in run.refused(run.calculate(run.day(5, 1)))


def test_a_supplementary_list_is_shown_where_the_scheme_names_days_of_publicity(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run, held = shared(monkeypatch, "publicity_days: 10")
    run.tell(run.accept(held), run.calculate(run.day(5, 1)))
    first, _ = approvals(run, run.day(5, 2))
    assert (whats(run), run.refused(first)) == (["publish_list"], ["not_published"])
    shown = pending(run).preview_hash
    run.tell(run.act("publish", run.day(5, 2), notice=PAPER, preview_hash=shown))
    assert [(one.key, one.by) for one in run.position.deadlines] == [("publicity_end:supplement:1", run.day(5, 12))]
    early, late = approvals(run, run.day(5, 12)), approvals(run, run.day(5, 13))
    assert run.refused(early[0]) == ["publicity_not_over"]
    objection = run.act("object", run.day(5, 8), objection=PAPER)
    assert run.refused(objection) == []
    assert run.refused(late[0]) == []
    assert run.tell(objection).position.tracks.supplement == "objected"
    assert "objection_open" in run.refused(late[0])


def test_who_prepared_or_signed_already_does_not_approve_and_a_hash_of_another_list_counts_for_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run, held = shared(monkeypatch)
    main = run.shown()
    run.tell(run.accept(held), run.calculate(run.day(5, 1)))
    first, second = approvals(run, run.day(5, 2))
    assert run.refused(first.but(preview_hash=main)) == ["preview_changed"]
    assert run.refused(first.but(by=first.by.but(party_id=OFFICER))) == ["approver_prepared"]
    assert run.refused(second) == ["first_approval_missing"]
    run.tell(first)
    assert run.refused(second.but(by=second.by.but(party_id=FIRST))) == ["approver_twice"]


def test_amounts_that_change_before_the_lock_of_the_list_take_its_approvals_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run, held = shared(monkeypatch)
    run.tell(run.accept(held), run.calculate(run.day(5, 1)))
    run.tell(*approvals(run, run.day(5, 2)))
    assert run.position.tracks.supplement == "approved"
    first, second = run.surroundings.receipts
    run.knows(first, second.but(amount=yuan("1000")))
    assert (run.position.tracks.supplement, amounts(pending(run))) == ("due", ["50.00"])
    run.knows(first, second)
    assert run.position.tracks.supplement == "approved"  # the same list again


def test_each_time_that_something_is_freed_there_is_another_list(monkeypatch: pytest.MonkeyPatch) -> None:
    scheme = with_scheme(monkeypatch, "T-MANY", "budget: {when_short: pro_rata}")
    run = Run(scheme, 2025, *(receipt(f"r{place}", "1000", MARCH) for place in (1, 2, 3)))
    run.called(budget=yuan("150"))
    claim = run.claim(*(line(name) for name in names_of(run)))
    run.tell(claim, run.accept(claim, "r1"), run.hold(claim, "r2", "r3"), run.calculate()).locked()
    for place, name in enumerate(("r2", "r3"), start=1):
        supplemented(run.tell(run.accept(claim, name)), 4 + place)
        assert len(run.position.supplements) == place
    assert (paid(run), [amounts(one) for one in run.position.supplements]) == (["150.00"], [["50.00"], ["50.00"]])


def test_each_payer_adds_what_its_part_of_the_year_is() -> None:
    run = Run(BUYER, 2025, receipt("r1", "500000", MARCH), receipt("r2", "500000.10", MARCH)).called()
    claim = run.claim(
        *(line(name, counterparty_kind="university") for name in ("r1", "r2")), who=COMPANY, kind="enterprise"
    )
    run.tell(claim, run.accept(claim, "r1"), run.hold(claim, "r2"), run.calculate()).locked()
    assert paid(run) == ["25000.00", "25000.00"]
    supplemented(run.tell(run.accept(claim, "r2")))
    assert paid(run) == ["50000.01", "50000.00"]


def test_payments_may_follow_the_lists_or_come_together_and_what_is_early_or_too_much_is_seen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def of(*payments: tuple[str, date]) -> list[str]:
        run = Run(SELLER, 2025, receipt("r1", "1000000", MARCH), receipt("r2", "500000", MARCH)).called()
        claim, key = run.claim(line("r1"), line("r2")), f"{code(UNIVERSITY)}:authority"
        run.tell(claim, run.accept(claim, "r1"), run.hold(claim, "r2"), run.calculate()).locked()
        supplemented(run.tell(run.accept(claim, "r2")))
        run.tell(*(run.pay(key, amount, str(place), on) for place, (amount, on) in enumerate(payments)))
        return [one.code for one in run.position.findings]

    april, june = date(2026, 4, 1), date(2026, 6, 1)
    assert of(("20000", april), ("10000", june)) == []
    assert of(("30000", june)) == []
    assert of(("20000", april), ("10000", april)) == ["paid_before_lock"]
    assert of(("20000", april), ("20000", june)) == ["paid_amount_differs"]
    assert of(("20000", april), ("10000", june), ("10000", june)) == ["paid_twice"] * 3


def test_a_receipt_that_grew_after_the_lock_is_no_matter_of_the_reserve() -> None:
    run = seller(receipt("r1", "1000000", MARCH), receipt("r2", "500000", MARCH))
    (claim,) = [fact.act for fact in run.facts if fact.act.kind == "submit_claim"]
    run.tell(run.hold(claim, "r2"), run.calculate(run.day(3, 2))).locked()
    run.knows(receipt("r1", "1200000", MARCH), receipt("r2", "500000", MARCH))
    assert (run.position.supplement, adjusted(run)) == (None, {"authority": "4000.00"})
    run.tell(run.accept(claim, "r2"))
    assert (amounts(pending(run)), adjusted(run)) == (["10000.00"], {"authority": "4000.00"})


def test_a_reversal_after_a_supplementary_list_is_an_adjustment_of_all_that_was_listed() -> None:
    run = seller(receipt("r1", "1000000", MARCH), receipt("r2", "500000", MARCH))
    (claim,) = [fact.act for fact in run.facts if fact.act.kind == "submit_claim"]
    run.tell(run.hold(claim, "r2"), run.calculate(run.day(3, 2))).locked()
    supplemented(run.tell(run.accept(claim, "r2")))
    run.knows(receipt("r1", "1000000", MARCH), receipt("r2", "0", MARCH))
    assert (paid(run), adjusted(run)) == (["30000.00"], {"authority": "-10000.00"})
