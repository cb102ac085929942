"""The parts that a base is made of, for all claimants at once: whole numbers, grouped by code.

A part is what ``rules/schemes/units.py`` calls a unit. Where an item's price is parted equally over its patents, bases
are counted in 1/2520 of a fen, which every number of patents up to ten divides. What does not fit, because a number
is too large for 64 bits or a part is no whole number of these, is left to the one-by-one engine.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np
import numpy.typing as npt

from rules.commands.whatif_columns import has_lumps, item_column
from rules.commands.whatif_facts import UNSTATED, Facts, Flags, Ints
from rules.commands.whatif_rows import Rows
from rules.schemes.units import scopes_of
from schemas.scheme import Version
from schemas.scheme_clauses import Measure, Per

LARGEST = 1 << 60
"""No sum of bases times a scale passes it: twice two such sums still fit into 64 bits."""
_EQUAL_PARTS = 2520


@dataclass(frozen=True)
class Scale:
    """Bases are counted in 1/``base`` of a fen, amounts in 1/``amount`` of a fen."""

    base: int
    amount: int

    @property
    def rates(self) -> int:
        """What every rate times this is a whole number."""
        return self.amount // self.base


@dataclass(frozen=True)
class Parts:
    """Parallel arrays; keys tell the groups of a scope apart over all claimants, those of items are the rows."""

    owners: Ints
    base: Ints
    cases: Ints
    keys: dict[Per, Ints]
    amount: Ints

    def __len__(self) -> int:
        return len(self.owners)

    def groups(self, per: Per) -> Ints:
        """The group of each part; all of a claimant's year is one."""
        return self.owners if per is Per.YEAR else self.keys[per]

    def take(self, kept: Ints | Flags) -> "Parts":
        """Some of the parts."""
        return Parts(self.owners[kept], self.base[kept], self.cases[kept],
                     {per: key[kept] for per, key in self.keys.items()}, self.amount[kept])


def sums(groups: Ints, size: int, values: Ints) -> Ints:
    """The sum of each group, in whole numbers."""
    total = np.zeros(size, dtype=values.dtype)
    np.add.at(total, groups, values)
    return total


def exact_sums(groups: Ints, size: int, values: npt.NDArray[Any]) -> list[int]:
    """The sum of each group in Python's own whole numbers, which have no end; values are not negative."""
    if values.dtype == object:
        total = [0] * size
        for group, value in zip(groups.tolist(), values, strict=True):
            total[group] += int(value)
        return total
    high, low = sums(groups, size, values >> 20), sums(groups, size, values & 0xFFFFF)
    return [(one << 20) + other for one, other in zip(high.tolist(), low.tolist(), strict=True)]


def numbered(*keys: Ints) -> tuple[Ints, Ints, int]:
    """Group of each place by its keys, the first place of each group, and how many groups there are."""
    joined = np.zeros(len(keys[0]), dtype=np.int64)
    for key in keys:
        if len(key):
            joined = joined * (int(key.max()) + 2) + key + 1
            if len(keys) > 2:
                joined = np.unique(joined, return_inverse=True)[1]
    _, first, group = np.unique(joined, return_index=True, return_inverse=True)
    return group, first, len(first)


def merged(parts: Parts, groups: Ints) -> tuple[Parts, dict[Per, Flags]]:
    """One part for each group, and by scope the claimants in which parts of several of its groups were joined."""
    group, first, size = numbered(groups)
    mixed = {}
    for per, key in parts.keys.items():
        flags = np.zeros(int(parts.owners.max()) + 1 if len(parts) else 0, dtype=np.bool_)
        flags[parts.owners[key != key[first][group]]] = True
        mixed[per] = flags
    joined = replace(parts.take(first), base=sums(group, size, parts.base), amount=sums(group, size, parts.amount))
    return joined, mixed


def scale_of(version: Version, facts: Facts) -> Scale:
    """The coarsest scale in which everything is a whole number."""
    assert version.amount is not None
    rates = [one.rate for one in version.amount.formulas if one.rate is not None]
    rates += [tier.rate for one in version.amount.formulas for tier in (*(one.marginal or ()), *(one.whole or ()))]
    equal = (
        Per.PATENT in scopes_of(version) and version.bundle == "equal" and version.base.measure is not Measure.COUNT
        and facts.patents is not None and bool((facts.patents.counts > 1).any())
    )
    base = _EQUAL_PARTS if equal else 1
    return Scale(base, base * lcm(*(Fraction(rate).denominator for rate in rates)))


def parts_of(version: Version, facts: Facts, rows: Rows, scale: Scale) -> tuple[Parts, Flags]:
    """The parts of the rows that count, and the claimants left to the one-by-one engine."""
    places = np.flatnonzero(rows.counted)
    owners = facts.claimants.codes[places]
    counts = np.ones(len(places), dtype=np.int64)
    by_patent = Per.PATENT in scopes_of(version)
    if by_patent:
        assert facts.patents is not None
        counts = facts.patents.counts[places]
    aside = _too_large(version, facts, owners, rows.base[places], counts, scale)
    fits = ~aside[owners]
    places, owners, counts = places[fits], owners[fits], counts[fits]
    base, row, patent = rows.base[places] * scale.base, np.repeat(np.arange(len(places)), counts), None
    if by_patent:
        assert facts.patents is not None
        starts = np.concatenate([[0], np.cumsum(counts)])
        cells = np.repeat(facts.patents.starts[places] - starts[:-1], counts) + np.arange(starts[-1])
        patent = facts.patents.codes[cells]
        if version.base.measure is Measure.COUNT:
            base = base[row]
        else:
            base, wrong = _parted(base, row, counts, facts.patents.amounts[cells], scale)
            aside[owners[wrong]] = True
    keys: dict[Per, Ints] = {}
    owner = owners[row]
    for per in dict.fromkeys((Per.ITEM, *scopes_of(version))):
        if per is Per.ITEM:
            keys[per] = places[row]
        else:
            within = patent if per is Per.PATENT else _codes(facts, per.value, places)[row]
            assert within is not None
            keys[per] = owner * width_of(facts, per) + within
    parts = Parts(owner, base, _cases(version, facts, places)[row], keys, np.zeros(len(owner), dtype=np.int64))
    parts = parts.take(~aside[owner])
    if version.base.measure is Measure.COUNT:
        # Each is counted once, where it stands first.
        parts = parts.take(np.sort(numbered(parts.groups(Per(version.base.count_of)))[1]))
    return parts, aside


def width_of(facts: Facts, per: Per) -> int:
    """A key of a scope is its claimant times this plus the code of the patent, contract or project."""
    if per is Per.PATENT:
        return len(facts.patents.values) if facts.patents is not None else 1
    return max(len(facts.names[per.value].values), 1) if per.value in facts.names else 1


def _cases(version: Version, facts: Facts, places: Ints) -> Ints:
    assert version.amount is not None
    by = version.amount.by
    return _codes(facts, item_column(by) if by is not None else "event" if has_lumps(version) else "", places)


def _codes(facts: Facts, column: str, places: Ints) -> Ints:
    # Of a column that the table does not have no row counts that would need it.
    names = facts.names.get(column)
    return np.full(len(places), UNSTATED, dtype=np.int64) if names is None else names.codes[places]


def _parted(base: Ints, row: Ints, counts: Ints, stated: Ints, scale: Scale) -> tuple[Ints, Ints]:
    """The base of each patent's part, and the rows whose parts do not fit or do not add up."""
    several, given = counts[row] > 1, stated != UNSTATED
    uneven = several & ~given & (base[row] % counts[row] != 0)
    part = np.where(several, np.where(given, np.minimum(stated, LARGEST // scale.base) * scale.base,
                                      base[row] // counts[row]), base[row])
    # More than the whole is wrong by itself; the rest cannot pass 64 bits when it is added up.
    over = several & given & ((part > base[row]) | (base[row] > LARGEST // 500))
    part = np.where(over, 0, part)
    differs = sums(row, len(base), part) != base
    return part, np.flatnonzero(differs | (sums(row, len(base), (over | uneven).astype(np.int64)) > 0))


def _too_large(version: Version, facts: Facts, owners: Ints, base: Ints, counts: Ints, scale: Scale) -> Flags:
    size = facts.claimant_count
    pieces = sums(owners, size, counts)
    # In steps of 2^20, rounded up: the sum itself could pass 64 bits.
    ceiling = sums(owners, size, (base >> 20) + 1)
    largest = LARGEST // scale.amount
    most = max((one for one in _constants(version)), default=0) * scale.amount
    return (ceiling > largest >> 20) | (pieces > (LARGEST // most if most else LARGEST))


def _constants(version: Version) -> Sequence[int]:
    assert version.amount is not None
    found = [bound.amount.fen for bound in version.floors]
    for one in version.amount.formulas:
        found += [step.amount.fen for step in one.steps or ()]
        found += [money.fen for money in (one.lump or {}).values()]
        found += [one.each.fen] if one.each is not None else []
    return found
