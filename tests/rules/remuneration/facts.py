"""Units, rules and receipts that the tests of the inventors' money share."""

from datetime import date
from typing import Any
from uuid import UUID

from schemas.statements.remuneration import (
    Completer,
    Costs,
    IncomeRule,
    IncomeShare,
    Part,
    ReceiptInPool,
    SignedShares,
    TeamShare,
    UnitFacts,
)
from schemas.values.determination import Determination
from schemas.values.money import Money, total

PAPER = "ab" * 32
UNIT, PARTNER, LAB, TEAM = (UUID(int=n) for n in range(1, 5))
P1, P2, P3 = (UUID(int=n) for n in range(11, 14))
DAY = date(2025, 3, 3)


def yuan(text: str) -> Money:
    return Money.of(text)


def costs(taxes: str = "0", upkeep: str = "0", direct: str = "0", other: str = "0") -> Costs:
    return Costs(transaction_taxes=yuan(taxes), upkeep=yuan(upkeep), direct=yuan(direct), other=yuan(other))


def receipt(amount: str, name: str = "r1", on: date = DAY, borne: Costs | None = None) -> ReceiptInPool:
    return ReceiptInPool(receipt_id=name, received_on=on, amount=yuan(amount), costs=borne or costs())


def completer(party: UUID, percent: str, part: Part | None = None, **facts: bool) -> Completer:
    return Completer.model_validate({"party": party, "percent": percent, "part": part, **facts})


def signed(*shares: Completer) -> SignedShares:
    return SignedShares(document=PAPER, shares=shares)


def rule(
    basis: str, *shares: tuple[UUID, str, str], team: tuple[tuple[UUID, str], ...] = (), **facts: Any
) -> IncomeRule:
    """Shares are (party, kind, percent)."""
    return IncomeRule.model_validate(
        {
            "kind": "internal_rule",
            "document": PAPER,
            "from_on": date(2015, 10, 1),
            "basis": basis,
            "shares": tuple(
                IncomeShare.model_validate({"party": one, "kind": kind, "percent": percent})
                for one, kind, percent in shares
            ),
            "team": tuple(TeamShare.model_validate({"party": one, "percent": percent}) for one, percent in team),
            **facts,
        }
    )


def unit(*rules: IncomeRule, state_set: bool = True, region: str = "", **facts: Any) -> UnitFacts:
    """Contributions are 60 and 40 percent of P1 and P2 unless told otherwise."""
    facts.setdefault("contributions", signed(completer(P1, "60"), completer(P2, "40")))
    return UnitFacts.model_validate({"unit": UNIT, "state_set": state_set, "region": region, "rules": rules, **facts})


def lines(made: Determination) -> dict[str, Money]:
    return {line.name: line.amount for line in made.result}


def sum_of(made: Determination) -> Money:
    return total(line.amount for line in made.result)


def steps(made: Determination) -> dict[str, str]:
    return {step.what: step.result for step in made.steps}
