"""In which order tests run: what takes longest begins at once, in every process, so that none is left for the end.

``--dist worksteal`` gives each process one piece of the list, and whoever is done takes from the end of another's.
"""

import os
from collections.abc import Sequence
from itertools import islice
from typing import TypeVar

import pytest

T = TypeVar("T")
_OWN_SERVERS = "new_stack"


def longest_first(items: list[pytest.Item]) -> None:
    """Orders the tests of a session; the same in each of its processes."""
    long = [item for item in items if takes_long(item)]
    others = [item for item in items if not takes_long(item)]
    items[:] = pieced(long, others, int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")))


def takes_long(item: pytest.Item) -> bool:
    """Whether the test waits for servers of its own, or is marked ``slow``."""
    return _OWN_SERVERS in getattr(item, "fixturenames", ()) or item.get_closest_marker("slow") is not None


def pieced(long: Sequence[T], others: Sequence[T], processes: int) -> list[T]:
    """One list whose equal parts, one for each process, each begin with their share of ``long``."""
    found: list[T] = []
    rest, every = iter(others), len(long) + len(others)
    for number in range(processes):
        share = long[number::processes]
        size = (every - len(found)) // (processes - number)
        found += [*share, *islice(rest, max(size - len(share), 0))]
    return [*found, *rest]
