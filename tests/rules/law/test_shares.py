"""Parts of an amount add up to it, to the fen, in both directions."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.law.shares import add_lines, split, split_by_percent
from schemas.values.determination import ResultLine
from schemas.values.money import Money, total

AMOUNTS = st.integers(min_value=-(10**14), max_value=10**14).map(Money)
WEIGHTS = (
    st.lists(st.fractions(min_value=0, max_value=100, max_denominator=10**6), min_size=1, max_size=12)
    .filter(any)
    .map(lambda parts: [(f"party {place}", part) for place, part in enumerate(parts)])
)


def amounts(lines: tuple[ResultLine, ...]) -> list[int]:
    return [line.amount.fen for line in lines]


@given(AMOUNTS, WEIGHTS)
def test_the_parts_add_up_and_each_is_less_than_one_fen_off(amount: Money, weights: list[tuple[str, Fraction]]) -> None:
    parts = split(amount, weights)
    assert total(line.amount for line in parts) == amount
    whole = sum(weight for _, weight in weights)
    for line, (name, weight) in zip(parts, weights, strict=True):
        assert line.name == name
        assert abs(line.amount.fen - amount.fen * weight / whole) < 1


@given(AMOUNTS, WEIGHTS)
def test_money_taken_back_is_the_mirror_of_money_given(amount: Money, weights: list[tuple[str, Fraction]]) -> None:
    assert amounts(split(-amount, weights)) == [-fen for fen in amounts(split(amount, weights))]


@given(AMOUNTS, st.lists(st.decimals(min_value="0.01", max_value="20", places=2), max_size=5))
def test_percent_shares_and_their_rest_add_up(amount: Money, percents: list[Decimal]) -> None:
    parts = split_by_percent(amount, [(str(place), percent) for place, percent in enumerate(percents)], "rest")
    assert total(line.amount for line in parts) == amount
    assert ("rest" in [line.name for line in parts]) is (sum(percents) != 100)


def test_the_odd_fen_goes_to_the_one_named_first() -> None:
    thirds = [("b", Fraction(1, 3)), ("a", Fraction(1, 3)), ("c", Fraction(1, 3))]
    assert amounts(split(Money(100), thirds)) == [34, 33, 33]
    assert amounts(split(Money(-101), thirds)) == [-34, -34, -33]


def test_the_odd_fen_goes_to_the_part_that_lost_most() -> None:
    assert amounts(split(Money(10), [("small", Decimal("24")), ("large", Decimal("76"))])) == [2, 8]


@pytest.mark.parametrize(
    "weights",
    [[], [("a", Decimal(0))], [("a", Decimal(2)), ("b", Decimal(-1))], [("a", Decimal(1)), ("a", Decimal(1))]],
)
def test_shares_that_carry_nothing_or_stand_twice_are_no_shares(weights: list[tuple[str, Decimal]]) -> None:
    with pytest.raises(ValueError, match="share"):
        split(Money(1), weights)


def test_more_than_a_hundred_percent_is_refused() -> None:
    with pytest.raises(ValueError, match="more than 100"):
        split_by_percent(Money(1), [("a", Decimal("60")), ("b", Decimal("40.000001"))], "rest")


def test_a_line_can_be_taken_off_another_and_none_is_lost() -> None:
    def line(name: str, fen: int) -> ResultLine:
        return ResultLine(name=name, amount=Money(fen))

    added = add_lines([line("a", 5), line("b", 1), line("a", 2)], less=[line("a", 4), line("c", 9)])
    assert added == (line("a", 3), line("b", 1), line("c", -9))
