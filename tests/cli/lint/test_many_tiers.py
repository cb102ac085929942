"""A scheme of very many tiers is looked at in a time that grows with their number, and not with its square."""

import time

import pytest

from cli.lint.schemes import lint_scheme
from schemas.schemes.scheme import Scheme
from tests.rules.schemes.scheme_files import payable, scheme


def with_tiers(way: str, count: int) -> Scheme:
    begins = [f"{one * 10}.00" for one in range(1, count + 1)]
    said = "amount" if way == "steps" else "rate"
    values = [f"{one}.00" if way == "steps" else f"0.{one % 9 + 1}" for one in range(1, count + 1)]
    tiers = [{"at_least": first, said: value} for first, value in zip(begins, values, strict=True)]
    return scheme(amount={way: tiers}, caps=[{"per": "year", "amount": "5000000.00"}])


def seconds(of: Scheme) -> int:
    """The processor time of one look, in nanoseconds."""
    begun = time.process_time_ns()
    lint_scheme(of)
    return time.process_time_ns() - begun


@pytest.mark.parametrize("way", ["whole", "steps", "marginal"])
def test_four_times_as_many_tiers_do_not_take_sixteen_times_as_long(way: str) -> None:
    small, large = with_tiers(way, 400), with_tiers(way, 1_600)
    assert min(seconds(large) for _ in range(2)) < 9 * min(seconds(small) for _ in range(3))


def test_the_tier_that_holds_is_found_at_its_border_and_between() -> None:
    of = scheme(amount={"whole": [{"at_least": "10", "rate": "0.1"}, {"above": "20", "rate": "0.2"}]})
    given = ("9.99", "10.00", "20.00", "20.01")
    assert [payable(of, received=base) for base in given] == ["0.00", "1.00", "2.00", "4.00"]
