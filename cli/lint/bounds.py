"""Elements that have no effect, or take away the effect of others: tiers, caps, floors, thresholds."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple

from rules.schemes.amounts.formulas import amount_for
from rules.schemes.amounts.parts import summands
from schemas.schemes.amounts import Formula, SchemeAmount
from schemas.schemes.cases import Leaf, leaves
from schemas.schemes.clauses import Per
from schemas.schemes.limits import Bound, amounts_of_bound
from schemas.schemes.scheme import Version


def _contains(wide: Per, narrow: Per) -> bool:
    """Whether every group of the one lies wholly in one group of the other."""
    return wide is narrow or wide is Per.YEAR or (narrow is Per.ITEM and wide not in (Per.ITEM, Per.PATENT))


class Cause(NamedTuple):
    """What takes away an element's effect: its code among the causes of the texts, and what fills its words."""

    code: str
    facts: Mapping[str, object] = MappingProxyType({})


class Limit(NamedTuple):
    """One amount of a floor or a cap: of all, or of those of one value."""

    number: int
    per: Per
    leaf: Leaf

    @property
    def fen(self) -> int:
        return int(self.leaf.said.amount.fen)

    @property
    def cause(self) -> Cause:
        """This limit as what takes away another's effect."""
        return Cause("cap", {"amount": self.leaf.said.amount, "per": self.per})

    def binds_within(self, other: "Limit") -> bool:
        """Whether each group of the other lies in a group of this one."""
        return _contains(self.per, other.per) and self.leaf.covers(other.leaf)


def limits_of(bounds: Sequence[Bound], kind: str) -> list[Limit]:
    """Every amount of these floors or caps."""
    return [
        Limit(number, bound.per, leaf)
        for number, bound in enumerate(bounds)
        for leaf in amounts_of_bound(bound, f"{kind}.{number}")
    ]


def tiers_never_reached(version: Version) -> Iterator[tuple[str, Cause]]:
    """Place of each tier or step that changes no result, and what is before it."""
    amount = version.amount
    assert amount is not None
    caps = [cap for cap in limits_of(version.caps, "caps") if _contains(cap.per, amount.per)]
    for leaf in leaves(amount, "amount"):
        formula: Formula = leaf.said
        least = min((cap for cap in caps if cap.leaf.covers(leaf)), key=lambda cap: cap.fen, default=None)
        way, begins = _begins(formula)
        capped = _capped_from(formula, begins, least.fen) if least is not None else len(begins)
        for number, first in enumerate(begins):
            if least is not None and number >= capped and (formula.marginal or _is_capped(formula, first, least.fen)):
                yield f"{leaf.place}.{way}.{number}", least.cause
            elif way != "marginal" and number + 1 < len(begins) and not amount.cases:
                for one in version.thresholds:
                    hides = one.is_of_base and begins[number + 1] <= one.first and not one.before_growth
                    if hides and _contains(amount.per, one.per):
                        yield f"{leaf.place}.{way}.{number}", Cause("threshold", {"per": one.per})
        for number, step in enumerate(formula.steps or ()):
            room = begins[number + 1] - 1 - step.border if number + 1 < len(begins) else None
            if step.further and step.further.rate is None and room is not None and room < step.further.full:
                yield f"{leaf.place}.steps.{number}.further", Cause("next_step")


def _is_capped(formula: Formula, first: int, cap: int) -> bool:
    """Whether a base of ``first`` gets the cap, and the fen before it did too."""
    return all(amount_for(formula, Fraction(base)) >= cap for base in (first - 1, first) if base >= 0) and first > 0


def _capped_from(formula: Formula, begins: Sequence[int], cap: int) -> int:
    """From which tier on it is worth to look: where each part has its own rate, more base never gives less."""
    if formula.marginal is None:
        return 0
    return bisect_left(begins, True, key=lambda first: _is_capped(formula, first, cap))


def _begins(formula: Formula) -> tuple[str, list[int]]:
    if formula.steps:
        return "steps", [step.first for step in formula.steps]
    way = "marginal" if formula.marginal else "whole"
    return way, [tier.first_fen for tier in formula.marginal or formula.whole or ()]


def caps_that_cannot_bind(version: Version, wider: Sequence[Bound] = ()) -> Iterator[tuple[str, Cause]]:
    """Place of each cap that changes no result, and why. ``wider``: of a part, the caps of the whole sum."""
    own = limits_of(version.caps, "caps")
    others = [*own, *(one._replace(number=one.number + len(version.caps)) for one in limits_of(wider, "caps"))]
    for place, cap in enumerate(own):
        for other_place, other in enumerate(others):
            if other_place == place or not other.binds_within(cap):
                continue
            if other.fen <= cap.fen if other.per is not cap.per else (other.fen, other_place) < (cap.fen, place):
                yield cap.leaf.place, other.cause
                break
        else:
            most = most_given(version, cap)
            if most is not None and most <= cap.fen:
                yield cap.leaf.place, Cause("formula")


def caps_beyond_the_sum(version: Version) -> Iterator[tuple[str, Cause]]:
    """Place of each cap of a sum that its parts cannot pass together."""
    for cap in limits_of(version.caps, "caps"):
        parts = [_most_of_part(part, cap) for _, part in summands(version)]
        known = [one for one in parts if one is not None]
        if cap.per is Per.YEAR and not version.floors and len(known) == len(parts) and sum(known) <= cap.fen:
            yield cap.leaf.place, Cause("parts")


def _most_of_part(part: Version, cap: Limit) -> Fraction | None:
    own = [
        Fraction(one.fen) for one in limits_of(part.caps, "caps") if one.per is cap.per and one.leaf.covers(cap.leaf)
    ]
    most = most_given(part, cap)
    return min([*own, *([] if most is None else [most])], default=None)


def most_given(version: Version, cap: Limit) -> Fraction | None:
    """The most that a group of the cap can get before it, in fen; None where there is no end to it."""
    amount = version.amount
    assert amount is not None
    found = [leaf for leaf in leaves(amount, "amount") if not leaf.excludes(cap.leaf)]
    by_item = all(leaf.said.is_by_item for leaf in found)
    if not _contains(Per.ITEM if by_item else amount.per, cap.per) or any(
        floor.per is not cap.per or floor.by is not None for floor in version.floors
    ):
        return None
    if not by_item and any("" in leaf.path for leaf in found):
        return None  # each of the other values has a base of its own, and nobody knows how many there are
    each = [_most_of(leaf.said) for leaf in found]
    known = [one for one in each if one is not None]
    if len(known) < len(each):
        return None
    # An item is of one case; any other group can have items of all of them.
    most = max(known, default=Fraction(0)) if by_item else sum(known, Fraction(0))
    return max([most, *(Fraction(floor.fen) for floor in limits_of(version.floors, "floors"))])


def _most_of(formula: Formula) -> Fraction | None:
    if formula.lump is not None:
        return Fraction(max(one.fen for one in formula.lump.values()))
    if formula.awarded is not None:
        return Fraction(formula.awarded.at_most.fen)
    if formula.steps is not None:
        if formula.steps[-1].further is not None and formula.steps[-1].further.rate != 0:
            return None
        ends = [*(step.first - 1 for step in formula.steps[1:] if step.first), *(step.first for step in formula.steps)]
        return max(amount_for(formula, Fraction(max(end, 1))) for end in ends)
    tiers = formula.marginal or formula.whole or ()
    if formula.each is not None or formula.rate or (tiers and tiers[-1].rate):
        return None
    # The last rate is zero, so the most is given where some tier begins, or on the last fen before it.
    # Where each part has its own rate more never gives less, so that the last of them is the most.
    ends = [fen for tier in tiers for fen in (tier.first_fen - 1, tier.first_fen) if fen >= 0]
    ends = ends[-1:] if formula.marginal else ends
    return max([Fraction(0), *(amount_for(formula, Fraction(fen)) for fen in ends)])


def floors_above_caps(version: Version, wider: Sequence[Bound] = ()) -> Iterator[tuple[str, str, Cause]]:
    """Code, place of the floor, and the cap that takes away what it lifts."""
    for floor in limits_of(version.floors, "floors"):
        for cap in (*limits_of(version.caps, "caps"), *limits_of(wider, "caps")):
            if floor.fen > cap.fen and not cap.leaf.excludes(floor.leaf):
                code = "floor_above_cap" if cap.binds_within(floor) else "floor_above_narrow_cap"
                yield code, floor.leaf.place, cap.cause


def thresholds_beyond_caps(version: Version) -> Iterator[tuple[str, Cause]]:
    """Place of each threshold from which on everybody gets a cap, and that cap."""
    amount = version.amount
    assert amount is not None
    if amount.cases or amount.is_by_item:
        return
    for number, threshold in enumerate(version.thresholds):
        if (
            not threshold.is_of_base
            or threshold.before_growth
            or (threshold.per is not amount.per and amount.rate is None)
        ):
            continue  # little can have grown, and many small groups can add up to the threshold
        for cap in limits_of(version.caps, "caps"):
            covers = not cap.leaf.values and _contains(cap.per, threshold.per)
            if covers and _least_from(amount, threshold.first) >= cap.fen:
                yield f"thresholds.{number}", cap.cause


def _least_from(amount: SchemeAmount, first: int) -> Fraction:
    """The least that a base of ``first`` or more gives."""
    _, begins = _begins(amount)
    further = () if amount.marginal else (one for one in begins if one > first)
    return min(amount_for(amount, Fraction(base)) for base in (first, *further))


def limits_that_say_nothing(version: Version) -> Iterator[tuple[str, str]]:
    """Code and place of thresholds that whatever counts reaches, and of criteria that all have to be met."""
    for number, threshold in enumerate(version.thresholds):
        if threshold.count_of is not None and threshold.count_at_least == 1:
            yield "threshold_always_reached", f"thresholds.{number}"
    for number, criteria in enumerate(version.criteria):
        if criteria.met == criteria.size:
            yield "criteria_all_needed", f"criteria.{number}"
