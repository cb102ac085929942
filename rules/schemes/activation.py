"""What two people have to activate before it pays: what is not law yet, and what nobody has confirmed."""

from collections.abc import Iterator

from schemas.schemes.clauses import Clause
from schemas.schemes.scheme import Version
from schemas.values.model import Model


def needs_activation(version: Version) -> tuple[str, ...]:
    """Why the version pays only when two people activated it; empty where it pays by itself.

    Reasons: it is only ``planned`` or a ``draft``; it, or a clause of it, is from memory (mark ``M``).
    """
    reasons = [f"status is {version.status}"] if version.status in ("planned", "draft") else []
    if version.mark == "M":
        reasons.append("the version is from memory (M)")
    return (*reasons, *(f"{name} is from memory (M)" for name in from_memory(version)))


def from_memory(version: Version) -> tuple[str, ...]:
    """The places of the clauses that are from memory, whatever the version's own mark."""
    return tuple(name for name, clause in clauses_of(version) if clause.mark == "M")


def clauses_of(version: Version) -> Iterator[tuple[str, Clause]]:
    """Every element that can have a citation and a mark of its own, by its place in the file."""
    yield from _single(version, "", "base", "window", "amount", "budget", "funding", "pass_through", "stacking")
    yield from _listed(version, "", "items", "claimant", "criteria", "thresholds", "floors", "caps")
    for number, criteria in enumerate(version.criteria):
        yield from _listed(criteria, f"criteria.{number}.", "claimant", "items", "thresholds")
    for number, part in enumerate((version.amount.sum or ()) if version.amount else ()):
        place = f"amount.sum.{number}"
        yield place, part
        yield from _single(part, f"{place}.", "base")
        yield from _listed(part, f"{place}.", "items", "thresholds", "floors", "caps")


def _single(of: Model, place: str, *names: str) -> Iterator[tuple[str, Clause]]:
    for name in names:
        clause = getattr(of, name)
        if clause is not None:
            yield f"{place}{name}", clause


def _listed(of: Model, place: str, *names: str) -> Iterator[tuple[str, Clause]]:
    for name in names:
        for number, clause in enumerate(getattr(of, name)):
            yield f"{place}{name}.{number}", clause
