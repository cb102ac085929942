"""How much each group of units is given, exactly: formula, floors, caps. Nothing is rounded here."""

from collections.abc import Sequence
from fractions import Fraction
from math import floor
from typing import Literal

from rules.schemes.trace import Trace
from rules.schemes.units import Unit, amount_of, base_of, formula_for, grouped, share_out, whole_of
from schemas.schemes.amounts import FixedStep, Formula, SchemeAmount, Tier
from schemas.schemes.clauses import Bound, Per, Threshold
from schemas.schemes.scheme import Version
from schemas.values.money import ZERO, Money
from schemas.values.refusal import refuse

_NARROW_TO_WIDE = (Per.ITEM, Per.PATENT, Per.CONTRACT, Per.PROJECT, Per.YEAR)


def shown(fen: Fraction) -> str:
    """An exact amount of fen in yuan, for the trace; what does not divide is shown as a fraction of a fen."""
    if fen.denominator == 1:
        return str(Money(int(fen)))
    return f"{Money(floor(fen))} + {fen - floor(fen)} fen"


def reached(thresholds: Sequence[Threshold], units: list[Unit], counts: bool, trace: Trace) -> list[Unit]:
    """The units of the groups that reach every threshold, in the order in which the thresholds stand."""
    for number, threshold in enumerate(thresholds):
        wanted = _wanted(threshold)
        trace.read(f"thresholds.{number}", f"{wanted} per {threshold.per}", threshold)
        kept: list[Unit] = []
        for key, group in grouped(units, threshold.per).items():
            base = whole_of(group) if threshold.before_growth else base_of(group)
            what = f"threshold per {threshold.per}{f' {key}' if key else ''}"
            got = str(base) if counts else shown(base)
            if _is_reached(threshold, base):
                kept += group
                trace.step(what, f"{got}, {wanted}", "reached", threshold)
            else:
                trace.step(what, f"{got}, {wanted}", "not reached, counts for nothing", threshold)
        units = kept
    return units


def _wanted(threshold: Threshold) -> str:
    if threshold.count_at_least is not None:
        return f">= {threshold.count_at_least}"
    return f">= {threshold.at_least}" if threshold.at_least is not None else f"> {threshold.more_than}"


def _is_reached(threshold: Threshold, base: Fraction) -> bool:
    if threshold.count_at_least is not None:
        return base >= threshold.count_at_least
    if threshold.at_least is not None:
        return base >= threshold.at_least.fen
    assert threshold.more_than is not None
    return base > threshold.more_than.fen


def apply_amount(version: Version, units: Sequence[Unit], trace: Trace) -> None:
    """Gives every group of the amount's scope what its formula says."""
    amount = version.amount
    assert amount is not None
    for key, group in grouped(units, amount.per).items():
        for case in sorted({unit.case or "" for unit in group}):
            alike = [unit for unit in group if (unit.case or "") == case]
            formula = formula_for(amount, case)
            where = f"amount per {amount.per}{f' {key}' if key else ''}{f', {amount.by} {case}' if amount.by else ''}"
            if formula is None:
                trace.step(where, f"the scheme gives nothing for {case}", "0.00", amount)
                share_out(alike, Fraction(0))
                continue
            _read_formula(amount, formula, case, trace)
            _apply(formula, alike, where, amount, trace)


def _read_formula(amount: SchemeAmount, formula: Formula, case: str, trace: Trace) -> None:
    name = f"amount.{case}" if amount.cases else "amount"
    trace.read(name, formula_text(formula), amount)


def formula_text(formula: Formula) -> str:
    """The formula in words."""
    if formula.rate is not None:
        return f"{formula.rate} of the base"
    if formula.marginal or formula.whole:
        tiers = formula.marginal or formula.whole or ()
        kind = "each part at its own rate" if formula.marginal else "the whole base at the rate reached"
        return f"{kind}: " + "; ".join(f"{_from(tier)}: {tier.rate}" for tier in tiers)
    if formula.steps:
        return "; ".join(f"{_step_from(step)}: {step.amount}" for step in formula.steps)
    if formula.each is not None:
        return f"{formula.each} for each one"
    if formula.awarded is not None:
        return f"what the authority set, from {formula.awarded.at_least or 0} to {formula.awarded.at_most}"
    return "; ".join(f"{name}: {money}" for name, money in (formula.lump or {}).items())


def _from(tier: Tier) -> str:
    return f">= {tier.at_least}" if tier.at_least is not None else f"> {tier.above}"


def _step_from(step: FixedStep) -> str:
    if step.count_at_least is not None:
        return f">= {step.count_at_least}"
    return f">= {step.at_least}" if step.at_least is not None else f"> {step.above}"


def _apply(formula: Formula, units: Sequence[Unit], where: str, clause: SchemeAmount, trace: Trace) -> None:
    if formula.is_by_item:
        for item, parts in grouped(units, Per.ITEM).items():
            how, amount = _of_item(formula, parts[0], trace.cite(clause).provision)
            trace.step(f"{where}, item {item}", how, shown(amount), clause)
            share_out(parts, amount)
        return
    base = base_of(units)
    amount = amount_for(formula, base)
    trace.step(where, f"{base if formula.counts else shown(base)}: {formula_text(formula)}", shown(amount), clause)
    share_out(units, amount)


def _of_item(formula: Formula, unit: Unit, clause: str) -> tuple[str, Fraction]:
    if formula.lump is not None:
        given = formula.lump.get(unit.event or "")
        return f"event {unit.event}", Fraction(given.fen if given else 0)
    assert formula.awarded is not None
    assert unit.awarded is not None, "what nobody stated is asked for before"
    least, most = formula.awarded.at_least or ZERO, formula.awarded.at_most
    if not least <= unit.awarded <= most:
        raise refuse(
            "award_out_of_range",
            f"items.{unit.item}.awarded",
            clause=clause,
            item=unit.item,
            awarded=unit.awarded,
            least=least,
            most=most,
        )
    return f"{unit.awarded} awarded, from {least} to {most}", Fraction(unit.awarded.fen)


def amount_for(formula: Formula, base: Fraction) -> Fraction:
    """The exact fen that a formula gives for a base in exact fen (for ``each`` and steps of a count, for a count).

    Without a base there is nothing, also where a step begins at zero: a receipt that was reversed has none.
    """
    if not base:
        return Fraction(0)
    if formula.rate is not None:
        return base * Fraction(formula.rate)
    if formula.marginal is not None:
        ends = [*(tier.begins_fen for tier in formula.marginal[1:]), None]
        return sum(
            (
                ((base if end is None else min(base, Fraction(end))) - tier.begins_fen) * Fraction(tier.rate)
                for tier, end in zip(formula.marginal, ends, strict=True)
                if base > tier.begins_fen
            ),
            Fraction(0),
        )
    if formula.whole is not None:
        held = [tier.rate for tier in formula.whole if _holds(tier, base)]
        return base * Fraction(held[-1]) if held else Fraction(0)
    if formula.steps is not None:
        amounts = [step.amount.fen for step in formula.steps if _reaches(step, base)]
        return Fraction(amounts[-1] if amounts else 0)
    assert formula.each is not None, "a lump sum and an award are given by item, not by base"
    return base * formula.each.fen


def _reaches(step: FixedStep, base: Fraction) -> bool:
    return base > step.above.fen if step.above is not None else base >= step.first


def _holds(tier: Tier, base: Fraction) -> bool:
    return base >= tier.begins_fen if tier.at_least is not None else base > tier.begins_fen


def apply_bounds(version: Version, units: Sequence[Unit], trace: Trace) -> None:
    """Lifts every group with a base to its floor, then cuts to the caps, the narrow ones first."""
    for kind, bounds in (("floors", version.floors), ("caps", version.caps)):
        for bound in sorted(bounds, key=lambda one: _NARROW_TO_WIDE.index(one.per)):
            trace.read(f"{kind}.{bound.per}", bound.amount, bound)
            for key, group in grouped(units, bound.per).items():
                _bind(bound, group, kind == "floors", key, trace)


def _bind(bound: Bound, group: Sequence[Unit], lifts: bool, key: str, trace: Trace) -> None:
    before, limit = amount_of(group), Fraction(bound.amount.fen)
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
    trace.step(what, f"{shown(before)} against {bound.amount}", bound.amount, bound)


def rounded(version: Version, amount: Fraction) -> Money:
    """To the fen, once."""
    return Money(floor(amount if version.rounding == "truncate" else amount + Fraction(1, 2)))
