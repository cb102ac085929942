"""Guards that hold for the acts of every filing: whose day it is, evidence, and the second person (R3, R5, R7)."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter, ValidationError

from rules.filing.corrections import corrected, corrected_together, fact_behind, replaced_by
from rules.filing.scene import Remark, refused
from schemas.acts.act import TWO_PERSON_ACTS, Act, CorrectFact, Countersign, DismissFinding, Origin, PassDay
from schemas.acts.beginning import makes_another_act
from schemas.lifecycle.corrections import OWNERS, correcting_sides, is_correctable, needs_paper
from schemas.standing.fact import Fact, Made
from schemas.standing.position import BasePosition
from schemas.values.actor import AUTHORITIES, BACK_DATING, Role


def guard_day(act: Act, facts: Sequence[Fact[Any]], today: date) -> Iterator[Remark]:
    """A day before today is taken only from who may bring one, and only with evidence."""
    if act.on < today and act.by.role not in BACK_DATING and act.origin is not Origin.IMPORTED:
        yield refused("day_not_yours", "on", on=act.on, today=today, role=act.by.role.value)
    elif act.on < today and act.by.role is not Role.TIMER and not act.evidence and act.origin is not Origin.FEED:
        yield refused("evidence_missing", "evidence", on=act.on)
    if isinstance(act, CorrectFact):
        yield from _guard_stamped_day(act, {one.act.act_id: one.act for one in facts})


def guard_day_to_come(act: Act, made: Iterable[Act], today: date) -> Iterator[Remark]:
    """Where days pass by themselves none passes, and nobody acts on one, before it has come.

    That is so in every filing, whatever its own clock. ``made``: what a correction makes of the fact behind it. Facts
    of authorities are not asked (R2).
    """
    if isinstance(act, PassDay) and act.on > today:
        yield refused("day_not_come", "on", on=act.on, today=today)
    elif act.on > today and act.by.role not in AUTHORITIES:
        yield refused("day_in_future", "on", on=act.on, today=today)
    for one in made:
        if one.on > today and one.by.role not in AUTHORITIES:
            yield refused("day_in_future", "replacement.on", on=one.on, today=today)


def _guard_stamped_day(act: CorrectFact, by_id: Mapping[UUID, Act]) -> Iterator[Remark]:
    """A day that the receiving program stamped was not typed, so it was not typed wrongly."""
    behind, on = fact_behind(act, by_id), replaced_by(act, by_id).get("on")
    if behind is None or on in (None, behind.on.isoformat()):
        return
    side = act.by.role
    if side not in BACK_DATING and side not in OWNERS.get(type(behind), ()):
        yield refused("day_not_yours", "replacement.on", on=on, today=behind.on, role=side.value)
    elif not act.evidence:
        yield refused("evidence_missing", "evidence", on=on)


def guard_whose(act: Act, sides: Mapping[Role, frozenset[UUID]]) -> Iterator[Remark]:
    """Who names the organisation he acts for acts on that organisation's own filings only (R5).

    ``sides``: whose filing it is, by role. Where nobody is named there is nothing to compare; the program that asks
    knows its users and names their organisation.
    """
    mine, organisation = sides.get(act.by.role), act.by.organisation_id
    if mine and organisation is not None and organisation not in mine:
        yield refused("not_yours", "by.organisation_id", organisation=organisation, role=act.by.role.value)


def guard_second_person(act: Act, facts: Sequence[Fact[Any]], adapter: TypeAdapter[Any]) -> Iterator[Remark]:
    """A correction is of a fact, by its side, and gives a valid act; the second person is another of the same side."""
    by_id = {fact.act.act_id: fact.act for fact in facts}
    if isinstance(act, CorrectFact):
        yield from _correction(act, by_id, facts, adapter)
    if isinstance(act, Countersign):
        first = by_id.get(act.countersigns)
        if first is None or first.kind not in TWO_PERSON_ACTS:
            yield refused("nothing_to_countersign", "countersigns", act_id=act.countersigns)
        elif first.by.party_id == act.by.party_id:
            yield refused("same_person", "by.party_id", first=first.kind, second="countersign")
        elif first.by.role is not act.by.role:
            yield _not_the_side(act, "R3", (first.by.role,))
        elif any(_signs(one.act, first) for one in facts):
            yield refused("countersigned_already", "countersigns", act_id=first.act_id)
        elif _of_two_organisations(first, act):
            organisation = act.by.organisation_id
            yield refused("not_yours", "by.organisation_id", organisation=organisation, role=act.by.role.value)
        elif isinstance(first, CorrectFact):
            # Asked for before this was a rule, or when other facts were known.
            yield from _correctable_by(first, fact_behind(first, by_id), facts)
            # Valid by itself when it was asked for; together with what was corrected since, it need not be.
            signed = [*facts, Fact(len(facts) + 1, act, facts[-1].recorded_at, Made())]
            yield from _makes_a_valid_act(lambda: corrected_together(signed, adapter))


def guard_dismissal(act: Act, position: BasePosition | None) -> Iterator[Remark]:
    """Only what is open can be dismissed."""
    keys = [one.key for one in position.findings] if position else []
    if isinstance(act, DismissFinding) and act.finding not in keys:
        yield refused("finding_not_open", "finding", finding=act.finding, known="、".join(keys) or "-")


def _signs(act: Act, first: Act) -> bool:
    """Whether it is the signature of a second person; what does not count leaves room for one that does."""
    is_second = isinstance(act, Countersign) and act.countersigns == first.act_id
    return is_second and act.by.party_id != first.by.party_id and act.by.role is first.by.role


def _correction(
    act: CorrectFact, by_id: Mapping[UUID, Act], facts: Sequence[Fact[Any]], adapter: TypeAdapter[Any]
) -> Iterator[Remark]:
    target, behind = by_id.get(act.corrects), fact_behind(act, by_id)
    if target is None or behind is None:
        yield refused("filing_unknown", "corrects", filing_id=act.corrects)
        return
    yield from _correctable_by(act, behind, facts)
    if (field := makes_another_act(target, act.replacement)) is not None:
        zh, en = "该内容说明这是哪一个行为", "it says which act this is"
        yield refused("correction_invalid", "replacement", field=field, why_zh=zh, why_en=en)
    else:
        yield from _makes_a_valid_act(lambda: corrected(target, act.replacement, adapter))


def _correctable_by(act: CorrectFact, behind: Act | None, facts: Sequence[Fact[Any]]) -> Iterator[Remark]:
    """Two people of the side that recorded the fact or owns it, of what is a fact of the world at all (D-25)."""
    if behind is None or not is_correctable(behind):
        yield refused("not_correctable", "corrects", act=behind.kind if behind else act.kind)
        return
    sides, side = correcting_sides(behind), act.by.role
    if side not in sides:
        yield _not_the_side(act, "D-25", sides)
        return
    if needs_paper(behind, side) and not act.evidence:
        yield refused("correction_without_evidence", "evidence", act=behind.kind)
    came = [getattr(one.act, "successor", None) for one in facts]
    if side is behind.by.role and _of_two_organisations(behind, act) and act.by.organisation_id not in came:
        yield refused("not_yours", "by.organisation_id", organisation=act.by.organisation_id, role=side.value)


def _not_the_side(act: Act, rule: str, allowed: Sequence[Role]) -> Remark:
    names = "、".join(one.value for one in allowed)
    return refused("role_not_allowed", "by.role", act=act.kind, role=act.by.role.value, rule=rule, allowed=names)


def _of_two_organisations(first: Act, second: Act) -> bool:
    named = [one.by.organisation_id for one in (first, second) if one.by.organisation_id is not None]
    return len(dict.fromkeys(named)) > 1


def _makes_a_valid_act(make: Callable[[], object]) -> Iterator[Remark]:
    try:
        make()
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        zh, en = "不是该字段的写法", "it is not written as this field asks"
        yield refused("correction_invalid", "replacement", field=where, why_zh=zh, why_en=en)
