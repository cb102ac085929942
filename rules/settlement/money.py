"""The postings of a locked settlement: what the year owes as now known, what was paid, and what is demanded back.

A subsidy is owed in the filing of its own year, also where a later run pays or sets off what changed; so a claimant's
account is zero over all filings once everything is paid.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from rules.filing.order import of_kind
from rules.settlement.adjustments import Demand, Restated
from schemas.standing.fact import SettlementFacts
from schemas.standing.listed import LineKey
from schemas.standing.position import MoneyLine
from schemas.standing.settlement import SettlementLine
from schemas.values.money import ZERO, Money


def money_lines(
    restated: Mapping[str, Restated],
    lines: Sequence[SettlementLine],
    demands: Sequence[Demand],
    ordered: SettlementFacts,
    locked_on: date,
) -> Iterator[MoneyLine]:
    """Every amount is positive; the accounts say who has it."""
    for code, one in sorted(restated.items()):
        for payer, amount in one.by_payer.items():
            yield from _line(f"due:{code}:{payer}", f"subsidy_cost:{payer}", _payable(code), amount, locked_on)
    yield from payments(lines)
    for number, demand in enumerate(demands, start=1):
        code = demand.line.credit_code
        yield from _line(
            f"demanded:{demand.line}:{number}", f"recovery:{code}", _payable(code), demand.amount, demand.on
        )
    for fact in {one.act.bank_serial: one for one in of_kind(ordered, "recovered")}.values():
        line = LineKey.read(fact.act.line)
        yield from _line(
            f"recovered:{fact.act.line}:{fact.act.bank_serial}",
            f"treasury:{line.payer}",
            f"recovery:{line.credit_code}",
            fact.act.amount,
            fact.act.on,
        )


def payments(lines: Sequence[SettlementLine]) -> Iterator[MoneyLine]:
    """What the bank paid, also before the lock and for lines that nobody knows: it has gone."""
    for line in lines:
        for one in line.payments:
            yield from _line(
                f"paid:{line.key}:{one.bank_serial}",
                _payable(line.credit_code),
                f"treasury:{line.payer}",
                one.amount,
                one.paid_on,
            )


def due_as_paid(lines: Sequence[SettlementLine]) -> Iterator[MoneyLine]:
    """What was settled elsewhere was owed as it was paid."""
    for line in lines:
        if line.payments:
            yield from _line(
                f"due:{line.key}",
                f"subsidy_cost:{line.payer}",
                _payable(line.credit_code),
                line.settled,
                min(one.paid_on for one in line.payments),
            )


def _payable(code: str) -> str:
    return f"payable:{code}"


def _line(key: str, debit: str, credit: str, amount: Money, on: date) -> Iterator[MoneyLine]:
    if amount > ZERO:
        yield MoneyLine(key=key, debit=debit, credit=credit, amount=amount, on=on)
