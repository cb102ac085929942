"""Whether the patent right has ended, and whether that can still be undone (rule 115; L-08 to L-10; R4)."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from rules.filing.order import of_kind
from schemas.acts.declaration import DeclarationAct
from schemas.standing.fact import Fact
from schemas.statements.offer import PatentEndCause

_LIFTED_BY = {PatentEndCause.LAPSE: ("restore_right",), PatentEndCause.TOTAL_INVALIDATION: ("annul_decision",)}


class RightEnd(NamedTuple):
    """The right's end as now known. ``noticed_on`` begins the remedy period where there is one."""

    on: date
    cause: PatentEndCause
    provisional: bool
    noticed_on: date | None


def right_end(ordered: Sequence[Fact[DeclarationAct]]) -> RightEnd | None:
    """The earliest end that was not lifted; an abandonment or an expiry is final, the others once confirmed.

    An end is lifted by the restoration or the annulment that has its day on or after it: then it is as if it had never
    been (L-08), whichever of the two was recorded first.
    """
    return _earliest(_ends(ordered))


def invalidation(ordered: Sequence[Fact[DeclarationAct]]) -> RightEnd | None:
    """The decision that the patent never existed, also where the right had ended before it (PL-47, L-10)."""
    return _earliest([end for end in _ends(ordered) if end.cause is PatentEndCause.TOTAL_INVALIDATION])


def _earliest(ends: Sequence[RightEnd]) -> RightEnd | None:
    return min(ends, key=lambda end: (end.on, end.provisional, end.cause.value, end.noticed_on or end.on), default=None)


def _ends(ordered: Sequence[Fact[DeclarationAct]]) -> list[RightEnd]:
    confirmed = [fact.act.on for fact in of_kind(ordered, "confirm_end")]
    ends = []
    for fact in of_kind(ordered, "report_patent_end"):
        lifted = [one.act.on for one in of_kind(ordered, *_LIFTED_BY.get(fact.act.cause, ()))]
        if any(day >= fact.act.on for day in lifted):
            continue
        final = fact.act.cause not in _LIFTED_BY or any(day >= fact.act.on for day in confirmed)
        ends.append(RightEnd(fact.act.on, fact.act.cause, not final, fact.act.noticed_on))
    return ends
