"""One table says what begins a filing; ids, corrections and the lifecycles agree with it."""

from collections.abc import Iterator
from typing import Annotated, Any, get_args, get_origin
from uuid import UUID

import pytest
from pydantic import BaseModel

from schemas.acts.act import Act, FilingKind
from schemas.acts.beginning import BEGINNINGS, begun, is_beginning, kinds_that_begin, never_corrected, workflow_id_of
from schemas.acts.declaration import DeclarationAct
from schemas.acts.licence import LicenceAct
from schemas.acts.payout import Determine, PayoutAct
from schemas.acts.settlement import SettlementAct
from schemas.lifecycle.all import LIFECYCLES
from schemas.lifecycle.row import NOTHING, SAME
from schemas.values.actor import Actor, Role
from schemas.values.identifiers import act_id_of, derived_id, payout_id_of
from schemas.values.model import NAMES_PARTY

IDS_OF_FILINGS_AND_ACTS = {
    "act_id",
    "filing_id",
    "declaration_id",
    "parent_id",
    "cause",
    "corrects",
    "countersigns",
    "receipt_id",
    "objection",
    "claim",
}
"""Fields that hold an id and name no party; a new field that holds an id is one of these or is marked as a party."""


def models_of(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from models_of(part)


def all_models() -> list[type[BaseModel]]:
    found: dict[type[BaseModel], None] = {}
    waiting = [model for union in (DeclarationAct, LicenceAct, PayoutAct, SettlementAct) for model in models_of(union)]
    while waiting:
        model = waiting.pop()
        if model not in found:
            found[model] = None
            waiting += [inner for field in model.model_fields.values() for inner in models_of(field.annotation)]
    return list(found)


def holds(annotation: Any, metadata: tuple[Any, ...] = ()) -> Iterator[bool]:
    """For each id in a field, whether it is marked as a party."""
    if annotation is UUID:
        yield NAMES_PARTY in metadata
    elif get_origin(annotation) is Annotated:
        inner, *extra = get_args(annotation)
        yield from holds(inner, (*metadata, *extra))
    else:
        for part in get_args(annotation):
            yield from holds(part, metadata)


def test_every_id_in_an_act_is_a_party_or_an_id_of_a_filing_or_an_act() -> None:
    unmarked = {
        f"{model.__name__}.{name}"
        for model in all_models()
        for name, field in model.model_fields.items()
        if name not in IDS_OF_FILINGS_AND_ACTS and not all(holds(field.annotation, tuple(field.metadata)))
    }
    assert unmarked == set()


@pytest.mark.parametrize("kind", FilingKind)
def test_what_begins_a_filing_is_what_its_lifecycle_lets_begin(kind: FilingKind) -> None:
    rows = [row for row in LIFECYCLES[kind].rows if NOTHING in row.stages and row.to != (SAME,) and not row.derived]
    assert set(kinds_that_begin(kind)) == {row.act for row in rows}


@pytest.mark.parametrize("model", BEGINNINGS)
def test_what_names_a_filing_is_required_of_its_first_act(model: type[Act]) -> None:
    beginning = BEGINNINGS[model]
    assert all(model.model_fields[field].is_required() for field in beginning.named_by)
    assert beginning.parent is None or beginning.parent in beginning.named_by


def test_a_first_act_is_named_by_what_it_says() -> None:
    parent, unit = derived_id("test", "parent"), derived_id("test", "unit")
    asked = {"parent_id": parent, "unit": unit, "subject": "grant", "on": "2026-11-20"}
    act = begun(Determine, by=Actor(role=Role.TIMER, party_id=unit), **asked)
    assert act.filing_id == payout_id_of(parent, unit, "grant")
    assert act.act_id == act_id_of("determine", act.filing_id)
    assert workflow_id_of(act) == f"payout:{parent}:{unit}:grant"
    assert is_beginning(act)
    assert {"parent_id", "unit", "subject", "filing_id"} <= set(never_corrected(act))
