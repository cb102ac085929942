"""Many questions at once, and not all of them: servers take so many at a time."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


async def together(most: int, work: Callable[[T], Awaitable[R]], items: Iterable[T]) -> list[R]:
    """What ``work`` gives for each item, in their order; at most ``most`` are under way. Raises what one does."""
    limit = asyncio.Semaphore(most)

    async def one(item: T) -> R:
        async with limit:
            return await work(item)

    return list(await asyncio.gather(*(one(item) for item in items)))
