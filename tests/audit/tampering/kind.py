"""What a superuser can do to the record, by chance; each way says where it has to be found."""

import random
from collections.abc import Awaitable, Callable
from typing import Any

Tampering = Callable[[Any, random.Random], Awaitable[str]]
"""Does it within the connection's transaction and returns the beginning of the place where it is to be found."""


class NothingToDo(Exception):
    """There is no such row in this record."""
