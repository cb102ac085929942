"""Reads ``examples/settlements.csv``: which schemes are settled for which years, and who claims."""

import csv
from dataclasses import dataclass
from itertools import groupby

from cli.demo.examples.cases import FOLDER
from schemas.values.money import Money

Row = dict[str, str]


@dataclass(frozen=True)
class Claiming:
    """One claimant with the receipts of its side; everything about it is assumed."""

    name: str
    side: str
    """``licensor`` claims what it received, ``licensee`` what it paid."""
    kind: str
    region: str
    counterparty: str
    """Whose receipts a licensee claims; empty: all."""
    counterparty_kind: str
    counterparty_region: str

    @property
    def stated(self) -> dict[str, str]:
        """What the claim states of each receipt's other side."""
        facts = {"counterparty_kind": self.counterparty_kind, "counterparty_region": self.counterparty_region}
        return {name: value for name, value in facts.items() if value}


@dataclass(frozen=True)
class YearToSettle:
    """One scheme and year of an authority."""

    scheme: str
    year: int
    authority: str
    budget: Money | None
    claimants: tuple[Claiming, ...]


def read_settlements() -> tuple[YearToSettle, ...]:
    """In the order of the file."""
    with (FOLDER / "settlements.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = []
    for (scheme, year, authority), group in groupby(
        rows, key=lambda row: (row["scheme"], row["assumed_year"], row["assumed_authority"])
    ):
        own = list(group)
        budget = own[0]["assumed_budget_yuan"]
        found.append(
            YearToSettle(
                scheme, int(year), authority, Money.of(budget) if budget else None, tuple(_claiming(row) for row in own)
            )
        )
    return tuple(found)


def _claiming(row: Row) -> Claiming:
    return Claiming(
        row["assumed_claimant"],
        row["assumed_side"],
        row["assumed_kind"],
        row["assumed_region"],
        row["assumed_counterparty"],
        row["assumed_counterparty_kind"],
        row["assumed_counterparty_region"],
    )
