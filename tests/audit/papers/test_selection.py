"""Who has the seed and the population draws the same items, and none by chance that is too large to be left out."""

from hypothesis import given
from hypothesis import strategies as st

from audit.papers.selection import select

SIZES = st.lists(st.integers(0, 10**12), max_size=200)


@given(SIZES, st.integers(1, 60), st.integers(0, 10**9))
def test_the_same_seed_draws_the_same_and_never_more_than_was_asked_for(
    sizes: list[int], how_many: int, seed: int
) -> None:
    first = select(sizes, how_many, seed, "a")
    assert first == select(sizes, how_many, seed, "a")
    assert len(set(first.chosen)) == len(first.chosen) <= how_many
    assert all(sizes[place] > 0 for place in first.chosen)
    drawable = sum(size > 0 for size in sizes)
    assert len(first.chosen) == min(how_many, drawable)


@given(SIZES, st.integers(1, 60), st.integers(0, 10**9))
def test_nothing_larger_than_the_step_is_left_to_chance(sizes: list[int], how_many: int, seed: int) -> None:
    found = select(sizes, how_many, seed, "a")
    if found.interval:
        left = set(range(len(sizes))) - set(found.certain)
        assert all(sizes[place] < found.interval for place in left)


def test_another_seed_or_another_population_begins_elsewhere() -> None:
    sizes = [10] * 1000
    drawn = {select(sizes, 10, seed, of).chosen for seed, of in ((1, "a"), (2, "a"), (1, "b"))}
    assert len(drawn) == 3


def test_an_item_of_much_more_weight_is_certain() -> None:
    assert 7 in select([1] * 7 + [1000] + [1] * 92, 5, 1, "a").certain
