"""A pool of connections as the console has it, and a clock of the test's own."""

from collections.abc import AsyncIterator

import pytest
from limits import RateLimitItemPerMinute

from database.pool import Pool, open_pool
from tests.conftest import Database
from tests.web.people import CHEAP, MASTER, Clock, Pauses
from web.sign_in.door import Door
from web.sign_in.hashing import Passwords
from web.sign_in.keys import Keys
from web.sign_in.rates import Rates
from web.sign_in.session import Sessions


@pytest.fixture
async def pool(database: Database) -> AsyncIterator[Pool]:
    """As the console connects; tests keep apart by their own ids."""
    async with await open_pool(database.engine, 8) as one:
        yield one


@pytest.fixture
def clock() -> Clock:
    """Begins now, and stands still."""
    return Clock()


@pytest.fixture
def sessions(pool: Pool, clock: Clock) -> Sessions:
    """Sessions on that clock."""
    return Sessions(pool, MASTER, clock)


@pytest.fixture
def pauses() -> Pauses:
    """What the door would have held back."""
    return Pauses()


@pytest.fixture
def door(pool: Pool, clock: Clock, pauses: Pauses) -> Door:
    """With cheap hashes, and room for many sign-ins of one origin."""
    rates = Rates(RateLimitItemPerMinute(10_000))
    return Door(pool, Keys(MASTER), Passwords(CHEAP), rates, clock, pauses)
