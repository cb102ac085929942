"""Floors and caps: every group with a base is lifted to its floor, then cut to its caps, the narrow ones first."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Literal

from rules.schemes.amounts.shown import shown
from rules.schemes.trace import Trace
from rules.schemes.units import Unit, amount_of, base_of, grouped, share_out
from schemas.schemes.cases import chosen
from schemas.schemes.clauses import Per
from schemas.schemes.limits import Bound, BoundCase, amounts_of_bound
from schemas.schemes.scheme import Version
from schemas.values.money import Money

NARROW_TO_WIDE = (Per.ITEM, Per.PATENT, Per.CONTRACT, Per.PROJECT, Per.COUNTERPARTY, Per.YEAR)


def in_order(bounds: Sequence[Bound]) -> list[Bound]:
    """Narrow ones first; the same scope in the order of the file."""
    return sorted(bounds, key=lambda one: NARROW_TO_WIDE.index(one.per))


def apply_bounds(version: Version, units: Sequence[Unit], trace: Trace) -> None:
    """Lifts every group with a base to its floor, then cuts to the caps, the narrow ones first."""
    for kind, bounds in (("floors", version.floors), ("caps", version.caps)):
        for bound in in_order(bounds):
            trace.read(f"{kind}.{bound.per}", bound_text(bound), bound)
            for key, limit, group in _groups(bound, units):
                _bind(bound, limit, group, kind == "floors", key, trace)


def bound_text(bound: Bound) -> str:
    """What the bound says, in words."""
    if bound.by is None:
        return str(bound.amount)
    return "; ".join(
        f"{' / '.join(one or 'otherwise' for one in leaf.path)}: {leaf.said.amount}"
        for leaf in amounts_of_bound(bound, "")
    )


def _groups(bound: Bound, units: Sequence[Unit]) -> Iterator[tuple[str, Money, list[Unit]]]:
    """The groups that the bound says something of; where it goes by a fact, those of one value are a group."""
    for key, group in grouped(units, bound.per).items():
        by_path: dict[tuple[str, ...], list[Unit]] = {}
        said: dict[tuple[str, ...], BoundCase] = {}
        for unit in group:
            path, found, _ = chosen(bound, unit.value_of)
            if found is not None and found.amount is not None:
                by_path.setdefault(path, []).append(unit)
                said[path] = found
        for path, alike in sorted(by_path.items()):
            limit = said[path].amount
            assert limit is not None, "what has none was left out"
            yield " ".join((*((key,) if key else ()), *path)), limit, alike


def _bind(bound: Bound, amount: Money, group: Sequence[Unit], lifts: bool, key: str, trace: Trace) -> None:
    before, limit = amount_of(group), Fraction(amount.fen)
    if (before >= limit or not base_of(group)) if lifts else before <= limit:
        return
    if before:
        for unit in group:
            unit.amount = unit.amount * limit / before
    else:
        share_out(group, limit)
    clause: Literal["floor", "cap"] = "floor" if lifts else "cap"
    trace.bound.add((clause, bound.per))
    what = f"{clause} per {bound.per}{f' {key}' if key else ''}"
    trace.step(what, f"{shown(before)} against {amount}", amount, bound)
