"""Lint finds each thing that is wrong with a scheme exactly where it is, and nothing else."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cli.lint.finding import Finding
from cli.lint.schemes import lint_scheme
from rules.schemes.catalogue import bundled_schemes
from schemas.schemes.scheme import Scheme
from tests.rules.schemes.scheme_files import CITE, fen, scheme, tiers

QUIET = {"rate": "0.05"}


def codes(of: Scheme, as_of: date | None = None) -> list[str]:
    return [finding.code for finding in lint_scheme(of, as_of)]


def only(of: Scheme, code: str) -> Finding:
    (found,) = [finding for finding in lint_scheme(of) if finding.code == code]
    return found


def test_a_plain_scheme_has_nothing_suspicious() -> None:
    assert codes(scheme(amount=QUIET, caps=[{"per": "year", "amount": "1000000"}])) == []


def test_a_threshold_is_a_jump_with_both_results_to_the_fen() -> None:
    found = only(scheme(thresholds=[{"per": "year", "at_least": "500000"}]), "cliff_jumps")
    assert found.level == "information"
    # 500,000 x 5 %
    assert found.en == "from a base of 499999.99 to 500000.00 the result jumps from 0.00 to 25000.00"
    assert "499999.99 增至 500000.00" in found.zh


def test_more_than_moves_the_jump_by_one_fen() -> None:
    found = only(scheme(thresholds=[{"per": "contract", "more_than": "500000"}]), "cliff_jumps")
    assert "from a base of 500000.00 to 500000.01" in found.en


def test_a_lower_rate_on_the_whole_base_is_a_fall() -> None:
    found = only(scheme(amount={"whole": tiers(("0", "0.10"), ("1000000", "0.05"))}), "cliff_falls")
    assert found.level == "warning"
    # 999,999.99 x 10 % = 99,999.999, cut to 99,999.99; 1,000,000 x 5 % = 50,000
    assert found.en == "from a base of 999999.99 to 1000000.00 the result falls from 99999.99 to 50000.00"


def test_a_lower_rate_on_a_part_of_the_base_is_no_cliff() -> None:
    assert codes(scheme(amount={"marginal": tiers(("0", "0.10"), ("1000000", "0.05"))})) == []


def test_a_fall_that_the_cap_hides_is_no_cliff() -> None:
    falling = {"whole": tiers(("0", "0.10"), ("1000000", "0.09"))}
    capped = scheme(amount=falling, caps=[{"per": "year", "amount": "90000"}])
    assert "cliff_falls" not in codes(capped)


def test_a_case_that_no_facts_reach_has_no_cliff() -> None:
    """An earlier case takes its values, here one in which the authority sets the amount."""
    inner = {"by": "exploited", "cases": {"yes": {"steps": [{"at_least": "0.47", "amount": "0.01"}]}}}
    awarded = {"awarded": {"at_least": "0", "at_most": "5.00"}}
    unreached = {"by": "exploited", "cases": {"yes": awarded, "no": {"rate": "0"}}, "otherwise": inner}
    assert not {"cliff_jumps", "cliff_falls"} & set(codes(scheme(amount={"per": "item", **unreached})))


def test_the_cliff_names_its_case() -> None:
    by_kind = scheme(
        amount={
            "by": "counterparty_kind",
            "cases": {"enterprise": {"rate": "0.1"}, "university": {"whole": tiers(("0", "0.10"), ("100", "0.05"))}},
        }
    )
    assert only(by_kind, "cliff_falls").where.endswith("amount.cases.university")


def test_a_count_that_gives_less_for_more_is_a_fall() -> None:
    falling = scheme(
        base={"measure": "count"},
        amount={"steps": [{"count_at_least": 1, "amount": "100"}, {"count_at_least": 3, "amount": "80"}]},
    )
    assert "from a base of 2 to 3 the result falls from 100.00 to 80.00" in only(falling, "cliff_falls").en


@pytest.mark.parametrize(
    ("elements", "where", "cause"),
    [
        # The first tier gives 10 % of 1,000,000 = 100,000, which is the cap already.
        (
            {
                "amount": {"marginal": tiers(("0", "0.10"), ("1000001", "0.05"))},
                "caps": [{"per": "year", "amount": "100000"}],
            },
            "amount.marginal.1",
            "the cap of 100000.00 per year",
        ),
        (
            {
                "amount": {"steps": [{"at_least": "1", "amount": "10"}, {"at_least": "2", "amount": "20"}]},
                "caps": [{"per": "year", "amount": "10"}],
            },
            "amount.steps.1",
            "the cap of 10.00 per year",
        ),
        (
            {
                "amount": {"whole": tiers(("0", "0.01"), ("400", "0.02"))},
                "thresholds": [{"per": "year", "at_least": "400"}],
            },
            "amount.whole.0",
            "the threshold per year",
        ),
    ],
)
def test_a_tier_that_changes_nothing_is_found(elements: dict[str, Any], where: str, cause: str) -> None:
    found = only(scheme(**elements), "tier_never_reached")
    assert found.where.endswith(where)
    assert cause in found.en


def test_a_tier_of_the_year_can_be_reached_by_many_capped_patents() -> None:
    many = scheme(
        amount={"marginal": tiers(("0", "0.10"), ("1000000", "0.05"))}, caps=[{"per": "patent", "amount": "10000"}]
    )
    assert "tier_never_reached" not in codes(many)


@pytest.mark.parametrize(
    ("elements", "where", "cause"),
    [
        (
            {"caps": [{"per": "contract", "amount": "200"}, {"per": "year", "amount": "100"}]},
            "caps.0",
            "100.00 per year",
        ),
        ({"caps": [{"per": "year", "amount": "200"}, {"per": "year", "amount": "100"}]}, "caps.0", "100.00 per year"),
        (
            {"amount": {"steps": [{"at_least": "1", "amount": "10"}]}, "caps": [{"per": "year", "amount": "10"}]},
            "caps.0",
            "the formula",
        ),
        (
            {
                "base": {"measure": "count"},
                "amount": {"awarded": {"at_most": "9"}},
                "caps": [{"per": "item", "amount": "10"}],
            },
            "caps.0",
            "the formula",
        ),
        (
            {"amount": {"marginal": tiers(("0", "0.10"), ("100", "0"))}, "caps": [{"per": "year", "amount": "10"}]},
            "caps.0",
            "the formula",
        ),
    ],
)
def test_a_cap_that_cannot_bind_is_found(elements: dict[str, Any], where: str, cause: str) -> None:
    found = only(scheme(**elements), "cap_cannot_bind")
    assert found.where.endswith(where)
    assert cause in found.en


def test_lump_sums_of_a_year_can_pass_a_cap_of_the_year() -> None:
    lumps = scheme(base={"measure": "count"}, amount={"lump": {"a": "10"}}, caps=[{"per": "year", "amount": "10"}])
    assert "cap_cannot_bind" not in codes(lumps)


def test_a_cap_binds_on_the_last_fen_before_the_tier_that_gives_nothing() -> None:
    falling = {"whole": tiers(("0", "1"), ("0.03", "0"))}  # 0.02 gives 0.02, 0.03 gives nothing
    assert "cap_cannot_bind" not in codes(scheme(amount=falling, caps=[{"per": "year", "amount": "0.01"}]))
    assert "cap_cannot_bind" in codes(scheme(amount=falling, caps=[{"per": "year", "amount": "0.02"}]))


def test_a_floor_above_the_cap_of_all_is_an_error() -> None:
    wrong = scheme(floors=[{"per": "patent", "amount": "200"}], caps=[{"per": "year", "amount": "100"}])
    assert only(wrong, "floor_above_cap").level == "error"


def test_a_floor_of_the_year_above_the_cap_of_a_patent_is_a_warning() -> None:
    wrong = scheme(floors=[{"per": "year", "amount": "200"}], caps=[{"per": "patent", "amount": "100"}])
    assert only(wrong, "floor_above_narrow_cap").level == "warning"


def test_a_threshold_beyond_the_cap_makes_the_rate_idle() -> None:
    # 5 % of 30,000,000 is 1,500,000, above the cap already.
    idle = scheme(thresholds=[{"per": "year", "at_least": "30000000"}], caps=[{"per": "year", "amount": "1000000"}])
    assert "1000000.00 per year" in only(idle, "threshold_beyond_cap").en


def test_a_threshold_of_the_whole_year_says_nothing_of_what_has_grown() -> None:
    growing = scheme(
        base={"measure": "received", "growth": True},
        caps=[{"per": "year", "amount": "1000000"}],
        thresholds=[{"per": "year", "at_least": "30000000", "before_growth": True}],
    )
    assert "threshold_beyond_cap" not in codes(growing)


def test_a_scheme_without_amount_and_only_planned_says_so() -> None:
    assert codes(scheme(status="planned", amount=None)) == ["activation_needed", "amount_missing"]


def test_a_clause_from_memory_is_named() -> None:
    remembered = scheme(caps=[{"per": "year", "amount": "100", "mark": "M", "cite": CITE}])
    assert "caps.0 is from memory (M)" in only(remembered, "activation_needed").en


def test_a_value_is_old_after_a_year_and_not_before() -> None:
    assert codes(scheme(), date(2027, 11, 15)) == []
    assert codes(scheme(), date(2027, 11, 16)) == ["not_checked"]


def test_a_fact_that_is_none_of_ours_is_pointed_out() -> None:
    found = only(scheme(items=[{"fact": "other.batch", "one_of": ["first"]}]), "fact_of_its_own")
    assert "other.batch" in found.en


def test_no_scheme_of_the_release_has_an_error() -> None:
    found = [one for each in bundled_schemes().values() for one in lint_scheme(each, date(2026, 11, 27))]
    assert found
    assert {one.code for one in found} <= {"cliff_jumps", "activation_needed", "amount_missing"}


few_fen = st.integers(0, 40)
BEYOND = 43
"""A base that lies above every border."""
NO_MORE: st.SearchStrategy[list[dict[str, str]]] = st.just([])
rates = st.sampled_from(["0", "0.05", "0.5", "1"])


def _yuan(amount: int) -> str:
    return f"0.{amount:02d}"


@st.composite
def small_schemes(draw: st.DrawFn, more_caps: st.SearchStrategy[list[dict[str, str]]] = NO_MORE) -> Scheme:
    """Schemes whose borders lie within a yuan, so that every base can be tried."""
    begins = sorted(draw(st.sets(few_fen, min_size=1, max_size=3)))
    word = draw(st.sampled_from(["at_least", "above"]))
    way = draw(st.sampled_from(["marginal", "whole", "steps"]))
    amount = {
        way: [
            {word: _yuan(one), **({"amount": _yuan(draw(few_fen))} if way == "steps" else {"rate": draw(rates)})}
            for one in begins
        ]
    }
    bound = st.fixed_dictionaries(
        {"per": st.sampled_from(["contract", "year"]), "amount": st.integers(1, 40).map(_yuan)}
    )
    threshold = st.one_of(
        few_fen.map(lambda one: {"per": "year", "at_least": _yuan(one)}),
        few_fen.map(lambda one: {"per": "contract", "more_than": _yuan(one)}),
    )
    return scheme(
        amount=amount,
        thresholds=draw(st.lists(threshold, max_size=2)),
        floors=draw(st.lists(bound, max_size=1)),
        caps=draw(st.lists(bound, max_size=2)) + draw(more_caps),
    )


@st.composite
def a_cap_and_a_wider_one(draw: st.DrawFn) -> list[dict[str, str]]:
    per, narrow, more = draw(st.sampled_from(["contract", "year"])), draw(st.integers(1, 40)), draw(st.integers(1, 40))
    return [{"per": per, "amount": _yuan(narrow)}, {"per": per, "amount": _yuan(narrow + more)}]


def schemes_with_an_idle_cap() -> st.SearchStrategy[Scheme]:
    return small_schemes(a_cap_and_a_wider_one())


@pytest.mark.slow  # every base of every example
@settings(max_examples=50, deadline=None)
@given(small_schemes())
def test_every_cliff_is_found_and_nothing_else_is_called_one(of: Scheme) -> None:
    results = [fen(of, base) for base in range(BEYOND)]
    steep = [
        base for base in range(1, BEYOND) if results[base] < results[base - 1] or results[base] - results[base - 1] > 1
    ]
    found = [one.en for one in lint_scheme(of) if one.code.startswith("cliff")]
    assert [f"from a base of {_yuan(base - 1)} to {_yuan(base)} " for base in steep] == [
        text[: text.index("the result")] for text in found
    ]


@pytest.mark.slow  # every base of every example
@settings(max_examples=50, deadline=None)
@given(schemes_with_an_idle_cap(), st.data())
def test_what_is_called_idle_can_be_left_out(of: Scheme, data: st.DataObject) -> None:
    idle = [one.where for one in lint_scheme(of) if one.code == "cap_cannot_bind"]
    number = int(data.draw(st.sampled_from(idle)).rsplit(".", 1)[1])
    version = of.versions[0]
    caps = tuple(cap for place, cap in enumerate(version.caps) if place != number)
    without = of.model_copy(update={"versions": (version.model_copy(update={"caps": caps}),)})
    assert [fen(without, base) for base in range(BEYOND)] == [fen(of, base) for base in range(BEYOND)]
