"""Which items a sample has: systematic selection with a chance proportional to size, from a seed to be used again.

Items that are larger than the step are taken for certain; of the others every item that a step falls into. All in whole
numbers, so that every program selects the same.
"""

from collections.abc import Sequence
from hashlib import sha256
from typing import NamedTuple

METHOD = "systematic, probability proportional to size; size = fen x (1 + risk points)"


class Selection(NamedTuple):
    """Places of the chosen items, from 0. ``interval`` and ``start`` are of what is not certain."""

    certain: tuple[int, ...]
    drawn: tuple[int, ...]
    interval: int
    start: int

    @property
    def chosen(self) -> tuple[int, ...]:
        """All of them in the order of the population."""
        return tuple(sorted((*self.certain, *self.drawn)))


def select(sizes: Sequence[int], how_many: int, seed: int, population_hash: str) -> Selection:
    """At most ``how_many``; none of size zero. Another population with the same seed starts elsewhere."""
    certain: list[int] = []
    left = {place: size for place, size in enumerate(sizes) if size > 0}
    while left and len(certain) < how_many:
        interval = max(sum(left.values()) // (how_many - len(certain)), 1)
        larger = [place for place, size in left.items() if size >= interval]
        if not larger:
            break
        # The largest first, where there is no room for all.
        larger.sort(key=lambda place: (-left[place], place))
        for place in larger[: how_many - len(certain)]:
            certain.append(place)
            del left[place]
    wanted = how_many - len(certain)
    if not left or wanted <= 0:
        return Selection(tuple(sorted(certain)), (), 0, 0)
    interval = sum(left.values()) // wanted
    start = int(sha256(f"{seed} {population_hash}".encode()).hexdigest(), 16) % interval
    drawn: list[int] = []
    passed, next_at = 0, start
    for place, size in left.items():
        passed += size
        if next_at < passed and len(drawn) < wanted:
            drawn.append(place)
            next_at += interval
    return Selection(tuple(sorted(certain)), tuple(drawn), interval, start)
