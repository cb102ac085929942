"""The parts that a base is made of: an item, or an item's part for one patent where the scheme looks at patents."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import partial

from rules.schemes.eligibility import value_of
from schemas.schemes.amounts import Formula
from schemas.schemes.cases import chosen, facts_of
from schemas.schemes.clauses import Counted, Measure, Per
from schemas.schemes.inputs import SchemeItem, YearInputs
from schemas.schemes.limits import Threshold
from schemas.schemes.scheme import Version
from schemas.values.money import Money
from schemas.values.refusal import refuse

_KEYED = (Per.PATENT, Per.CONTRACT, Per.PROJECT, Per.COUNTERPARTY)


@dataclass
class Unit:
    """The smallest part that is calculated with; amounts are exact fen (for a count, how many)."""

    item: str
    keys: dict[Per, str]
    path: tuple[str, ...]
    """The values that its case of the amount follows from."""
    base: Fraction
    amount: Fraction = Fraction(0)
    whole: Fraction | None = None
    """The base before growth was taken off."""
    stated: SchemeItem | None = None
    """What was stated of its item; None of totals."""
    patents: frozenset[str] = frozenset()
    sums: Mapping[Measure, Fraction] = field(default_factory=dict)
    """What the item has of other measures that a threshold looks at, in fen."""
    same: tuple["Unit", ...] = ()
    """Where each is counted once: all units that it stands for, itself among them."""

    @property
    def units(self) -> tuple["Unit", ...]:
        """What it was made of."""
        return self.same or (self,)

    def value_of(self, fact: str) -> str | None:
        """A fact of its item."""
        return None if self.stated is None else value_of(self.stated, fact)

    def names(self, what: Counted) -> frozenset[str]:
        """Which of those that are counted it belongs to."""
        return self.patents if what == "patent" else frozenset((self.key(Per(what)),))

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
    """What a version looks at besides items and the year: patents, contracts, projects, counterparties."""
    amount = version.amount
    looked_at = [one.per for one in _thresholds(version)]
    looked_at += [one.per for one in (*version.floors, *version.caps)]
    for part in (amount.sum or (amount,)) if amount is not None else ():
        looked_at.append(part.per)
    for part in (amount.sum or ()) if amount is not None else ():
        looked_at += [one.per for one in part.thresholds]
        looked_at += [one.per for one in (*part.floors, *part.caps)]
    looked_at += [Per(base.count_of) for base in version.bases if base.measure is Measure.COUNT]
    return tuple(per for per in _KEYED if per in looked_at)


def counted_of(version: Version) -> tuple[Counted, ...]:
    """What thresholds count beside the base, without what every item has."""
    found = [one.count_of for one in _thresholds(version) if one.count_of is not None]
    return tuple(dict.fromkeys(one for one in found if one != "item"))


def _thresholds(version: Version) -> tuple[Threshold, ...]:
    return (*version.thresholds, *(one for group in version.criteria for one in group.thresholds))


def units_of(
    version: Version, inputs: YearInputs, items: Sequence[SchemeItem], wide: Version | None = None
) -> tuple[list[Unit], tuple[str, ...]]:
    """The units of the items that count, and what has to be asked; totals are one unit of their own.

    ``wide``: of a part of a sum, the thresholds and bounds of all parts together, which look at the same units.
    """
    needs = _Needs(version, wide)
    if not inputs.items:
        return _of_totals(needs, inputs)
    units, asks = [], []
    for item in items:
        path, missing = needs.of(item)
        base = _base(version.base.measure, item)
        if base is None:
            missing.append(_asked(version.base.measure, item))
        parts = _parts(version, item, base, needs.scopes) if base is not None and not missing else []
        if parts is None:
            missing.append("patents.amount")
        asks += [f"items.{item.item_id}.{name}" for name in dict.fromkeys(missing)]
        names = frozenset(part.patent for part in item.patents)
        for patent, part in parts or ():
            keys = {
                Per.PATENT: patent,
                Per.CONTRACT: item.contract or "",
                Per.PROJECT: item.project or "",
                Per.COUNTERPARTY: item.counterparty or "",
            }
            sums = {one: Fraction(getattr(item, one.value).fen) for one in needs.measures}
            of_part = frozenset((patent,)) if patent else names
            units.append(Unit(item.item_id, keys, path, part, stated=item, patents=of_part, sums=sums))
    return (_counted(version, units) if version.base.measure is Measure.COUNT else units), tuple(asks)


class _Needs:
    """What the calculation needs of an item beside its base."""

    def __init__(self, version: Version, wide: Version | None) -> None:
        both = (version, *((wide,) if wide is not None else ()))
        self.version, self.amount = version, version.amount
        self.scopes = tuple(dict.fromkeys(per for one in both for per in scopes_of(one)))
        self.counted = tuple(dict.fromkeys(what for one in both for what in counted_of(one)))
        self.measures = tuple(
            dict.fromkeys(Measure(limit.measure) for one in both for limit in _thresholds(one) if limit.measure)
        )
        self.bounds = tuple(bound for one in both for bound in (*one.floors, *one.caps) if bound.by is not None)

    def of(self, item: SchemeItem) -> tuple[tuple[str, ...], list[str]]:
        """The item's case of the amount, and what is needed of the item and nobody stated."""
        case = chosen(self.amount, partial(value_of, item)) if self.amount else None
        formula: Formula | None = case.found if case else None
        keyed = {*self.scopes, *(Per(what) for what in self.counted)}
        absent = (
            (case.missing if case else "", bool(case and case.missing)),
            (Per.CONTRACT.value, Per.CONTRACT in keyed and item.contract is None),
            (Per.PROJECT.value, Per.PROJECT in keyed and item.project is None),
            (Per.COUNTERPARTY.value, Per.COUNTERPARTY in keyed and item.counterparty is None),
            ("patents", Per.PATENT in keyed and not item.patents),
            ("event", formula is not None and formula.lump is not None and value_of(item, "event") is None),
            ("awarded", formula is not None and formula.awarded is not None and item.awarded is None),
            *((one.value, getattr(item, one.value) is None) for one in self.measures),
        )
        found = [name for name, is_absent in absent if is_absent]
        found += [missing for one in self.bounds if (missing := chosen(one, partial(value_of, item)).missing)]
        return (case.path if case else ()), found


def _of_totals(needs: _Needs, inputs: YearInputs) -> tuple[list[Unit], tuple[str, ...]]:
    version, amount = needs.version, needs.amount
    by_item = amount is not None and (facts_of(amount) or any(one.is_by_item for one in amount.formulas))
    if needs.scopes or needs.counted or needs.bounds or by_item:
        return [], ("items",)
    measure, asks = version.base.measure, [one.value for one in needs.measures if one not in inputs.totals]
    if measure is Measure.COUNT:
        base = None if inputs.count is None else Fraction(inputs.count)
    else:
        total = inputs.totals.get(measure)
        if total is None and measure is Measure.REGISTERED_RECEIPTS:
            both = [inputs.totals.get(one) for one in (Measure.RECEIVED, Measure.TECHNOLOGY_TRANSACTION_AMOUNT)]
            total = min((one for one in both if one is not None), default=None) if None not in both else None
        base = None if total is None else Fraction(total.fen)
    if base is None or asks:
        return [], tuple(dict.fromkeys(([measure.value] if base is None else []) + asks))
    sums = {one: Fraction(inputs.totals[one].fen) for one in needs.measures}
    return [Unit("total", {}, (), base, sums=sums)], ()


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
    return [
        replace(min(group, key=lambda unit: unit.item), same=tuple(group))
        for group in grouped(units, Per(version.base.count_of)).values()
    ]
