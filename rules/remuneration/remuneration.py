"""Remuneration (报酬) of those who made a patented achievement, out of one licence's income, for one licensor's unit.

Net income is counted over the life of the licence: costs that one receipt does not bear are carried forward, and the
floor at zero stands on the running total (D-11). So nothing is computed receipt by receipt. With the receipts in
order of their day, ``f`` of the first *n* gives what is due to each in all, and the line of receipt *n* is ``f(n) -
f(n - 1)``. Lines therefore depend on the set of facts and never on the order of recording; a receipt that is recorded
late, or restated by a reversal, moves the lines after it, and the lines always add up to ``pool``.

What governs a receipt is read on its own day (D-39, D-40): the agreement in force, else the published rule, else the
law; a State-set body never gives less than the minimum.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from pydantic import TypeAdapter

from rules.law.law import Law
from rules.law.shares import add_lines, split
from rules.remuneration.pool import COSTS, Due, Terms, distribute, terms_on
from schemas.statements.remuneration import Basis, OwnerShare, ReceiptInPool, UnitFacts
from schemas.statements.share import shown
from schemas.values.determination import Determination, ResultLine
from schemas.values.money import Money, total

_FLOOR = "national.remuneration_floor"
RULE = "remuneration"

_RECEIPTS = TypeAdapter(tuple[ReceiptInPool, ...])
_Laws = dict[date, Law]


def owners_shares(amount: Money, owners: Sequence[OwnerShare]) -> tuple[ResultLine, ...]:
    """Splits a receipt among the co-owners before anything else (Patent Law art. 14; Civil Code arts. 308, 309; D-10).

    By their stated parts, else equally; the lines are named by party id and add up to ``amount``.
    """
    return split(amount, [(str(one.owner), one.part.fraction if one.part else Fraction(1)) for one in owners])


def determine(unit: UnitFacts, receipts: Sequence[ReceiptInPool], receipt_id: str) -> Determination:
    """What receipt ``receipt_id`` adds to what is due to each, under the law of its day.

    ``receipts`` are all that are known of the licence, in any order; those after ``receipt_id`` do not count. Lines are
    named by party id, or ``undistributed_team``; a line is negative where the receipt brought more cost than income.
    ``unknown`` names what to ask: ``contributions``, ``costs.upkeep:<receipt id>``, ``request_for_reward:<party id>``.
    Raises ValueError when the receipt is not among them or an id stands twice.
    """
    ordered = _in_order(receipts)
    place = [one.receipt_id for one in ordered].index(receipt_id)
    before, through = ordered[:place], ordered[: place + 1]
    laws = _laws(through)
    after, earlier = _due(unit, through, laws), _due(unit, before, _laws(before))
    if after.unknown:
        return _closed(laws, unit, through, after, receipt_id)
    added = Due(after.pool - earlier.pool, add_lines(after.lines, less=earlier.lines))
    laws[through[-1].received_on].step("pool that this receipt adds", f"{after.pool} - {earlier.pool}", str(added.pool))
    return _closed(laws, unit, through, added, receipt_id)


def pool(unit: UnitFacts, receipts: Sequence[ReceiptInPool]) -> Determination:
    """What is due to each for all ``receipts`` (at least one) together; the sum of what ``determine`` says for each."""
    ordered = _in_order(receipts)
    laws = _laws(ordered)
    return _closed(laws, unit, ordered, _due(unit, ordered, laws))


def recompute(determination: Determination) -> Determination:
    """The same determination made again from nothing but its recorded inputs."""
    unit = UnitFacts.model_validate_json(determination.inputs["unit"])
    receipts = _RECEIPTS.validate_json(determination.inputs["receipts"])
    receipt_id = determination.inputs.get("receipt_id")
    return pool(unit, receipts) if receipt_id is None else determine(unit, receipts, receipt_id)


def _in_order(receipts: Sequence[ReceiptInPool]) -> list[ReceiptInPool]:
    ordered = sorted(receipts, key=lambda one: (one.received_on, one.receipt_id))
    if len(dict.fromkeys(one.receipt_id for one in ordered)) != len(ordered):
        raise ValueError("a receipt stands twice; restate the receipt instead of adding a second one")
    return ordered


def _laws(receipts: Sequence[ReceiptInPool]) -> _Laws:
    return {one.received_on: Law(one.received_on) for one in receipts}


def _closed(
    laws: _Laws, unit: UnitFacts, receipts: Sequence[ReceiptInPool], due: Due, receipt_id: str | None = None
) -> Determination:
    inputs = {"unit": unit.model_dump_json(), "receipts": _RECEIPTS.dump_json(tuple(receipts)).decode()}
    if receipt_id is not None:
        inputs["receipt_id"] = receipt_id
    # Receipts of earlier days were judged by the law of those days; what was read there belongs into the same record.
    return laws[receipts[-1].received_on].determination(RULE, inputs, due.lines, due.unknown, laws=laws.values())


@dataclass(frozen=True)
class _Row:
    """One receipt as the sums see it: what governs it, this unit's part, and its net income in both senses."""

    terms: Terms
    income: Money
    statutory_net: Money
    agreed_net: Money


def _due(unit: UnitFacts, receipts: Sequence[ReceiptInPool], laws: _Laws) -> Due:
    """``f``: what is due in all for ``receipts``, which are in order of their day."""
    if not receipts:
        return Due()
    lawless = [day for day in dict.fromkeys(one.received_on for one in receipts) if not laws[day].holds(_FLOOR)]
    if lawless:
        # No value of that time is known here, and none is guessed: a person has to say what the law was.
        return Due(unknown=tuple(f"law_of:{day}" for day in lawless))
    governing = [terms_on(unit, laws[one.received_on]) for one in receipts]
    not_stated = _not_stated(receipts, governing)
    if not_stated:
        return Due(unknown=not_stated)
    law = laws[receipts[-1].received_on]
    rows = _rows(unit, receipts, governing)
    part = next((one.part for one in unit.owners if one.owner == unit.unit), None)
    own_part = f"; its part {shown(part.fraction)}" if part else ""
    dues = []
    for terms in dict.fromkeys(governing):
        alike = [row for row in rows if row.terms == terms]
        income = total(row.income for row in alike)
        statutory, agreed = total(row.statutory_net for row in alike), total(row.agreed_net for row in alike)
        law.step("income of this unit", f"receipts under the same terms: {len(alike)}{own_part}", str(income))
        if terms.needs_net_income:
            law.step(
                "net income over the life of the licence",
                "income less stated costs; losses carried forward",
                str(agreed if terms.rule and terms.rule.basis is Basis.NET_INCOME else statutory),
                terms.article,
            )
        dues.append(distribute(unit, terms, law, income, statutory, agreed))
    unknown = tuple(dict.fromkeys(what for due in dues for what in due.unknown))
    if unknown:
        return Due(unknown=unknown)
    return Due(total(due.pool for due in dues), add_lines(line for due in dues for line in due.lines))


def _rows(unit: UnitFacts, receipts: Sequence[ReceiptInPool], governing: Sequence[Terms]) -> list[_Row]:
    incomes = [_own_part(unit, one) for one in receipts]
    statutory = _kept(
        [_net(income, one, terms.costs) for income, one, terms in zip(incomes, receipts, governing, strict=True)]
    )
    agreed = _kept([_net(income, one, COSTS) for income, one in zip(incomes, receipts, strict=True)])
    return [_Row(*parts) for parts in zip(governing, incomes, statutory, agreed, strict=True)]


def _own_part(unit: UnitFacts, receipt: ReceiptInPool) -> Money:
    if not unit.owners:
        return receipt.amount
    return next(line.amount for line in owners_shares(receipt.amount, unit.owners) if line.name == str(unit.unit))


def _net(income: Money, receipt: ReceiptInPool, names: Sequence[str]) -> Money:
    # A cost that nobody stated reaches this sum only where no result depends on it; else it has been asked for before.
    return income - total(getattr(receipt.costs, name) or Money(0) for name in names)


def _not_stated(receipts: Sequence[ReceiptInPool], governing: Sequence[Terms]) -> tuple[str, ...]:
    needed = [terms for terms in governing if terms.needs_net_income]
    all_costs = any(terms.rule and terms.rule.basis is Basis.NET_INCOME for terms in needed)
    return tuple(
        f"costs.{name}:{one.receipt_id}"
        for one, terms in zip(receipts, governing, strict=True)
        if needed and one.amount  # what was reversed whole is not asked for its costs; those that were stated count
        for name in (COSTS if all_costs else terms.costs)
        if getattr(one.costs, name) is None
    )


def _kept(nets: Sequence[Money]) -> list[Money]:
    """How much of each receipt's net income is left in the end; the sum is the net income of all, and at least zero.

    A loss eats what came last, so that where the terms changed it takes back at the terms of what it eats. What is left
    of receipt *k* is then ``m(k) - m(k - 1)``, where ``m(k)`` is the lowest running total from *k* on, at least zero.
    """
    running, level = [], 0
    for net in nets:
        level += net.fen
        running.append(max(level, 0))
    lowest = running[:]
    for place in range(len(lowest) - 2, -1, -1):
        lowest[place] = min(lowest[place], lowest[place + 1])
    return [Money(here - before) for here, before in zip(lowest, [0, *lowest], strict=False)]
