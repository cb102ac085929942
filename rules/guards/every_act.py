"""Guards that hold for the acts of every filing: whose day it is, evidence, and the second person (R3, R5, R7)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter, ValidationError

from rules.position.order import corrected
from schemas.act import TWO_PERSON_ACTS, Act, CorrectFact, Countersign, Origin
from schemas.actor import AUTHORITIES, BACK_DATING, Role
from schemas.fact import Fact
from schemas.refusal import Refusal, refusal


def guard_day(act: Act, today: date) -> Iterator[Refusal]:
    """A day other than today is taken only from who may bring one, and an earlier one only with evidence."""
    if act.on > today and act.by.role not in AUTHORITIES:
        yield refusal("day_in_future", "on", on=act.on, today=today)
    elif act.on != today and act.by.role not in BACK_DATING and act.origin is not Origin.IMPORTED:
        yield refusal("day_not_yours", "on", on=act.on, today=today, role=act.by.role.value)
    elif act.on < today and act.by.role is not Role.TIMER and not act.evidence and act.origin is not Origin.FEED:
        yield refusal("evidence_missing", "evidence", on=act.on)


def guard_whose(act: Act, sides: Mapping[Role, frozenset[UUID]]) -> Iterator[Refusal]:
    """Who names the organisation he acts for acts on that organisation's own filings only (R5).

    ``sides``: whose filing it is, by role. Where nobody is named there is nothing to compare; the program that asks
    knows its users and names their organisation.
    """
    mine, organisation = sides.get(act.by.role), act.by.organisation_id
    if mine and organisation is not None and organisation not in mine:
        yield refusal("not_yours", "by.organisation_id", organisation=organisation, role=act.by.role.value)


def guard_second_person(act: Act, facts: Sequence[Fact[Any]], adapter: TypeAdapter[Any]) -> Iterator[Refusal]:
    """A correction must give a valid act; a countersignature needs another person of the same role's side."""
    by_id = {fact.act.act_id: fact.act for fact in facts}
    if isinstance(act, CorrectFact):
        target = by_id.get(act.corrects)
        if target is None or isinstance(target, Countersign):
            yield refusal("filing_unknown", "corrects", filing_id=act.corrects)
            return
        try:
            corrected(target, act.replacement, adapter)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"])
            yield refusal("correction_invalid", "replacement", field=where, why=first["msg"])
    if isinstance(act, Countersign):
        first_act = by_id.get(act.countersigns)
        if first_act is None or first_act.kind not in TWO_PERSON_ACTS:
            yield refusal("nothing_to_countersign", "countersigns", act_id=act.countersigns)
        elif first_act.by.party_id == act.by.party_id:
            yield refusal("same_person", "by.party_id", first=first_act.kind, second="countersign")
        elif first_act.by.role is not act.by.role:
            yield refusal(
                "role_not_allowed", "by.role", act="countersign", role=act.by.role.value, rule="R3",
                allowed=first_act.by.role.value,
            )
