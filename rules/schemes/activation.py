"""What two people have to activate before it pays: what is not law yet, and what nobody has confirmed."""

from collections.abc import Iterator

from schemas.schemes.clauses import Clause
from schemas.schemes.scheme import Version


def needs_activation(version: Version) -> tuple[str, ...]:
    """Why the version pays only when two people activated it; empty where it pays by itself.

    Reasons: it is only ``planned`` or a ``draft``; it, or a clause of it, is from memory (mark ``M``).
    """
    reasons = [f"status is {version.status}"] if version.status in ("planned", "draft") else []
    if version.mark == "M":
        reasons.append("the version is from memory (M)")
    reasons += [f"{name} is from memory (M)" for name, clause in clauses_of(version) if clause.mark == "M"]
    return tuple(reasons)


def clauses_of(version: Version) -> Iterator[tuple[str, Clause]]:
    """Every element that can have a citation and a mark of its own, by its place in the file."""
    for name in ("base", "window", "amount", "budget", "funding", "pass_through", "stacking"):
        clause = getattr(version, name)
        if clause is not None:
            yield name, clause
    for name in ("items", "claimant", "thresholds", "floors", "caps"):
        for number, clause in enumerate(getattr(version, name)):
            yield f"{name}.{number}", clause
