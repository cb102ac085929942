"""The parts that a base is made of, for all claimants at once: whole numbers, grouped by code.

A part is what ``rules/schemes/units.py`` calls a unit. Where an item's price is parted equally over its patents, bases
are counted in 1/2520 of a fen, which every number of patents up to ten divides. What does not fit, because a number
is too large for 64 bits or a part is no whole number of these, is left to the one-by-one engine.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import lcm
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cli.whatif.calculation.rows import Paths, Rows, codes_of, paths_of
from cli.whatif.table.numbers import LARGEST, Flags, Ints, ceilings, numbered, sums
from cli.whatif.table.table import UNSTATED, ClaimTable
from rules.schemes.amounts.bounds import in_order
from rules.schemes.units import counted_of, scopes_of
from schemas.schemes.clauses import Measure, Per
from schemas.schemes.limits import Threshold, amounts_of_bound
from schemas.schemes.scheme import Version

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
    keys: dict[str, Ints]
    """By ``Per``, and by the name of a floor or a cap that goes by a fact."""
    amount: Ints
    whole: Ints
    """The base before growth was taken off."""

    def __len__(self) -> int:
        return len(self.owners)

    def groups(self, scope: str) -> Ints:
        """The group of each part; all of a claimant's year is one."""
        return self.owners if scope == Per.YEAR else self.keys[scope]

    def take(self, kept: Ints | Flags) -> "Parts":
        """Some of the parts."""
        base = self.base[kept]
        return Parts(
            self.owners[kept],
            base,
            self.cases[kept],
            {per: key[kept] for per, key in self.keys.items()},
            self.amount[kept],
            base if self.whole is self.base else self.whole[kept],
        )


def merged(parts: Parts, groups: Ints) -> tuple[Parts, dict[str, Flags]]:
    """One part for each group, and by scope the claimants in which parts of several of its groups were joined."""
    group, first, size = numbered(groups)
    mixed = {}
    for per, key in parts.keys.items():
        flags = np.zeros(int(parts.owners.max()) + 1 if len(parts) else 0, dtype=np.bool_)
        flags[parts.owners[key != key[first][group]]] = True
        mixed[per] = flags
    base = sums(group, size, parts.base)
    whole = base if parts.whole is parts.base else sums(group, size, parts.whole)
    return replace(parts.take(first), base=base, amount=sums(group, size, parts.amount), whole=whole), mixed


class Limit(NamedTuple):
    """A floor or a cap over all groups of ``scope``; where it goes by a fact, the last part of a key is its case."""

    clause: str
    per: Per
    scope: str
    fen: tuple[int | None, ...]
    """By case; None where nothing is said of it."""

    @property
    def largest(self) -> int:
        return max((fen for fen in self.fen if fen is not None), default=0)

    @property
    def smallest(self) -> int | None:
        return min((fen for fen in self.fen if fen is not None), default=None)


def limits_of(version: Version, facts: ClaimTable) -> list[tuple[Limit, Paths | None]]:
    """Floors before caps, narrow ones before wide ones, as they are applied."""
    found: list[tuple[Limit, Paths | None]] = []
    for clause, bounds in (("floor", version.floors), ("cap", version.caps)):
        for bound in in_order(bounds):
            if bound.amount is not None:
                found.append((Limit(clause, bound.per, bound.per, (bound.amount.fen,)), None))
            else:
                paths = paths_of(bound, facts)
                fen = tuple(None if one is None else one.amount.fen for one in paths.found)
                found.append((Limit(clause, bound.per, f"{clause} {len(found)}", fen or (None,)), paths))
    return found


def inside_of(version: Version) -> frozenset[Per]:
    """Over what smaller than a year something of the version is taken."""
    assert version.amount is not None
    pers = [version.amount.per, *(one.per for one in _thresholds(version))]
    pers += [Per(one.count_of) for one in _thresholds(version) if one.count_of is not None]
    pers += [Per.ITEM if bound.by else bound.per for bound in (*version.floors, *version.caps)]
    if any(one.is_by_item for one in version.amount.formulas):
        pers.append(Per.ITEM)
    return frozenset(pers) - {Per.YEAR}


def _thresholds(version: Version) -> list[Threshold]:
    return [*version.thresholds, *(one for group in version.criteria for one in group.thresholds)]


def scale_of(version: Version, facts: ClaimTable) -> Scale:
    """The coarsest scale in which everything is a whole number."""
    assert version.amount is not None
    rates = [one.rate for one in version.amount.formulas if one.rate is not None]
    rates += [tier.rate for one in version.amount.formulas for tier in (*(one.marginal or ()), *(one.whole or ()))]
    rates += [
        step.further.rate
        for one in version.amount.formulas
        for step in one.steps or ()
        if step.further is not None and step.further.rate is not None
    ]
    equal = (
        Per.PATENT in scopes_of(version)
        and version.bundle == "equal"
        and version.base.measure is not Measure.COUNT
        and facts.patents is not None
        and bool((facts.patents.counts > 1).any())
    )
    base = _EQUAL_PARTS if equal else 1
    return Scale(base, base * lcm(*(Fraction(rate).denominator for rate in rates)))


def parts_of(version: Version, facts: ClaimTable, rows: Rows, scale: Scale) -> tuple[Parts, Flags]:
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
    keys: dict[str, Ints] = {}
    owner = owners[row]
    for per in dict.fromkeys((Per.ITEM, *scopes_of(version), *(Per(what) for what in counted_of(version)))):
        if per is Per.ITEM:
            keys[per] = places[row]
        else:
            within = patent if per is Per.PATENT else codes_of(facts, per.value)[places][row]
            assert within is not None
            keys[per] = owner * width_of(facts, per) + within
    for limit, paths in limits_of(version, facts):
        if paths is not None:
            # What nobody stated was asked for, so every part that is here has a case.
            keys[limit.scope] = (owner if limit.per is Per.YEAR else keys[limit.per]) * len(limit.fen) + paths.codes[
                places
            ][row]
    assert version.amount is not None
    cases = paths_of(version.amount, facts).codes
    parts = Parts(owner, base, cases[places][row], keys, np.zeros(len(owner), dtype=np.int64), base)
    parts = parts.take(~aside[owner])
    if version.base.measure is Measure.COUNT:
        parts = _counted(parts, Per(version.base.count_of), facts)
    return parts, aside


def _counted(parts: Parts, per: Per, facts: ClaimTable) -> Parts:
    """Each once; of several items the one whose name comes first stands for it."""
    group, first, size = numbered(parts.groups(per))
    if size == len(parts):
        return parts
    several = np.flatnonzero(np.bincount(group, minlength=size)[group] > 1)
    ranks = pc.rank(facts.item_ids.take(pa.array(parts.keys[Per.ITEM][several])), tiebreaker="dense")
    # Stable among the patents of one item, so that the one that is named first stays.
    several = several[np.argsort(np.asarray(ranks), kind="stable")]
    first[group[several[::-1]]] = several[::-1]
    return parts.take(np.sort(first))


def width_of(facts: ClaimTable, per: Per) -> int:
    """A key of a scope is its claimant times this plus the code of the patent, contract or project."""
    if per is Per.PATENT:
        return len(facts.patents.values) if facts.patents is not None else 1
    return max(len(facts.names[per.value].values), 1) if per.value in facts.names else 1


def _parted(base: Ints, row: Ints, counts: Ints, stated: Ints, scale: Scale) -> tuple[Ints, Ints]:
    """The base of each patent's part, and the rows whose parts do not fit or do not add up."""
    several, given = counts[row] > 1, stated != UNSTATED
    uneven = several & ~given & (base[row] % counts[row] != 0)
    part = np.where(
        several,
        np.where(given, np.minimum(stated, LARGEST // scale.base) * scale.base, base[row] // counts[row]),
        base[row],
    )
    # More than the whole is wrong by itself; the rest cannot pass 64 bits when it is added up.
    over = several & given & ((part > base[row]) | (base[row] > LARGEST // 500))
    part = np.where(over, 0, part)
    differs = sums(row, len(base), part) != base
    return part, np.flatnonzero(differs | (sums(row, len(base), (over | uneven).astype(np.int64)) > 0))


def _too_large(version: Version, facts: ClaimTable, owners: Ints, base: Ints, counts: Ints, scale: Scale) -> Flags:
    size = facts.claimant_count
    pieces = sums(owners, size, counts)
    ceiling = ceilings(owners, size, base)
    largest = LARGEST // scale.amount // _times(version)
    most = max((one for one in _constants(version)), default=0) * scale.amount
    return (ceiling > largest >> 20) | (pieces > (LARGEST // most if most else LARGEST))


def _times(version: Version) -> int:
    """How many fen one fen of the base can give at most, where so much is given for each further full amount."""
    assert version.amount is not None
    furthers = [step.further for one in version.amount.formulas for step in one.steps or () if step.further]
    return max([1, *(-(-one.amount.fen // one.full) for one in furthers if one.amount is not None)])


def _constants(version: Version) -> Sequence[int]:
    assert version.amount is not None
    found = [leaf.said.amount.fen for bound in version.floors for leaf in amounts_of_bound(bound, "")]
    for one in version.amount.formulas:
        found += [step.amount.fen for step in one.steps or ()]
        found += [money.fen for money in (one.lump or {}).values()]
        found += [one.each.fen] if one.each is not None else []
    return found
