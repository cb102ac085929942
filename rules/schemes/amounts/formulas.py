"""How much each group of units is given by its formula, exactly. Nothing is rounded here."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from fractions import Fraction

from rules.schemes.amounts.shown import shown
from rules.schemes.trace import Trace
from rules.schemes.units import Unit, base_of, grouped, share_out
from schemas.schemes.amounts import FixedStep, Formula, OneAmount, Tier
from schemas.schemes.cases import chosen
from schemas.schemes.clauses import Per
from schemas.schemes.scheme import Version
from schemas.values.money import ZERO
from schemas.values.refusal import refuse


def apply_amount(version: Version, units: Sequence[Unit], trace: Trace) -> None:
    """Gives every group of the amount's scope what its formula says."""
    amount = version.amount
    assert amount is not None
    for key, group in grouped(units, amount.per).items():
        for path in sorted({unit.path for unit in group}):
            alike = [unit for unit in group if unit.path == path]
            formula, case = formula_for(amount, path), " / ".join(path)
            where = f"amount per {amount.per}{f' {key}' if key else ''}{f', {amount.by} {case}' if amount.by else ''}"
            if formula is None:
                trace.step(where, f"the scheme gives nothing for {case}", "0.00", amount, is_no=True)
                share_out(alike, Fraction(0))
                continue
            _read_formula(amount, formula, case, trace)
            _apply(formula, alike, where, amount, trace)


def formula_for(amount: OneAmount, path: Sequence[str]) -> Formula | None:
    """The formula of a case by the values that lead to it; None where the scheme gives such a case nothing."""
    values = iter(path)
    found: Formula | None = chosen(amount, lambda _: next(values, None)).found
    return found


def _read_formula(amount: OneAmount, formula: Formula, case: str, trace: Trace) -> None:
    name = f"amount.{case}" if amount.cases else "amount"
    trace.read(name, trace.told(formula_text, formula), amount)


def formula_text(formula: Formula) -> str:
    """The formula in words."""
    if formula.rate is not None:
        return f"{formula.rate} of the base"
    if formula.marginal or formula.whole:
        tiers = formula.marginal or formula.whole or ()
        kind = "each part at its own rate" if formula.marginal else "the whole base at the rate reached"
        return f"{kind}: " + "; ".join(f"{_from(tier)}: {tier.rate}" for tier in tiers)
    if formula.steps:
        return "; ".join(f"{_step_from(step)}: {step.amount}{_further_text(step)}" for step in formula.steps)
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


def _further_text(step: FixedStep) -> str:
    if step.further is None:
        return ""
    if step.further.rate is not None:
        return f" and {step.further.rate} of what lies beyond"
    each = step.further.each_full_count or step.further.each_full
    return f" and {step.further.amount} for each further full {each}"


def _apply(formula: Formula, units: Sequence[Unit], where: str, clause: OneAmount, trace: Trace) -> None:
    if formula.is_by_item:
        for item, parts in grouped(units, Per.ITEM).items():
            how, amount = _of_item(formula, parts[0], trace.cite(clause).provision)
            trace.step(f"{where}, item {item}", how, shown(amount), clause)
            share_out(parts, amount)
        return
    base = base_of(units)
    amount = amount_for(formula, base)
    how = f"{base if formula.counts else shown(base)}: {trace.told(formula_text, formula)}"
    trace.step(where, how, shown(amount), clause)
    share_out(units, amount)


def _of_item(formula: Formula, unit: Unit, clause: str) -> tuple[str, Fraction]:
    if formula.lump is not None:
        given = formula.lump.get(unit.value_of("event") or "")
        return f"event {unit.value_of('event')}", Fraction(given.fen if given else 0)
    assert formula.awarded is not None
    awarded = unit.stated.awarded if unit.stated is not None else None
    assert awarded is not None, "what nobody stated is asked for before"
    least, most = formula.awarded.at_least or ZERO, formula.awarded.at_most
    if not least <= awarded <= most:
        raise refuse(
            "award_out_of_range",
            f"items.{unit.item}.awarded",
            clause=clause,
            item=unit.item,
            awarded=awarded,
            least=least,
            most=most,
        )
    return f"{awarded} awarded, from {least} to {most}", Fraction(awarded.fen)


def amount_for(formula: Formula, base: Fraction) -> Fraction:
    """The exact fen that a formula gives for a base in exact fen (for ``each`` and steps of a count, for a count).

    Without a base there is nothing, also where a step begins at zero: a receipt that was reversed has none.
    """
    if not base:
        return Fraction(0)
    if formula.rate is not None:
        return base * Fraction(formula.rate)
    if formula.marginal is not None:
        begun = formula.marginal[: bisect_left(formula.marginal, base, key=lambda tier: Fraction(tier.begins_fen))]
        ends = [*(Fraction(tier.begins_fen) for tier in begun[1:]), base]
        return sum(
            ((end - tier.begins_fen) * Fraction(tier.rate) for tier, end in zip(begun, ends, strict=False)), Fraction(0)
        )
    if formula.whole is not None:
        held = bisect_right(formula.whole, (base, 0), key=_border_of_tier)
        return base * Fraction(formula.whole[held - 1].rate) if held else Fraction(0)
    if formula.steps is not None:
        reached = bisect_right(formula.steps, (base, 0), key=_border_of_step)
        return _step_amount(formula.steps[reached - 1], base) if reached else Fraction(0)
    assert formula.each is not None, "a lump sum and an award are given by item, not by base"
    return base * formula.each.fen


def _step_amount(step: FixedStep, base: Fraction) -> Fraction:
    amount, beyond = Fraction(step.amount.fen), base - step.border
    if step.further is None:
        return amount
    if step.further.rate is not None:
        return amount + beyond * Fraction(step.further.rate)
    assert step.further.amount is not None
    return amount + beyond // step.further.full * step.further.amount.fen


def _border_of_tier(tier: Tier) -> tuple[Fraction, int]:
    """Where it begins, and whether only what lies beyond that belongs to it; they stand in this order."""
    return Fraction(tier.begins_fen), int(tier.at_least is None)


def _border_of_step(step: FixedStep) -> tuple[Fraction, int]:
    return Fraction(step.border), int(step.above is not None)
