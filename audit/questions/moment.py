"""One moment for a whole answer: what is recorded while it is read belongs to the next one."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date, datetime

from database.pool import Connection, Pool
from schemas.values.model import SHANGHAI

Step = Callable[[], None]
"""Called after each filing, for whoever shows how far it has come."""


def no_step() -> None:
    """Nobody watches."""


@asynccontextmanager
async def one_moment(pool: Pool) -> AsyncIterator[Connection]:
    """A connection that sees the database as it was when it was taken, and can write nothing."""
    async with pool.acquire() as connection, connection.transaction(isolation="repeatable_read", readonly=True):
        yield connection


def recorded_on(at: datetime) -> date:
    """The day of recording, as people in Shanghai had it."""
    return at.astimezone(SHANGHAI).date()
