"""Whoever an act names must be known before, wherever in the act the name stands."""

from datetime import date

from activities.named import documents_of, parties_of
from schemas.acts.payout import PAYOUT_ACT, StateFacts
from schemas.values.actor import Role
from schemas.values.identifiers import derived_id

UNIT, OWNER, CLERK, INVENTOR = (derived_id("test", name) for name in ("unit", "owner", "clerk", "inventor"))
SHARES, PAPER = "ab" * 32, "cd" * 32


def stated(role: Role = Role.FINANCE) -> StateFacts:
    """A unit states its facts, with another owner of the patent beside it."""
    act = PAYOUT_ACT.validate_python(
        {
            "kind": "state_facts",
            "act_id": str(derived_id("test", "act")),
            "filing_id": str(derived_id("test", "payout")),
            "by": {"role": role.value, "party_id": str(CLERK), "organisation_id": str(UNIT)},
            "on": date(2026, 6, 1).isoformat(),
            "evidence": [PAPER],
            "costs": {"upkeep": "0.00"},
            "facts": {
                "unit": str(UNIT),
                "state_set": True,
                "owners": [{"owner": str(UNIT)}, {"owner": str(OWNER)}],
                "contributions": {"document": SHARES, "shares": [{"party": str(INVENTOR), "percent": "100"}]},
            },
        }
    )
    assert isinstance(act, StateFacts)
    return act


def test_a_co_owner_that_a_unit_states_is_a_party_too() -> None:
    assert set(parties_of(stated())) == {UNIT, OWNER, CLERK, INVENTOR}


def test_the_engine_itself_is_no_party() -> None:
    assert CLERK not in set(parties_of(stated(Role.TIMER)))


def test_documents_are_found_at_any_depth() -> None:
    assert set(documents_of(stated())) == {SHARES, PAPER}
