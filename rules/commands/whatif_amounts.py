"""What all claimants of a year are given at once: thresholds, formulas, floors, caps, in whole numbers of one scale.

The same steps as ``rules/schemes/amounts.py``. It parts an amount over its units by their bases, into fractions; here
such units are joined to one part that keeps the whole amount. Where a later floor or cap would have to look into a
joined part, the claimant is left to the one-by-one engine.
"""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from rules.commands.whatif_facts import UNSTATED, Flags, Ints
from rules.commands.whatif_parts import LARGEST, Parts, Scale, merged, numbered, sums
from schemas.scheme import Version
from schemas.scheme_clauses import Bound, Formula, Per, Threshold, Tier

NARROW_TO_WIDE = (Per.ITEM, Per.PATENT, Per.CONTRACT, Per.PROJECT, Per.YEAR)


class Below(NamedTuple):
    """Groups just below a place where the amount jumps; ``short`` and ``base`` are in the scale of bases."""

    clause: str
    per: Per
    boundary: int
    """Fen, or a count: reached with this much."""
    owners: Ints
    rows: Ints
    """The first row of each group."""
    keys: Ints
    base: Ints
    short: Ints


class Binding(NamedTuple):
    """A floor or a cap that bound: the claimant of each group that it changed."""

    clause: str
    per: Per
    owners: Ints


class Given(NamedTuple):
    """What the parts are given, what bound, and which claimants are left to the one-by-one engine."""

    parts: Parts
    binding: tuple[Binding, ...]
    aside: Flags


def reached(threshold: Threshold, parts: Parts, scale: Scale, margin: int) -> tuple[Parts, Below]:
    """The parts of the groups that reach a threshold, and the groups just below it."""
    group, first, size = numbered(parts.groups(threshold.per))
    base = sums(group, size, parts.base)
    least = _least(threshold) * scale.base
    if threshold.more_than is not None:
        # More than the amount, in the smallest step that bases are counted in.
        least = threshold.more_than.fen * scale.base + 1
    least = min(least, LARGEST)
    boundary = least if threshold.more_than is None else (threshold.more_than.fen + 1) * scale.base
    below = _below("threshold", threshold.per, boundary, scale, margin, parts.take(first), base)
    return parts.take((base >= least)[group]), below


def _least(threshold: Threshold) -> int:
    if threshold.count_at_least is not None:
        return threshold.count_at_least
    return threshold.at_least.fen if threshold.at_least is not None else 0


def _below(
    clause: str, per: Per, boundary: int, scale: Scale, margin: int, firsts: Parts, base: Ints,
) -> Below:
    boundary = min(boundary, LARGEST)
    short = boundary - base
    near = np.flatnonzero((short > 0) & (short <= min(margin * scale.base, LARGEST)))
    firsts = firsts.take(near)
    return Below(clause, per, boundary // scale.base, firsts.owners, firsts.keys[Per.ITEM], firsts.groups(per),
                 base[near], short[near])


def given(
    version: Version, parts: Parts, scale: Scale, claimants: int, cases: Sequence[str], margin: int,
) -> tuple[Given, tuple[Below, ...]]:
    """Gives every group of the amount's scope what its formula says, then lifts to the floors and cuts to the caps."""
    assert version.amount is not None
    aside = np.zeros(claimants, dtype=np.bool_)
    bounds = [("floor", one) for one in _in_order(version.floors)] + [("cap", one) for one in _in_order(version.caps)]
    parts, mixed, below = _amounts(version, parts, scale, cases, margin)
    binding = []
    for clause, bound in bounds:
        _set_aside(aside, mixed, clause, bound, parts, scale)
        parts, more, owners = _bound(clause, bound, parts, scale)
        binding.append(Binding(clause, bound.per, owners))
        mixed = {per: [*mixed.get(per, []), *more.get(per, [])] for per in (*mixed, *more)}
    return Given(parts, tuple(binding), aside), below


def _set_aside(
    aside: Flags, mixed: dict[Per, list[Flags]], clause: str, bound: Bound, parts: Parts, scale: Scale,
) -> None:
    """Of whom a bound would have to look into joined parts; no cap cuts who is given no more than it altogether."""
    total = sums(parts.owners, len(aside), parts.amount)
    can_bind = total > min(bound.amount.fen * scale.amount, 2 * LARGEST) if clause == "cap" else total >= 0
    for flags in mixed.get(bound.per, ()):
        aside[:len(flags)] |= flags & can_bind[:len(flags)]


def _in_order(bounds: Sequence[Bound]) -> list[Bound]:
    return sorted(bounds, key=lambda one: NARROW_TO_WIDE.index(one.per))


def _amounts(
    version: Version, parts: Parts, scale: Scale, cases: Sequence[str], margin: int,
) -> tuple[Parts, dict[Per, list[Flags]], tuple[Below, ...]]:
    amount = version.amount
    assert amount is not None
    if not len(parts):
        return parts, {}, ()
    group, first, size = numbered(parts.groups(amount.per), parts.cases)
    base, case = sums(group, size, parts.base), parts.cases[first]
    fen, whole, below = np.zeros(len(parts), dtype=np.int64), np.zeros(size, dtype=np.int64), []
    is_joined = np.zeros(size, dtype=np.bool_)
    for code in np.unique(case):
        name = "" if code == UNSTATED else cases[code]
        formula = amount.cases.get(name) if amount.cases is not None else amount
        if formula is None:
            continue
        mine, here = case == code, parts.cases == code
        if formula.marginal is not None or formula.steps is not None:
            whole[mine], is_joined[mine] = _of_groups(formula, base[mine], scale), True
        else:
            fen[here] = _of_parts(formula, name, parts.base[here], base[group[here]], scale)
        places = np.flatnonzero(mine)
        for boundary in _jumps(formula):
            below.append(_below("tier", amount.per, boundary * scale.base, scale, margin, parts.take(first[places]),
                                base[places]))
    parts = replace(parts, amount=fen)
    if not is_joined.any():
        return parts, {}, tuple(below)
    groups = np.where(is_joined[group], group, size + np.arange(len(parts)))
    joined, mixed = merged(parts, groups)
    # The joined groups have the lowest numbers, in their own order.
    joined.amount[:int(is_joined.sum())] = whole[is_joined]
    return joined, {per: [flags] for per, flags in mixed.items()}, tuple(below)


def _of_parts(formula: Formula, case: str, base: Ints, of_group: Ints, scale: Scale) -> Ints:
    """Amounts that go with the base of each part, so that nothing has to be parted."""
    if formula.rate is not None:
        return base * _whole(formula.rate * scale.rates)
    if formula.lump is not None:
        return np.full(len(base), formula.lump[case].fen * scale.amount if case in formula.lump else 0, dtype=np.int64)
    if formula.each is not None:
        return base * (formula.each.fen * scale.amount)
    rate = np.zeros(len(base), dtype=np.int64)
    for tier in formula.whole or ():
        rate[of_group >= _begins(tier, scale)] = _whole(tier.rate * scale.rates)
    return base * rate


def _of_groups(formula: Formula, base: Ints, scale: Scale) -> Ints:
    """Amounts of whole groups."""
    total = np.zeros(len(base), dtype=np.int64)
    if formula.marginal is not None:
        begins = [min(tier.begins_fen * scale.base, LARGEST) for tier in formula.marginal]
        for tier, begin, end in zip(formula.marginal, begins, [*begins[1:], LARGEST], strict=True):
            total += (np.clip(base, begin, end) - begin) * _whole(tier.rate * scale.rates)
    for step in formula.steps or ():
        total[base >= min(step.at_least.fen * scale.base, LARGEST)] = step.amount.fen * scale.amount
    return total


def _begins(tier: Tier, scale: Scale) -> int:
    return min(tier.begins_fen * scale.base + (tier.above is not None), LARGEST)


def _jumps(formula: Formula) -> list[int]:
    """Where the amount jumps: the least fen of each tier of the whole base, and of each step."""
    jumps = [tier.begins_fen + (tier.above is not None) for tier in formula.whole or ()]
    return [fen for fen in (*jumps, *(step.at_least.fen for step in formula.steps or ())) if fen > 0]


def _whole(value: Fraction | object) -> int:
    exact = Fraction(str(value))
    assert exact.denominator == 1, "the scale makes every rate a whole number"
    return exact.numerator


def _bound(clause: str, bound: Bound, parts: Parts, scale: Scale) -> tuple[Parts, dict[Per, list[Flags]], Ints]:
    """Groups that a floor lifts or a cap cuts become one part each."""
    limit = bound.amount.fen * scale.amount
    if not len(parts) or (clause == "cap" and limit >= 2 * LARGEST):
        return parts, {}, parts.owners[:0]
    group, first, size = numbered(parts.groups(bound.per))
    amount = sums(group, size, parts.amount)
    if clause == "floor":
        hit = (amount < limit) & (sums(group, size, parts.base) > 0)
    else:
        hit = amount > limit
    if not hit.any():
        return parts, {}, parts.owners[:0]
    joined, mixed = merged(parts, np.where(hit[group], group, size + np.arange(len(parts))))
    joined.amount[:int(hit.sum())] = limit
    return joined, {per: [flags] for per, flags in mixed.items()}, parts.owners[first[hit]]
