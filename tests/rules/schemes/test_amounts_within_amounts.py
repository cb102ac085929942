"""What one construct within another says, by hand and on the border: excess, further full amounts, sums, criteria."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.schemes.trace import scheme_text
from schemas.schemes.inputs import SchemeItem
from schemas.schemes.scheme import Scheme
from schemas.values.money import Money
from tests.rules.schemes.grammar import formulas, yuan
from tests.rules.schemes.scheme_files import fen, item, made, payable, scheme, tiers

TABLE = {
    "steps": [
        {"at_least": "1000000", "amount": "50000", "further": {"rate": "0.02"}},
        {"above": "5000000", "amount": "140000", "further": {"rate": "0.01"}},
    ]
}


def of(base: str, *, scheme: Scheme) -> str:
    return str(Money(fen(scheme, Money.of(base).fen)))


# A fixed amount plus a share of the excess.


@pytest.mark.parametrize(
    ("base", "amount"),
    [
        ("999999.99", "0.00"),
        ("1000000.00", "50000.00"),
        ("1000000.49", "50000.00"),  # 0.49 x 2 % = 0.0098, cut off
        ("1000000.50", "50000.01"),
        ("3000000.00", "90000.00"),  # 50,000 + 2,000,000 x 2 %
        ("5000000.00", "130000.00"),  # 超过: the border itself is of the step before
        ("5000000.01", "140000.00"),  # 0.01 x 1 % = 0.0001
        ("7000000.00", "160000.00"),
    ],
)
def test_a_fixed_amount_and_a_share_of_the_excess(base: str, amount: str) -> None:
    assert of(base, scheme=scheme(amount=TABLE)) == amount


def test_exactly_half_a_fen_of_an_excess_goes_up_where_the_text_rounds() -> None:
    half = scheme(amount=TABLE, rounding="half_up")
    assert of("1000000.25", scheme=half) == "50000.01"  # 0.005
    assert of("1000000.24", scheme=half) == "50000.00"


# Per further full amount, per further full number.


@pytest.mark.parametrize(
    ("base", "amount"),
    [
        ("499999.99", "0.00"),
        ("500000.00", "10000.00"),
        ("599999.99", "10000.00"),
        ("600000.00", "13000.00"),
        ("600000.01", "13000.00"),
        ("799999.99", "16000.00"),
    ],
)
def test_so_much_for_each_further_full_hundred_thousand(base: str, amount: str) -> None:
    each = {"steps": [{"at_least": "500000", "amount": "10000", "further": {"each_full": "100000", "amount": "3000"}}]}
    assert of(base, scheme=scheme(amount=each)) == amount


def test_each_full_million_from_the_first_one_on_begins_at_zero() -> None:
    each = {"steps": [{"at_least": "0", "amount": "0", "further": {"each_full": "1000000", "amount": "20000"}}]}
    assert [of(base, scheme=scheme(amount=each)) for base in ("999999.99", "1000000", "1999999.99", "2000000")] == [
        "0.00",
        "20000.00",
        "20000.00",
        "40000.00",
    ]


def test_so_much_for_each_five_patents_beyond_ten() -> None:
    counts = scheme(
        base={"measure": "count"},
        amount={
            "steps": [{"count_at_least": 10, "amount": "50000", "further": {"each_full_count": 5, "amount": "10000"}}]
        },
    )
    assert [payable(counts, count=n) for n in (9, 10, 14, 15, 20)] == [
        "0.00",
        "50000.00",
        "50000.00",
        "60000.00",
        "70000.00",
    ]


# By two facts; floors and caps by case.

TWO_FACTS = {
    "by": "patent_kind",
    "cases": {
        "invention": {
            "by": "counterparty_kind",
            "cases": {"enterprise": {"rate": "0.05"}, "university": {"rate": "0.03"}},
            "otherwise": {"rate": "0.02"},
        },
        "design": {"rate": "0.01"},
    },
}


def test_a_rate_by_two_facts() -> None:
    matrix = scheme(amount=TWO_FACTS)
    rates = {
        ("invention", "enterprise"): "5.00",
        ("invention", "university"): "3.00",
        ("invention", "person"): "2.00",
        ("design", "enterprise"): "1.00",
        ("utility_model", "enterprise"): "0.00",
    }
    for (patent, other), amount in rates.items():
        assert payable(matrix, item("A", "100", patent_kind=patent, counterparty_kind=other)) == amount


def test_the_second_fact_is_asked_for_where_it_matters_only() -> None:
    matrix = scheme(amount=TWO_FACTS)
    assert made(matrix, item("A", "100", patent_kind="invention")).unknown == ("items.A.counterparty_kind",)
    assert made(matrix, item("A", "100", patent_kind="design")).unknown == ()
    assert made(matrix, item("A", "100", counterparty_kind="enterprise")).unknown == ("items.A.patent_kind",)


CAPS_BY_KIND = [
    {
        "per": "patent",
        "by": "patent_kind",
        "cases": {"invention": {"amount": "20000"}, "utility_model": {"amount": "5000"}},
        "otherwise": {"amount": "1000"},
    }
]


def of_kind(name: str, kind: str | None, yuan: str = "1000000") -> dict[str, Any]:
    stated = {} if kind is None else {"patent_kind": kind}
    return item(name, yuan, patents=[{"patent": name}], **stated)


def test_a_cap_by_the_kind_of_the_patent() -> None:
    capped = scheme(caps=CAPS_BY_KIND)
    each = [of_kind("P1", "invention"), of_kind("P2", "utility_model"), of_kind("P3", "design")]
    assert payable(capped, *each) == "26000.00"
    assert payable(capped, of_kind("P1", "invention", "399999.99")) == "19999.99"  # 5 % = 19,999.9995
    assert payable(capped, of_kind("P1", "invention", "400000.00")) == "20000.00"
    assert payable(capped, of_kind("P1", "invention", "400000.20")) == "20000.00"
    assert made(capped, of_kind("P1", None)).unknown == ("items.P1.patent_kind",)


def test_a_cap_of_the_year_by_case_is_of_what_belongs_to_the_case() -> None:
    by_year = scheme(caps=[{**CAPS_BY_KIND[0], "per": "year"}], floors=[])
    many = [of_kind(f"P{n}", "invention") for n in range(3)] + [of_kind("Q", "utility_model", "20000")]
    assert payable(by_year, *many) == "21000.00"


def test_a_floor_by_case_lifts_nothing_where_it_says_nothing() -> None:
    floors = [{"per": "patent", "by": "patent_kind", "cases": {"invention": {"amount": "100"}}}]
    lifted = scheme(floors=floors)
    assert payable(lifted, of_kind("P1", "invention", "0.01"), of_kind("P2", "design", "10")) == "100.50"


# A sum of parts with caps of their own.

SUM = {
    "sum": [
        {"rate": "0.05", "caps": [{"per": "year", "amount": "500"}]},
        {
            "base": {"measure": "count", "count_of": "contract"},
            "items": [{"fact": "counterparty_kind", "one_of": ["enterprise"]}],
            "each": "100",
            "caps": [{"per": "year", "amount": "300"}],
        },
        {"base": {"measure": "investment"}, "thresholds": [{"per": "year", "at_least": "1000"}], "rate": "0.10"},
    ]
}


def of_contract(name: str, yuan: str, kind: str = "enterprise", investment: str = "0") -> dict[str, Any]:
    return item(name, yuan, contract=name, counterparty_kind=kind, investment=investment)


def test_a_sum_adds_what_each_part_gives_within_its_own_cap() -> None:
    added = scheme(amount=SUM)
    # 3,000 x 5 % = 150; two contracts with enterprises; an investment of 900 does not reach 1,000
    year = [of_contract("C1", "1000"), of_contract("C2", "1500", investment="900"), of_contract("C3", "500", "person")]
    assert payable(added, *year) == "350.00"
    # 500 (of 600) + 300 (of 500) + 100
    rich = [of_contract(f"C{n}", "2400", investment="200") for n in range(5)]
    assert payable(added, *rich) == "900.00"
    assert payable(scheme(amount=SUM, caps=[{"per": "year", "amount": "700"}]), *rich) == "700.00"


def test_a_sum_is_rounded_once() -> None:
    halves = scheme(amount={"sum": [{"rate": "0.5"}, {"rate": "0.5"}]})
    assert payable(halves, item("A", "0.01")) == "0.01"
    assert payable(scheme(amount={"sum": [{"rate": "0.333"}, {"rate": "0.333"}]}), item("A", "0.02")) == "0.01"


def test_what_all_parts_must_reach_stands_beside_the_sum() -> None:
    gated = scheme(amount=SUM, thresholds=[{"per": "contract", "at_least": "1000"}])
    # the contract of 999.99 is gone for the rate and for the count
    assert payable(gated, of_contract("C1", "1000"), of_contract("C2", "999.99")) == "150.00"


def test_a_part_may_look_at_patents_where_the_threshold_of_all_does_not() -> None:
    parts = [{"per": "patent", "rate": "0.05", "caps": [{"per": "patent", "amount": "10"}]}, {"rate": "0.01"}]
    gated = scheme(amount={"sum": parts}, thresholds=[{"per": "contract", "at_least": "100"}])
    large = item(
        "A", "300", contract="C", patents=[{"patent": "P1", "amount": "290"}, {"patent": "P2", "amount": "10"}]
    )
    small = item("B", "99", contract="D", patents=[{"patent": "P3"}])
    assert payable(gated, large, small) == "13.50"  # 10 + 0.50 + 3.00
    by_patent = scheme(amount={"sum": parts}, thresholds=[{"per": "patent", "at_least": "100"}])
    assert payable(by_patent, large, small) == "12.90"  # P1 alone: 10 + 2.90


def test_a_part_is_asked_for_its_own_facts() -> None:
    without = item("A", "1000", contract="A")
    assert made(scheme(amount=SUM), without).unknown == ("items.A.counterparty_kind", "items.A.investment")
    assert made(scheme(amount=SUM), received="1000").unknown == ("items", "investment")


def test_a_base_part_and_a_part_of_what_has_grown() -> None:
    grown = scheme(
        amount={"sum": [{"rate": "0.02"}, {"base": {"measure": "received", "growth": True}, "rate": "0.05"}]}
    )
    assert payable(grown, item("A", "1000"), previous_year="400") == "50.00"  # 20 + 600 x 5 %
    assert made(grown, item("A", "1000")).unknown == ("previous_year",)


# What holds for all of them.


@settings(deadline=None)
@given(
    st.lists(st.tuples(formulas(fen=st.integers(0, 300)), st.integers(1, 200)), min_size=2, max_size=3),
    st.lists(st.integers(0, 600), min_size=1, max_size=4),
)
def test_a_sum_of_capped_parts_never_passes_the_sum_of_the_caps(
    parts: list[tuple[dict[str, Any], int]], received: list[int]
) -> None:
    added = [{**formula, "caps": [{"per": "year", "amount": yuan(cap)}]} for formula, cap in parts]
    facts = [item(f"R{n}", yuan(one)) for n, one in enumerate(received)]
    alone = [
        Money.of(payable(scheme(amount=formula, caps=[{"per": "year", "amount": yuan(cap)}]), *facts)).fen
        for formula, cap in parts
    ]
    together = Money.of(payable(scheme(amount={"sum": added}), *facts)).fen
    assert together <= sum(cap for _, cap in parts)
    assert sum(alone) <= together < sum(alone) + len(parts)  # each alone is cut to the fen


@settings(deadline=None)
@given(st.integers(1, 400), st.integers(1, 90), st.integers(1, 90), st.integers(0, 900))
def test_each_further_full_amount_is_paid_once_and_only_when_it_is_full(
    border: int, full: int, amount: int, base: int
) -> None:
    each = {"each_full": yuan(full), "amount": yuan(amount)}
    stepped = scheme(amount={"steps": [{"at_least": yuan(border), "amount": "1", "further": each}]})
    expected = 100 + (base - border) // full * amount if base >= border else 0
    assert fen(stepped, base) == (expected if base else 0)


def test_a_marginal_table_written_as_fixed_amounts_and_shares_gives_the_same() -> None:
    marginal = scheme(amount={"marginal": tiers(("0", "0.10"), ("100", "0.05"), ("200", "0.01"))})
    written = scheme(
        amount={
            "steps": [
                {"at_least": "0", "amount": "0", "further": {"rate": "0.10"}},
                {"above": "100", "amount": "10", "further": {"rate": "0.05"}},
                {"above": "200", "amount": "15", "further": {"rate": "0.01"}},
            ]
        }
    )
    assert [fen(marginal, base) for base in range(0, 30_000, 37)] == [
        fen(written, base) for base in range(0, 30_000, 37)
    ]


def test_a_scheme_that_says_none_of_it_is_written_down_as_before() -> None:
    plain = scheme(caps=[{"per": "year", "amount": "5"}], thresholds=[{"per": "item", "at_least": "1"}])
    written = scheme_text(plain)
    assert '"thresholds":[{"per":"item","at_least":"1.00"}]' in written
    assert '"caps":[{"per":"year","amount":"5.00"}]' in written
    recorded = json.dumps(plain.versions[0].model_dump(mode="json"))  # what the hash of a determination is made of
    assert [key for key in ("criteria", "further", "sum", 'count_of": null') if f'"{key}' in recorded] == []
    assert '"counterparty":' not in SchemeItem(item_id="A").model_dump_json()
