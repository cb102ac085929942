"""What a claim can say, and what is refused of its form."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.acts.settlement_claims import ClaimantInputs, Seat, SubmitClaim
from schemas.values.credit_code import credit_code_of
from schemas.values.refusal import Refused
from schemas.wire.form import filled

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CODE, OTHER = credit_code_of("91350100M000100Y4"), credit_code_of("12100000400000000")
RECEIPT = str(UUID(int=9))
CLAIM: dict[str, Any] = {
    "act_id": str(UUID(int=1)),
    "filing_id": str(UUID(int=2)),
    "on": "2026-02-01",
    "by": {"role": "claimant", "party_id": str(UUID(int=3))},
    "claimant": str(UUID(int=4)),
    "credit_code": CODE,
    "lines": [{"receipt_id": RECEIPT}],
}


def codes(**changes: Any) -> list[str]:
    with pytest.raises(Refused) as error:
        filled(SubmitClaim, {**CLAIM, **changes})
    return [one.code for one in error.value.refusals]


def test_what_is_stated_of_a_receipt_need_not_repeat_which_receipt_it_is() -> None:
    claim = filled(SubmitClaim, {**CLAIM, "lines": [{"receipt_id": RECEIPT, "stated": {"exploited": "yes"}}]})
    (line,) = claim.lines
    assert line.stated is not None
    assert (line.key, line.stated.item_id) == (RECEIPT, RECEIPT)


def test_an_item_from_outside_is_named_by_itself() -> None:
    claim = filled(SubmitClaim, {**CLAIM, "lines": [{"stated": {"item_id": "contract 7", "received": "5.00"}}]})
    assert [line.key for line in claim.lines] == ["contract 7"]


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"lines": []}, ["claim_empty"]),
        ({"lines": [{}]}, ["claim_line_empty"]),
        ({"lines": [{"receipt_id": RECEIPT, "stated": {"item_id": "another"}}]}, ["claim_line_of_two"]),
        ({"lines": [{"receipt_id": RECEIPT}, {"receipt_id": RECEIPT}]}, ["claim_line_twice"]),
        ({"credit_code": CODE[:-1] + "0"}, ["credit_code_wrong"]),
        ({"credit_code": "9135010OM000100Y43"}, ["malformed"]),  # the letter O is not in the alphabet
        (
            {
                "predecessors": [
                    {"party": str(UUID(int=5)), "credit_code": CODE, "merged_on": "2025-01-01", "proof": "a" * 64}
                ]
            },
            ["predecessor_twice"],
        ),
        (
            {"facts": {"seats": [{"since_on": on, "region": "hubei"} for on in ("2025-01-01", "2024-01-01")]}},
            ["seats_unordered"],
        ),
    ],
)
def test_a_defect_of_the_form_is_named(changes: dict[str, Any], found: list[str]) -> None:
    assert codes(**changes) == found


def test_the_seat_of_a_day_is_the_last_one_before_it_and_unknown_before_the_first() -> None:
    facts = ClaimantInputs(
        seats=(
            Seat(since_on=date(2020, 1, 1), region="hubei.wuhan"),
            Seat(since_on=date(2025, 6, 1), region="hunan.changsha"),
        )
    )
    days = (date(2019, 12, 31), date(2025, 5, 31), date(2025, 6, 1))
    assert [facts.region_on(day) for day in days] == [None, "hubei.wuhan", "hunan.changsha"]


@given(st.text(ALPHABET, min_size=17, max_size=17), st.integers(0, 16), st.sampled_from(ALPHABET))
def test_one_mistyped_character_is_always_found(first: str, place: int, typed: str) -> None:
    code = credit_code_of(first)
    wrong = code[:place] + typed + code[place + 1 :]
    assert (credit_code_of(wrong[:17]) == wrong) is (wrong == code)
    assert OTHER != CODE
