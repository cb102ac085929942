"""Three schemes that no authority has, each with many elements at once, calculated by hand."""

from datetime import date
from typing import Any

from rules.schemes.cases import run_scheme_case
from schemas.values.determination import Determination
from schemas.values.money import Money
from tests.rules.schemes.scheme_files import item, lines, made, payable, scheme, tiers
from tests.rules.schemes.year_lines import difference

HALVES = {"parts": [{"payer": "city", "share": "0.5"}, {"payer": "district", "share": "0.5"}], "odd_fen": "city"}


# One: tiers of a patent, floor, caps of patent and year, pro rata, thirds, a year that begins in July.

PATENTS = scheme(
    window={"decided_by": "received_on", "begins": "07-01"},
    amount={
        "per": "patent",
        "marginal": [
            {"at_least": "0", "rate": "0.08"},
            {"above": "50000", "rate": "0.04"},
            {"above": "200000", "rate": "0.01"},
        ],
    },
    floors=[{"per": "patent", "amount": "500"}],
    caps=[{"per": "patent", "amount": "10500"}, {"per": "year", "amount": "20000"}],
    budget={"when_short": "pro_rata"},
    funding={
        "parts": [
            {"payer": "province", "share": "1/3"},
            {"payer": "city", "share": "1/3"},
            {"payer": "district", "share": "1/3"},
        ],
        "odd_fen": "province",
    },
)


def of_patent(name: str, yuan: str, on: str = "2025-08-01", **facts: Any) -> dict[str, Any]:
    return item(name, yuan, received_on=on, patents=[{"patent": name}], **facts)


def test_each_part_of_a_patents_income_has_its_own_rate() -> None:
    # 50,000 x 8 % + 150,000 x 4 % + 10,000 x 1 % = 4,000 + 6,000 + 100
    assert payable(PATENTS, of_patent("P1", "210000")) == "10100.00"
    # at the border itself, and one fen above: 4,000; 4,000 + 0.01 x 4 % = 4,000.0004, cut off
    assert payable(PATENTS, of_patent("P1", "50000")) == "4000.00"
    assert payable(PATENTS, of_patent("P1", "50000.25")) == "4000.01"


def test_a_patent_gets_its_floor_and_its_cap_and_the_claimant_the_cap_of_the_year() -> None:
    assert payable(PATENTS, of_patent("P1", "0.01")) == "500.00"
    # 4,000 + 6,000 + 100,000 x 1 % = 11,000
    assert payable(PATENTS, of_patent("P1", "300000")) == "10500.00"
    # 10,500 + 10,500 + 500
    assert payable(PATENTS, of_patent("P1", "300000"), of_patent("P2", "300000"), of_patent("P3", "1")) == "20000.00"


def test_two_receipts_of_a_patent_are_one_base() -> None:
    # 30,000 + 30,000 = 60,000: 4,000 + 10,000 x 4 %; each alone would give 2 x 2,400
    first, second = of_patent("P1", "30000"), {**of_patent("P1", "30000"), "item_id": "again"}
    assert payable(PATENTS, first, second) == "4400.00"


def test_a_year_that_begins_in_july_is_named_by_its_beginning() -> None:
    june, july = of_patent("P1", "10000", on="2025-06-30"), of_patent("P2", "20000", on="2025-07-01")
    assert payable(PATENTS, june, july, year=2024) == "800.00"  # 10,000 x 8 %
    assert payable(PATENTS, june, july, year=2025) == "1600.00"
    assert payable(PATENTS, june, july, as_of=date(2025, 6, 30)) == "800.00"
    assert payable(PATENTS, june, july, as_of=date(2025, 7, 1)) == "1600.00"


def test_three_payers_and_a_fen_that_does_not_divide() -> None:
    # 4,400.00 / 3: 1,466.66666…; cut to the fen one fen is left
    again = {**of_patent("P1", "30000"), "item_id": "again"}
    assert lines(made(PATENTS, of_patent("P1", "30000"), again)) == {
        "payable": "4400.00",
        "province": "1466.68",
        "city": "1466.66",
        "district": "1466.66",
    }


def test_a_reversal_mirrors_what_each_payer_gave() -> None:
    first, second = of_patent("P1", "30000"), of_patent("P2", "12345.67")
    both, one = made(PATENTS, first, second), made(PATENTS, first, {**second, "received": "0"})
    there, back = difference(one, both), difference(both, one)
    assert [(line.name, -line.amount) for line in there] == [(line.name, line.amount) for line in back]
    assert sum(line.amount.fen for line in back[1:]) == back[0].amount.fen == -98765  # 12,345.67 x 8 % = 987.6536


def test_a_short_budget_is_parted_by_what_is_claimed() -> None:
    made_of_call = run_scheme_case(
        PATENTS,
        {
            "budget": "10000",
            "claims": [
                {
                    "claim_id": "A",
                    "facts": {"year": 2025, "items": [of_patent("P1", "300000"), of_patent("P2", "300000")]},
                },
                {"claim_id": "B", "facts": {"year": 2025, "items": [of_patent("P3", "50000")]}},
                {"claim_id": "C", "held": True, "facts": {"year": 2025, "items": [of_patent("P4", "75000")]}},
            ],
        },
        date(2026, 6, 30),
    )
    # 20,000 + 4,000 + 5,000 = 29,000. A: 10,000 x 20/29 = 6,896.5517…, B: 1,379.3103…, C: 1,724.1379…
    # cut to the fen 10,000 - 0.01 is given; A lost .17 fen, B .03, C .79, so C gets the fen
    assert lines(made_of_call) == {
        "A.payable": "6896.55",
        "A.province": "2298.85",
        "A.city": "2298.85",
        "A.district": "2298.85",
        "B.payable": "1379.31",
        "B.province": "459.77",
        "B.city": "459.77",
        "B.district": "459.77",
        "C.reserved": "1724.14",
    }


# Two: thresholds of contract and year, rates by the counterparty, several patents in a contract, the window of a call.

ORIGINS = scheme(
    window={"decided_by": "registered_on", "span": "call"},
    base={"measure": "contract_amount"},
    items=[{"fact": "contract_kind", "one_of": ["licence", "transfer"]}],
    related_parties="excluded",
    thresholds=[{"per": "contract", "at_least": "20000"}, {"per": "year", "more_than": "100000"}],
    amount={
        "by": "counterparty_kind",
        "cases": {
            "small_enterprise": {"whole": tiers(("0", "0.03"), ("500000", "0.05"))},
            "enterprise": {"rate": "0.01"},
        },
    },
    caps=[{"per": "patent", "amount": "3000"}, {"per": "contract", "amount": "5000"}],
    rounding="half_up",
    funding=HALVES,
)
CALL: dict[str, Any] = {"window": {"first_on": "2025-04-01", "last_on": "2025-09-30"}}


def of_contract(
    name: str, yuan: str, kind: str, *patents: tuple[str, str], on: str = "2025-05-05", **facts: Any
) -> dict[str, Any]:
    return {
        "item_id": name,
        "contract": name,
        "contract_amount": yuan,
        "registered_on": on,
        "contract_kind": "licence",
        "counterparty_kind": kind,
        "related": "no",
        "patents": [{"patent": patent, "amount": part} for patent, part in patents],
        **facts,
    }


def of_call(*items: Any, **facts: Any) -> Determination:
    return made(ORIGINS, *items, **{**CALL, **facts})


def test_a_small_contract_is_gone_before_the_threshold_of_the_year() -> None:
    small = of_contract("C1", "19999.99", "enterprise", ("P1", "19999.99"))
    just = of_contract("C2", "100000.00", "enterprise", ("P2", "100000.00"))
    more = of_contract("C3", "20000.00", "enterprise", ("P3", "20000.00"))
    assert lines(of_call(small, just))["payable"] == "0.00"  # 100,000 is not more than 100,000
    assert lines(of_call(small, just, more))["payable"] == "1200.00"  # 120,000 x 1 %


def test_the_rate_follows_the_kind_of_the_counterparty() -> None:
    enterprise = of_contract("C1", "90000.50", "enterprise", ("P1", "90000.50"))
    small = of_contract("C2", "60000.50", "small_enterprise", ("P2", "60000.50"))
    person = of_contract("C3", "500000.00", "person", ("P3", "500000.00"))
    # 90,000.50 x 1 % + 60,000.50 x 3 % + nothing = 900.005 + 1,800.015 = 2,700.02
    assert lines(of_call(enterprise, small, person)) == {"payable": "2700.02", "city": "1350.01", "district": "1350.01"}
    # alone the enterprise's 100,050.50 x 1 % = 1,000.505, half up
    assert lines(of_call(of_contract("C1", "100050.50", "enterprise", ("P1", "100050.50")))) == {
        "payable": "1000.51",
        "city": "500.26",
        "district": "500.25",
    }


def test_the_patents_of_a_contract_are_capped_one_by_one_and_then_together() -> None:
    contract = of_contract("C1", "500000", "small_enterprise", ("P1", "400000.00"), ("P2", "50000"), ("P3", "50000"))
    # The whole base reaches the second tier: 500,000 x 5 % = 25,000, of it 20,000, 2,500 and 2,500 by patent;
    # P1 is cut to 3,000, together 8,000, cut to 5,000
    assert lines(of_call(contract))["payable"] == "5000.00"
    cheaper = of_contract("C1", "499999.99", "small_enterprise", ("P1", "400000.00"), ("P2", "99999.99"))
    # 499,999.99 x 3 %: P1 12,000 -> 3,000; P2 2,999.9997; together 5,999.9997 -> 5,000
    assert lines(of_call(cheaper))["payable"] == "5000.00"


def test_the_same_patent_in_two_contracts_shares_its_cap() -> None:
    first = of_contract("C1", "200000", "enterprise", ("P1", "200000"))
    second = of_contract("C2", "200000", "enterprise", ("P1", "200000"))
    assert lines(of_call(first, second))["payable"] == "3000.00"  # 4,000 for P1, cut to 3,000


def test_the_call_sets_the_window() -> None:
    inside = [
        of_contract("C1", "60000", "enterprise", ("P1", "60000"), on="2025-04-01"),
        of_contract("C2", "60000", "enterprise", ("P2", "60000"), on="2025-09-30"),
    ]
    outside = [
        of_contract("C3", "60000", "enterprise", ("P3", "60000"), on="2025-03-31"),
        of_contract("C4", "60000", "enterprise", ("P4", "60000"), on="2025-10-01"),
    ]
    assert lines(of_call(*inside, *outside))["payable"] == "1200.00"
    assert made(ORIGINS, *inside).unknown == ("window",)


def test_what_is_missing_is_asked_for_by_item_and_only_where_it_matters() -> None:
    unstated = of_contract("C1", "60000", "enterprise")
    unstated["patents"] = [{"patent": "P1"}, {"patent": "P2"}]
    nobody_knows = of_contract("C2", "60000", "enterprise", ("P2", "60000"), related="unknown")
    does_not_count = of_contract("C3", "60000", "enterprise", contract_kind="service", related=None)
    asked = of_call(unstated, nobody_knows, does_not_count)
    assert asked.unknown == ("items.C2.related", "items.C1.patents.amount")
    assert asked.result == ()


# Three: growth over the year before, steps of the whole, what has to be passed on, best of two schemes.

GROWTH = scheme(
    base={"measure": "received", "growth": True},
    thresholds=[{"per": "year", "at_least": "1000"}],
    amount={"steps": [{"at_least": "1000", "amount": "100"}, {"above": "5000", "amount": "777.77"}]},
    pass_through={"to": "inventors", "at_least": "0.70"},
    stacking={"rule": "best_of", "among": ["OTHER-1", "OTHER-2"]},
    funding=HALVES,
)
NOTHING_ELSE: dict[str, Any] = {"also_granted": {"OTHER-1": "0", "OTHER-2": "0"}}


def test_only_what_has_grown_is_looked_at() -> None:
    before = {"previous_year": "10000.00", **NOTHING_ELSE}
    assert payable(GROWTH, received="10999.99", **before) == "0.00"
    assert payable(GROWTH, received="11000.00", **before) == "100.00"
    assert payable(GROWTH, received="15000.00", **before) == "100.00"
    assert payable(GROWTH, received="15000.01", **before) == "777.77"
    assert payable(GROWTH, received="9000.00", **before) == "0.00"
    assert made(GROWTH, received="15000.01", **NOTHING_ELSE).unknown == ("previous_year",)


def test_a_threshold_of_the_whole_year_beside_a_rate_on_the_growth() -> None:
    both = scheme(
        base={"measure": "received", "growth": True},
        amount={"rate": "0.02"},
        thresholds=[{"per": "year", "at_least": "100000", "before_growth": True}, {"per": "year", "more_than": "10"}],
    )
    assert payable(both, received="99999.99", previous_year="50000") == "0.00"
    assert payable(both, received="100000.00", previous_year="50000") == "1000.00"  # 50,000 x 2 %
    assert payable(both, received="100000.00", previous_year="99990") == "0.00"  # 10 is not more than 10


def test_a_fixed_amount_from_zero_on_is_not_given_for_what_was_reversed() -> None:
    fixed = scheme(amount={"per": "item", "steps": [{"at_least": "0", "amount": "300"}]})
    assert payable(fixed, item("A", "0.01"), item("B", "5000")) == "600.00"
    assert payable(fixed, item("A", "0"), item("B", "5000")) == "300.00"


def test_what_has_to_be_passed_on_is_rounded_up_to_the_fen() -> None:
    answers = made(GROWTH, received="5000.01", previous_year="0", **NOTHING_ELSE).answers
    assert answers["pass_through"] == "inventors: at least 544.44"  # 777.77 x 70 % = 544.439


def test_the_better_of_two_schemes_is_paid_in_all() -> None:
    def beside(*others: str) -> str:
        granted = dict(zip(("OTHER-1", "OTHER-2"), others, strict=True))
        return payable(GROWTH, received="5000.01", previous_year="0", also_granted=granted)

    assert beside("0", "0") == "777.77"
    assert beside("700", "0.77") == "77.00"
    assert beside("700", "100") == "0.00"
    unknown = made(GROWTH, received="5000.01", previous_year="0", also_granted={"OTHER-1": "0"}).unknown
    assert unknown == ("also_granted.OTHER-2",)


def test_one_other_grant_leaves_nothing_where_schemes_do_not_stack() -> None:
    alone = scheme(stacking={"rule": "none", "among": ["OTHER-1"]})
    assert payable(alone, received="1000", also_granted={"OTHER-1": "0"}) == "50.00"
    assert payable(alone, received="1000", also_granted={"OTHER-1": "0.01"}) == "0.00"


def test_a_negative_amount_is_split_as_the_mirror_of_the_positive_one() -> None:
    whole = made(GROWTH, received="5000.01", previous_year="0", **NOTHING_ELSE)
    none = made(GROWTH, received="0", previous_year="0", **NOTHING_ELSE)
    assert [str(line.amount) for line in difference(whole, none)] == ["-777.77", "-388.89", "-388.88"]
    assert Money(-38889) + Money(-38888) == Money(-77777)
