"""What takes longest begins at once, in every process of a test session."""

import pytest

from tests.order import pieced


@pytest.mark.parametrize("processes", [1, 2, 4])
def test_every_piece_begins_with_its_share_and_nothing_is_lost(processes: int) -> None:
    long, others = [f"long {number}" for number in range(6)], [f"other {number}" for number in range(30)]
    found = pieced(long, others, processes)
    assert sorted(found) == sorted([*long, *others])
    size = len(found) // processes
    for number in range(processes):
        share = long[number::processes]
        assert found[number * size :][: len(share)] == share


@pytest.mark.parametrize(("long", "others"), [(5, 0), (0, 5), (3, 1), (0, 0)])
def test_nothing_is_lost_where_there_is_little(long: int, others: int) -> None:
    assert sorted(pieced(range(long), range(10, 10 + others), 4)) == [*range(long), *range(10, 10 + others)]


def test_those_that_keep_their_order_keep_it() -> None:
    assert [one for one in pieced(["long"], list("abcdef"), 2) if one != "long"] == list("abcdef")
