"""Whoever an act names must be known before, wherever in the act the name stands."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any, get_args
from uuid import UUID

import pytest
from pydantic import BaseModel, TypeAdapter

from activities.named import documents_of, parties_of
from rules.filing.corrections import would_be_made
from schemas.acts.declaration import DECLARATION_ACT
from schemas.acts.licence import LICENCE_ACT
from schemas.acts.payout import PAYOUT_ACT, StateFacts
from schemas.acts.settlement import SETTLEMENT_ACT
from schemas.standing.fact import Fact, Made
from schemas.values.actor import ENGINE, Actor, Role
from schemas.values.identifiers import derived_id
from schemas.values.model import NAMES_PARTY

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


def test_the_engine_itself_is_no_party_and_whoever_else_says_that_it_is_the_timer_is_one() -> None:
    by_the_engine = stated().but(by=Actor(role=Role.TIMER, party_id=ENGINE))
    assert ENGINE not in set(parties_of(by_the_engine))
    assert CLERK in set(parties_of(stated(Role.TIMER)))


NO_PARTIES = (
    *("act_id", "filing_id", "parent_id", "declaration_id", "receipt_id"),
    *("corrects", "countersigns", "cause", "claim", "objection"),
)
"""Ids of acts, filings and receipts; every other id of an act names a party, and is marked as one."""


@pytest.mark.parametrize("acts", [DECLARATION_ACT, LICENCE_ACT, PAYOUT_ACT, SETTLEMENT_ACT])
def test_every_id_in_an_act_is_marked_as_a_party_or_is_none(acts: TypeAdapter[Any]) -> None:
    unmarked = {name for model in _models(acts._type) for name in _unmarked_ids(model)}
    assert unmarked - {*NO_PARTIES} == set()


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
        for field in annotation.model_fields.values():
            yield from _models(field.annotation)
    for part in get_args(annotation):
        yield from _models(part)


def _unmarked_ids(model: type[BaseModel]) -> Iterator[str]:
    for name, field in model.model_fields.items():
        if NAMES_PARTY not in repr((field.metadata, field.annotation)) and repr(UUID) in repr([field.annotation]):
            yield name


def test_what_a_correction_would_bring_into_an_act_is_named_by_it_too() -> None:
    first, successor = stated(), derived_id("test", "successor")
    facts = {**first.model_dump(mode="json")["facts"], "owners": [{"owner": str(UNIT)}, {"owner": str(successor)}]}
    correction = PAYOUT_ACT.validate_python(
        {
            **first.model_dump(mode="json", include={"filing_id", "by", "on", "evidence"}),
            "kind": "correct_fact",
            "act_id": derived_id("test", "correction"),
            "corrects": first.act_id,
            "replacement": {"facts": facts},
            "reason": PAPER,
        }
    )
    recorded = Fact(1, first, datetime(2026, 6, 1, tzinfo=UTC), Made())
    (made,) = would_be_made(correction, [recorded], PAYOUT_ACT)
    assert successor in set(parties_of(made)) - set(parties_of(correction))
    assert would_be_made(first, [recorded], PAYOUT_ACT) == ()


def test_documents_are_found_at_any_depth() -> None:
    assert set(documents_of(stated())) == {SHARES, PAPER}
