"""The declaration's form: payment methods, terms, owners and their shares; what contradicts itself is refused."""

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from cli.demo.filings.declaration import LUMP_SUM
from schemas.acts.royalty import BookReceipt
from schemas.statements.offer import Offer
from schemas.statements.royalty import Royalty
from schemas.values.money import Money
from tests.lives.declarations import ENTRY_PLUS_RUNNING, FREE, INSTALMENTS, RUNNING, DeclarationLife
from tests.lives.licences import LicenceLife
from tests.lives.world import World

WORLD = World("offer")
LIFE = DeclarationLife(WORLD)
ROYALTY: TypeAdapter[Royalty] = TypeAdapter(Royalty)
UNIT, OTHER = str(WORLD.party("unit")), str(WORLD.party("second_unit"))


def _refused(model: Any, value: object) -> str:
    with pytest.raises(ValidationError) as refused:
        model(value)
    return refused.value.errors()[0]["type"]


def _owner(party: str, numerator: int | None = None, denominator: int = 2) -> dict[str, Any]:
    share = None if numerator is None else {"numerator": numerator, "denominator": denominator, "basis": "agreement"}
    return {"party_id": party, "consent": WORLD.paper(f"consent {int(party == OTHER)}"), "share": share}


FORMS = (FREE, LUMP_SUM, INSTALMENTS, RUNNING, ENTRY_PLUS_RUNNING)


@pytest.mark.parametrize("royalty", FORMS, ids=lambda one: one.form)
def test_an_offer_survives_the_wire_whole(royalty: Royalty) -> None:
    offer = DeclarationLife(WORLD, royalty).offer()
    assert Offer.model_validate_json(offer.model_dump_json()) == offer


@pytest.mark.parametrize(
    ("royalty", "why"),
    [
        ({"form": "gift"}, "union_tag_invalid"),
        ({"form": "lump_sum", "amount": 10000}, "not_money"),
        ({"form": "lump_sum", "amount": "0"}, "no_money"),
        ({"form": "lump_sum", "amount": "1", "discount": "1"}, "extra_forbidden"),
        ({"form": "instalments", "instalments": [{"amount": "1", "after_months": 0}]}, "too_short"),
        (
            {
                "form": "instalments",
                "instalments": [{"amount": "1", "after_months": 6}, {"amount": "1", "after_months": 0}],
            },
            "instalments_disordered",
        ),
        (
            {
                "form": "instalments",
                "instalments": [{"amount": "1", "after_months": 0}, {"amount": "1", "after_months": 0}],
            },
            "instalments_disordered",
        ),
        ({"form": "running", "base": "net_sales"}, "running_scale"),
        ({"form": "running", "base": "units", "rates": [{"from_year": 1, "percent": "3"}]}, "running_scale"),
        ({"form": "running", "base": "profit", "rates": [{"from_year": 2, "percent": "3"}]}, "running_scale"),
        ({"form": "running", "base": "profit", "rates": [{"from_year": 1, "percent": 3.5}]}, "float_rate"),
        ({"form": "running", "base": "profit", "rates": [{"from_year": 1, "percent": "0"}]}, "not_a_percentage"),
        ({"form": "running", "base": "profit", "rates": [{"from_year": 1, "percent": "100.1"}]}, "not_a_percentage"),
        (
            {"form": "running", "base": "profit", "rates": [{"from_year": 1, "percent": "0.0000001"}]},
            "not_a_percentage",
        ),
        *(
            ({"form": "running", "base": "profit", "rates": [{"from_year": 1, "percent": text}]}, "not_a_percentage")
            for text in ("1e1", "1_0", "NaN", "٣", "3%", "百分之三", "-3")
        ),
    ],
    ids=str,
)
def test_a_payment_method_that_is_none_is_refused(royalty: dict[str, Any], why: str) -> None:
    assert _refused(ROYALTY.validate_python, royalty) == why


def test_rising_and_falling_rates_are_scales_of_years() -> None:
    scale = [{"from_year": 1, "percent": "3"}, {"from_year": 3, "percent": "2.5"}, {"from_year": 5, "percent": "4"}]
    running = ROYALTY.validate_python({"form": "running", "base": "net_sales", "rates": scale})
    assert ROYALTY.validate_json(ROYALTY.dump_json(running)) == running


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"patentees": []}, "too_short"),
        ({"patentees": [_owner(UNIT), _owner(UNIT)]}, "patentee_twice"),
        ({"patentees": [_owner(UNIT, 1), _owner(OTHER)]}, "owner_shares"),
        ({"patentees": [_owner(UNIT, 1, 3), _owner(OTHER, 1, 3)]}, "owner_shares"),
        ({"granted_on": "2018-01-01"}, "granted_before_filed"),
        ({"granted_on": "1984-01-01"}, "impossible_day"),
        ({"patent_number": "201910065946.1"}, "number_check_failed"),
        ({"fee_explanation": "  "}, "string_too_short"),
        ({"fee_explanation": "a\x00b"}, "nul_character"),
        ({"attachments": ["not a hash"]}, "string_pattern_mismatch"),
        ({"contact": "nobody"}, "uuid_parsing"),
        ({"price": "1"}, "extra_forbidden"),
    ],
    ids=str,
)
def test_a_form_that_contradicts_itself_is_refused(changes: dict[str, Any], why: str) -> None:
    assert _refused(Offer.model_validate, {**LIFE.offer().model_dump(mode="json"), **changes}) == why


def test_shares_that_are_stated_for_all_and_add_up_are_taken() -> None:
    changes = {"patentees": [_owner(UNIT, 1, 3), _owner(OTHER, 2, 3)]}
    offer = Offer.model_validate({**LIFE.offer().model_dump(mode="json"), **changes})
    assert sum(one.share.fraction for one in offer.patentees if one.share) == 1


def test_the_allocations_of_a_bank_line_add_up_to_it() -> None:
    booked = LicenceLife(LIFE).book_receipt().model_dump(mode="json")
    assert _refused(BookReceipt.model_validate, {**booked, "amount": "9999.99"}) == "allocations_do_not_add_up"
    parts = [{"obligation": "due:1", "amount": "9999.99"}, {"obligation": "credit", "amount": "0.01"}]
    assert BookReceipt.model_validate({**booked, "allocations": parts}).amount == Money.of("10000.00")
