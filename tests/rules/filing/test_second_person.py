"""Acts that need two people: both of one side, and a correction that makes a valid act (R3, R5)."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from rules.declaration.guards import guard_declaration
from rules.filing.guards import guard_second_person
from rules.law.calendar import Calendar
from schemas.acts.act import TWO_PERSON_ACTS, Act, FilingKind
from schemas.acts.all import models_of
from schemas.acts.declaration import DECLARATION_ACT, DeclarationAct
from schemas.acts.licence import LICENCE_ACT
from schemas.standing.fact import Fact, Made
from schemas.standing.surroundings import DeclarationSurroundings
from schemas.values.actor import Actor, Role
from schemas.values.identifiers import derived_id
from tests.rules.declaration.declarations import PAPER, act, announced, filed, offer, recorded, submitted
from tests.rules.licence import story as of_licence
from tests.rules.licence.story import NOTICE, UNIT
from tests.rules.payout import facts as of_payout

ANNA, BERND = derived_id("test", "anna"), derived_id("test", "bernd")
OURS, OTHERS = derived_id("test", "our platform"), derived_id("test", "another platform")
WRONG = announced("2025-02-24")
LIFE = (submitted(), filed(), WRONG)


def by(person: UUID, organisation: UUID | None, role: Role = Role.OPERATOR) -> Actor:
    return Actor(role=role, party_id=person, organisation_id=organisation)


def correction(n: int = 0, **replacement: object) -> DeclarationAct:
    asked = act("correct_fact", "2025-04-01", n, corrects=WRONG.act_id, replacement=replacement, reason=PAPER)
    asked = asked.but(evidence=(PAPER,))
    return asked.but(by=by(ANNA, OURS))


def countersign(first: DeclarationAct, who: Actor, n: int = 0) -> DeclarationAct:
    return act("countersign", "2025-04-02", n, countersigns=first.act_id).but(by=who)


def codes(asked: DeclarationAct, *before: DeclarationAct) -> list[str]:
    return [one.refusal.code for one in guard_second_person(asked, recorded(*LIFE, *before), DECLARATION_ACT)]


@pytest.mark.parametrize(
    ("who", "refused"),
    [
        (by(BERND, OURS), []),
        (by(BERND, None), []),
        (by(BERND, OTHERS), ["not_yours"]),
        (by(ANNA, OURS), ["same_person"]),
        (by(BERND, OURS, Role.OFFICE), ["role_not_allowed"]),
    ],
)
def test_the_second_person_is_another_one_of_the_same_side(who: Actor, refused: list[str]) -> None:
    first = correction(on="2025-02-14")
    assert codes(countersign(first, who), first) == refused


@pytest.mark.parametrize(
    ("kind", "named"), [(kind, one) for kind in FilingKind for one in models_of(kind) if one in TWO_PERSON_ACTS]
)
@pytest.mark.parametrize(
    "who", [by(ANNA, OURS), by(ANNA, OTHERS), by(ANNA, None), by(ANNA, OURS, Role.OFFICE), by(ANNA, OTHERS, Role.BANK)]
)
def test_nobody_signs_alone_whatever_he_is_besides(kind: FilingKind, named: str, who: Actor) -> None:
    """Not of another organisation, nor in another role, nor of another kind of filing."""
    first = models_of(kind)[named].model_construct(kind=named, act_id=derived_id("test", named), by=by(ANNA, OURS))
    signed = countersign(LIFE[0], who).but(countersigns=first.act_id)
    facts: list[Fact[Act]] = [Fact(1, first, datetime(2026, 11, 20, tzinfo=UTC), Made())]
    assert [one.refusal.code for one in guard_second_person(signed, facts, LICENCE_ACT)] == ["same_person"]


def test_only_what_needs_two_people_is_countersigned() -> None:
    assert codes(countersign(LIFE[0], by(BERND, OURS))) == ["nothing_to_countersign"]


def test_a_correction_that_makes_no_valid_act_is_refused_when_it_is_asked_for() -> None:
    assert codes(correction(on="no day")) == ["correction_invalid"]
    assert codes(correction(declaration_number="KF-2")) == []


def test_corrections_that_are_valid_one_by_one_but_not_together_are_refused_with_the_second_signature() -> None:
    first = act("take_over", "2025-03-01", stage="draft", evidence=[PAPER], offer=offer(), regime="statutory")
    whole = offer().model_dump(mode="json")
    later = act(
        "correct_fact",
        "2025-04-01",
        1,
        corrects=first.act_id,
        reason=PAPER,
        replacement={"offer": {**whole, "granted_on": "2019-02-01"}},
    ).but(by=by(ANNA, OURS))
    again = act(
        "correct_fact",
        "2025-04-01",
        2,
        corrects=later.act_id,
        reason=PAPER,
        replacement={"replacement": {"offer": {**whole, "granted_on": "2018-01-01"}}},
    ).but(by=by(ANNA, OURS))
    before = (first, later, countersign(later, by(BERND, OURS), 1), again)
    assert codes(again, *before[:-1]) == []
    assert codes(countersign(again, by(BERND, OURS), 2), *before) == ["correction_invalid"]


def test_an_act_is_countersigned_once() -> None:
    first = correction(on="2025-02-14")
    signed, again = countersign(first, by(BERND, OURS), 1), countersign(first, by(derived_id("test", "carl"), OURS), 2)
    assert codes(again, first) == []
    assert codes(again, first, signed) == ["countersigned_already"]
    by_himself = countersign(first, by(ANNA, OURS), 3)
    assert codes(again, first, by_himself) == [], "what does not count leaves room for one that does"


def test_a_declaration_is_taken_over_to_a_stage_of_ours() -> None:
    taken = act("take_over", "2025-03-01", stage="finished", evidence=[PAPER], offer=offer(), regime="statutory")
    verdict = guard_declaration(taken, None, (), DeclarationSurroundings(), Calendar.bundled())
    assert [one.code for one in verdict.refusals] == ["stage_unknown"]


@pytest.mark.parametrize(
    ("replacement", "refused"),
    [
        ({"on": "2026-03-03"}, []),
        ({"n": 1}, []),
        ({"n": 2}, ["correction_invalid"]),
        ({"licensee": str(UNIT)}, ["correction_invalid"]),
        ({"declaration_id": str(UNIT)}, ["correction_invalid"]),
    ],
)
def test_a_correction_makes_no_other_filing_of_a_notice(replacement: dict[str, object], refused: list[str]) -> None:
    asked = of_licence.act("correct_fact", "2026-04-01", corrects=NOTICE.act_id, replacement=replacement, reason=PAPER)
    found = guard_second_person(asked, of_licence.facts(NOTICE), LICENCE_ACT)
    assert [one.refusal.code for one in found] == refused


def test_a_correction_that_was_recorded_before_leaves_a_payout_with_its_licence_and_receipt() -> None:
    begun = of_payout.determine()
    moved = of_payout.act(
        "correct_fact",
        of_payout.STATED,
        corrects=begun.act_id,
        reason=PAPER,
        replacement={"parent_id": str(UNIT), "subject": "another receipt"},
    )
    at = of_payout.position(begun, *of_payout.countersigned(moved))
    assert (at.stage, at.parent_id, at.subject) == ("waiting_for_facts", of_payout.LICENCE, "r1")
