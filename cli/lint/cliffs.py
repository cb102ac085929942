"""Cliffs: bases where one more fen lowers the result, or lifts it by more than any rate could."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from typing import Any

from rules.schemes.amounts.bounds import apply_bounds
from rules.schemes.amounts.formulas import apply_amount
from rules.schemes.amounts.shown import rounded
from rules.schemes.amounts.thresholds import reached
from rules.schemes.trace import Untold
from rules.schemes.units import Unit, amount_of
from schemas.schemes.amounts import Formula
from schemas.schemes.cases import Leaf, chosen, leaves
from schemas.schemes.clauses import Measure, Per
from schemas.schemes.inputs import SchemeItem
from schemas.schemes.limits import Bound
from schemas.schemes.scheme import Scheme, Version
from schemas.schemes.vocabularies import other_of
from schemas.values.money import Money

_ONE = {Per.PATENT: "one", Per.CONTRACT: "one", Per.PROJECT: "one", Per.COUNTERPARTY: "one"}
_NO_CASE = "none_of_the_cases"
_MOST_VALUES = 100
"""So many combinations of the values by which floors and caps go are looked at for each formula."""


@dataclass(frozen=True)
class Cliff:
    """The last base before it, the first base after it (yuan, or how many), and what each gives."""

    place: str
    below: str
    base: str
    before: Money
    after: Money

    @property
    def falls(self) -> bool:
        """Whether more base gives less."""
        return self.after < self.before


def cliffs_of(scheme: Scheme, version: Version) -> Iterator[Cliff]:
    """Every cliff of a version, in the order of the bases; of a count only those where the result falls."""
    assert version.amount is not None
    counts = version.base.measure is Measure.COUNT
    # Whatever is asked beside the base is taken as met: the base alone is looked at.
    of_base = tuple(one for one in version.thresholds if one.is_of_base)
    alone = version.model_copy(update={"criteria": (), "thresholds": of_base})
    for leaf in leaves(version.amount, "amount"):
        if leaf.said.is_by_item:
            continue
        told = set[Cliff]()
        for values in islice(_values(leaf, (*version.floors, *version.caps)), _MOST_VALUES):
            if chosen(version.amount, _said(values).get).found is not leaf.said:
                continue  # an earlier case takes these values: no facts lead here
            for first in _firsts(alone, leaf.said):
                before, after = (_result(scheme, alone, values, base) for base in (first - 1, first))
                # No rate is above one, so where nothing breaks one more fen gives at most one more.
                if after < before or (not counts and after.fen - before.fen > 1):
                    below, base = (str(one) if counts else str(Money(one)) for one in (first - 1, first))
                    cliff = Cliff(leaf.place, below, base, before, after)
                    if cliff not in told:
                        told.add(cliff)
                        yield cliff


def _values(leaf: Leaf, bounds: tuple[Bound, ...]) -> Iterator[Mapping[str, str]]:
    """The values of the leaf, with every choice of those by which the floors and caps go."""
    if not bounds:
        yield leaf.values
        return
    for one in leaves(bounds[0], ""):
        if not leaf.excludes(one):
            yield from _values(leaf._replace(values={**one.values, **leaf.values}), bounds[1:])


def _firsts(version: Version, formula: Formula) -> list[int]:
    """The bases at which something begins that is not smooth; of what repeats itself the first."""
    begins = [one.first for one in version.thresholds]
    begins += [tier.first_fen for tier in formula.whole or ()]
    for step in formula.steps or ():
        begins.append(step.first)
        if step.further is not None and step.further.rate is None:
            begins.append(step.border + step.further.full)
    begins += [1] if version.floors else []
    return sorted({max(one, 1) for one in begins})  # a base of nothing gets nothing


def _said(values: Mapping[str, str]) -> dict[str, str]:
    """The values as an item states them: one of its own where there is no case for it."""
    return {fact: value or _NO_CASE for fact, value in values.items()}


def _result(scheme: Scheme, version: Version, values: Mapping[str, str], base: int) -> Money:
    """What the engine itself gives for one item with the whole base."""
    assert version.amount is not None
    said = _said(values)
    fields: dict[str, Any] = {fact: value for fact, value in said.items() if other_of(fact) is None}
    other = {further: value for fact, value in said.items() if (further := other_of(fact)) is not None}
    stated = SchemeItem.model_construct(**fields, other=other)
    trace = Untold(scheme, version)
    unit = Unit("one", dict(_ONE), (), Fraction(base), stated=stated)
    unit.path = chosen(version.amount, unit.value_of).path
    units, _ = reached(version, None, [unit], trace)
    apply_amount(version, units, trace)
    apply_bounds(version, units, trace)
    return rounded(version, amount_of(units))
