"""The parts that a base is made of: an item, or an item's part for one patent where the scheme looks at patents."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from rules.schemes.eligibility import value_of
from schemas.schemes.amounts import Formula, SchemeAmount
from schemas.schemes.clauses import Measure, Per
from schemas.schemes.inputs import SchemeItem, YearInputs
from schemas.schemes.scheme import Version
from schemas.values.money import Money
from schemas.values.refusal import refuse

_KEYED = (Per.PATENT, Per.CONTRACT, Per.PROJECT)


@dataclass
class Unit:
    """The smallest part that is calculated with; amounts are exact fen (for a count, how many)."""

    item: str
    keys: dict[Per, str]
    case: str | None
    base: Fraction
    amount: Fraction = Fraction(0)
    whole: Fraction | None = None
    """The base before growth was taken off."""
    event: str | None = None
    awarded: Money | None = None

    def key(self, per: Per) -> str:
        """The group it belongs to."""
        return "" if per is Per.YEAR else self.item if per is Per.ITEM else self.keys[per]


def grouped(units: Iterable[Unit], per: Per) -> dict[str, list[Unit]]:
    """The units by what an amount, threshold, floor or cap is taken over."""
    groups: dict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        groups[unit.key(per)].append(unit)
    return dict(sorted(groups.items()))


def base_of(units: Iterable[Unit]) -> Fraction:
    """What the units add up to."""
    return sum((unit.base for unit in units), Fraction(0))


def whole_of(units: Iterable[Unit]) -> Fraction:
    """What the units added up to before growth was taken off."""
    return sum((unit.base if unit.whole is None else unit.whole for unit in units), Fraction(0))


def amount_of(units: Iterable[Unit]) -> Fraction:
    """What the units are given."""
    return sum((unit.amount for unit in units), Fraction(0))


def share_out(units: Sequence[Unit], amount: Fraction) -> None:
    """Gives the units of one group an amount by their parts of the base; equally where there is no base."""
    base = base_of(units)
    for unit in units:
        unit.amount = amount * unit.base / base if base else amount / len(units)


def scopes_of(version: Version) -> tuple[Per, ...]:
    """What a version looks at besides items and the year: patents, contracts, projects."""
    looked_at = [*(one.per for one in version.thresholds), *(one.per for one in (*version.floors, *version.caps))]
    if version.amount is not None:
        looked_at.append(version.amount.per)
    if version.base.measure is Measure.COUNT:
        looked_at.append(Per(version.base.count_of))
    return tuple(per for per in _KEYED if per in looked_at)


def units_of(version: Version, inputs: YearInputs, items: Sequence[SchemeItem]) -> tuple[list[Unit], tuple[str, ...]]:
    """The units of the items that count, and what has to be asked; totals are one unit of their own."""
    scopes = scopes_of(version)
    if not inputs.items:
        return _of_totals(version, inputs, scopes)
    units, asks = [], []
    for item in items:
        case, missing = _needed(version, item, scopes)
        base = _base(version.base.measure, item)
        if base is None:
            missing.append(_asked(version.base.measure, item))
        parts = _parts(version, item, base, scopes) if base is not None and not missing else []
        if parts is None:
            missing.append("patents.amount")
        asks += [f"items.{item.item_id}.{name}" for name in missing]
        for patent, part in parts or ():
            keys = {Per.PATENT: patent, Per.CONTRACT: item.contract or "", Per.PROJECT: item.project or ""}
            units.append(Unit(item.item_id, keys, case, part, event=item.event, awarded=item.awarded))
    return (_counted(version, units) if version.base.measure is Measure.COUNT else units), tuple(asks)


def _needed(version: Version, item: SchemeItem, scopes: Sequence[Per]) -> tuple[str | None, list[str]]:
    """The item's case of the amount, and what the amount needs of the item and nobody stated."""
    amount = version.amount
    case = value_of(item, amount.by) if amount and amount.by else None
    formula = formula_for(amount, case) if amount else None
    return case, [
        name
        for name, absent in (
            ((amount.by if amount else None) or "", bool(amount and amount.by) and case is None),
            (Per.CONTRACT.value, Per.CONTRACT in scopes and item.contract is None),
            (Per.PROJECT.value, Per.PROJECT in scopes and item.project is None),
            ("patents", Per.PATENT in scopes and not item.patents),
            ("event", formula is not None and formula.lump is not None and item.event is None),
            ("awarded", formula is not None and formula.awarded is not None and item.awarded is None),
        )
        if absent
    ]


def formula_for(amount: SchemeAmount, case: str | None) -> Formula | None:
    """The formula of a case; None where the scheme gives such a case nothing."""
    return amount.cases.get(case or "", amount.otherwise) if amount.cases else amount


def _of_totals(version: Version, inputs: YearInputs, scopes: Sequence[Per]) -> tuple[list[Unit], tuple[str, ...]]:
    measure, amount = version.base.measure, version.amount
    if scopes or (amount and (amount.by or any(one.is_by_item for one in amount.formulas))):
        return [], ("items",)
    if measure is Measure.COUNT:
        return ([], ("count",)) if inputs.count is None else ([Unit("total", {}, None, Fraction(inputs.count))], ())
    total = inputs.totals.get(measure)
    if total is None and measure is Measure.REGISTERED_RECEIPTS:
        both = [inputs.totals.get(one) for one in (Measure.RECEIVED, Measure.TECHNOLOGY_TRANSACTION_AMOUNT)]
        total = min((one for one in both if one is not None), default=None) if None not in both else None
    return ([], (measure.value,)) if total is None else ([Unit("total", {}, None, Fraction(total.fen))], ())


def _base(measure: Measure, item: SchemeItem) -> Fraction | None:
    match measure:
        case Measure.COUNT:
            return Fraction(1)
        case Measure.REGISTERED_RECEIPTS:
            # What the contract was registered with limits all its receipts together: registered.py.
            if item.received is None or item.technology_transaction_amount is None:
                return None
            return Fraction(item.received.fen)
    amount: Money | None = getattr(item, measure.value)
    return None if amount is None else Fraction(amount.fen)


def _asked(measure: Measure, item: SchemeItem) -> str:
    if measure is Measure.REGISTERED_RECEIPTS:
        return "received" if item.received is None else "technology_transaction_amount"
    return measure.value


def _parts(
    version: Version, item: SchemeItem, base: Fraction | None, scopes: Sequence[Per]
) -> list[tuple[str, Fraction]] | None:
    """The item's base by patent; None where somebody has to state the parts (D-09)."""
    assert base is not None
    if Per.PATENT not in scopes:
        return [("", base)]
    if version.base.measure is Measure.COUNT or len(item.patents) == 1:
        return [(part.patent, base) for part in item.patents]
    stated = [part.amount for part in item.patents]
    if all(amount is None for amount in stated) and version.bundle == "equal":
        return [(part.patent, base / len(stated)) for part in item.patents]
    if any(amount is None for amount in stated):
        return None
    return _stated_parts(item, base)


def _stated_parts(item: SchemeItem, base: Fraction) -> list[tuple[str, Fraction]]:
    parts = [(part.patent, Fraction(part.amount.fen)) for part in item.patents if part.amount is not None]
    whole = sum((amount for _, amount in parts), Fraction(0))
    if whole != base:
        raise refuse(
            "patent_parts_do_not_add_up",
            f"items.{item.item_id}.patents",
            item=item.item_id,
            parts=Money(int(whole)),
            amount=Money(int(base)),
        )
    return parts


def _counted(version: Version, units: Sequence[Unit]) -> list[Unit]:
    """Each item, patent, contract or project once; of several items the one whose name comes first stands for it."""
    return [min(group, key=lambda unit: unit.item) for group in grouped(units, Per(version.base.count_of)).values()]
