"""Corporate income tax: the first five million of technology transfer income are exempt, the rest pays half."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.questions.income_tax_relief import income_tax_relief
from schemas.questions.tax_relief import IncomeTaxInputs
from schemas.values.determination import Determination
from schemas.values.money import Money

DAY = date(2026, 12, 31)
GOOD = {
    "name": "one",
    "effective_on": "2026-01-01",
    "ends_on": "2030-12-31",
    "patent_kind": "invention",
    "received": "7200000",
    "amortised_cost": "0",
    "taxes": "0",
    "period_expenses": "0",
    "owns_technology": "yes",
    "determined_as_technology_contract": "yes",
    "wholly_held_related_party": "no",
}


def relief(*contracts: dict[str, Any]) -> Determination:
    return income_tax_relief(IncomeTaxInputs.model_validate({"year": 2026, "contracts": contracts}), DAY)


def amount(made: Determination, name: str) -> Money:
    return next(line.amount for line in made.result if line.name == name)


def test_of_seven_point_two_million_275000_are_paid() -> None:
    assert amount(relief(GOOD), "tax") == Money.of("275000")


@pytest.mark.parametrize(
    "spoilt",
    [
        {"ends_on": "2030-12-30"},
        {"owns_technology": "no"},
        {"determined_as_technology_contract": "no"},
        {"wholly_held_related_party": "yes"},
        {"patent_kind": "design", "simple_design_change": "yes"},
    ],
)
def test_one_condition_that_fails_leaves_the_contract_out(spoilt: dict[str, str]) -> None:
    made = relief(GOOD | spoilt)
    assert made.answers["qualifies:one"] == "no"
    assert amount(made, "technology_transfer_income") == Money(0)


@pytest.mark.parametrize(
    ("open_fact", "asked"),
    [
        ("ends_on", "ends_on"),
        ("received", "received"),
        ("taxes", "taxes"),
        ("owns_technology", "owns_technology"),
        ("wholly_held_related_party", "wholly_held_related_party"),
    ],
)
def test_a_fact_that_nobody_stated_is_asked_for(open_fact: str, asked: str) -> None:
    made = relief({name: fact for name, fact in GOOD.items() if name != open_fact})
    assert made.unknown == (f"contracts.0.{asked}",)
    assert made.result == ()


def test_only_designs_are_asked_whether_they_merely_change_a_pattern() -> None:
    assert relief(GOOD | {"patent_kind": "design"}).unknown == ("contracts.0.simple_design_change",)
    assert relief(GOOD | {"patent_kind": "utility_model"}).unknown == ()


def test_what_a_contract_lost_is_set_off_within_the_year_and_never_below_zero() -> None:
    loss = GOOD | {"name": "two", "received": "0", "amortised_cost": "1000000"}
    assert amount(relief(GOOD, loss), "technology_transfer_income") == Money.of("6200000")
    assert amount(relief(loss), "tax") == Money(0)


@given(parts=st.lists(st.integers(0, 10**10), min_size=1, max_size=5))
def test_five_million_are_exempt_once_however_the_income_is_divided(parts: list[int]) -> None:
    contracts = [GOOD | {"name": str(place), "received": Money(fen)} for place, fen in enumerate(parts)]
    together = relief(GOOD | {"received": Money(sum(parts))})
    divided = relief(*contracts)
    assert divided.result == together.result
    assert amount(divided, "exempt") <= Money.of("5000000")
    assert amount(divided, "exempt") + amount(divided, "at_half_rate") == Money(sum(parts))


@given(fen=st.integers(0, 10**11), more=st.integers(0, 10**11))
def test_more_income_never_pays_less_tax(fen: int, more: int) -> None:
    less_tax, more_tax = (amount(relief(GOOD | {"received": Money(one)}), "tax") for one in (fen, fen + more))
    assert less_tax <= more_tax


def test_a_year_before_the_known_law_is_asked_about() -> None:
    made = income_tax_relief(IncomeTaxInputs.model_validate({"year": 2014, "contracts": [GOOD]}), DAY)
    assert made.unknown == ("law_of:2014-12-31",)
