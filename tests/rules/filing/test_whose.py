"""Whose filing it is (R5): who names an organisation acts on that organisation's own filings only."""

import pytest

from rules.filing.guards import guard_whose
from schemas.values.actor import Actor, Role
from schemas.values.identifiers import derived_id
from tests.rules.declaration.declarations import LICENSOR, submitted

STRANGER = derived_id("test", "another university")
SIDES = {Role.LICENSOR: frozenset({LICENSOR})}


@pytest.mark.parametrize(("organisation", "codes"), [(LICENSOR, []), (STRANGER, ["not_yours"]), (None, [])])
def test_an_organisation_acts_on_its_own_filings_only(organisation: object, codes: list[str]) -> None:
    by = Actor.model_validate({"role": "licensor", "party_id": derived_id("anna"), "organisation_id": organisation})
    assert [one.refusal.code for one in guard_whose(submitted().but(by=by), SIDES)] == codes


def test_a_role_that_is_on_no_side_is_not_asked() -> None:
    by = Actor(role=Role.OPERATOR, party_id=derived_id("anna"), organisation_id=STRANGER)
    assert list(guard_whose(submitted().but(by=by), SIDES)) == []
