"""Elements that have no effect, or take away the effect of others: tiers, caps, floors, thresholds."""

from collections.abc import Iterator
from fractions import Fraction

from cli.lint.cliffs import cases_of
from rules.schemes.amounts import amount_for
from schemas.schemes.amounts import Formula, SchemeAmount
from schemas.schemes.clauses import Bound, Per
from schemas.schemes.scheme import Version


def _contains(wide: Per, narrow: Per) -> bool:
    """Whether every group of the one lies wholly in one group of the other."""
    return wide is narrow or wide is Per.YEAR or (narrow is Per.ITEM and wide in (Per.CONTRACT, Per.PROJECT))


def tiers_never_reached(version: Version) -> Iterator[tuple[str, str]]:
    """Place of each tier or step that changes no result, and what is before it."""
    amount = version.amount
    assert amount is not None
    wide = [cap for cap in version.caps if _contains(cap.per, amount.per)]
    least = min(wide, key=lambda cap: cap.amount, default=None)
    for place, _, formula in cases_of(amount):
        way, begins = _begins(formula)
        for number, first in enumerate(begins):
            before, at = amount_for(formula, Fraction(first - 1)) if first else 0, amount_for(formula, Fraction(first))
            if least is not None and before >= least.amount.fen and at >= least.amount.fen:
                yield f"{place}.{way}.{number}", f"the cap of {least.amount} per {least.per}"
            elif way != "marginal" and number + 1 < len(begins) and not amount.cases:
                for one in version.thresholds:
                    hides = begins[number + 1] <= one.first and not one.before_growth
                    if hides and _contains(amount.per, one.per):
                        yield f"{place}.{way}.{number}", f"the threshold per {one.per}"


def _begins(formula: Formula) -> tuple[str, list[int]]:
    if formula.steps:
        return "steps", [step.first for step in formula.steps]
    way = "marginal" if formula.marginal else "whole"
    return way, [tier.first_fen for tier in formula.marginal or formula.whole or ()]


def caps_that_cannot_bind(version: Version) -> Iterator[tuple[str, str]]:
    """Place of each cap that changes no result, and why."""
    for number, cap in enumerate(version.caps):
        for other_number, other in enumerate(version.caps):
            same = other.per is cap.per and (other.amount, other_number) < (cap.amount, number)
            if same or (other.per is not cap.per and _contains(other.per, cap.per) and other.amount <= cap.amount):
                yield f"caps.{number}", f"the cap of {other.amount} per {other.per}"
                break
        else:
            most = _most(version, cap)
            if most is not None and most <= cap.amount.fen:
                yield f"caps.{number}", "the formula, which never gives more"


def _most(version: Version, cap: Bound) -> Fraction | None:
    """The most that a group of the cap can get before it, in fen; None where there is no end to it."""
    amount = version.amount
    assert amount is not None
    by_item = all(formula.is_by_item for _, _, formula in cases_of(amount))
    if not _contains(Per.ITEM if by_item else amount.per, cap.per) or any(
        floor.per is not cap.per for floor in version.floors
    ):
        return None
    each = [_most_of(formula) for _, _, formula in cases_of(amount)]
    known = [one for one in each if one is not None]
    if len(known) < len(each):
        return None
    # An item is of one case; any other group can have items of all of them.
    most = max(known) if by_item else sum(known, Fraction(0))
    return max([most, *(Fraction(floor.amount.fen) for floor in version.floors)])


def _most_of(formula: Formula) -> Fraction | None:
    if formula.lump is not None:
        return Fraction(max(one.fen for one in formula.lump.values()))
    if formula.awarded is not None:
        return Fraction(formula.awarded.at_most.fen)
    if formula.steps is not None:
        return Fraction(max(step.amount.fen for step in formula.steps))
    tiers = formula.marginal or formula.whole or ()
    if formula.each is not None or formula.rate or (tiers and tiers[-1].rate):
        return None
    # The last rate is zero, so the most is given where some tier begins, or on the last fen before it.
    ends = [fen for tier in tiers for fen in (tier.first_fen - 1, tier.first_fen) if fen >= 0]
    return max([Fraction(0), *(amount_for(formula, Fraction(fen)) for fen in ends)])


def floors_above_caps(version: Version) -> Iterator[tuple[str, str, str]]:
    """Code, place of the floor, and the cap that takes away what it lifts."""
    for number, floor in enumerate(version.floors):
        for cap in version.caps:
            if floor.amount > cap.amount:
                code = "floor_above_cap" if _contains(cap.per, floor.per) else "floor_above_narrow_cap"
                yield code, f"floors.{number}", f"{cap.amount} per {cap.per}"


def thresholds_beyond_caps(version: Version) -> Iterator[tuple[str, str]]:
    """Place of each threshold from which on everybody gets a cap, and that cap."""
    amount = version.amount
    assert amount is not None
    if amount.cases or amount.is_by_item:
        return
    for number, threshold in enumerate(version.thresholds):
        if threshold.before_growth or (threshold.per is not amount.per and amount.rate is None):
            continue  # little can have grown, and many small groups can add up to the threshold
        for cap in version.caps:
            if _contains(cap.per, threshold.per) and _least_from(amount, threshold.first) >= cap.amount.fen:
                yield f"thresholds.{number}", f"{cap.amount} per {cap.per}"


def _least_from(amount: SchemeAmount, first: int) -> Fraction:
    """The least that a base of ``first`` or more gives."""
    _, begins = _begins(amount)
    return min(amount_for(amount, Fraction(base)) for base in (first, *(one for one in begins if one > first)))
