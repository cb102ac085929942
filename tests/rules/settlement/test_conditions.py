"""The four answers of a condition: yes counts, no is rejected with its clause, unknown and not yet are reserved."""

from datetime import date
from typing import Any

import pytest

from schemas.standing.listed import listed_lines
from schemas.standing.surroundings import ClaimedReceipt, OwnerView
from schemas.values.determination import Answer3
from tests.rules.settlement.facts import Run, buyer, claim_of, given, paid, seller
from tests.rules.settlement.people import MARCH, SECOND, SELLER, UNIVERSITY, code, line, receipt, with_scheme, yuan

PENDING: dict[str, Any] = {
    "registered": Answer3.NO,
    "registered_not_yet": True,
    "registered_on": None,
    "registered_class": None,
    "registered_amount": None,
    "contract_registered_amount": None,
}
REFUSED = {**PENDING, "registered_not_yet": False}


def pending(name: str = "r1", amount: str = "1200000", **changes: Any) -> ClaimedReceipt:
    return receipt(name, amount, MARCH, **{**PENDING, **changes})


def because(run: Run) -> str:
    return claim_of(run).lines[0].because


def test_a_contract_that_is_not_registered_yet_is_held_with_the_reason_and_its_part_reserved() -> None:
    run = seller(pending())
    assert (claim_of(run).state, given(run)) == ("held", ("0.00", "24000.00"))
    assert because(run).startswith("call of March 2026, technology provider: registered is yes")
    assert because(run).endswith("D-20: the contract is not registered yet")


def test_what_waits_for_its_registration_takes_part_in_a_pro_rata(monkeypatch: pytest.MonkeyPatch) -> None:
    clauses = ("budget: {when_short: pro_rata}", 'items: [{fact: registered, one_of: ["yes"]}]')
    scheme = with_scheme(monkeypatch, "T-WAITS", *clauses)
    second = receipt("r2", "2000", MARCH, licensors=(OwnerView(party_id=SECOND),))
    run = Run(scheme, 2025, pending("r1", "1000"), second).called(budget=yuan("150"))
    run.accepted(run.claim(line("r1")), run.claim(line("r2"), who=SECOND))
    assert (given(run), given(run, SECOND)) == (("0.00", "50.00"), ("100.00", "0.00"))  # 300 claimed, 150 there
    run.knows(receipt("r1", "1000", MARCH), second)
    assert (given(run), given(run, SECOND)) == (("50.00", "0.00"), ("100.00", "0.00"))


def test_when_the_registration_comes_the_line_is_paid_for_what_was_registered() -> None:
    run = seller(pending())
    run.knows(receipt("r1", "1200000", MARCH, registered_amount=yuan("800000"), registered_on=date(2026, 2, 20)))
    assert (claim_of(run).state, given(run)) == ("accepted", ("16000.00", "0.00"))


def test_a_refused_registration_rejects_the_line_with_the_clause_and_reserves_nothing() -> None:
    run = seller(receipt("r1", "1200000", MARCH, **REFUSED))
    assert (claim_of(run).state, given(run), paid(run)) == ("rejected", ("0.00", "0.00"), [])
    assert because(run) == "call of March 2026, technology provider: registered is no; registered is yes"


def test_a_registration_that_an_officer_waits_for_until_a_day_is_too_late_after_it() -> None:
    run = Run(SELLER, 2025, pending()).called()
    claim = run.claim(line("r1"))
    waits: dict[str, Any] = {
        "clause": "registered",
        "reason": "the registry has not decided",
        "answer_by": run.day(2, 20),
    }
    run.tell(claim, run.act("hold_claim", run.day(2, 10), claim=claim.act_id, **waits))
    run.tell(run.act("pass_day", run.day(2, 19)))
    assert claim_of(run).state == "held"
    run.tell(run.act("pass_day", run.day(2, 20)))
    assert (claim_of(run).state, because(run)) == ("rejected", "D-20: the contract was not registered by 2026-02-20")
    run.knows(receipt("r1", "1200000", MARCH, registered_on=run.day(2, 21)))
    assert claim_of(run).state == "rejected"
    run.knows(receipt("r1", "1200000", MARCH, registered_on=run.day(2, 20)))  # in time, told late
    assert claim_of(run).state == "held"  # as the officer said, until the officer decides


def test_a_line_that_an_officer_no_longer_waits_for_does_not_contradict_the_others_of_its_contract() -> None:
    run = Run(SELLER, 2025, pending("r1", "100000"), pending("r2", "500000")).called()
    claim = run.claim(line("r1"), line("r2"))
    waits: dict[str, Any] = {"clause": "registered", "reason": "late", "answer_by": run.day(2, 20)}
    key = str(run.surroundings.receipts[0].receipt_id)
    run.tell(claim, run.accept(claim), run.act("hold_claim", run.day(2, 11), claim=claim.act_id, lines=(key,), **waits))
    late = run.day(2, 25)
    run.knows(*(receipt(name, fen, MARCH, registered_on=late) for name, fen in (("r1", "100000"), ("r2", "500000"))))
    assert ([one.state for one in claim_of(run).lines], run.position.unknown) == (["rejected", "accepted"], ())
    assert given(run) == ("10000.00", "0.00")


def test_a_line_of_another_year_says_of_its_contract_what_is_assumed_of_the_others() -> None:
    after = {**PENDING, "received_on": date(2026, 3, 3), "paid_on": date(2026, 3, 3)}
    run = Run(SELLER, 2025, pending("r1", "1200000"), pending("r2", "500000", **after)).called()
    claim = run.claim(line("r1"), line("r2"))
    run.tell(claim)
    assert ([one.state for one in claim_of(run).lines], run.position.unknown) == (["held", "rejected"], ())
    assert given(run) == ("0.00", "24000.00")


def test_the_buyers_base_waits_for_the_registered_amount_and_reserves_what_arrived() -> None:
    run = buyer(pending("r1", "1000000"))
    (claim,) = run.position.claims
    assert (claim.state, str(claim.payable), str(claim.reserved)) == ("held", "0.00", "100000.00")


def test_a_day_that_is_not_there_yet_holds_the_line(monkeypatch: pytest.MonkeyPatch) -> None:
    scheme = with_scheme(monkeypatch, "T-RECORDED", "window: {decided_by: recorded_on}")
    run = Run(scheme, 2025, receipt("r1", "1000", MARCH)).called()
    run.accepted(run.claim(line("r1")))
    assert (claim_of(run).state, given(run)) == ("held", ("0.00", "100.00"))
    assert because(run) == "art. 1: recorded_on is not known"
    run.knows(receipt("r1", "1000", MARCH, recorded_on=date(2026, 1, 5)))
    assert claim_of(run).state == "rejected"  # of the next year
    run.knows(receipt("r1", "1000", MARCH, recorded_on=date(2025, 12, 30)))
    assert given(run) == ("100.00", "0.00")


@pytest.mark.parametrize(
    ("facts", "state", "reason"),
    [
        ({"kind": "enterprise"}, "rejected", "kind is enterprise; kind is university / research_institute"),
        ({}, "held", "kind is university / research_institute; kind is not known"),
    ],
)
def test_conditions_on_the_claimant_have_the_same_answers(facts: dict[str, Any], state: str, reason: str) -> None:
    seats = [{"since_on": date(2000, 1, 1), "region": "hubei.wuhan"}]
    run = seller(receipt("r1", "1200000", MARCH), facts={**facts, "seats": seats})
    assert (claim_of(run).state, because(run)) == (state, f"call of March 2026, technology provider: {reason}")
    assert given(run) == ("0.00", "24000.00" if state == "held" else "0.00")


def test_a_related_party_of_which_nobody_says_yes_or_no_holds_the_line(monkeypatch: pytest.MonkeyPatch) -> None:
    scheme = with_scheme(monkeypatch, "T-RELATED", "related_parties: excluded")
    run = Run(scheme, 2025, receipt("r1", "1000", MARCH)).called()
    run.accepted(run.claim(line("r1"), not_related=None))
    assert (claim_of(run).state, given(run)) == ("held", ("0.00", "100.00"))


def test_only_the_lines_that_wait_are_reserved_and_the_others_are_paid() -> None:
    run = seller(receipt("r1", "1000000", MARCH, licence_id=SECOND), pending("r2", "500000"))
    assert {one.state for one in claim_of(run).lines} == {"accepted", "held"}
    assert given(run) == ("20000.00", "10000.00")


def test_a_list_has_a_row_and_a_reason_for_everybody_who_claimed() -> None:
    owners = [UNIVERSITY, SECOND, *(SECOND.__class__(int=501 + place) for place in range(3))]
    known = [
        receipt(f"r{place}", "1200000", MARCH, licensors=(OwnerView(party_id=who),)) for place, who in enumerate(owners)
    ]
    run = Run(SELLER, 2025, *known).called()
    claims = [run.claim(line(f"r{place}"), who=who) for place, who in enumerate(owners[:4])]
    late = run.claim(line("r4"), who=owners[4], on=run.day(3, 1))
    run.tell(*claims, late, run.accept(claims[0]), run.reject(claims[1]), run.hold(claims[2]))
    run.tell(run.act("withdraw_claim", run.day(2, 12), claim=claims[3].act_id), run.calculate(run.day(3, 2)))
    states = {one.claimant: (one.state, bool(one.because)) for one in run.position.claims}
    assert states == {
        owners[0]: ("accepted", False),
        owners[1]: ("rejected", True),
        owners[2]: ("held", True),
        owners[3]: ("withdrawn", True),
        owners[4]: ("late", True),
    }
    made = next(fact.made.determinations[0] for fact in run.facts if fact.made.determinations)
    rows = {one.credit_code: str(one.amount) for one in listed_lines(made) if one.listed_as == "entitled"}
    amounts = ("24000.00", "0.00", "24000.00", "0.00", "0.00")
    assert rows == dict(zip(map(code, owners), amounts, strict=True))
    told = {one.what.split(":")[0]: one.how for one in made.steps if one.article and ": claim " in one.what}
    assert told[code(owners[1])] == "rejected: evidence: is missing"
    assert "after the last day 2026-02-28" in told[code(owners[4])]
    assert "withdrawn on 2026-02-12" in told[code(owners[3])]
