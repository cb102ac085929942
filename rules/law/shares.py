"""Splitting an amount so that the parts always add up to it, to the fen.

Largest remainder: each part is cut down to whole fen, and the fen that are left go, one each, to the parts that lost
most; among equals to the one named first, so the order of the signed paper decides and not the machine. A negative
total, money taken back, is the mirror of the positive one: a reversal takes from each exactly what each was given.

A group with a least part is never left below it by that rounding: it gets the whole fen that reach its exact minimum,
and the others share what is left (D-12).
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import NamedTuple, TypeVar

from schemas.values.determination import ResultLine
from schemas.values.money import Money

Weight = Fraction | Decimal
Exact = TypeVar("Exact", int, Fraction)
_WHOLE = Fraction(100)


def split(
    total: Money, weights: Sequence[tuple[str, Weight]], least: Mapping[str, Money] | None = None
) -> tuple[ResultLine, ...]:
    """One line per weight, in the order given; the lines add up to ``total``.

    ``least``: fixed amounts that some names have at least; the others share what is left by their weights.

    Raises ValueError when a weight is negative, a name stands twice, or there is no weight to carry the amount.
    """
    names = [name for name, _ in weights]
    exact = [Fraction(weight) for _, weight in weights]
    if len(dict.fromkeys(names)) != len(names):
        raise ValueError("a name stands twice among the shares")
    if any(weight < 0 for weight in exact) or not sum(exact):
        raise ValueError("shares are not negative, and one of them is more than zero")
    fen = _parted(abs(total.fen), list(zip(names, exact, strict=True)), least or {})
    sign = -1 if total.fen < 0 else 1
    return tuple(ResultLine(name=name, amount=Money(sign * part)) for name, part in zip(names, fen, strict=True))


def split_by_percent(
    total: Money, percents: Sequence[tuple[str, Weight]], rest: str, least: Mapping[str, Money] | None = None
) -> tuple[ResultLine, ...]:
    """As ``split`` with parts of 100; what they leave goes to a last line ``rest``, missing if they leave nothing.

    Raises ValueError when the parts are more than 100, and as ``split``.
    """
    left = _WHOLE - sum((Fraction(percent) for _, percent in percents), Fraction(0))
    if left < 0:
        raise ValueError("the shares are more than 100 percent")
    return split(total, [*percents, (rest, left)] if left else percents, least)


class Group(NamedTuple):
    """Names that have at least ``least`` exact fen together."""

    name: str
    members: Sequence[str]
    least: Fraction


def lift_groups(
    lines: Sequence[ResultLine],
    weights: Sequence[tuple[str, Weight]],
    groups: Sequence[Group],
    least: Mapping[str, Money] | None = None,
) -> tuple[ResultLine, ...]:
    """The same sum split so that no group is below its exact minimum; unchanged where none was.

    A group that fell short gets the whole fen that reach its minimum, split among its members by their weights; the
    others share what is left by theirs. Minima that cannot all hold to the fen (together they are more than the sum)
    give way where a fen is the smallest part: the largest of them. ``weights`` name every line; groups share no member.
    ``least`` as for ``split``; it holds inside what a group has, and among the others.
    """
    whole, short = sum(line.amount.fen for line in lines), list[Group]()
    of_all, found = dict(weights), {line.name: line.amount.fen for line in lines}
    while new := [one for one in groups if one not in short and _held(one, found) < ceil(one.least)]:
        short += new
        fixed = {one.name: ceil(one.least) for one in short}
        while sum(fixed.values()) > whole:
            fixed[max(fixed, key=lambda name: fixed[name])] -= 1
        inside = {name for one in short for name in one.members}
        rest = [name for name in found if name not in inside]
        if not any(of_all[name] for name in rest):
            fixed[max(fixed, key=lambda name: fixed[name])] += whole - sum(fixed.values())
        found = dict.fromkeys(found, 0)
        for fen, names in [*((fixed[one.name], one.members) for one in short), (whole - sum(fixed.values()), rest)]:
            if any(of_all[one] for one in names):  # whoever has no part of it gets nothing of it
                exact = [(one, Fraction(of_all[one])) for one in names]
                found |= dict(zip(names, _parted(fen, exact, least or {}), strict=True))
    return tuple(ResultLine(name=name, amount=Money(fen)) for name, fen in found.items())


def _parted(fen: int, weights: Sequence[tuple[str, Fraction]], least: Mapping[str, Money]) -> list[int]:
    """The fen of each weight: nobody below its fixed amount, the others by their weights of what is left.

    Where more is fixed than there is, what there is goes by the fixed amounts.
    """
    fixed: dict[str, int] = {}
    while True:
        left = fen - sum(fixed.values())
        free = [(name, weight) for name, weight in weights if name not in fixed]
        whole = sum((weight for _, weight in free), Fraction(0))
        wanted = {name: least[name].fen for name, _ in free if name in least}
        below = {name: wanted[name] for name, weight in free if name in wanted and wanted[name] * whole > left * weight}
        if not below:
            break
        fixed |= below
    if sum(fixed.values()) > fen:
        return largest_remainder(fen, [fixed.get(name, 0) for name, _ in weights])
    shared = dict(zip((name for name, _ in free), largest_remainder(left, [weight for _, weight in free]), strict=True))
    return [fixed.get(name, shared.get(name, 0)) for name, _ in weights]


def _held(group: Group, fen: Mapping[str, int]) -> int:
    return sum(fen[name] for name in group.members)


def add_lines(lines: Iterable[ResultLine], less: Iterable[ResultLine] = ()) -> tuple[ResultLine, ...]:
    """One line per name with the sum of ``lines`` minus the sum of ``less``; names in the order they first appear."""
    sums: dict[str, Money] = {}
    for line in lines:
        sums[line.name] = sums.get(line.name, Money(0)) + line.amount
    for line in less:
        sums[line.name] = sums.get(line.name, Money(0)) - line.amount
    return tuple(ResultLine(name=name, amount=amount) for name, amount in sums.items())


def half_up(fen: Fraction) -> Money:
    """Exact fen rounded to whole ones, a half upwards."""
    return Money(floor(fen + Fraction(1, 2)))


def never_below(fen: Fraction) -> Money:
    """Half up, and where that is below the exact minimum, up to it (D-12)."""
    amount = half_up(fen)
    return amount if amount.fen >= fen else Money(ceil(fen))


def largest_remainder(fen: int, weights: Sequence[Exact]) -> list[int]:
    """The fen of each weight, in the order given, adding up to ``fen``; whole weights take the shortest way.

    ``fen`` and the weights are not negative, and one weight at least is more than zero.
    """
    whole = sum(weights)
    quotas = [divmod(fen * weight, whole) for weight in weights]
    parts = [part for part, _ in quotas]
    by_loss = sorted(range(len(parts)), key=lambda place: (-quotas[place][1], place))
    for place in by_loss[: fen - sum(parts)]:
        parts[place] += 1
    return parts
