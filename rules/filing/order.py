"""Which facts count, and in which order law looks at them (R1, R3): never in the order of recording."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from pydantic import TypeAdapter, ValidationError

from rules.filing.finding import finding
from schemas.acts.act import TWO_PERSON_ACTS, Act, CorrectFact, Countersign, PassDay
from schemas.acts.beginning import never_corrected
from schemas.standing.fact import Fact
from schemas.standing.position import Finding

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


def corrected(act: A, replacement: dict[str, Any], adapter: TypeAdapter[A]) -> A:
    """The act with fields replaced as on the wire; raises pydantic's ValidationError when it would not be valid."""
    wire, kept = adapter.dump_python(act, mode="json"), never_corrected(act)
    changed: A = adapter.validate_python({**wire, **{k: v for k, v in replacement.items() if k not in kept}})
    return changed


def legal_order(facts: Sequence[Fact[A]], adapter: TypeAdapter[A]) -> tuple[Fact[A], ...]:
    """The facts that count, corrected, by legal day.

    Of several corrections of one act the last by recording wins field by field; a correction can itself be corrected.
    Facts of one day are ordered by act id, which says nothing but is the same for every order of recording; whoever
    derives from facts of one day must not depend on their order.
    """
    counting, replacements = countersigned(facts), _replacements(facts)
    acts = (
        replace(one, act=_corrected_if_valid(one.act, replacements.get(one.act.act_id), adapter))
        for one in counting
        if not isinstance(one.act, CorrectFact | Countersign)
    )
    return tuple(sorted(acts, key=lambda one: (one.act.on, str(one.act.act_id))))


def corrected_together(facts: Sequence[Fact[A]], adapter: TypeAdapter[A]) -> tuple[A, ...]:
    """Every act that was corrected, with all that counts; raises pydantic's ValidationError if one is not valid."""
    changes = _replacements(facts)
    return tuple(corrected(one.act, changes[one.act.act_id], adapter) for one in facts if one.act.act_id in changes)


def correction_findings(facts: Sequence[Fact[A]], adapter: TypeAdapter[A]) -> tuple[Finding, ...]:
    """The acts whose corrections make no valid act together; they stand as they were recorded."""
    changes = _replacements(facts)
    return tuple(
        finding("corrections_contradict", one)
        for one in facts
        if one.act.act_id in changes and not _is_valid(one.act, changes[one.act.act_id], adapter)
    )


def _replacements(facts: Sequence[Fact[A]]) -> dict[UUID, dict[str, Any]]:
    """By act, the fields that are replaced; of several corrections of one field the last by recording counts."""
    corrections = [(one.version, one.act) for one in countersigned(facts) if isinstance(one.act, CorrectFact)]
    found: dict[UUID, dict[str, Any]] = {}
    for _, correction in sorted(corrections, key=lambda one: one[0], reverse=True):
        # Latest first: by the time an older correction is reached, whatever corrects it is known.
        own = {**correction.replacement, **found.get(correction.act_id, {}).get("replacement", {})}
        found[correction.corrects] = {**own, **found.get(correction.corrects, {})}
    return found


def _corrected_if_valid(act: A, replacement: dict[str, Any] | None, adapter: TypeAdapter[A]) -> A:
    # A position must exist for every set of facts, so an act stays as it was recorded where its corrections make none.
    try:
        return act if replacement is None else corrected(act, replacement, adapter)
    except ValidationError:
        return act


def _is_valid(act: A, replacement: dict[str, Any], adapter: TypeAdapter[A]) -> bool:
    try:
        corrected(act, replacement, adapter)
    except ValidationError:
        return False
    return True


def passed_on(facts: Iterable[Fact[A]]) -> date | None:
    """The last day that is known to have passed."""
    return max((fact.act.on for fact in facts if isinstance(fact.act, PassDay)), default=None)


def of_kind(facts: Iterable[Fact[Any]], *kinds: str) -> tuple[Fact[Any], ...]:
    """The facts of these kinds, order kept."""
    return tuple(fact for fact in facts if fact.act.kind in kinds)


def last(facts: Iterable[Fact[Any]], *kinds: str) -> Fact[Any] | None:
    """The latest fact of these kinds by legal day."""
    found = of_kind(facts, *kinds)
    return found[-1] if found else None


def is_open(opened: Iterable[date], closed: Iterable[date], started_open: bool = False) -> bool:
    """Whether what was opened and closed again, on these days, is open now, in whichever order a day's acts came.

    The acts alternate within a day, so only their counts matter: open after a day = open before + opened - closed.
    """
    changes: dict[date, int] = {}
    for day in opened:
        changes[day] = changes.get(day, 0) + 1
    for day in closed:
        changes[day] = changes.get(day, 0) - 1
    state = int(started_open)
    for day in sorted(changes):
        state = min(1, max(0, state + changes[day]))
    return bool(state)
