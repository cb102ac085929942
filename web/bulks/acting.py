"""What can be asked of many filings at once, and the act of each: the same body, an id made of bulk and filing."""

from typing import Any
from uuid import UUID

from client.naming import named
from database.work.bulks import Bulk, BulkItem
from schemas.acts.act import TWO_PERSON_ACTS, Act, FilingKind
from schemas.acts.all import models_of
from schemas.acts.beginning import BEGINNINGS
from schemas.values.actor import Actor, Role
from schemas.values.identifiers import derived_id
from schemas.wire.form import filled
from web.forms.shape import Control, Field, fields_of
from web.rights.table import acts_of

MOST = 500
"""Filings of one bulk; who has more narrows, or makes another."""
_ONE_BY_ONE = frozenset({"countersign", "correct_fact", "pass_day", "surroundings_changed"})
_OWN = (Control.REFERENCE, Control.OBJECT)


def acts_for_many(role: Role, kind: FilingKind) -> tuple[str, ...]:
    """The acts of the table that can be asked of many: none that begins a filing, or is about one fact of it."""
    allowed = acts_of(role)[kind]
    return tuple(
        act
        for act, model in models_of(kind).items()
        if act in allowed
        and act not in _ONE_BY_ONE
        and model not in BEGINNINGS
        and not any(one.required and one.control in _OWN for one in fields_of(model))
    )


def fields_for_many(kind: FilingKind, act: str) -> tuple[Field, ...]:
    """What is stated, the same for all."""
    return tuple(one for one in fields_of(models_of(kind)[act]) if one.control not in _OWN)


def kind_and_act(bulk: Bulk) -> tuple[FilingKind, str]:
    """What is asked for; raises ValueError where nothing is yet."""
    kind, _, act = (bulk.act_kind or "").partition(".")
    return FilingKind(kind), act


def needs_two(bulk: Bulk) -> bool:
    """Whether its acts take effect with a second person's signature only."""
    return bulk.act_kind is not None and kind_and_act(bulk)[1] in TWO_PERSON_ACTS


def act_of(kind: FilingKind, act: str, body: dict[str, Any], by: Actor, bulk_id: UUID, filing_id: UUID) -> Act:
    """The act of one filing, the same whenever it is made; raises Refused with every defect of the body."""
    asked_as = derived_id("bulk", bulk_id, filing_id)
    made = filled(models_of(kind)[act], {**body, "by": by, "act_id": asked_as, "filing_id": filing_id})
    asked: Act = named(made, filing_id=filing_id, asked_as=asked_as)
    return asked


def asked_of(bulk: Bulk, item: BulkItem) -> Act:
    """The act of one item; raises Refused."""
    by = Actor(role=Role(bulk.role), party_id=bulk.asked_by, organisation_id=bulk.organisation_id)
    return act_of(*kind_and_act(bulk), bulk.body or {}, by, bulk.bulk_id, item.filing_id)


def signature_of(bulk: Bulk, item: BulkItem) -> Act:
    """The second person's act of one item, on the day of the first."""
    kind, _ = kind_and_act(bulk)
    body = {"countersigns": str(item.act_id), "on": (bulk.body or {})["on"]}
    by = Actor(role=Role(bulk.role), party_id=bulk.signed_by, organisation_id=bulk.organisation_id)  # type: ignore[arg-type]  # it is signed
    return act_of(kind, "countersign", body, by, derived_id("bulk_signature", bulk.bulk_id), item.filing_id)
