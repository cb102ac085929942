"""A parameter file says exactly one thing, with its source, or it is refused with the place and the cure."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from rules.law.loader import ParameterFault, ParameterSet, bundled_parameters, load_parameters

GOOD = """\
description: Time to do something
unit: months
values:
  - from: 2011-08-01
    value: 2
    cite: {provision: art. 1, instrument: Order 1}
    status: in_force
    mark: V1
    checked_on: 2026-11-15
  - from: 2024-01-20
    value: 3
    cite: {provision: art. 2, instrument: Order 2}
    status: in_force
    mark: V2
    checked_on: 2026-11-15
"""


def loaded(tmp_path: Path, text: str, name: str = "cn/national/period.yaml") -> ParameterSet:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return load_parameters(tmp_path)


def test_a_parameter_is_named_by_its_region_and_file(tmp_path: Path) -> None:
    loaded(tmp_path, GOOD)
    parameters = loaded(tmp_path, GOOD, "cn/zhejiang/period.yaml").parameters
    assert sorted(parameters) == ["national.period", "zhejiang.period"]


def test_a_value_holds_until_the_next_begins(tmp_path: Path) -> None:
    parameter = loaded(tmp_path, GOOD).parameters["national.period"]
    values = [parameter.on(day) for day in (date(2011, 7, 31), date(2011, 8, 1), date(2024, 1, 19), date(2024, 1, 20))]
    assert [dated and dated.value for dated in values] == [None, 2, 2, 3]


def test_a_value_with_a_last_day_holds_on_that_day_and_not_after(tmp_path: Path) -> None:
    ended = GOOD.replace("    value: 3\n", "    until: 2026-02-28\n    value: 3\n")
    parameter = loaded(tmp_path, ended).parameters["national.period"]
    assert parameter.on(date(2026, 2, 28)) is not None
    assert parameter.on(date(2026, 3, 1)) is None


def test_a_quoted_decimal_is_exact_and_a_word_stays_a_word(tmp_path: Path) -> None:
    text = GOOD.replace("value: 2\n", 'value: "0.07"\n').replace("value: 3\n", "value: half\n")
    values = loaded(tmp_path, text).parameters["national.period"].values
    assert values[0].value == Decimal("0.07")
    assert values[1].value == "half"


@pytest.mark.parametrize(
    ("good", "bad", "names"),
    [
        ("value: 3\n", "value: 0.5\n", ["line 11", 'quote it: "0.5"']),
        ("value: 3\n", "value: 1e3\n    value2: 1.5e+3\n", ["line 12", "float"]),
        ("value: 3\n", "value: 3\n    value: 4\n", ["line 12", "value stands twice"]),
        ("value: 3\n", "value: 010\n", ["line 11", "plain whole number"]),
        ("value: 3\n", "value: 1:30\n", ["line 11", "plain whole number"]),
        ("value: 3\n", "value: yes\n", ["line 11", "truth value"]),
        ("value: 3\n", "value: true\n", ["values.1.value", "whole number"]),
        ("value: 3\n", "value: []\n", ["values.1.value", "whole number"]),
        ("value: 3\n", "value: {Some Key: 3}\n", ["values.1.value", "snake_case"]),
        ("value: 3\n", "value: {a: 3}\n", ["2024-01-20", "keyed by nothing"]),
        ("unit: months\n", "unit: months\nby: kind\n", ["2011-08-01", "keyed by kind"]),
        ("from: 2024-01-20", "from: 2024-01-20 10:00:00", ["line 10", "YYYY-MM-DD"]),
        ("from: 2024-01-20", "from: 2024-02-30", ["period.yaml", "day"]),
        ("from: 2024-01-20", "from: 20240120", ["values.1.from", "not_a_day"]),
        ("from: 2024-01-20", "from: 2011-08-01", ["2011-08-01", "in order"]),
        ("from: 2024-01-20", "from: 2005-01-01", ["2005-01-01", "in order"]),
        ("value: 3\n", "value: 3\n    until: 2024-01-19\n", ["values.1", "until lies before from"]),
        ("status: in_force\n    mark: V2", "status: repealed\n    mark: V2", ["values.1", "add until"]),
        ("status: in_force\n    mark: V2", "status: law\n    mark: V2", ["values.1.status", "in_force"]),
        ("mark: V2", "mark: V3", ["values.1.mark", "V2"]),
        ("    cite: {provision: art. 2, instrument: Order 2}\n", "", ["values.1.cite", "is missing; add it"]),
        ("provision: art. 2, ", "", ["values.1.cite.provision", "is missing; add it"]),
        ("unit: months\n", "unit: months\nvaleus: 1\n", ["valeus", "unknown key"]),
        ("unit: months\n", "", ["unit", "is missing"]),
        ("description: Time to do something\n", "description: [a\n", ["period.yaml", "line"]),
    ],
)
def test_a_wrong_file_is_refused_with_its_place_and_its_cure(
    tmp_path: Path, good: str, bad: str, names: list[str]
) -> None:
    assert good in GOOD
    with pytest.raises(ParameterFault) as fault:
        loaded(tmp_path, GOOD.replace(good, bad))
    for name in ["period.yaml", *names]:
        assert name in fault.value.what
    assert fault.value.whose == "ours"
    assert not fault.value.retry


UNTIL = "value: 2\n    until: {}\n"
SAYS = {
    "an unknown key": (
        "mark: V1\n",
        "mark: V1\n    sourec: x\n",
        "values.0.sourec: unknown key; correct its spelling or remove it",
    ),
    "a key that stands twice": (
        "mark: V1\n",
        "mark: V1\n    mark: V2\n",
        "line 9: the key mark stands twice; remove one",
    ),
    "a value without a source": (
        "    cite: {provision: art. 2, instrument: Order 2}\n",
        "",
        "values.1.cite: is missing; add it",
    ),
    "two values for one day": (
        "value: 2\n",
        UNTIL.format("2024-01-20"),
        "values.0.until: the value from 2011-08-01 still holds when the one from 2024-01-20 begins;"
        " set until to 2024-01-19",
    ),
    "a hole in time": (
        "value: 2\n",
        UNTIL.format("2024-01-18"),
        "values.0.until: nothing holds between the value from 2011-08-01 and the one from 2024-01-20;"
        " set until to 2024-01-19, or add what held in between with its source",
    ),
    "values out of order": (
        "from: 2024-01-20",
        "from: 2005-01-01",
        "values.1.from: the value from 2005-01-01 stands after the one from 2011-08-01; put them in order",
    ),
    "a repealed value without an end": (
        "status: in_force\n    mark: V2",
        "status: repealed\n    mark: V2",
        "values.1: a repealed value needs its last day; add until",
    ),
    "a float": ("value: 3\n", "value: 0.5\n", 'line 11: 0.5 would become a float; quote it: "0.5"'),
    "another depth than the keys say": (
        "value: 3\n",
        "value: {a: 3}\n",
        "values.1.value: the value from 2024-01-20 is not keyed by nothing; give each key of by one level",
    ),
}


@pytest.mark.parametrize("fault", SAYS)
def test_each_fault_of_a_file_says_what_where_and_what_to_do(tmp_path: Path, fault: str) -> None:
    good, bad, says = SAYS[fault]
    with pytest.raises(ParameterFault) as refused:
        loaded(tmp_path, GOOD.replace(good, bad))
    assert refused.value.what in (f"period.yaml: {says}", f"period.yaml {says}")


def test_what_was_repealed_without_a_successor_may_end(tmp_path: Path) -> None:
    ended = GOOD.replace("value: 3\n", "value: 3\n    until: 2026-02-28\n").replace(
        "status: in_force\n    mark: V2", "status: repealed\n    mark: V2"
    )
    assert loaded(tmp_path, ended).parameters["national.period"].on(date(2026, 3, 1)) is None


def test_a_city_lies_in_its_province(tmp_path: Path) -> None:
    found = loaded(tmp_path, GOOD, "cn/hubei/wuhan/period.yaml").parameters
    assert list(found) == ["hubei.wuhan.period"]


@pytest.mark.parametrize("name", ["cn/period.yaml", "cn/national/wuhan/period.yaml", "cn/hubei/wuhan/east/period.yaml"])
def test_a_file_outside_every_region_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ParameterFault, match=r"period\.yaml: a parameter lies in the folder of the nation.*; move it"):
        loaded(tmp_path, GOOD, name)


def test_a_folder_that_is_no_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ParameterFault, match=r"period\.yaml: Hubei is no name in snake_case; rename it"):
        loaded(tmp_path, GOOD, "cn/Hubei/period.yaml")


@pytest.mark.parametrize("name", ["cn/hubei/schemes/buyer.yaml", "cn/hubei/wuhan/schemes/deep/buyer.yaml"])
def test_schemes_are_no_parameters_and_still_count(tmp_path: Path, name: str) -> None:
    first = loaded(tmp_path, GOOD).content_hash
    found = loaded(tmp_path, "anything: 1\n", name)
    assert list(found.parameters) == ["national.period"]
    assert found.content_hash != first
    assert found.contents[name] == {"anything": 1}


def test_a_file_that_would_be_passed_over_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ParameterFault, match=r"period\.yml: only \.yaml"):
        loaded(tmp_path, GOOD, "cn/national/period.yml")


def test_one_name_in_two_countries_is_refused(tmp_path: Path) -> None:
    loaded(tmp_path, GOOD)
    with pytest.raises(ParameterFault, match=r"already a parameter national\.period"):
        loaded(tmp_path, GOOD, "zz/national/period.yaml")


def test_the_hash_changes_with_the_law_and_not_with_a_comment(tmp_path: Path) -> None:
    first = loaded(tmp_path, GOOD).content_hash
    assert loaded(tmp_path, "# a remark\n" + GOOD).content_hash == first
    assert loaded(tmp_path, GOOD.replace("value: 3", "value: 4")).content_hash != first


def test_the_hash_covers_what_lies_below_a_region(tmp_path: Path) -> None:
    first = loaded(tmp_path, GOOD).content_hash
    deeper = loaded(tmp_path, "year: 2027\n", "cn/national/calendar/2027.yaml")
    assert deeper.content_hash != first
    assert list(deeper.parameters) == ["national.period"]


def test_the_bundled_parameters_load_and_no_value_was_checked_before_it_began() -> None:
    parameters = bundled_parameters().parameters
    assert "national.recordal_period" in parameters
    for name, parameter in parameters.items():
        assert all(dated.since <= dated.checked_on for dated in parameter.values), name
