"""Guards that hold for the acts of every filing: whose day it is, evidence, and the second person (R3, R5, R7)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter, ValidationError

from rules.filing.order import corrected, corrected_together
from rules.filing.scene import Remark, refused
from schemas.acts.act import TWO_PERSON_ACTS, Act, CorrectFact, Countersign, Origin
from schemas.acts.beginning import names_another_filing
from schemas.standing.fact import Fact, Made
from schemas.values.actor import AUTHORITIES, BACK_DATING, Role


def guard_day(act: Act, today: date) -> Iterator[Remark]:
    """A day other than today is taken only from who may bring one, and an earlier one only with evidence."""
    if act.on > today and act.by.role not in AUTHORITIES:
        yield refused("day_in_future", "on", on=act.on, today=today)
    elif act.on != today and act.by.role not in BACK_DATING and act.origin is not Origin.IMPORTED:
        yield refused("day_not_yours", "on", on=act.on, today=today, role=act.by.role.value)
    elif act.on < today and act.by.role is not Role.TIMER and not act.evidence and act.origin is not Origin.FEED:
        yield refused("evidence_missing", "evidence", on=act.on)


def guard_whose(act: Act, sides: Mapping[Role, frozenset[UUID]]) -> Iterator[Remark]:
    """Who names the organisation he acts for acts on that organisation's own filings only (R5).

    ``sides``: whose filing it is, by role. Where nobody is named there is nothing to compare; the program that asks
    knows its users and names their organisation.
    """
    mine, organisation = sides.get(act.by.role), act.by.organisation_id
    if mine and organisation is not None and organisation not in mine:
        yield refused("not_yours", "by.organisation_id", organisation=organisation, role=act.by.role.value)


def guard_second_person(act: Act, facts: Sequence[Fact[Any]], adapter: TypeAdapter[Any]) -> Iterator[Remark]:
    """A correction must give a valid act; a countersignature needs another person of the same side (R3, R5)."""
    by_id = {fact.act.act_id: fact.act for fact in facts}
    if isinstance(act, CorrectFact):
        target = by_id.get(act.corrects)
        if target is None or isinstance(target, Countersign):
            yield refused("filing_unknown", "corrects", filing_id=act.corrects)
        elif (field := names_another_filing(target, act.replacement)) is not None:
            why = "案卷编号由此而来 / the id of the filing is made of it"
            yield refused("correction_invalid", "replacement", field=field, why=why)
        else:
            yield from _makes_a_valid_act(lambda: corrected(target, act.replacement, adapter))
    if isinstance(act, Countersign):
        first = by_id.get(act.countersigns)
        if first is None or first.kind not in TWO_PERSON_ACTS:
            yield refused("nothing_to_countersign", "countersigns", act_id=act.countersigns)
        elif first.by.party_id == act.by.party_id:
            yield refused("same_person", "by.party_id", first=first.kind, second="countersign")
        elif first.by.role is not act.by.role:
            yield refused(
                "role_not_allowed",
                "by.role",
                act="countersign",
                role=act.by.role.value,
                rule="R3",
                allowed=first.by.role.value,
            )
        elif _of_two_organisations(first, act):
            organisation = act.by.organisation_id
            yield refused("not_yours", "by.organisation_id", organisation=organisation, role=act.by.role.value)
        elif isinstance(first, CorrectFact):
            # Valid by itself when it was asked for; together with what was corrected since, it need not be.
            signed = [*facts, Fact(len(facts) + 1, act, facts[-1].recorded_at, Made())]
            yield from _makes_a_valid_act(lambda: corrected_together(signed, adapter))


def _of_two_organisations(first: Act, second: Act) -> bool:
    named = [one.by.organisation_id for one in (first, second) if one.by.organisation_id is not None]
    return len(dict.fromkeys(named)) > 1


def _makes_a_valid_act(make: Callable[[], object]) -> Iterator[Remark]:
    try:
        make()
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        yield refused("correction_invalid", "replacement", field=where, why=first["msg"])
