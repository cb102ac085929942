"""Corrections: two people mend what was recorded wrongly about the world; nothing is edited (R3, D-25)."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, TypeVar
from uuid import UUID

from pydantic import TypeAdapter, ValidationError

from rules.filing.finding import finding
from schemas.acts.act import TWO_PERSON_ACTS, Act, CorrectFact, Countersign, DismissFinding
from schemas.acts.beginning import never_corrected
from schemas.lifecycle.corrections import is_correctable
from schemas.standing.fact import Fact
from schemas.standing.position import Finding
from schemas.values.actor import AUTHORITIES

A = TypeVar("A", bound=Act)


def countersigned(facts: Sequence[Fact[A]]) -> tuple[Fact[A], ...]:
    """All facts but those of two-person acts that nobody else has countersigned yet."""
    signers: dict[UUID, set[UUID]] = {}
    for fact in facts:
        if isinstance(fact.act, Countersign):
            signers.setdefault(fact.act.countersigns, set()).add(fact.act.by.party_id)
    return tuple(
        fact
        for fact in facts
        if fact.act.kind not in TWO_PERSON_ACTS or signers.get(fact.act.act_id, set()) - {fact.act.by.party_id}
    )


def dismissed(facts: Sequence[Fact[Any]]) -> frozenset[str]:
    """Keys of the findings that two people have dismissed."""
    return frozenset(one.act.finding for one in countersigned(facts) if isinstance(one.act, DismissFinding))


def corrected(act: A, replacement: dict[str, Any], adapter: TypeAdapter[A]) -> A:
    """The act with fields replaced as on the wire; raises pydantic's ValidationError when it would not be valid."""
    wire, kept = adapter.dump_python(act, mode="json"), never_corrected(act)
    changed: A = adapter.validate_python({**wire, **{k: v for k, v in replacement.items() if k not in kept}})
    return changed


def corrected_together(facts: Sequence[Fact[A]], adapter: TypeAdapter[A]) -> tuple[A, ...]:
    """Every act that was corrected, with all that counts; raises pydantic's ValidationError if one is not valid."""
    changes = replacements(facts)
    return tuple(corrected(one.act, changes[one.act.act_id], adapter) for one in facts if one.act.act_id in changes)


def corrected_if_valid(act: A, replacement: dict[str, Any] | None, adapter: TypeAdapter[A]) -> A:
    """The same, or the act as it was recorded where its corrections make none: every set of facts has a position."""
    try:
        return act if replacement is None else corrected(act, replacement, adapter)
    except ValidationError:
        return act


def replacements(facts: Sequence[Fact[A]]) -> dict[UUID, dict[str, Any]]:
    """By act, the fields that are replaced; of several corrections of one field the last by recording counts."""
    by_id = {one.act.act_id: one.act for one in facts}
    corrections = [(one.version, one.act) for one in _effective(facts, by_id)]
    found: dict[UUID, dict[str, Any]] = {}
    for _, correction in sorted(corrections, key=lambda one: one[0], reverse=True):
        # Latest first: by the time an older correction is reached, whatever corrects it is known.
        own = {**correction.replacement, **found.get(correction.act_id, {}).get("replacement", {})}
        found[correction.corrects] = {**own, **found.get(correction.corrects, {})}
    return found


def fact_behind(correction: CorrectFact, by_id: Mapping[UUID, Act]) -> Act | None:
    """What a correction corrects in the end: a correction can itself be corrected."""
    target, passed = by_id.get(correction.corrects), [correction.act_id]
    while isinstance(target, CorrectFact):
        if target.act_id in passed:
            return None
        passed.append(target.act_id)
        target = by_id.get(target.corrects)
    return target


def replaced_by(correction: CorrectFact, by_id: Mapping[UUID, Act]) -> dict[str, Any]:
    """The fields that it replaces of the fact behind it."""
    found: Any = correction.replacement
    target = by_id.get(correction.corrects)
    while isinstance(target, CorrectFact) and isinstance(found, dict):
        found, target = found.get("replacement"), by_id.get(target.corrects)
    return found if isinstance(found, dict) else {}


def would_be_made(act: Act, facts: Sequence[Fact[Any]], adapter: TypeAdapter[Any]) -> tuple[Act, ...]:
    """What a correction would make of the fact behind it; nothing of any other act, nor where that is no valid act."""
    if not isinstance(act, CorrectFact):
        return ()
    by_id = {one.act.act_id: one.act for one in facts}
    behind = fact_behind(act, by_id)
    if behind is None:
        return ()
    with suppress(ValidationError):  # together with what was corrected before it can be one; the second person sees
        return (corrected(behind, replaced_by(act, by_id), adapter),)
    return ()


def correctors(facts: Sequence[Fact[Any]], *kinds: str) -> tuple[UUID, ...]:
    """Who corrected facts of these kinds and who countersigned that, by legal day: they have prepared them (R5)."""
    by_id = {one.act.act_id: one.act for one in facts}
    asked = [
        act.act_id
        for act in by_id.values()
        if isinstance(act, CorrectFact) and (behind := fact_behind(act, by_id)) is not None and behind.kind in kinds
    ]
    part = (
        act
        for act in by_id.values()
        if act.act_id in asked or (isinstance(act, Countersign) and act.countersigns in asked)
    )
    return tuple(dict.fromkeys(one.by.party_id for one in sorted(part, key=lambda one: (one.on, str(one.act_id)))))


def correction_findings(facts: Sequence[Fact[A]], adapter: TypeAdapter[A]) -> tuple[Finding, ...]:
    """Corrections that make no valid act together, that correct what is no fact, or what another side has told."""
    changes, by_id = replacements(facts), {one.act.act_id: one.act for one in facts}
    contradicting = (
        finding("corrections_contradict", one)
        for one in facts
        if one.act.act_id in changes and not _is_valid(one.act, changes[one.act.act_id], adapter)
    )
    return (*contradicting, *_about_sides(facts, by_id))


def _about_sides(facts: Sequence[Fact[Any]], by_id: Mapping[UUID, Act]) -> Iterator[Finding]:
    for one in countersigned(facts):
        if not isinstance(one.act, CorrectFact):
            continue
        behind = fact_behind(one.act, by_id)
        if behind is not None and not is_correctable(behind):
            yield finding("correction_without_effect", one)
        elif behind is not None and behind.by.role in AUTHORITIES and behind.by.role is not one.act.by.role:
            yield finding("corrected_by_another_side", one)


def _effective(facts: Sequence[Fact[Any]], by_id: Mapping[UUID, Act]) -> Iterator[Fact[Any]]:
    # The last guard: what named people did is not changed in their names, whatever was recorded once.
    for one in countersigned(facts):
        if isinstance(one.act, CorrectFact):
            behind = fact_behind(one.act, by_id)
            if behind is not None and is_correctable(behind):
                yield one


def _is_valid(act: A, replacement: dict[str, Any], adapter: TypeAdapter[A]) -> bool:
    try:
        corrected(act, replacement, adapter)
    except ValidationError:
        return False
    return True
