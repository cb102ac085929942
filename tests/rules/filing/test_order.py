"""Corrections: the last by recording wins, and no set of facts is without a position."""

from rules.declaration.position import derive_declaration
from rules.law.calendar import Calendar
from schemas.acts.declaration import DeclarationAct
from schemas.standing.position import DeclarationPosition
from schemas.standing.surroundings import DeclarationSurroundings
from schemas.values.identifiers import derived_id
from tests.rules.declaration.declarations import PAPER, act, announced, filed, recorded, submitted

ANOTHER = derived_id("test", "another operator")


def signed(corrects: DeclarationAct, n: int, **replacement: object) -> tuple[DeclarationAct, DeclarationAct]:
    correction = act("correct_fact", "2025-04-01", n, corrects=corrects.act_id, replacement=replacement, reason=PAPER)
    return correction, act("countersign", "2025-04-02", n, by=ANOTHER, countersigns=correction.act_id)


def derive(*acts: DeclarationAct) -> DeclarationPosition:
    return derive_declaration(recorded(*acts), DeclarationSurroundings(), Calendar.bundled())


def test_the_last_of_two_corrections_by_recording_wins() -> None:
    wrong = announced("2025-02-24")
    both = (*signed(wrong, 1, on="2025-02-14"), *signed(wrong, 2, on="2025-02-17"))
    position = derive(submitted(), filed(), wrong, *both)
    assert position.offer is not None
    assert str(position.offer.in_force_from) == "2025-02-17"


def test_corrections_that_make_no_valid_act_leave_it_as_it_was_recorded() -> None:
    wrong = announced("2025-02-24")
    position = derive(submitted(), filed(), wrong, *signed(wrong, 1, on="no day at all"))
    assert position.offer is not None
    assert str(position.offer.in_force_from) == "2025-02-24"
    assert [one.code for one in position.findings] == ["corrections_contradict", "corrected_by_another_side"]
