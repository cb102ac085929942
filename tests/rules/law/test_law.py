"""The law of a day answers exactly, says where it has the answer from, and never guesses."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from rules.law.calendar import Calendar
from rules.law.law import Law
from rules.law.loader import ParameterFault, ParameterSet, load_parameters
from schemas.values.determination import ResultLine
from schemas.values.due import DueDay
from schemas.values.money import Money

THING = """\
description: A thing
unit: months
values:
  - from: {since}
    value: {value}
    cite: {{provision: art. 1, instrument: Order 1}}
    status: {status}
    mark: V1
    checked_on: 2026-11-15
"""


def a_set(tmp_path: Path, status: str = "in_force", unit: str = "months", value: str = "3") -> ParameterSet:
    path = tmp_path / "cn" / "national" / "thing.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    text = THING.format(since="2020-01-01", value=value, status=status)
    path.write_text(text.replace("unit: months", f"unit: {unit}"))
    return load_parameters(tmp_path)


def test_the_bonus_of_a_design_has_its_article() -> None:
    law = Law(date(2026, 5, 1))
    assert law.money("national.first_grant_bonus", "design") == Money.of("1500")
    assert law.cite("national.first_grant_bonus").provision == "Implementing Regulations rule 93"
    assert law.reads[0].name == "national.first_grant_bonus.design"
    assert (law.reads[0].value, law.reads[0].since, law.reads[0].mark) == ("1500", date(2024, 1, 20), "V1")


def test_the_same_reading_is_recorded_once_and_in_the_order_of_first_reading() -> None:
    law = Law(date(2026, 5, 1))
    for name in ("national.remuneration_floor", "national.recordal_period", "national.remuneration_floor"):
        law.value(name)
    assert [read.name for read in law.reads] == ["national.remuneration_floor", "national.recordal_period"]


@pytest.mark.parametrize(("as_of", "holds"), [(date(2021, 9, 29), False), (date(2021, 9, 30), True)])
def test_zhejiang_has_its_own_floor_from_its_day_on(as_of: date, holds: bool) -> None:
    assert Law(as_of).holds("zhejiang.remuneration_floor") is holds


def test_a_region_without_a_floor_of_its_own_has_none() -> None:
    assert not Law(date(2026, 5, 1)).holds("hubei.remuneration_floor")


def test_floors_are_exact_shares() -> None:
    law = Law(date(2026, 5, 1))
    names = ("national.remuneration_floor", "zhejiang.remuneration_floor", "shandong.remuneration_floor")
    assert [law.number(name) for name in names] == [Decimal("0.5"), Decimal("0.7"), Decimal("0.7")]
    assert law.number("zhejiang.remuneration_shares", "transfer_staff") == Decimal("0.05")


def test_a_day_before_the_first_known_value_is_an_error_that_names_the_day() -> None:
    with pytest.raises(ParameterFault, match="no value on 2015-09-30"):
        Law(date(2015, 9, 30)).value("national.remuneration_floor")


def test_a_repealed_value_still_answers_for_its_days_and_for_no_later_one() -> None:
    name = "national.contract_registration_decision_days"
    assert Law(date(2026, 2, 28)).whole(name) == 30
    with pytest.raises(ParameterFault, match="no value on 2026-03-01"):
        Law(date(2026, 3, 1)).value(name)


def test_the_law_of_a_place_is_its_citys_else_its_provinces_else_the_nations(tmp_path: Path) -> None:
    for folder, value in (("national", 1), ("hubei", 2), ("hubei/wuhan", 3)):
        path = tmp_path / "cn" / folder / "thing.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(THING.format(since="2020-01-01" if value < 3 else "2026-01-01", value=value, status="in_force"))
    parameters = load_parameters(tmp_path)
    read = [
        law.whole(law.local(region, "thing"))
        for law in (Law(date(2025, 12, 31), parameters), Law(date(2026, 1, 1), parameters))
        for region in ("", "anhui", "hubei", "hubei.wuhan", "hubei.xiangyang")
    ]
    assert read == [1, 1, 2, 2, 2, 1, 1, 2, 3, 2]


def test_a_local_value_that_is_only_planned_does_not_push_the_law_aside(tmp_path: Path) -> None:
    path = tmp_path / "cn" / "guangdong" / "thing.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(THING.format(since="2020-01-01", value=9, status="planned"))
    assert Law(date(2026, 5, 1), a_set(tmp_path)).local("guangdong", "thing") == "national.thing"


@pytest.mark.parametrize("status", ["planned", "draft"])
def test_what_is_not_yet_law_is_no_answer(tmp_path: Path, status: str) -> None:
    law = Law(date(2026, 5, 1), a_set(tmp_path, status=status))
    assert not law.holds("national.thing")
    with pytest.raises(ParameterFault, match=f"on 2026-05-01 is only {status}"):
        law.value("national.thing")


def test_unknown_names_and_wrong_keys_are_named() -> None:
    law = Law(date(2026, 5, 1))
    with pytest.raises(ParameterFault, match=r"no parameter national\.nothing"):
        law.value("national.nothing")
    with pytest.raises(ParameterFault, match="looked up by"):
        law.value("national.first_grant_bonus")
    with pytest.raises(ParameterFault, match="known: invention, utility_model, design"):
        law.value("national.first_grant_bonus", "trade_mark")
    assert law.reads == ()


def test_a_value_is_not_taken_for_another_kind_of_value(tmp_path: Path) -> None:
    law = Law(date(2026, 5, 1), a_set(tmp_path, unit="share", value='"0.5"'))
    with pytest.raises(ParameterFault, match="not in CNY"):
        law.money("national.thing")
    with pytest.raises(ParameterFault, match="not a whole number"):
        law.whole("national.thing")
    with pytest.raises(ParameterFault, match="not a list of words"):
        law.words("national.thing")
    with pytest.raises(ParameterFault, match="not a number"):
        Law(date(2026, 5, 1), a_set(tmp_path, unit="word", value="half")).number("national.thing")


@pytest.mark.parametrize(
    ("name", "start", "by"),
    [
        ("national.recordal_period", date(2025, 11, 14), date(2026, 2, 24)),  # patent law: out of Spring Festival
        # a worked Saturday is a day like any other in civil law
        ("guangdong.contract_registration_application_period", date(2026, 1, 15), date(2026, 2, 14)),
        ("national.recordal_examination", date(2026, 2, 13), date(2026, 3, 2)),  # both worked Saturdays count
        ("national.tax_relief_window", date(2023, 2, 15), date(2026, 2, 15)),  # not moved
    ],
)
def test_each_period_is_counted_in_its_own_calendar(name: str, start: date, by: date) -> None:
    assert Law(date(2026, 5, 1)).period(Calendar.bundled(), name, start) == DueDay(by=by)


def test_a_period_known_from_memory_only_gives_a_provisional_day() -> None:
    name = "national.contract_registration_decision_working_days"
    due = Law(date(2026, 6, 1)).period(Calendar.bundled(), name, date(2026, 6, 1), "ordinary")
    assert due == DueDay(by=date(2026, 6, 23), provisional=True, because="unconfirmed_value")


def test_a_quantity_that_is_no_period_gives_no_day() -> None:
    with pytest.raises(ParameterFault, match="is no period"):
        Law(date(2026, 6, 1)).period(Calendar.bundled(), "national.income_tax_relief_term", date(2026, 6, 1))


def test_a_determination_carries_all_it_needs_to_be_contradicted() -> None:
    law = Law(date(2026, 5, 1))
    floor = law.number("national.remuneration_floor")
    law.step("pool", f"94000.00 x {floor}", "47000.00", "art. 45")
    made = law.determination("pool", {"net": "94000.00"}, [ResultLine(name="pool", amount=Money.of("47000"))])
    assert made.as_of == date(2026, 5, 1)
    assert [step.result for step in made.steps] == ["47000.00"]
    assert [read.value for read in made.reads] == ["0.5"]
    assert made == Law(date(2026, 5, 1)).determination("pool", made.inputs, made.result).but(
        reads=made.reads, steps=made.steps
    )


def test_an_unknown_fact_leaves_no_result() -> None:
    law = Law(date(2026, 5, 1))
    assert law.determination("pool", {}, [], unknown=["upkeep"]).result == ()
    with pytest.raises(ValueError, match="upkeep is unknown"):
        law.determination("pool", {}, [ResultLine(name="pool", amount=Money.of("0"))], unknown=["upkeep"])
