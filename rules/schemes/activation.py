"""Which versions pay only when two people of the authority have activated them (domain 7; R4)."""

from collections.abc import Iterator

from schemas.scheme import Version
from schemas.scheme_clauses import Clause


def needs_activation(version: Version) -> bool:
    """Planned, drafted, or resting on something that is only remembered (mark M)."""
    marks = [version.mark, *(clause.mark for clause in _clauses(version))]
    return version.status in ("planned", "draft") or "M" in marks


def _clauses(version: Version) -> Iterator[Clause]:
    yield from (version.base, version.window, version.budget)
    yield from (*version.items, *version.claimant, *version.thresholds, *version.floors, *version.caps)
    for one in (version.amount, version.funding, version.pass_through, version.stacking):
        if one is not None:
            yield one
