"""Which facts count, and in which order law looks at them (R1, R3): never in the order of recording."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from pydantic import TypeAdapter

from rules.filing.corrections import corrected_if_valid, countersigned, replacements
from rules.filing.told_otherwise import without_told_otherwise
from schemas.acts.act import Act, CorrectFact, Countersign, DismissFinding, PassDay
from schemas.standing.fact import Fact
from schemas.standing.position import Finding

A = TypeVar("A", bound=Act)


def legal_order(facts: Sequence[Fact[A]], adapter: TypeAdapter[A]) -> tuple[Fact[A], ...]:
    """The facts that count, corrected, by legal day; none that tells otherwise what is known by its natural key.

    Of several corrections of one act the last by recording wins field by field; a correction can itself be corrected.
    Facts of one day are ordered by act id, which says nothing but is the same for every order of recording; whoever
    derives from facts of one day must not depend on their order.
    """
    counting = without_told_otherwise(_corrected(facts, adapter)).counting
    return tuple(sorted(counting, key=lambda one: (one.act.on, str(one.act.act_id))))


def otherwise_findings(facts: Sequence[Fact[A]], adapter: TypeAdapter[A]) -> tuple[Finding, ...]:
    """The facts that tell otherwise what is known by its natural key, each with the act it contradicts in its key."""
    return without_told_otherwise(_corrected(facts, adapter)).findings


def _corrected(facts: Sequence[Fact[A]], adapter: TypeAdapter[A]) -> Iterable[Fact[A]]:
    changes = replacements(facts)
    return (
        replace(one, act=corrected_if_valid(one.act, changes.get(one.act.act_id), adapter))
        for one in countersigned(facts)
        if not isinstance(one.act, CorrectFact | Countersign | DismissFinding)
    )


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
