"""Time has no holes: every rule answers on every quarter since its first value, until the end of 2027."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from rules.law.calendar import corresponding_day
from rules.questions.registry import RULES
from rules.recompute import differences, recompute

UNIT, INVENTOR, PAPER = f"{1:032x}", f"{17:032x}", "ab" * 32
COSTS = {"transaction_taxes": "0", "upkeep": "0", "direct": "0", "other": "0"}
LAST = date(2027, 12, 31)


def inventor(region: str) -> Callable[[date], dict[str, Any]]:
    return lambda day: {
        "unit": {
            "unit": UNIT,
            "state_set": True,
            "region": region,
            "contributions": {"document": PAPER, "shares": [{"party": INVENTOR, "percent": "100"}]},
        },
        "receipts": [{"receipt_id": "r1", "received_on": day, "amount": "100000", "costs": COSTS}],
    }


def fee(day: date) -> dict[str, Any]:
    """Year 6 is due on ``day``."""
    filed_on = corresponding_day(day, years=-5)
    return {
        "patent_kind": "invention",
        "filed_on": filed_on,
        "granted_on": filed_on + timedelta(days=500),
        "year": 6,
        "owners": [{"kind": "public_institution"}],
        "licences": [],
    }


# The first value of each rule, with facts for a day; ``as_of`` is that day.
RULES_IN_TIME: dict[str, tuple[str, date, Callable[[date], dict[str, Any]]]] = {
    "annual_fee": ("annual_fee", date(2021, 6, 1), fee),
    "annual_fee a year late": ("annual_fee", date(2024, 1, 20), lambda day: fee(corresponding_day(day, years=-1))),
    "contract": (
        "contract",
        date(2000, 2, 16),
        lambda day: {"applied_on": day, "complete_papers_on": day, "contract_amount": "6000000", "non_technical": "0"},
    ),
    "event": ("event", date(2024, 1, 20), lambda day: {"event": "assignment", "happens_on": day}),
    "first_grant_bonus": (
        "first_grant_bonus",
        date(2010, 2, 1),
        lambda day: {
            "unit": {"unit": UNIT, "state_set": True, "inventors": [{"party": INVENTOR}]},
            "patent_kind": "design",
            "granted_on": day,
        },
    ),
    "income_tax": (
        "income_tax",
        date(2015, 12, 31),
        lambda day: {"year": day.year, "contracts": [{"name": "one", "effective_on": day, "ends_on": day}]},
    ),
    "own_exploitation": (
        "own_exploitation",
        date(2015, 12, 31),
        lambda day: {
            "state_set": True,
            "region": "zhejiang",
            "years": [{"year": day.year, "operating_profit": "1000"}],
        },
    ),
    "payroll": (
        "payroll",
        date(2015, 10, 1),
        lambda day: {"employer": "public_institution", "is_transformation_reward": "yes"},
    ),
    "personal_tax": (
        "personal_tax",
        date(2018, 7, 1),
        lambda day: {
            "received_on": day,
            "payments": [{"paid_on": day, "amount": "100"}],
            "nonprofit_unit": "yes",
            "contract_registered": "yes",
            "publicity_held": "yes",
            "disguised_salary": "no",
        },
    ),
    "recordal_ground": (
        "recordal_ground",
        date(2011, 8, 1),
        lambda day: {
            "patent_kind": "invention",
            "filed_on": day - timedelta(days=900),
            "effective_on": day,
            "contract": PAPER,
        },
    ),
    "bars": ("bars", date(2024, 1, 20), lambda day: {"patent_kind": "design", "statements": []}),
    "terms": (
        "terms",
        date(2024, 1, 20),
        lambda day: {
            "patent_kind": "invention",
            "filed_on": day - timedelta(days=900),
            "fee_explanation": "comparable licences",
            "royalty": {"form": "lump_sum", "amount": "1000"},
            "term": {"form": "years_from_effect", "years": 5},
        },
    ),
    "deadline": ("deadline", date(2024, 1, 20), lambda day: {"period": "national.recordal_period", "start": day}),
    "stamp_tax": ("stamp_tax", date(2022, 7, 1), lambda day: {"contract_on": day, "amount": "100"}),
    "value_added_tax": ("value_added_tax", date(2016, 5, 1), lambda day: {"income_on": day}),
    **{
        f"inventor in {region or 'no region'}": ("inventor", date(2015, 10, 1), inventor(region))
        for region in (
            "",
            "beijing",
            "shanghai",
            "zhejiang",
            "zhejiang.hangzhou",
            "shandong",
            "hubei",
            "heilongjiang",
            "guangdong",
            "guangdong.shenzhen",
            "guizhou",
        )
    },
}


def quarters(first: date) -> list[date]:
    days = [first]
    while (following := corresponding_day(days[-1].replace(day=1), months=3)) <= LAST:
        days.append(following)
    return [*days, LAST]


@pytest.mark.parametrize("name", RULES_IN_TIME)
def test_a_rule_answers_on_every_quarter_since_its_first_value(name: str) -> None:
    rule, first, facts_of = RULES_IN_TIME[name]
    for day in quarters(first):
        made = RULES[rule].determine(RULES[rule].inputs.model_validate(facts_of(day)), day)
        assert made.result or made.answers or made.unknown, day
        assert not [what for what in made.unknown if what.startswith("law_of:")], day
        assert differences(made, recompute(made)) == (), day


def test_no_rule_of_the_registry_is_left_out() -> None:
    assert {rule for rule, _, _ in RULES_IN_TIME.values()} == set(RULES)
