"""Receipts count at most up to what their contract was registered with, over all years together (D-18)."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from rules.schemes.trace import Trace
from rules.schemes.units import Unit, base_of
from schemas.schemes.clauses import Measure
from schemas.schemes.inputs import SchemeItem, YearInputs
from schemas.schemes.scheme import Version
from schemas.values.money import ZERO, Money
from schemas.values.refusal import refuse

REGISTERED_AMOUNT = "technology_transaction_amount"


def keep_registered(
    inputs: YearInputs, items: Sequence[SchemeItem], window: tuple[date, date], units: Sequence[Unit], trace: Trace
) -> tuple[str, ...]:
    """Cuts the units of each contract to what is left of its registered amount; answers with what has to be asked.

    Receipts of the contract that are dated before the window used their part of the amount first. An item without
    contract is one of its own. Raises Refused where two items state different registered amounts of one contract.
    """
    version = trace.version
    registered, contract_of = _registered(items)
    used, asks = _used_before(inputs, window[0], version.window.decided_by)
    if asks:
        return asks
    by_contract: dict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        by_contract[contract_of[unit.item]].append(unit)
    for contract, group in sorted(by_contract.items()):
        received, left = base_of(group), Fraction(max(registered[contract].fen - used[contract].fen, 0))
        if received > left:
            for unit in group:
                unit.base = unit.base * left / received
            how = f"{registered[contract]} registered, {used[contract]} of it received before; the rest waits"
            trace.step(f"registered amount of {contract}", how, Money(int(left)), version.base)
    return ()


def counts_registered_amounts(version: Version) -> bool:
    """Whether the scheme counts what a contract was registered with."""
    counted = (Measure.REGISTERED_RECEIPTS, Measure.TECHNOLOGY_TRANSACTION_AMOUNT)
    return any(base.measure in counted for base in version.bases)


def is_cut_to_registered(version: Version) -> bool:
    """Whether receipts count up to what their contract was registered with."""
    return any(base.measure is Measure.REGISTERED_RECEIPTS for base in version.bases)


def lacks_registered_amount(version: Version, item: SchemeItem) -> bool:
    """Whether only the registered amount is missing, which is at most what the contract brought."""
    return (
        counts_registered_amounts(version) and item.technology_transaction_amount is None and _brought(item) is not None
    )


def as_if_registered(version: Version, items: Sequence[SchemeItem]) -> tuple[SchemeItem, ...]:
    """The items with the most that a contract can be registered with, where that is not known: all that it brought.

    What waits for a registration is reserved by it (D-15).
    """
    if not any(lacks_registered_amount(version, item) for item in items):
        return tuple(items)
    of_contract: dict[str, Money] = {}
    if is_cut_to_registered(version):
        for item in items:
            contract = item.contract or item.item_id
            of_contract[contract] = of_contract.get(contract, ZERO) + (_brought(item) or ZERO)
        of_contract |= {
            item.contract or item.item_id: item.technology_transaction_amount
            for item in items
            if item.technology_transaction_amount is not None
        }
    return tuple(
        item.but(technology_transaction_amount=of_contract.get(item.contract or item.item_id, _brought(item)))
        if lacks_registered_amount(version, item)
        else item
        for item in items
    )


def _brought(item: SchemeItem) -> Money | None:
    return item.received if item.received is not None else item.paid


def _registered(items: Sequence[SchemeItem]) -> tuple[dict[str, Money], dict[str, str]]:
    registered: dict[str, Money] = {}
    contract_of = {}
    for item in items:
        contract, amount = item.contract or item.item_id, item.technology_transaction_amount
        contract_of[item.item_id] = contract
        if amount is not None and registered.setdefault(contract, amount) != amount:
            raise refuse(
                "registered_amounts_differ",
                f"items.{item.item_id}.technology_transaction_amount",
                contract=contract,
                one=registered[contract],
                other=amount,
            )
    return registered, contract_of


def _used_before(inputs: YearInputs, first: date, decided_by: str) -> tuple[dict[str, Money], tuple[str, ...]]:
    used: dict[str, Money] = defaultdict(lambda: Money(0))
    asks = []
    for item in inputs.items:
        day: date | None = getattr(item, decided_by)
        if day is not None and day < first and item.contract is not None:
            if item.received is None:
                asks.append(f"items.{item.item_id}.received")
            else:
                used[item.contract] += item.received
    return used, tuple(asks)
