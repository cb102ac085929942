"""An amount, a floor or a cap by a fact of the claimant: what is said to one claimant is a version of its own."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from cli.lint.schemes import lint_scheme
from rules.law.loader import ParameterFault
from rules.schemes.yearly import entitlement
from schemas.schemes.inputs import YearInputs
from schemas.schemes.scheme import Scheme
from tests.rules.schemes.scheme_files import LAST_DAY, item, lines, made, scheme

BY_KIND: dict[str, Any] = {
    "by": "claimant.kind",
    "cases": {"university": {"rate": "0.10"}, "enterprise": {"rate": "0.05"}},
}
CAPS = [{"per": "year", "by": "claimant.kind", "cases": {"university": {"amount": "50"}}}]


def given_to(of: Scheme, kind: str | None, *yuan: str, **facts: Any) -> dict[str, str] | tuple[str, ...]:
    items = [item(f"R{n}", one, **facts) for n, one in enumerate(yuan)]
    answer = made(of, *items, claimant={"claimant": "A", **({"kind": kind} if kind else {})})
    return answer.unknown or lines(answer)


@pytest.mark.parametrize(
    ("kind", "payable"), [("university", "50.00"), ("enterprise", "100.00"), ("research_institute", "0.00")]
)
def test_each_kind_of_claimant_has_its_rate_and_its_cap(kind: str, payable: str) -> None:
    of = scheme(amount=BY_KIND, caps=CAPS)
    assert given_to(of, kind, "1500", "500") == {"payable": payable}


def test_a_kind_that_nobody_stated_is_asked_for_by_its_place() -> None:
    of = scheme(amount=BY_KIND)
    assert given_to(of, None, "1500") == ("claimant.kind",)
    assert made(of, item("R", "1500")).unknown == ("claimant.kind",)


def test_it_stands_within_a_fact_of_the_item_and_in_the_parts_of_a_sum() -> None:
    within = {"by": "patent_kind", "cases": {"invention": BY_KIND}, "otherwise": {"rate": "0.01"}}
    assert given_to(scheme(amount=within), "university", "1000", patent_kind="invention") == {"payable": "100.00"}
    assert given_to(scheme(amount=within), "research_institute", "1000", patent_kind="invention") == {"payable": "0.00"}
    assert given_to(scheme(amount=within), "research_institute", "1000", patent_kind="design") == {"payable": "10.00"}
    added = {"sum": [{**BY_KIND, "caps": CAPS}, {"rate": "0.01"}]}
    assert given_to(scheme(amount=added), "university", "1000") == {"payable": "60.00"}


@pytest.mark.parametrize(("kind", "payable"), [("university", "50.00"), ("enterprise", "100.00")])
def test_a_cap_within_a_fact_of_the_item_is_silent_to_other_kinds_of_claimants(kind: str, payable: str) -> None:
    within = {
        "per": "year",
        "by": "patent_kind",
        "cases": {"invention": {k: v for k, v in CAPS[0].items() if k != "per"}},
    }
    of = scheme(amount={"rate": "0.10"}, caps=[within])
    assert given_to(of, kind, "1000", patent_kind="invention") == {"payable": payable}
    assert {one.code for one in lint_scheme(of)} <= {"not_checked", "activation_needed"}


@given(st.sampled_from(["university", "enterprise", "research_institute"]), st.integers(0, 10**9))
def test_it_gives_what_a_scheme_for_that_kind_alone_gives(kind: str, fen: int) -> None:
    alone: dict[str, dict[str, Any]] = {
        "university": {"amount": {"rate": "0.10"}, "caps": [{"per": "year", "amount": "50"}]},
        "enterprise": {"amount": {"rate": "0.05"}},
        "research_institute": {"amount": {"rate": "0"}},
    }
    facts = YearInputs.model_validate(
        {"claimant": {"claimant": "A", "kind": kind}, "items": [item("R", f"{fen // 100}.{fen % 100:02}")]}
    )
    both = scheme(amount=BY_KIND, caps=CAPS)
    assert entitlement(both, facts, LAST_DAY).result == entitlement(scheme(**alone[kind]), facts, LAST_DAY).result


@pytest.mark.parametrize("by", ["claimant.kidn", "claimant.patent_kind", "claimant.other.rating"])
def test_what_no_claimant_can_state_is_refused(by: str) -> None:
    with pytest.raises((ParameterFault, ValidationError)):
        scheme(amount={"by": by, "cases": {"university": {"rate": "0.10"}}})
    with pytest.raises((ParameterFault, ValidationError)):
        scheme(amount={"by": "claimant.kind", "cases": {"universty": {"rate": "0.10"}}})
