"""What a region adds: a mandatory floor, an option, costs of its own; and what nobody has read never pays."""

from datetime import date

import pytest

from rules.law.law import Law
from rules.law.loader import bundled_parameters
from rules.remuneration.remuneration import determine
from schemas.statements.remuneration import Costs
from tests.rules.remuneration.facts import P1, completer, costs, receipt, signed, steps, sum_of, unit, yuan

EXAMPLE = receipt("100000", borne=costs("600", "2000", "3400"))  # net 94,000
ONE = signed(completer(P1, "100"))


@pytest.mark.parametrize(
    ("region", "pool"),
    [
        ("", "47000"),
        ("beijing", "47000"),
        ("shanghai", "47000"),
        ("hubei", "47000"),
        ("hubei.wuhan", "47000"),
        ("guizhou", "47000"),
        ("guangdong", "47000"),
        ("guangdong.shenzhen", "47000"),
        ("heilongjiang", "47000"),
        ("shandong", "65800"),
        ("shandong.qingdao", "65800"),
        ("zhejiang", "65800"),
        ("zhejiang.hangzhou", "65800"),
    ],
)
def test_only_a_mandatory_floor_that_was_read_raises_the_pool(region: str, pool: str) -> None:
    assert sum_of(determine(unit(region=region, contributions=ONE), [EXAMPLE], "r1")) == yuan(pool)


@pytest.mark.parametrize(
    ("region", "step", "share"),
    [
        ("beijing", "the unit may give those who made it 70 % of net income", "70 %"),
        ("shanghai", "the unit may give those who made it 70 % of net income", "70 %"),
        ("hubei.wuhan", "the unit may give those who made it 70 % of net income", "70 %"),
        ("shandong", "the unit may give its transfer office 10 % of net income", "10 %"),
    ],
)
def test_what_a_region_allows_is_shown_and_not_given_by_itself(region: str, step: str, share: str) -> None:
    made = determine(unit(region=region, contributions=ONE), [EXAMPLE], "r1")
    assert steps(made)[step] == share


def test_a_unit_that_the_state_did_not_set_up_has_no_regional_option() -> None:
    made = determine(unit(region="beijing", state_set=False, contributions=ONE), [EXAMPLE], "r1")
    assert not [step for step in steps(made) if step.startswith("the unit may give")]


def test_net_income_is_what_the_regions_text_takes_off() -> None:
    made = determine(unit(region="beijing", contributions=ONE), [EXAMPLE], "r1")
    assert "beijing.net_income_costs" in [read.name for read in made.reads]
    # Zhejiang takes off any cost, so one that nobody stated is asked for there and not in Beijing.
    borne = Costs(transaction_taxes=yuan("600"), upkeep=yuan("2000"), direct=yuan("3400"))
    asked = {
        region: determine(unit(region=region, contributions=ONE), [receipt("100000", borne=borne)], "r1").unknown
        for region in ("beijing", "zhejiang.ningbo")
    }
    assert asked == {"beijing": (), "zhejiang.ningbo": ("costs.other:r1",)}


def test_the_right_holders_of_zhejiang_ask_in_its_cities_too() -> None:
    holder = signed(completer(P1, "100", holds_share_of_right=True))
    made = determine(unit(region="zhejiang.hangzhou", contributions=holder), [EXAMPLE], "r1")
    assert made.unknown == (f"request_for_reward:{P1}",)


@pytest.mark.parametrize("name", ["guangdong.remuneration_floor", "heilongjiang.remuneration_floor"])
def test_a_floor_that_nobody_has_read_is_planned(name: str) -> None:
    assert {one.status for one in bundled_parameters().parameters[name].values} == {"planned"}
    assert not Law(date(2027, 12, 31)).holds(name)


def test_the_pilots_of_hubei_end_with_their_plan() -> None:
    name = "hubei.remuneration_optional_share"
    assert [Law(day).holds(name) for day in (date(2026, 12, 31), date(2027, 1, 1))] == [True, False]
