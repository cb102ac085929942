"""Which receipts count for a scheme before anybody claims, and what is only assumed of them."""

from datetime import date
from typing import Any

import pytest

from rules.schemes.catalogue import bundled_schemes
from rules.schemes.provisional import Counted, adds_up, counted_under, given_by, year_from_base, year_from_items
from rules.schemes.yearly import version_of
from schemas.schemes.inputs import Claimant, SchemeItem
from schemas.schemes.scheme import Scheme
from schemas.values.money import Money
from tests.rules.schemes.scheme_files import scheme

GOOD = {"fact": "good_credit", "one_of": ["yes"]}
UNIVERSITY = Claimant(claimant="u", kind="university", region="hubei.wuhan")


def receipt(**changes: Any) -> SchemeItem:
    return SchemeItem.model_validate(
        {
            "item_id": "r",
            "received": "1200000.00",
            "received_on": "2025-06-01",
            "contract_kind": "licence",
            "registered": "yes",
            "technology_transaction_amount": "3000000.00",
            **changes,
        }
    )


def counted(item: SchemeItem, claimant: Claimant = UNIVERSITY) -> list[Counted]:
    return list(counted_under(bundled_schemes(), claimant, item, {}))


def test_what_only_a_claim_declares_is_assumed_and_named() -> None:
    [one] = counted(receipt())
    assert (one.scheme, one.year, one.base_fen) == ("WH-2025-SELLER-2PCT", 2025, 120_000_000)
    assert one.assumed == ("counterparty_kind: enterprise", "counterparty_region: hubei.wuhan")


@pytest.mark.parametrize(
    ("why", "changes"),
    [
        ("the contract is not registered yet", {"registered": "no"}),
        ("the licensee is no enterprise", {"counterparty_kind": "university"}),
        ("the money arrived in another year", {"received_on": "2026-01-05"}),
        ("nobody knows on which day it arrived", {"received_on": None}),
    ],
)
def test_what_is_known_to_fail_counts_for_nothing(why: str, changes: dict[str, Any]) -> None:
    assert counted(receipt(**changes)) == [], why


def test_what_is_above_the_registered_amount_waits() -> None:
    scheme = bundled_schemes()["WH-2025-SELLER-2PCT"]
    items = [
        counted(receipt(item_id=name, contract="C", technology_transaction_amount="1500000.00"))[0].item
        for name in ("first", "second")
    ]
    # 1,200,000 twice under one contract that is registered with 1,500,000: 2 % of 1,500,000
    assert given_by(year_from_items(scheme, 2025, tuple(items), date(2025, 12, 31))) == Money.of("30000.00")


def test_a_receipt_waits_while_nobody_knows_the_registered_amount() -> None:
    assert counted(receipt(technology_transaction_amount=None)) == []


@pytest.mark.parametrize(
    ("kind", "region"),
    [("enterprise", "hubei.wuhan"), ("university", "hubei"), ("university", "hubei.wuhan_east"), (None, "hubei.wuhan")],
)
def test_a_claimant_of_another_kind_or_region_has_nothing(kind: str | None, region: str) -> None:
    assert counted(receipt(), Claimant(claimant="u", kind=kind, region=region)) == []


def test_a_district_lies_within_its_city() -> None:
    assert len(counted(receipt(), UNIVERSITY.but(region="hubei.wuhan.hongshan"))) == 1


def test_the_year_is_the_same_from_its_base_and_from_its_receipts_where_it_adds_up() -> None:
    scheme, shenzhen = bundled_schemes()["SZ-2021-UNIV-5PCT"], UNIVERSITY.but(region="guangdong.shenzhen")
    version = version_of(scheme, 2025)
    assert adds_up(version)
    items = tuple(counted(receipt(item_id=str(n), received=f"{n}.07"), shenzhen)[0].item for n in range(1, 9))
    base = sum(item.received.fen for item in items if item.received)
    on = date(2025, 12, 31)
    by_base, by_items = year_from_base(scheme, version, 2025, base, on), year_from_items(scheme, 2025, items, on)
    assert given_by(by_base) == given_by(by_items) == Money(base * 5 // 100)


def test_a_year_of_registered_receipts_does_not_add_up_since_each_contract_has_its_own_limit() -> None:
    assert not adds_up(version_of(bundled_schemes()["WH-2025-SELLER-2PCT"], 2025))


def test_a_year_without_receipts_gives_nothing() -> None:
    assert given_by(year_from_items(bundled_schemes()["WH-2025-SELLER-2PCT"], 2025, (), date(2025, 12, 31))) == Money(0)


def own(**elements: Any) -> dict[str, Scheme]:
    return {"T": scheme(items=[{"fact": "contract_kind", "one_of": ["licence"]}], **elements)}


@pytest.mark.parametrize(
    "elements",
    [
        {"thresholds": [{"per": "year", "count_of": "counterparty", "count_at_least": 2}]},
        {"criteria": [{"met": 1, "thresholds": [{"per": "year", "at_least": "9"}, {"per": "item", "at_least": "9"}]}]},
        {"caps": [{"per": "year", "by": "patent_kind", "cases": {"invention": {"amount": "5"}}}]},
        {"amount": {"sum": [{"rate": "0.1"}, {"base": {"measure": "count"}, "each": "1"}]}},
    ],
)
def test_a_year_that_rests_on_more_than_its_base_is_made_of_its_receipts(elements: dict[str, Any]) -> None:
    assert not adds_up(own(**elements)["T"].versions[0])


@pytest.mark.parametrize(
    "elements",
    [
        {"criteria": [{"met": 1, "claimant": [GOOD], "thresholds": [{"per": "year", "at_least": "9"}]}]},
        {"amount": {"sum": [{"rate": "0.1"}, {"base": {"measure": "investment"}, "rate": "0.1"}]}},
        {"thresholds": [{"per": "year", "measure": "investment", "at_least": "9"}]},
    ],
)
def test_what_receipts_alone_do_not_say_is_not_shown_before_somebody_claims(elements: dict[str, Any]) -> None:
    assert list(counted_under(own(**elements), UNIVERSITY, receipt(related="no"), {})) == []


def test_the_other_side_is_kept_where_it_matters_who_it_is() -> None:
    item = receipt(related="no", counterparty="N1")
    [plain] = counted_under(own(), UNIVERSITY, item, {})
    assert plain.item.counterparty is None
    two = own(thresholds=[{"per": "year", "count_of": "counterparty", "count_at_least": 2}])
    [kept] = counted_under(two, UNIVERSITY, item, {})
    other = kept.item.but(item_id="s", counterparty="N2")
    assert given_by(year_from_items(two["T"], 2025, (kept.item,), date(2025, 12, 31))) == Money(0)
    assert given_by(year_from_items(two["T"], 2025, (kept.item, other), date(2025, 12, 31))) == Money.of("120000.00")


def test_what_criteria_leave_open_is_assumed_and_named() -> None:
    among = [{"fact": "exploited", "one_of": ["yes"]}, {"fact": "patent_kind", "one_of": ["design"]}]
    [one] = counted_under(own(criteria=[{"met": 1, "items": among}]), UNIVERSITY, receipt(related="no"), {})
    assert one.assumed == ("exploited: yes", "patent_kind: design")
