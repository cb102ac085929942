"""Who corrects what: every pair of a kind of fact and a side, asked of the guard (R3, R5, D-25)."""

from collections.abc import Iterable
from datetime import date
from itertools import product
from typing import Any, get_args
from uuid import UUID

import pytest

from rules.filing.guards import guard_day, guard_second_person
from rules.payout.guards import guard_payout
from rules.payout.position import derive_payout
from schemas.acts.act import Act, CorrectFact, Countersign
from schemas.acts.declaration import DECLARATION_ACT
from schemas.acts.licence import LICENCE_ACT
from schemas.acts.payout import PAYOUT_ACT
from schemas.acts.settlement import SETTLEMENT_ACT
from schemas.lifecycle.corrections import OWNERS
from schemas.standing.fact import Fact
from schemas.values.actor import AUTHORITIES, Actor, Role
from schemas.values.identifiers import derived_id
from tests.rules.licence import story
from tests.rules.licence.story import NOTICE, UNIT, facts
from tests.rules.payout import facts as of_payout
from tests.rules.remuneration.facts import PAPER
from tests.rules.settlement.facts import seller
from tests.rules.settlement.people import COMPANY, MARCH, UNIVERSITY, receipt

ANNA, BERND = derived_id("test", "anna"), derived_id("test", "bernd")
ADAPTERS: dict[type[Act], Any] = {
    model: adapter
    for adapter in (DECLARATION_ACT, LICENCE_ACT, PAYOUT_ACT, SETTLEMENT_ACT)
    for model in get_args(get_args(adapter._type)[0])
}
DONE_BY_PEOPLE = [model for model in ADAPTERS if model not in OWNERS and model is not CorrectFact]
BOOKED = story.act("book_receipt", "2026-03-11")
BY_FINANCE = story.act("book_receipt", "2026-03-11", role=Role.FINANCE)
SMALLER = of_payout.receipt("1000000")
REPORTED = story.act("report_sales", "2027-04-01", period=1, sales={"net_sales": "100.00"})


def told(model: type[Act], by: Actor) -> Fact[Any]:
    """A fact of which only the kind and who told it matter."""
    kind = model.model_fields["kind"].default
    act = model.model_construct(act_id=derived_id("test", kind), filing_id=story.LICENCE, by=by, kind=kind)
    return Fact(1, act, story.facts(NOTICE)[0].recorded_at, story.facts(NOTICE)[0].made)


def correction(of: Act, by: Actor, *, paper: bool = True, **replacement: Any) -> CorrectFact:
    return CorrectFact(
        act_id=derived_id("test", str(of.act_id), str(by), str(replacement)),
        filing_id=of.filing_id,
        by=by,
        on=date(2026, 5, 4),
        evidence=(PAPER,) if paper else (),
        corrects=of.act_id,
        replacement=replacement,
        reason=PAPER,
    )


def of(role: Role, person: UUID = ANNA, organisation: UUID | None = None) -> Actor:
    return Actor(role=role, party_id=person, organisation_id=organisation)


def refused(asked: Act, known: Iterable[Fact[Any]]) -> list[str]:
    known = list(known)
    adapter = ADAPTERS.get(type(known[0].act), LICENCE_ACT)
    return [one.refusal.code for one in guard_second_person(asked, known, adapter)]


@pytest.mark.filterwarnings("ignore:Pydantic serializer warnings")  # facts of which only kind and teller matter
@pytest.mark.parametrize("model", OWNERS, ids=str)
def test_a_fact_is_corrected_by_who_recorded_it_and_who_owns_it_and_by_nobody_else(model: type[Act]) -> None:
    for recorder, side in product((Role.BANK, Role.FINANCE, Role.OPERATOR, Role.LICENSOR), Role):
        fact = told(model, of(recorder))
        codes = refused(correction(fact.act, of(side)), [fact])
        assert ("role_not_allowed" in codes) == (side is not recorder and side not in OWNERS[model]), (recorder, side)
        without = refused(correction(fact.act, of(side), paper=False), [fact])
        wanted = "role_not_allowed" not in codes and (recorder in AUTHORITIES or side is not recorder)
        assert ("correction_without_evidence" in without) == wanted, (recorder, side)


@pytest.mark.filterwarnings("ignore:Pydantic serializer warnings")
@pytest.mark.parametrize("model", DONE_BY_PEOPLE, ids=str)
def test_what_people_did_is_corrected_by_nobody(model: type[Act]) -> None:
    for side in Role:
        fact = told(model, of(side))
        assert "not_correctable" in refused(correction(fact.act, of(side), on="2026-03-04"), [fact]), side


@pytest.mark.parametrize("side", [one for one in Role if one not in (Role.BANK, Role.FINANCE)])
def test_only_the_bank_and_the_finance_that_received_it_halve_a_booked_line(side: Role) -> None:
    half: dict[str, Any] = {"amount": "5000.00", "allocations": [{"obligation": "due:1", "amount": "5000.00"}]}
    known = facts(NOTICE, BOOKED)
    assert refused(correction(BOOKED, of(side), **half), known) == ["role_not_allowed"]
    assert refused(correction(BOOKED, of(Role.FINANCE), **half), known) == []
    assert refused(correction(BOOKED, of(Role.FINANCE), paper=False, **half), known) == ["correction_without_evidence"]


def test_a_correction_that_another_side_asked_for_before_this_was_a_rule_is_not_countersigned() -> None:
    asked = correction(BOOKED, of(Role.LICENSEE), paid_on="2026-03-09")
    signed = Countersign(
        act_id=derived_id("test", "signed"),
        filing_id=story.LICENCE,
        by=of(Role.LICENSEE, BERND),
        on=date(2026, 5, 4),
        countersigns=asked.act_id,
    )
    assert refused(signed, facts(NOTICE, BOOKED, asked)) == ["role_not_allowed"]


def test_what_a_correction_corrects_is_corrected_by_the_sides_of_the_fact_behind_it() -> None:
    first = correction(BOOKED, of(Role.FINANCE), on="2026-03-12")
    known = facts(NOTICE, BOOKED, first)
    again: dict[str, Any] = {"replacement": {"on": "2026-03-13"}}
    assert refused(correction(first, of(Role.BANK), **again), known) == []
    assert refused(correction(first, of(Role.LICENSEE), **again), known) == ["role_not_allowed"]
    assert refused(correction(first, of(Role.BANK), corrects=str(NOTICE.act_id)), known) == ["correction_invalid"]


@pytest.mark.parametrize("field", [{"line": {"bank": "b", "account": "a", "serial": "2"}}, {"line_amount": "20000.00"}])
def test_a_correction_makes_no_other_bank_line_of_a_line(field: dict[str, Any]) -> None:
    assert refused(correction(BOOKED, of(Role.BANK), **field), facts(NOTICE, BOOKED)) == ["correction_invalid"]


def test_people_of_another_organisation_in_the_same_role_correct_nothing_unless_they_came_into_its_place() -> None:
    booked = BY_FINANCE.but(by=of(Role.FINANCE, BERND, UNIT))
    theirs = correction(booked, of(Role.FINANCE, ANNA, COMPANY), paid_on="2026-03-09")
    assert refused(theirs, facts(NOTICE, booked)) == ["not_yours"]
    merged = story.act("substitute_party", "2026-04-01", side="licensor", successor=COMPANY, proof=PAPER)
    assert refused(theirs, facts(NOTICE, booked, merged)) == []


def test_a_claim_is_corrected_by_its_own_claimant() -> None:
    run = seller(receipt("r1", "1000000", MARCH))
    claim = next(one.act for one in run.facts if one.act.kind == "submit_claim")
    for organisation, codes in ((COMPANY, ["not_yours"]), (UNIVERSITY, [])):
        asked = correction(claim, of(Role.CLAIMANT, ANNA, organisation), exploited="no")
        assert run.refused(asked) == codes
        signed = Countersign(
            act_id=derived_id("test", "signed"),
            filing_id=claim.filing_id,
            by=of(Role.CLAIMANT, BERND, organisation),
            on=asked.on,
            countersigns=asked.act_id,
        )
        unnamed = seller(receipt("r1", "1000000", MARCH)).tell(asked.but(by=of(Role.CLAIMANT)))
        assert unnamed.refused(signed) == codes


@pytest.mark.parametrize(
    ("fact", "by", "on", "codes"),
    [
        (NOTICE, of(Role.LICENSEE), "2026-03-01", ["day_not_yours"]),
        (NOTICE, of(Role.LICENSEE), "2026-03-02", []),
        (REPORTED, of(Role.LICENSEE), "2027-03-31", ["day_not_yours"]),
        (BOOKED, of(Role.FINANCE), "2026-03-10", []),
        (BOOKED, of(Role.BANK), "2026-03-10", []),
    ],
)
def test_a_day_that_the_receiving_program_stamped_is_not_dated_back_by_a_correction(
    fact: Any, by: Actor, on: str, codes: list[str]
) -> None:
    known = facts(NOTICE, BOOKED, REPORTED)
    asked = correction(fact, by, on=on)
    assert [one.refusal.code for one in guard_day(asked, known, asked.on)] == codes
    inner = correction(fact, by, n=1)
    again = correction(inner, by, replacement={"on": on})
    assert [one.refusal.code for one in guard_day(again, [*known, *facts(inner)], again.on)] == codes


def test_who_corrected_what_the_unit_stated_has_prepared_it_and_approves_nothing() -> None:
    stated = of_payout.state()
    wrong = of_payout.act("correct_fact", of_payout.STATED, corrects=stated.act_id, reason=PAPER, replacement={})
    signed = of_payout.countersigned(wrong, party=of_payout.FIRST)
    known = of_payout.facts_of(of_payout.determine(), stated, *signed, of_payout.publish())
    at = derive_payout(known, of_payout.surroundings(), of_payout.CALENDAR)
    assert at.amounts_hash is not None
    first, second = of_payout.approvals(at.amounts_hash)
    verdict = guard_payout(first, at, known, of_payout.surroundings(), of_payout.CALENDAR)
    assert [one.code for one in verdict.refusals] == ["approver_prepared"]
    again = of_payout.facts_of(*(one.act for one in known), first, second)
    later = derive_payout(again, of_payout.surroundings(), of_payout.CALENDAR)
    assert (later.first_approved_by, later.stage) == (None, "publicity")
    assert "approval_not_independent" in of_payout.codes(later)


def test_approvals_that_two_clerks_turned_into_others_before_this_was_a_rule_stay_what_they_were() -> None:
    life = of_payout.approved()
    approval = life[-1]
    turned = of_payout.act(
        "correct_fact",
        of_payout.INSTRUCTED,
        corrects=approval.act_id,
        reason=PAPER,
        replacement={"amounts_hash": "0" * 64},
    )
    at = of_payout.position(*life, *of_payout.countersigned(turned))
    assert at.stage == "approved"
    assert of_payout.codes(at) == ["correction_without_effect"]


def test_amounts_that_change_after_they_were_approved_open_a_finding_until_they_are_approved_again() -> None:
    life, before, after = of_payout.approved(), of_payout.surroundings(), of_payout.surroundings(SMALLER)
    known = of_payout.recorded(life, before)
    at = derive_payout(known, after, of_payout.CALENDAR)
    assert (at.stage, of_payout.codes(at)) == ("determined", ["approved_amounts_changed"])
    assert at.amounts_hash is not None
    again = (of_payout.publish(of_payout.INSTRUCTED), *of_payout.approvals(at.amounts_hash, date(2025, 4, 20)))
    later = derive_payout(of_payout.recorded(again, after, known), after, of_payout.CALENDAR)
    assert (later.stage, of_payout.codes(later)) == ("approved", [])
