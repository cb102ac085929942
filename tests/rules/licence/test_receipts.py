"""Which obligations take a payment that names none (D-08, D-09)."""

from datetime import date

import pytest

from rules.licence.receipts import allocations_when_unnamed
from schemas.standing.dues import Obligation
from schemas.values.money import Money

OWED = (
    Obligation(key="report:1", amount=Money.of("300"), due_by=None),
    Obligation(key="due:2", amount=Money.of("200"), due_by=date(2027, 1, 31)),
    Obligation(key="due:1", amount=Money.of("100"), due_by=date(2026, 1, 31), allocated=Money.of("40")),
    Obligation(key="due:0", amount=Money.of("900"), due_by=date(2025, 1, 31), state="void"),
)


@pytest.mark.parametrize(
    ("paid", "parts"),
    [
        ("60", [("due:1", "60.00")]),
        ("160", [("due:1", "60.00"), ("due:2", "100.00")]),
        ("600", [("due:1", "60.00"), ("due:2", "200.00"), ("report:1", "300.00"), ("credit", "40.00")]),
    ],
)
def test_what_falls_due_first_is_paid_first_and_what_is_too_much_is_a_credit(
    paid: str, parts: list[tuple[str, str]]
) -> None:
    taken = allocations_when_unnamed(OWED, Money.of(paid))
    assert [(one.obligation, str(one.amount)) for one in taken] == parts


def test_money_that_nothing_is_owed_for_is_a_credit() -> None:
    assert [one.obligation for one in allocations_when_unnamed((), Money.of("5"))] == ["credit"]
