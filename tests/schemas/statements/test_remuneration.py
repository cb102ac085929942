"""What a unit states about its inventors' money is whole, exact and free of contradictions."""

from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from schemas.statements.remuneration import Costs, IncomeRule, InventorShare, OwnerShare, SignedShares, UnitFacts

PAPER = "ab" * 32
A, B, C = (f"00000000-0000-4000-8000-00000000000{n}" for n in range(1, 4))
RULE: dict[str, Any] = {
    "kind": "internal_rule",
    "document": PAPER,
    "from_on": "2025-01-01",
    "basis": "income",
    "shares": [{"party": A, "kind": "team", "percent": "80"}, {"party": B, "kind": "institution", "percent": "20"}],
}
UNIT: dict[str, Any] = {"unit": A, "state_set": True}


def part(numerator: int, denominator: int) -> dict[str, Any]:
    return {"numerator": numerator, "denominator": denominator, "basis": "agreement"}


@pytest.mark.parametrize(
    "percent", [33.5, 30, "0", "100.1", "-1", "1e1", "３０", "33.3333333", "NaN", "", "0/3", "4/3", "1/0"]
)
def test_a_percentage_is_exact_text_of_more_than_zero_and_at_most_a_hundred(percent: Any) -> None:
    with pytest.raises(ValidationError):
        InventorShare.model_validate({"party": A, "percent": percent})


def test_a_percentage_travels_as_it_was_written() -> None:
    share = InventorShare.model_validate({"party": A, "percent": "30.000"})
    assert share.percent == Decimal(30)
    assert '"30.000"' in share.model_dump_json()
    assert InventorShare.model_validate_json(share.model_dump_json()) == share


def test_a_part_of_the_whole_is_as_exact_as_it_was_signed() -> None:
    share = InventorShare.model_validate({"party": A, "percent": "1/3"})
    assert '"1/3"' in share.model_dump_json()
    assert InventorShare.model_validate_json(share.model_dump_json()) == share
    thirds = [{"party": party, "percent": "1/3"} for party in (A, B, C)]
    SignedShares.model_validate({"document": PAPER, "shares": thirds})
    for text in ("33.333333", "33.33"):
        with pytest.raises(ValidationError, match="shares_not_100"):
            SignedShares.model_validate({"document": PAPER, "shares": [*thirds[:2], {"party": C, "percent": text}]})


def test_a_cost_that_is_not_stated_is_not_zero() -> None:
    assert Costs.model_validate({"upkeep": "0"}).upkeep is not None
    assert Costs.model_validate({}).upkeep is None


def share(party: str, kind: str, percent: str) -> dict[str, str]:
    return {"party": party, "kind": kind, "percent": percent}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"shares": [share(A, "person", "99.999999")]}, "shares_not_100"),
        ({"shares": [share(A, "person", "50"), share(A, "institution", "50")]}, "party_twice"),
        ({"shares": [share(A, "team", "50"), share(B, "team", "50")]}, "one_team"),
        ({"shares": [share(A, "person", "100")], "team": [{"party": B, "percent": "1"}]}, "one_team"),
        ({"team": [{"party": C, "percent": "100"}, {"party": A[:-1] + "9", "percent": "0.01"}]}, "team_over_100"),
        ({"team": [{"party": A, "percent": "10"}]}, "party_twice"),
    ],
)
def test_a_rule_that_does_not_add_up_is_refused(change: dict[str, Any], code: str) -> None:
    IncomeRule.model_validate(RULE)
    with pytest.raises(ValidationError, match=code):
        IncomeRule.model_validate({**RULE, **change})


def test_signed_contributions_add_up_to_a_hundred() -> None:
    with pytest.raises(ValidationError, match="shares_not_100"):
        SignedShares.model_validate({"document": PAPER, "shares": [{"party": A, "percent": "60"}]})


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"rules": [RULE, RULE]}, "two_rules_one_day"),
        ({"owners": [{"owner": B}, {"owner": C}]}, "unit_not_an_owner"),
        ({"owners": [{"owner": A}, {"owner": A}]}, "party_twice"),
        ({"owners": [{"owner": A, "part": part(1, 2)}, {"owner": B}]}, "owners_not_whole"),
        ({"owners": [{"owner": A, "part": part(1, 3)}, {"owner": B, "part": part(1, 3)}]}, "owners_not_whole"),
        ({"inventors": [{"party": A, "percent": "100"}, {"party": B}]}, "shares_half_signed"),
        ({"inventors": [{"party": A, "percent": "70"}, {"party": B, "percent": "20"}]}, "shares_not_100"),
        ({"region": "../national"}, "string_pattern_mismatch"),
    ],
)
def test_contradictions_in_a_unit_are_refused(change: dict[str, Any], code: str) -> None:
    with pytest.raises(ValidationError, match=code):
        UnitFacts.model_validate({**UNIT, **change})


def test_thirds_of_a_right_are_whole() -> None:
    thirds = [{"owner": one, "part": part(1, 3)} for one in (A, B, C)]
    assert len(UnitFacts.model_validate({**UNIT, "owners": thirds}).owners) == 3


def test_the_printed_shape_says_that_a_percentage_is_text() -> None:
    shape = UnitFacts.model_json_schema()
    assert shape["$defs"]["TeamShare"]["properties"]["percent"]["type"] == "string"
    assert OwnerShare.model_json_schema()["properties"]["owner"]["format"] == "uuid"
