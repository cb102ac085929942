"""Lint looks into what stands one within another, and says where in the file it is."""

from typing import Any

import pytest

from tests.cli.lint.test_schemes import codes, only
from tests.rules.schemes.scheme_files import scheme


def test_a_step_that_gives_less_than_the_excess_before_it_is_a_fall() -> None:
    falling = scheme(
        amount={
            "steps": [
                {"at_least": "1000", "amount": "100", "further": {"rate": "0.50"}},
                {"at_least": "2000", "amount": "300"},
            ]
        }
    )
    assert "from a base of 1999.99 to 2000.00 the result falls from 599.99 to 300.00" in only(falling, "cliff_falls").en


def test_the_first_further_full_amount_is_told_as_a_jump() -> None:
    each = {"at_least": "0", "amount": "0", "further": {"each_full": "1000", "amount": "20"}}
    found = only(scheme(amount={"steps": [each]}), "cliff_jumps")
    assert "from a base of 999.99 to 1000.00 the result jumps from 0.00 to 20.00" in found.en


def test_a_further_amount_that_never_gets_full_is_found() -> None:
    steps: list[dict[str, Any]] = [
        {"at_least": "1000", "amount": "100", "further": {"each_full": "500", "amount": "1"}},
        {"at_least": "1500", "amount": "200"},
    ]
    assert only(scheme(amount={"steps": steps}), "tier_never_reached").where.endswith("amount.steps.0.further")
    steps[1]["at_least"] = "1500.01"
    assert "tier_never_reached" not in codes(scheme(amount={"steps": steps}))


def test_a_cliff_within_two_facts_names_both() -> None:
    inner = {"by": "counterparty_kind", "cases": {"enterprise": {"steps": [{"at_least": "10", "amount": "1"}]}}}
    matrix = scheme(amount={"by": "patent_kind", "cases": {"invention": inner, "design": {"rate": "0.1"}}})
    found = only(matrix, "cliff_jumps")
    assert found.where.endswith("amount.cases.invention.cases.enterprise")


def test_a_cliff_by_a_further_fact_is_found_too() -> None:
    own = {"by": "other.batch", "cases": {"first": {"steps": [{"at_least": "10", "amount": "1"}]}}}
    assert only(scheme(amount=own), "cliff_jumps").where.endswith("amount.cases.first")


BY_KIND = {"by": "patent_kind", "cases": {"invention": {"amount": "100"}, "design": {"amount": "50"}}}


@pytest.mark.parametrize(
    ("caps", "where"),
    [
        ([{"per": "patent", **BY_KIND}, {"per": "year", "amount": "50"}], ["cases.invention", "cases.design"]),
        ([{"per": "patent", **BY_KIND}, {"per": "year", "amount": "60"}], ["cases.invention"]),
        ([{"per": "patent", **BY_KIND}, {"per": "year", **BY_KIND}], ["cases.invention", "cases.design"]),
    ],
)
def test_a_cap_of_one_case_that_cannot_bind_is_found(caps: list[dict[str, Any]], where: list[str]) -> None:
    idle = [one for one in codes(scheme(caps=caps)) if one == "cap_cannot_bind"]
    assert len(idle) == len(where)


def test_a_floor_above_the_cap_of_its_own_case_is_an_error_and_of_another_case_nothing() -> None:
    floor = {"per": "patent", "by": "patent_kind", "cases": {"design": {"amount": "70"}}}
    assert "floor_above_cap" in codes(scheme(floors=[floor], caps=[{"per": "patent", **BY_KIND}]))
    floor["cases"] = {"invention": {"amount": "70"}}
    assert "floor_above_cap" not in codes(scheme(floors=[floor], caps=[{"per": "patent", **BY_KIND}]))


def test_a_cap_that_the_capped_parts_cannot_pass_together_is_found() -> None:
    parts = [
        {"rate": "0.05", "caps": [{"per": "year", "amount": "500"}]},
        {"steps": [{"at_least": "1", "amount": "100"}]},
    ]
    for cap, found in (("600", True), ("599.99", False)):
        of = scheme(amount={"sum": parts}, caps=[{"per": "year", "amount": cap}])
        assert ("cap_cannot_bind" in codes(of)) is found


def test_a_cap_of_a_part_above_the_cap_of_all_cannot_bind() -> None:
    parts = [{"rate": "0.05", "caps": [{"per": "year", "amount": "500"}]}, {"rate": "0.01"}]
    found = only(scheme(amount={"sum": parts}, caps=[{"per": "year", "amount": "400"}]), "cap_cannot_bind")
    assert found.where.endswith("amount.sum.0.caps.0")


def test_limits_that_say_nothing_are_found() -> None:
    one = {"per": "year", "count_of": "contract", "count_at_least": 1}
    assert "threshold_always_reached" in codes(scheme(thresholds=[one]))
    both = [{"per": "year", "at_least": "5"}, {**one, "count_at_least": 2}]
    assert "criteria_all_needed" in codes(scheme(criteria=[{"met": 2, "thresholds": both}]))
    assert "criteria_all_needed" not in codes(scheme(criteria=[{"met": 1, "thresholds": both}]))
