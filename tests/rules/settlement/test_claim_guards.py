"""What is refused of a claim, and of what districts and officers say about it."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from schemas.acts.settlement import SettlementAct
from schemas.standing.surroundings import OwnerView
from schemas.values.actor import Actor, Role
from schemas.values.credit_code import credit_code_of
from tests.rules.settlement.facts import Run
from tests.rules.settlement.people import (
    CLERK,
    COMPANY,
    MARCH,
    PAPER,
    SECOND,
    SELLER,
    UNIVERSITY,
    code,
    line,
    number,
    receipt,
)

R1 = receipt("r1", "1000000", MARCH)


def called() -> Run:
    return Run(SELLER, 2025, R1).called()


def claimed() -> tuple[Run, SettlementAct]:
    run = called()
    claim = run.claim(line("r1"))
    return run.tell(claim), claim


def test_a_claim_is_in_time_by_its_legal_day_whenever_it_was_recorded() -> None:
    run = called()
    assert run.refused(run.claim(line("r1"), on=run.day(3, 1))) == ["claim_late"]
    run.tell(run.act("pass_day", run.day(2, 28)))
    paper = run.claim(line("r1"), on=run.day(2, 28))
    assert run.refused(paper.but(by=Actor(role=Role.OPERATOR, party_id=CLERK))) == []


def test_a_legal_person_has_one_claim_until_it_withdraws_it() -> None:
    run, claim = claimed()
    again = run.claim(line("r1"), on=run.day(2, 2))
    assert run.refused(again) == ["claim_exists"]
    run.tell(run.act("withdraw_claim", run.day(2, 2), claim=claim.act_id))
    assert run.refused(again) == []
    assert run.refused(run.act("withdraw_claim", run.day(2, 3), claim=claim.act_id)) == ["claim_unknown"]


def test_only_ones_own_receipts_are_claimed_and_only_those_that_are_booked() -> None:
    run = called()
    assert run.refused(run.claim(line("r9"))) == ["claimed_receipt_unknown"]
    assert run.refused(run.claim(line("r1"), who=SECOND)) == ["receipt_not_claimants"]
    foreign = run.claim(line("r1")).but(by=Actor(role=Role.LICENSOR, party_id=CLERK, organisation_id=SECOND))
    assert run.refused(foreign) == ["not_yours"]


def test_a_supplement_is_of_the_same_legal_person_and_late_only_where_something_is_held() -> None:
    run, claim = claimed()
    fields = claim.model_dump(include={"claimant", "credit_code", "facts", "not_related", "exploited"})

    def supplement(on: date, *lines: dict[str, Any], **changes: Any) -> SettlementAct:
        return run.act("supplement_claim", on, claim=claim.act_id, lines=lines, **{**fields, **changes})

    assert run.refused(supplement(run.day(2, 12), line("r1"))) == []
    other = supplement(run.day(2, 12), line("r1"), credit_code=code(SECOND))
    assert run.refused(other) == ["claim_of_another"]
    late = supplement(run.day(3, 2), line("r1"))
    assert run.refused(late) == ["claim_late"]
    run.tell(run.hold(claim))
    assert run.refused(late) == []
    run.knows(R1, receipt("r2", "5", MARCH))
    assert run.refused(supplement(run.day(3, 2), line("r1"), line("r2"))) == ["claim_late"]


def test_an_officer_decides_lines_that_there_are_and_accepts_none_without_evidence() -> None:
    run, claim = claimed()
    assert run.refused(run.accept(claim, "r7")) == ["claim_line_unknown"]
    assert run.refused(run.act("accept_claim", run.day(2, 10), claim=UUID(int=5))) == ["claim_unknown"]
    bare = Run(SELLER, 2025, R1).called()
    without = bare.claim({**line("r1"), "evidence": []})
    bare.tell(without)
    assert bare.refused(bare.accept(without)) == ["claim_evidence_missing"]
    assert bare.refused(bare.reject(without)) == []


def test_after_the_lock_only_what_is_held_can_still_be_decided() -> None:
    run = Run(SELLER, 2025, R1, receipt("r2", "5000", MARCH)).called()
    claim = run.claim(line("r1"), line("r2"))
    run.tell(claim, run.accept(claim, "r1"), run.hold(claim, "r2"), run.calculate()).locked()
    assert run.refused(run.reject(claim, "r1")) == ["claim_settled"]
    assert run.refused(run.accept(claim, "r2")) == []


def test_a_district_is_heard_only_where_the_scheme_says_so() -> None:
    run, claim = claimed()
    assert run.refused(run.act("recommend", run.day(2, 5), claim=claim.act_id)) == ["recommendation_not_foreseen"]


def test_a_relation_is_decided_only_where_it_is_open() -> None:
    run, claim = claimed()
    decision = run.act(
        "decide_relation", run.day(2, 20), claim=claim.act_id, lines=(str(number("r1")),), decision="pays", paper=PAPER
    )
    assert run.refused(decision) == ["relation_not_open"]
    run.knows(R1.but(licensee_is_affiliate=True))
    assert run.refused(decision) == []


def test_a_mistyped_credit_code_is_no_legal_person() -> None:
    run = called()
    good = code(UNIVERSITY)
    wrong = good[:-1] + ("0" if good[-1] != "0" else "1")
    with pytest.raises(ValueError, match="contradicts"):
        run.claim(line("r1"), credit_code=wrong)
    # The code that is commonly printed as the example of the standard.
    assert credit_code_of("91350100M000100Y4") == "91350100M000100Y43"


def test_a_co_owner_claims_its_own_part_only() -> None:
    run = Run(SELLER, 2025, R1.but(licensors=(OwnerView(party_id=UNIVERSITY), OwnerView(party_id=SECOND)))).called()
    assert run.refused(run.claim(line("r1"), who=SECOND)) == []
    assert run.refused(run.claim(line("r1"), who=COMPANY)) == ["receipt_not_claimants"]
