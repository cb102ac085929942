"""Where something begins: who reaches a threshold, a tier or a step, and who is just below one, for all claimants."""

from typing import NamedTuple

import numpy as np

from cli.whatif.calculation.parts import Parts, Scale
from cli.whatif.table.numbers import LARGEST, Flags, Ints, numbered, sums
from schemas.schemes.amounts import FixedStep, Formula, Tier
from schemas.schemes.clauses import Per
from schemas.schemes.limits import Criteria, Threshold


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


_EMPTY: Ints = np.zeros(0, dtype=np.int64)
_NONE = Below("threshold", Per.YEAR, 0, _EMPTY, _EMPTY, _EMPTY, _EMPTY, _EMPTY)


def reached(threshold: Threshold, parts: Parts, scale: Scale, margin: int) -> tuple[Parts, Below]:
    """The parts of the groups that reach a threshold, and the groups just below it."""
    flags, below = reaches(threshold, parts, scale, margin)
    return parts.take(flags), below


def reaches(threshold: Threshold, parts: Parts, scale: Scale, margin: int) -> tuple[Flags, Below]:
    """By part whether its group reaches a threshold, and the groups just below it."""
    group, first, size = numbered(parts.groups(threshold.per))
    if threshold.count_of is not None:
        # How many, not how much: each once, of what has a base.
        some = np.flatnonzero(parts.base > 0)
        _, each, _ = numbered(group[some], parts.groups(Per(threshold.count_of))[some])
        base = np.bincount(group[some][each], minlength=size)
        return np.asarray((base >= threshold.first)[group], dtype=np.bool_), _NONE._replace(per=threshold.per)
    base = sums(group, size, parts.whole if threshold.before_growth else parts.base)
    least = _scaled(threshold.first, scale, threshold.more_than is not None)
    below = just_below("threshold", threshold.per, (threshold.first, least), scale, margin, parts.take(first), base)
    return np.asarray((base >= least)[group], dtype=np.bool_), below


def enough(criteria: Criteria, parts: Parts, scale: Scale, margin: int) -> Parts:
    """The parts that reach as many of the thresholds as have to be met."""
    met = np.zeros(len(parts), dtype=np.int64)
    for one in criteria.thresholds:
        met += reaches(one, parts, scale, margin)[0]
    return parts.take(met >= criteria.met)


def _scaled(first_fen: int, scale: Scale, is_more: bool) -> int:
    """The same in the scale of bases; more than an amount is reached with the smallest step above it."""
    return min((first_fen - 1) * scale.base + 1 if is_more else first_fen * scale.base, LARGEST)


def first_base(begins: Tier | FixedStep, scale: Scale) -> int:
    """The smallest base that lies in a tier or reaches a step."""
    return _scaled(begins.first_fen if isinstance(begins, Tier) else begins.first, scale, begins.above is not None)


def just_below(
    clause: str, per: Per, begins: tuple[int, int], scale: Scale, margin: int, firsts: Parts, base: Ints
) -> Below:
    """The groups that lie below ``begins`` (whole fen, and in the scale of bases) by no more than the margin."""
    first_fen, least = begins
    short = min(first_fen * scale.base, LARGEST) - base
    near = np.flatnonzero((base < least) & (short <= min(margin * scale.base, LARGEST)))
    firsts = firsts.take(near)
    return Below(
        clause, per, first_fen, firsts.owners, firsts.keys[Per.ITEM], firsts.groups(per), base[near], short[near]
    )


def jumps_of(formula: Formula, scale: Scale) -> list[tuple[int, int]]:
    """Where the amount jumps: the first fen of each tier of the whole base, and of each step; and the same in scale."""
    jumps = [(tier.first_fen, first_base(tier, scale)) for tier in formula.whole or ()]
    jumps += [(step.first, first_base(step, scale)) for step in formula.steps or ()]
    return [one for one in jumps if one[0] > 0]
