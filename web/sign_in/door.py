"""What every step of a sign-in works with, made once by the program that serves the console."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from database.pool import Pool
from web.sign_in.hashing import Passwords
from web.sign_in.keys import Keys
from web.sign_in.rates import Rates

AS_ACCOUNT = "account"
"""In the audit log, of what somebody does before any role is chosen."""


@dataclass(frozen=True)
class Door:
    """``pause`` slows an answer down; tests see how long it would be."""

    pool: Pool
    keys: Keys
    passwords: Passwords = field(default_factory=Passwords)
    rates: Rates = field(default_factory=Rates)
    clock: Callable[[], datetime] = field(default=lambda: datetime.now(UTC), repr=False)
    pause: Callable[[float], Awaitable[None]] = field(default=asyncio.sleep, repr=False)
