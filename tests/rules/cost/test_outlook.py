"""What a licence would bring, to the fen, before anything is filed."""

from datetime import date
from uuid import UUID

import pytest

from rules.cost.outlook import WHEN_RUNNING, outlook, typical_price
from schemas.values.money import ZERO, Money
from tests.rules.declaration.declarations import offer
from tests.rules.licence.story import terms

ON, ON_PARTY = date(2026, 11, 30), UUID(int=77)
PRICE = Money(1_000_001)


def test_what_it_brings_adds_up_and_half_goes_to_those_who_made_it() -> None:
    one = offer()
    found = outlook(one, one.patentees[0].party_id, PRICE, ON, state_set=True)
    assert (found.inventors, found.unit, found.others) == (Money(500_001), Money(500_000), ZERO)
    assert [read.name for read in found.pool.reads][:1] == ["national.remuneration_floor"]
    assert found.pool.unknown == ()


def test_co_owners_share_the_price_before_anything_else() -> None:
    one = offer()
    second = one.patentees[0].but(party_id=ON_PARTY)
    shared = one.but(patentees=(one.patentees[0], second))
    found = outlook(shared, one.patentees[0].party_id, PRICE, ON, state_set=True)
    assert found.others + found.inventors + found.unit == PRICE
    assert found.own in (Money(500_000), Money(500_001))


def test_the_next_annual_fee_is_reduced_once_a_licence_is_recorded() -> None:
    found = outlook(offer(), offer().patentees[0].party_id, PRICE, ON, state_set=True)
    assert found.fee is not None
    fees = {one.name: one.amount for one in found.fee.result}
    assert fees["annual_fee"].fen * 100 == fees["full_fee"].fen * 85
    assert found.fee.answers["reduced_by"] == "open_licence"


@pytest.mark.parametrize(
    ("royalty", "price"),
    [
        (terms("free"), ZERO),
        (terms("lump_sum", amount="10000.00"), Money(1_000_000)),
        (terms("running", base="net_sales", rates=[{"from_year": 1, "percent": "2"}]), WHEN_RUNNING),
    ],
)
def test_the_price_that_is_typical_is_the_announced_one(royalty: object, price: Money) -> None:
    assert typical_price(offer().model_copy(update={"royalty": royalty})) == price
