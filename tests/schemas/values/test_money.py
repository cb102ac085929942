"""Money is whole fen inside and yuan as text outside; no float, and no notation that could be read in two ways."""

import json
import pickle
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from schemas.values.model import Model
from schemas.values.money import STORED, ZERO, Amount, Money, PositiveAmount, total

FEN = st.integers(-(10**16), 10**16)


class Bill(Model):
    any: Money = ZERO
    not_negative: Amount = ZERO
    positive: PositiveAmount = Money(1)


def _refused(**fields: Any) -> str:
    with pytest.raises(ValidationError) as refused:
        Bill.model_validate(fields)
    return refused.value.errors()[0]["type"]


@given(FEN)
def test_an_amount_survives_the_wire_to_the_fen(fen: int) -> None:
    bill = Bill(any=Money(fen))
    assert Bill.model_validate_json(bill.model_dump_json()) == bill
    assert json.loads(bill.model_dump_json())["any"] == str(Money(fen))


@given(FEN)
def test_an_amount_survives_the_event_log_as_an_integer_of_fen(fen: int) -> None:
    stored = Bill(any=Money(fen)).model_dump(context=STORED)
    assert stored["any"] == fen
    assert Bill.model_validate(stored, context=STORED).any == Money(fen)


@given(FEN)
def test_the_printed_amount_is_exactly_the_yuan(fen: int) -> None:
    assert Decimal(str(Money(fen))) == Money(fen).yuan == Decimal(fen) / 100
    assert Money.of(str(Money(fen))) == Money(fen)


@pytest.mark.parametrize(
    ("printed", "fen"),
    [
        ("2995", 299500),
        ("2995.5", 299550),
        ("2995.05", 299505),
        ("-0.01", -1),
        ("0", 0),
        ("0.10", 10),
        ("999999999999999.99", 99999999999999999),
    ],
)
def test_yuan_are_read_with_at_most_two_decimals(printed: str, fen: int) -> None:
    assert Bill.model_validate({"any": printed}).any.fen == fen


@pytest.mark.parametrize(
    "value",
    [
        2995,
        2995.0,
        0.1,
        True,
        None,
        "",
        " 1",
        "1 ",
        "1\n",
        "+1",
        "1.",
        ".5",
        "1.005",
        "1.000",
        "1e3",
        "1_000",
        "1,000",
        "NaN",
        "Infinity",
        "一百",
        "１",
        "٣",
        "0x10",
        "1000000000000000",
        ["1"],
        {"fen": 1},
    ],
    ids=repr,
)
def test_what_is_no_text_of_yuan_is_refused(value: object) -> None:
    assert _refused(any=value) == "not_money"


@pytest.mark.parametrize("value", [1.0, "1", "x"], ids=repr)
def test_the_event_log_holds_integers_and_never_floats(value: object) -> None:
    if value == "1":
        assert Bill.model_validate({"any": value}, context=STORED).any == Money(100)
    else:
        with pytest.raises(ValidationError):
            Bill.model_validate({"any": value}, context=STORED)


def test_an_amount_that_cannot_be_negative_or_nothing_says_so() -> None:
    assert _refused(not_negative="-0.01") == "negative_money"
    assert _refused(positive="0") == "no_money"
    assert _refused(positive="-1") == "no_money"


@pytest.mark.parametrize("fen", [1.0, "1", Decimal(1), True], ids=repr)
def test_money_is_made_of_whole_fen_only(fen: Any) -> None:
    with pytest.raises(TypeError):
        Money(fen)


def test_an_amount_does_not_change() -> None:
    with pytest.raises(AttributeError):
        Money(1).fen = 2
    assert pickle.loads(pickle.dumps(Money(-7))) == Money(-7)


@given(st.lists(FEN, max_size=20), FEN)
def test_sums_are_exact_and_what_is_added_can_be_taken_away(amounts: list[int], other: int) -> None:
    summed = total(Money(fen) for fen in amounts)
    assert summed.fen == sum(amounts)
    assert (summed + Money(other)) - Money(other) == summed
    assert ZERO - (-summed) == summed
    assert summed * 3 == summed + summed + summed


@given(FEN, FEN)
def test_amounts_are_ordered_as_their_fen_and_are_no_numbers(one: int, other: int) -> None:
    assert (Money(one) < Money(other)) == (one < other)
    assert (Money(one) == Money(other)) == (one == other)
    assert hash(Money(one)) == hash(Money(one))
    assert Money(one) != one
    assert bool(Money(one)) == bool(one)
