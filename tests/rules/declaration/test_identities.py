"""What a declaration says is its own of the outside world."""

from rules.declaration.position import derive_declaration
from schemas.acts.declaration import DeclarationAct
from schemas.standing.identity import IdentityKind, SharedIdentity
from schemas.standing.surroundings import DeclarationSurroundings
from schemas.values.actor import Role
from schemas.values.identifiers import derived_id
from tests.rules.declaration.declarations import CALENDAR, GAZETTE, act, derive, filed, recorded, submitted

ANOTHER = derived_id("test", "another declaration")
ITEM = {"issue": "41-02", "item": "7"}


def _announced(gazette: dict[str, str], on: str = "2025-02-14") -> DeclarationAct:
    return act("announce", on, role=Role.OFFICE, declaration_number="KF2025-0001", gazette=gazette)


def _printed(*acts: DeclarationAct) -> list[str]:
    return [one.value for one in derive(*acts).identities if one.what is IdentityKind.GAZETTE_ITEM]


def test_an_item_of_the_gazette_is_one_thing_however_it_is_written_and_often_it_is_told() -> None:
    withdrawn = act("announce_withdrawal", "2025-06-06", role=Role.OFFICE, gazette={"issue": "４１–０２", "item": " 7"})
    assert _printed(submitted(), filed(), _announced(ITEM), withdrawn) == ["41-02:7"]
    assert _printed(submitted(), filed(), _announced(GAZETTE)) == []  # an issue without its item says nothing alone


def test_an_item_that_was_told_of_another_declaration_too_is_a_finding_and_no_refusal() -> None:
    shared = SharedIdentity(
        what=IdentityKind.GAZETTE_ITEM, value="41-02:7", filing_id=ANOTHER, on=submitted().on, was_first=True
    )
    facts = recorded(submitted(), filed(), _announced(ITEM))
    position = derive_declaration(facts, DeclarationSurroundings(shared=(shared,)), CALENDAR)
    assert [(one.code, one.others) for one in position.findings] == [("gazette_item_of_another", (ANOTHER,))]
    assert position.stage == "in_force"
