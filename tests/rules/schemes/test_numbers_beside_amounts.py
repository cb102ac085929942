"""Numbers beside amounts, amounts beside numbers, and some of several criteria, by hand and on the border."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.values.money import Money
from tests.rules.schemes.grammar import amounts, bounds, formulas, yuan
from tests.rules.schemes.scheme_files import item, lines, made, payable, scheme

SIGNED = {"decided_by": "contract_on"}

# A count beside a money base, an amount beside a count, distinct counterparties.


def test_a_number_of_contracts_beside_a_base_of_money() -> None:
    three = scheme(thresholds=[{"per": "year", "count_of": "contract", "count_at_least": 3}])
    received = [item(name, "100", contract=name[0]) for name in ("A1", "A2", "B1")]
    assert payable(three, *received) == "0.00"
    assert payable(three, *received, item("C", "0.01", contract="C")) == "15.00"
    assert payable(three, *received, item("C", "0", contract="C")) == "0.00", "what was reversed to nothing is none"
    assert made(three, item("A", "100")).unknown == ("items.A.contract",)
    assert made(three, received="100").unknown == ("items",)


@pytest.mark.parametrize(("day", "amount"), [("received_on", "received"), ("paid_on", "paid")])
def test_what_was_reversed_to_nothing_is_counted_nowhere(day: str, amount: str) -> None:
    each, part = {"measure": "count", "count_of": "contract"}, {"rate": "0.1", "base": {"measure": amount}}
    window = {"decided_by": day}
    alone = scheme(base=each, amount={"each": "5"}, window=window)
    beside = scheme(base={"measure": amount}, amount={"sum": [part, {"base": each, "each": "5"}]}, window=window)
    lump = scheme(amount={"lump": {"approved": "5"}, "per": "item"}, base={"measure": "count"}, window=window)
    facts = {"event": "approved", day: "2025-06-30"}
    there, gone = (item(name, contract=name, **facts, **{amount: yuan}) for name, yuan in (("A", "100"), ("B", "0")))
    assert payable(alone, there, gone) == "5.00"
    assert payable(beside, there, gone) == "15.00"
    assert payable(lump, there, gone) == "5.00"
    assert payable(alone, there, item("C", contract="C", **facts)) == "10.00", "an amount that nobody states is no zero"


def test_a_contract_counts_by_its_own_day_before_anything_is_received() -> None:
    signed = scheme(base={"measure": "count", "count_of": "contract"}, amount={"each": "5"}, window=SIGNED)
    assert payable(signed, item("A", "0", contract="A", contract_on="2025-06-30")) == "5.00"


def test_patents_are_counted_without_knowing_the_price_of_each() -> None:
    three = scheme(thresholds=[{"per": "year", "count_of": "patent", "count_at_least": 3}])
    bundle = item("A", "100", patents=[{"patent": "P1"}, {"patent": "P2"}])
    assert payable(three, bundle, item("B", "100", patents=[{"patent": "P2"}])) == "0.00"
    assert payable(three, bundle, item("B", "100", patents=[{"patent": "P3"}])) == "10.00"


def test_an_amount_beside_a_base_that_counts() -> None:
    each = scheme(
        base={"measure": "count", "count_of": "patent"},
        amount={"each": "500"},
        thresholds=[{"per": "contract", "measure": "received", "more_than": "1000"}],
    )

    def licensed(patent: str, contract: str, yuan: str) -> dict[str, Any]:
        return item(f"{patent} {contract}", yuan, contract=contract, patents=[{"patent": patent}])

    assert payable(each, licensed("P1", "C", "600"), licensed("P2", "C", "400")) == "0.00"
    assert payable(each, licensed("P1", "C", "600"), licensed("P2", "C", "400.01")) == "1000.00"
    # P1 stands in two contracts, of which the one that comes first stands for it
    assert payable(each, licensed("P1", "C", "600"), licensed("P1", "D", "9999")) == "500.00"


def test_counterparties_are_counted_once_however_they_are_written() -> None:
    two = scheme(
        base={"measure": "count", "count_of": "counterparty"},
        amount={"each": "10"},
        thresholds=[{"per": "year", "count_at_least": 2}],
    )
    first, again = item("A", counterparty="甲 公司 A"), item("B", counterparty="甲公司ａ")
    assert payable(two, first, again) == "0.00"
    assert payable(two, first, again, item("C", counterparty="乙公司")) == "20.00"
    assert made(two, item("A")).unknown == ("items.A.counterparty",)


def test_a_cap_of_each_counterparty() -> None:
    capped = scheme(caps=[{"per": "counterparty", "amount": "10"}])
    facts = [
        item("A", "150", counterparty="N1"),
        item("B", "150", counterparty="N1"),
        item("C", "100", counterparty="N2"),
    ]
    assert payable(capped, *facts) == "15.00"


# n of m.

CRITERIA = {
    "met": 2,
    "claimant": [{"fact": "good_credit", "one_of": ["yes"]}],
    "thresholds": [{"per": "year", "at_least": "1000"}, {"per": "year", "count_of": "contract", "count_at_least": 3}],
}


@pytest.mark.parametrize(
    ("credit", "contracts", "yuan", "amount"),
    [
        ("yes", 1, "999.99", "0.00"),
        ("yes", 1, "1000.00", "50.00"),
        ("yes", 3, "300.00", "15.00"),
        ("no", 3, "999.99", "0.00"),
        ("no", 3, "1000.00", "50.00"),
        ("unknown", 3, "1000.00", "50.00"),  # two are met already; nobody is asked
        ("unknown", 1, "100.00", "0.00"),  # two cannot be met any more
    ],
)
def test_two_of_three_criteria(credit: str, contracts: int, yuan: str, amount: str) -> None:
    each = Money.of(yuan).fen
    facts = [item("C0", str(Money(each - contracts + 1)), contract="C0")]
    facts += [item(f"C{n}", "0.01", contract=f"C{n}") for n in range(1, contracts)]
    found = made(scheme(criteria=[CRITERIA]), *facts, claimant={"claimant": "u", "good_credit": credit})
    assert lines(found)["payable"] == amount


def test_a_criterion_is_asked_for_where_it_decides() -> None:
    facts = item("C0", "1000", contract="C0")
    found = made(scheme(criteria=[CRITERIA]), facts, claimant={"claimant": "u"})
    assert found.unknown == ("claimant.good_credit",)


def test_criteria_of_the_claimant_alone_say_who_may_claim() -> None:
    of_claimant = scheme(
        criteria=[
            {
                "met": 2,
                "claimant": [
                    {"fact": "good_credit", "one_of": ["yes"]},
                    {"fact": "small_or_medium", "one_of": ["yes"]},
                    {"fact": "kind", "one_of": ["enterprise"]},
                ],
            }
        ]
    )

    def answer(**facts: str) -> tuple[str, tuple[str, ...]]:
        found = made(of_claimant, item("A", "100"), claimant={"claimant": "u", **facts})
        return found.answers["eligible"], found.unknown

    assert answer(good_credit="yes", small_or_medium="yes") == ("yes", ())
    assert answer(good_credit="no", small_or_medium="no") == ("no", ())
    assert answer(good_credit="yes", small_or_medium="no") == ("unknown", ("claimant.kind",))


def test_criteria_of_items_leave_out_the_item() -> None:
    of_items = scheme(
        criteria=[
            {
                "met": 1,
                "items": [{"fact": "exploited", "one_of": ["yes"]}, {"fact": "patent_kind", "one_of": ["invention"]}],
            }
        ]
    )
    yes = item("A", "100", exploited="yes")
    assert payable(of_items, yes, item("B", "100", exploited="no", patent_kind="design")) == "5.00"
    assert made(of_items, yes, item("B", "100", exploited="no")).unknown == ("items.B.patent_kind",)


@settings(deadline=None)
@given(
    amounts(formulas(), {"patent_kind": ("invention", "design")}),
    bounds(st.integers(1, 200), {"patent_kind": ("invention", "design")}),
    st.lists(st.tuples(st.integers(0, 400), st.sampled_from(["C1", "C2", "C3"])), min_size=1, max_size=4),
)
def test_the_more_criteria_have_to_be_met_the_fewer_get_anything(
    amount: dict[str, Any], caps: list[dict[str, Any]], received: list[tuple[int, str]]
) -> None:
    thresholds = [
        {"per": "year", "at_least": "2"},
        {"per": "year", "count_of": "contract", "count_at_least": 2},
        {"per": "year", "count_of": "item", "count_at_least": 3},
    ]
    facts = [
        item(
            f"R{n}",
            yuan(one),
            contract=contract,
            project="J",
            counterparty="N",
            patent_kind="design",
            patents=[{"patent": f"P{n}"}],
        )
        for n, (one, contract) in enumerate(received)
    ]
    given_by = [
        payable(scheme(amount=amount, caps=caps, criteria=[{"met": met, "thresholds": thresholds}]), *facts)
        for met in (1, 2, 3)
    ]
    plain = payable(scheme(amount=amount, caps=caps), *facts)
    at = [one == plain for one in given_by]
    # All criteria are of the year, so it gets all or nothing, and who meets three meets two.
    assert all(one in ("0.00", plain) for one in given_by)
    assert at == sorted(at, reverse=True)
    assert given_by[2] == payable(scheme(amount=amount, caps=caps, thresholds=thresholds), *facts)
