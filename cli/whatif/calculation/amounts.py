"""What all claimants of a year are given at once: formulas, floors, caps, in whole numbers of one scale.

The same steps as ``rules/schemes/amounts.py``. It parts an amount over its units by their bases, into fractions; here
such units are joined to one part that keeps the whole amount. Where a later floor or cap looks into a joined part that
is all of a claimant's, the fractions get one denominator and whole numbers that have no end; where there are several
of them, the claimant is left to the one-by-one engine.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from cli.whatif.calculation.parts import Limit, Parts, Scale, merged
from cli.whatif.calculation.thresholds import Below, first_base, jumps_of, just_below
from cli.whatif.table.numbers import LARGEST, Flags, Ints, numbered, sums
from cli.whatif.table.table import UNSTATED, Names
from schemas.schemes.amounts import Formula, Further
from schemas.schemes.clauses import Per
from schemas.schemes.scheme import Version
from schemas.values.money import Money


class Binding(NamedTuple):
    """A floor or a cap that bound: the claimant of each group that it changed."""

    clause: str
    per: Per
    owners: Ints


class Given(NamedTuple):
    """Fen by claimant, what bound, and which claimants are left to the one-by-one engine."""

    payable: Ints
    binding: tuple[Binding, ...]
    aside: Flags


class Kinds(NamedTuple):
    """The formulas that the codes of cases stand for, and by row the event that a lump sum is given for."""

    formulas: Sequence[Formula | None]
    events: Names


def given(
    version: Version, parts: Parts, scale: Scale, claimants: int, kinds: Kinds, bounds: Sequence[Limit], margin: int
) -> tuple[Given, tuple[Below, ...]]:
    """Gives every group of the amount's scope what its formula says, then lifts to the floors and cuts to the caps."""
    aside, payable = np.zeros(claimants, dtype=np.bool_), np.zeros(claimants, dtype=np.int64)
    if not len(parts):
        return Given(payable, (), aside), ()
    made, below = _amounts(version, parts, scale, kinds, margin)
    joined, mixed = made.joined()
    shared = np.zeros(claimants, dtype=np.bool_)
    for bound in bounds:
        shared |= _may_bind(bound, joined, scale, claimants) & _any(mixed, bound.scope, claimants)
    shared &= made.alone(claimants)
    binding: list[Binding] = []
    for few in (False, True):
        mine = made.shares(shared) if few else Shares(joined.take(~shared[joined.owners]), np.ones(claimants, np.int64))
        if len(mine.parts):
            total, more = _bounded(mine, {} if few else mixed, bounds, scale, aside)
            unit = mine.weights * scale.amount
            fen = total // unit if version.rounding == "truncate" else (2 * total + unit) // (2 * unit)
            payable += fen.astype(np.int64)
            binding += more
    return Given(payable, tuple(binding), aside), below


class Shares(NamedTuple):
    """Parts whose amounts are counted in 1/weight of the scale, by claimant."""

    parts: Parts
    weights: Ints


class Made(NamedTuple):
    """The parts with what goes with the base of each, and the groups whose amount is known only as a whole."""

    parts: Parts
    group: Ints
    is_whole: Flags
    """By group."""
    whole: Ints
    """By group: its amount."""

    def joined(self) -> tuple[Parts, dict[str, Flags]]:
        """One part for each group whose amount is known as a whole."""
        if not self.is_whole.any():
            return self.parts, {}
        groups = np.where(self.is_whole[self.group], self.group, len(self.whole) + np.arange(len(self.parts)))
        joined, mixed = merged(self.parts, groups)
        # The groups known as a whole have the lowest numbers, in their own order.
        joined.amount[: int(self.is_whole.sum())] = self.whole[self.is_whole]
        return joined, mixed

    def alone(self, claimants: int) -> Flags:
        """The claimants all of whose parts are one group, so that one denominator does for them."""
        low, high = np.full(claimants, len(self.whole)), np.full(claimants, -1)
        np.minimum.at(low, self.parts.owners, self.group)
        np.maximum.at(high, self.parts.owners, self.group)
        flags: Flags = low == high
        return flags

    def shares(self, claimants: Flags) -> Shares:
        """The amount of such a group, parted by base, of these claimants: in whole numbers that have no end."""
        mine = claimants[self.parts.owners]
        parts, group = self.parts.take(mine), self.group[mine]
        base = sums(group, len(self.whole), parts.base)
        times = np.where(base[group] > 0, parts.base, 1).astype(object)
        weights = np.ones(len(claimants), dtype=object)
        weights[parts.owners] = np.where(base > 0, base, np.bincount(group, minlength=len(base)))[group].astype(object)
        return Shares(replace(parts, amount=self.whole[group].astype(object) * times), weights)


def _bounded(
    shares: Shares, mixed: dict[str, Flags], bounds: Sequence[Limit], scale: Scale, aside: Flags
) -> tuple[Ints, list[Binding]]:
    """What each claimant is given after all bounds; adds to ``aside`` of whom that cannot be said here."""
    parts, weights = shares
    known, binding = [mixed], []
    for bound in bounds:
        can = _may_bind(bound, parts, scale, len(aside), weights)
        for one in known:
            aside |= can & _any(one, bound.scope, len(aside))
        parts, more, owners = _bound(bound, parts, scale, weights)
        binding.append(Binding(bound.clause, bound.per, owners))
        known.append(more)
    return sums(parts.owners, len(aside), parts.amount), binding


def _any(mixed: dict[str, Flags], scope: str, claimants: int) -> Flags:
    flags = np.zeros(claimants, dtype=np.bool_)
    found = mixed.get(scope)
    if found is not None:
        flags[: len(found)] = found
    return flags


def _may_bind(bound: Limit, parts: Parts, scale: Scale, claimants: int, weights: Ints | None = None) -> Flags:
    """Claimants that a bound can affect: a cap changes nobody whose total is below it."""
    if bound.clause == "floor":
        return np.ones(claimants, dtype=np.bool_)
    if bound.smallest is None:
        return np.zeros(claimants, dtype=np.bool_)
    total = sums(parts.owners, claimants, parts.amount)
    limit = bound.smallest * scale.amount
    return np.asarray(total > (min(limit, 2 * LARGEST) if weights is None else _limits(limit, weights)), dtype=np.bool_)


def _limits(limit: int, weights: Ints) -> Ints:
    # What is counted in 64 bits never passes twice the largest sum, so a higher limit is none.
    return limit * weights if weights.dtype == object else np.full(len(weights), min(limit, 2 * LARGEST))


def _amounts(version: Version, parts: Parts, scale: Scale, kinds: Kinds, margin: int) -> tuple[Made, tuple[Below, ...]]:
    amount = version.amount
    assert amount is not None
    formulas = {int(code): kinds.formulas[code] for code in np.unique(parts.cases)}
    keys = [parts.groups(amount.per), parts.cases]
    by_item = [code for code, formula in formulas.items() if formula is not None and formula.is_by_item]
    if by_item:
        # What is given by item is of each item in the group by itself.
        keys.append(np.where(np.isin(parts.cases, by_item), parts.keys[Per.ITEM], UNSTATED))
    group, first, size = numbered(*keys)
    base, case = sums(group, size, parts.base), parts.cases[first]
    fen, whole, below = np.zeros(len(parts), dtype=np.int64), np.zeros(size, dtype=np.int64), []
    is_whole = np.zeros(size, dtype=np.bool_)
    for code, formula in formulas.items():
        if formula is None:
            continue
        mine, here = case == code, parts.cases == code
        if formula.lump is not None:
            rows = parts.keys[Per.ITEM][first[mine]]
            whole[mine], is_whole[mine] = _of_events(formula.lump, kinds.events, rows, scale), True
        elif formula.marginal is not None or formula.steps is not None:
            whole[mine], is_whole[mine] = _of_groups(formula, base[mine], scale), True
        else:
            fen[here] = _of_parts(formula, parts.base[here], base[group[here]], scale)
        firsts, reach = parts.take(first[mine]), base[mine]
        below += [
            just_below("tier", amount.per, begins, scale, margin, firsts, reach) for begins in jumps_of(formula, scale)
        ]
    return Made(replace(parts, amount=fen), group, is_whole, whole), tuple(below)


def _of_events(lump: Mapping[str, Money], events: Names, rows: Ints, scale: Scale) -> Ints:
    fen = [lump[event].fen if event in lump else 0 for event in events.values]
    return (np.array([*fen, 0], dtype=np.int64) * scale.amount)[events.codes[rows]]


def _of_parts(formula: Formula, base: Ints, of_group: Ints, scale: Scale) -> Ints:
    """Amounts that go with the base of each part, so that nothing has to be parted."""
    if formula.rate is not None:
        return base * _whole(formula.rate * scale.rates)
    if formula.each is not None:
        return base * (formula.each.fen * scale.amount)
    rate = np.zeros(len(base), dtype=np.int64)
    for tier in formula.whole or ():
        rate[of_group >= first_base(tier, scale)] = _whole(tier.rate * scale.rates)
    return base * rate


def _of_groups(formula: Formula, base: Ints, scale: Scale) -> Ints:
    """Amounts of whole groups."""
    total = np.zeros(len(base), dtype=np.int64)
    if formula.marginal is not None:
        begins = [min(tier.begins_fen * scale.base, LARGEST) for tier in formula.marginal]
        for tier, begin, end in zip(formula.marginal, begins, [*begins[1:], LARGEST], strict=True):
            total += (np.clip(base, begin, end) - begin) * _whole(tier.rate * scale.rates)
    for step in formula.steps or ():
        # Without a base there is nothing, also where a step begins at zero.
        here = base >= max(first_base(step, scale), 1)
        total[here] = step.amount.fen * scale.amount
        if step.further is not None:
            total[here] += _beyond(step.further, base[here] - step.border * scale.base, scale)
    return total


def _beyond(further: Further, base: Ints, scale: Scale) -> Ints:
    """What is given for the base beyond a step's border."""
    if further.rate is not None:
        return base * _whole(further.rate * scale.rates)
    assert further.amount is not None
    return base // (further.full * scale.base) * (further.amount.fen * scale.amount)


def _whole(value: Fraction | object) -> int:
    exact = Fraction(str(value))
    assert exact.denominator == 1, "the scale makes every rate a whole number"
    return exact.numerator


def _bound(bound: Limit, parts: Parts, scale: Scale, weights: Ints) -> tuple[Parts, dict[str, Flags], Ints]:
    """Groups that a floor lifts or a cap cuts become one part each."""
    group, first, size = numbered(parts.groups(bound.scope))
    amount = sums(group, size, parts.amount)
    limit = _limit_of_groups(bound, parts.take(first), scale, weights)
    if bound.clause == "floor":
        hit = np.asarray(amount < limit, dtype=np.bool_) & (sums(group, size, parts.base) > 0)
    else:
        hit = np.asarray(amount > limit, dtype=np.bool_) & (limit >= 0)
    if not hit.any():
        return parts, {}, parts.owners[:0]
    joined, mixed = merged(parts, np.where(hit[group], group, size + np.arange(len(parts))))
    joined.amount[: int(hit.sum())] = limit[hit]
    return joined, mixed, parts.owners[first[hit]]


def _limit_of_groups(bound: Limit, firsts: Parts, scale: Scale, weights: Ints) -> Ints:
    """The limit of each group, by its first part; -1 where the bound says nothing of it."""
    if bound.scope == bound.per:
        return _limits(bound.largest * scale.amount, weights)[firsts.owners]
    case = firsts.groups(bound.scope) % len(bound.fen)
    limit = np.full(len(firsts), -1, dtype=weights.dtype)
    for code, fen in enumerate(bound.fen):
        if fen is not None:
            limit[case == code] = _limits(fen * scale.amount, weights)[firsts.owners[case == code]]
    return limit
