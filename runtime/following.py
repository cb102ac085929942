"""A program that ends with the one that started it."""

import asyncio
import os
from contextlib import suppress

_PAUSE = 0.5


async def follow(parent: int, stop: asyncio.Event) -> None:
    """Sets ``stop`` once the parent has ended: a killed program cannot end its children, and nobody else would.

    It may be gone before we first look.
    """
    while not stop.is_set():
        if os.getppid() != parent:
            stop.set()
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), _PAUSE)
