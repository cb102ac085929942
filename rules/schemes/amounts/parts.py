"""What a year is calculated from: one set of units, or one for each part of a sum and one for what all must reach."""

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from rules.schemes.amounts.bounds import apply_bounds
from rules.schemes.amounts.formulas import apply_amount
from rules.schemes.amounts.shown import shown
from rules.schemes.amounts.thresholds import reached
from rules.schemes.eligibility import judged_conditions
from rules.schemes.registered import keep_registered
from rules.schemes.trace import Trace
from rules.schemes.units import Unit, base_of, scopes_of, units_of
from schemas.schemes.amounts import OneAmount, SchemeAmount
from schemas.schemes.clauses import Measure, Per
from schemas.schemes.inputs import SchemeItem, YearInputs
from schemas.schemes.scheme import Version


class Lot(NamedTuple):
    """Units that are calculated together, under the version, or the part of its sum, of ``trace``."""

    trace: Trace
    items: tuple[SchemeItem, ...]
    units: list[Unit]

    @property
    def version(self) -> Version:
        """What these units are calculated by."""
        return self.trace.version


def summands(version: Version) -> Iterator[tuple[str, Version]]:
    """Each part of a sum by its place in the file, as a version of its own; none where nothing is added up."""
    for number, part in enumerate((version.amount.sum or ()) if version.amount else ()):
        said = {name: getattr(part, name) for name in OneAmount.model_fields}
        changes = {
            "cite": part.cite or version.cite,
            "mark": part.mark or version.mark,
            "base": part.base or version.base,
            "items": part.items,
            "criteria": (),
            "thresholds": part.thresholds,
            "amount": SchemeAmount.model_construct(**said, sum=None),
            "floors": part.floors,
            "caps": part.caps,
        }
        yield f"amount.sum.{number}", version.model_copy(update=changes)


def without_parts(version: Version) -> Version:
    """What the version says of all parts of its sum together."""
    return version.model_copy(update={"amount": None})


def lots_of(
    trace: Trace, inputs: YearInputs, items: tuple[SchemeItem, ...]
) -> tuple[Lot | None, list[Lot], tuple[str, ...]]:
    """What all parts of a sum have to reach together, if anything; what is calculated; and what has to be asked."""
    version = trace.version
    assert version.amount is not None
    if version.amount.sum is None:
        units, asks = units_of(version, inputs, items)
        return None, [Lot(trace, items, units)], asks
    wide, gate, lots, asked = without_parts(version), None, list[Lot](), list[str]()
    if version.of_year:
        units, missing = units_of(wide, inputs, items)
        gate = Lot(trace.within("", wide), items, units)
        asked += missing
    for place, part in summands(version):
        inner = trace.within(f"{place}.", part)
        if part.items and not inputs.items:
            asked.append("items")
            continue
        mine = []
        for item in items:
            said = judged_conditions(part.items, item)
            asked += [f"items.{item.item_id}.{fact}" for fact in said.asked]
            if not said.why_not and not said.asked:
                mine.append(item)
        units, missing = units_of(part, inputs, mine, wide)
        asked += missing
        lots.append(Lot(inner, tuple(mine), units))
    return gate, lots, tuple(dict.fromkeys(asked))


def cut_to_registered(lot: Lot, inputs: YearInputs, window: tuple[date, date]) -> tuple[str, ...]:
    """Cuts what is counted of receipts to what their contracts were registered with; what has to be asked first."""
    if lot.version.base.measure is not Measure.REGISTERED_RECEIPTS or not inputs.items:
        return ()
    return keep_registered(inputs, lot.items, window, lot.units, lot.trace)


def granted(
    trace: Trace, inputs: YearInputs, gate: Lot | None, lots: Sequence[Lot]
) -> tuple[list[Unit], tuple[str, ...]]:
    """The units with what they are given after all floors and caps, exactly; and what has to be asked first."""
    asks: tuple[str, ...] = ()
    kept, is_by_patent = None, False
    if gate is not None:
        units, asks = _reaching(gate, inputs)
        is_by_patent = Per.PATENT in scopes_of(gate.version)
        kept = {name for unit in units for name in _names(unit, is_by_patent)}
    given: list[Unit] = []
    for lot in lots:
        units = [one for one in lot.units if kept is None or kept & _names(one, is_by_patent)]
        units, asked = _reaching(lot._replace(units=units), inputs)
        apply_amount(lot.version, units, lot.trace)
        apply_bounds(lot.version, units, lot.trace)
        asks, given = (*asks, *asked), [*given, *units]
    if trace.version.amount is not None and trace.version.amount.sum is not None:
        apply_bounds(trace.version, given, trace)
    return given, asks


def _names(unit: Unit, is_by_patent: bool) -> set[tuple[str, str]]:
    """The items that a unit stands for, and where all parts look at patents, which patents of them."""
    return {(one.item, one.keys.get(Per.PATENT, "") if is_by_patent else "") for one in unit.units}


def _reaching(lot: Lot, inputs: YearInputs) -> tuple[list[Unit], tuple[str, ...]]:
    version, trace, units = lot.version, lot.trace, lot.units
    trace.read("base", version.base.measure, version.base)
    base = base_of(units)
    trace.step(
        "base of the year",
        f"{version.base.measure} of {len(units)} part(s)",
        str(base) if version.base.measure is Measure.COUNT else shown(base),
        version.base,
    )
    if version.base.growth:
        _keep_growth(lot, inputs)
    return reached(version, inputs.claimant, units, trace)


def _keep_growth(lot: Lot, inputs: YearInputs) -> None:
    assert inputs.previous_year is not None
    base = base_of(lot.units)
    grown = max(base - inputs.previous_year.fen, Fraction(0))
    for unit in lot.units:
        unit.whole, unit.base = unit.base, unit.base * grown / base if base else Fraction(0)
    how = f"{shown(base)} less {inputs.previous_year} of the year before"
    lot.trace.step("growth", how, shown(grown), lot.version.base)
