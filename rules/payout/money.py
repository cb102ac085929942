"""The postings of a payout: what is owed once it is approved, what the bank paid, and what was left to somebody."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from rules.filing.publicity import Signature
from schemas.standing.position import MoneyLine, PayoutLine
from schemas.values.money import ZERO, Money


def money_lines(lines: Iterable[PayoutLine], unit: UUID, approved: Signature | None) -> Iterator[MoneyLine]:
    """Every amount is positive; a claim against somebody has the accounts the other way round.

    While changed amounts wait for approval, only what was both due and paid stands as owed.
    """
    cost, bank = f"remuneration_cost:{unit}", f"bank:{unit}"
    for line in lines:
        payable = f"payable:{line.party or line.key}"
        days = [one.paid_on for one in line.payments]
        if approved is not None and line.payable:
            due, on = line.amount, approved.on
        elif days:
            due, on = min(line.amount, line.paid_amount), min(days)
        else:
            continue
        if due > ZERO:
            yield MoneyLine(key=f"due:{line.key}", debit=cost, credit=payable, amount=due, on=on)
        elif due < ZERO:
            yield MoneyLine(key=f"due:{line.key}", debit=payable, credit=cost, amount=-due, on=on)
        for one in line.payments:
            yield MoneyLine(
                key=f"paid:{line.key}:{one.bank_serial}", debit=payable, credit=bank, amount=one.amount, on=one.paid_on
            )
        if line.decision == "leave":
            left: Money = -line.owed
            yield MoneyLine(key=f"left:{line.key}", debit=cost, credit=payable, amount=left, on=max([on, *days]))
