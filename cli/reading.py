"""The database of a command that asks for no act. It needs neither Temporal nor the models of acts."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import TypeVar

import asyncpg

from cli.screen.waiting import Waiting
from cli.terminal import sentence
from database.pool import AWAY, Pool, open_pool
from runtime.settings import Settings, SetupError
from runtime.stack import database_url

T = TypeVar("T")
PATIENCE = timedelta(seconds=60)
"""Longer than a killed worker's successor needs, short enough for a person."""
_AGAIN = 0.5
_CONNECTIONS = 8


@asynccontextmanager
async def reading(settings: Settings) -> AsyncIterator[Pool]:
    """Postgres alone, for what asks for no act; waited for as long as an act waits, whatever Temporal does."""
    async with pooled(database_url(settings)) as pool:
        yield pool


@asynccontextmanager
async def pooled(url: str, variable: str = "DATABASE_URL") -> AsyncIterator[Pool]:
    """Connections to that database; SetupError when it does not answer for longer than ``PATIENCE``."""
    try:
        pool = await waited_for(lambda: open_pool(url, _CONNECTIONS, variable=variable), AWAY)
    except (OSError, asyncpg.PostgresError) as error:
        said = "no connection in time" if isinstance(error, TimeoutError) else repr(error)
        raise SetupError(
            f"Postgres does not answer: {said}; start it (make up) or correct {variable}",
            f"Postgres 没有应答；请启动（make up）或更正 {variable}",
        ) from error
    try:
        yield pool
    finally:
        await pool.close()


async def waited_for(reached: Callable[[], Awaitable[T]], away: type[Exception] | tuple[type[Exception], ...]) -> T:
    """Tries until the server answers, or patience ends; a person who waits is told what may be missing."""
    began = time.monotonic()
    with Waiting().told(sentence("server_away")):
        while True:
            try:
                return await reached()
            except away:
                if time.monotonic() - began > PATIENCE.total_seconds():
                    raise
                await asyncio.sleep(_AGAIN)
