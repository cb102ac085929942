"""What a command works with: the database, Temporal, and the one way to ask for an act."""

import asyncio
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

import asyncpg
from temporalio.client import Client

from client.ask import Asker
from client.kept_lines import KeptLines
from database.pool import AWAY, Pool, open_pool
from runtime.connection import connect
from runtime.settings import Settings, SetupError
from runtime.stack import addresses, database_url
from schemas.acts.act import Act, FilingKind
from schemas.standing.answer import Answer, LegalClock
from schemas.values.model import SHANGHAI
from workflows.options import TASK_QUEUE

T = TypeVar("T")
PATIENCE = timedelta(seconds=60)
"""Longer than a killed worker's successor needs, short enough for a person."""
_TELL_AFTER = 4.0
_AGAIN = 0.5
_CONNECTIONS = 8


@dataclass(frozen=True)
class Session:
    """The open connections of one command."""

    asker: Asker
    pool: Pool
    client: Client

    async def ask(self, kind: FilingKind, act: Act) -> Answer:
        """The answer to an act; tells a person who waits what may be missing."""
        asking = asyncio.create_task(self.asker.ask(kind, act))
        done, _ = await asyncio.wait({asking}, timeout=_TELL_AFTER)
        if not done:
            print("尚无应答；请确认工作进程在运行（make up）", file=sys.stderr)
            print("no answer yet; see that a worker is running (make up)", file=sys.stderr)
        return await asking


@asynccontextmanager
async def opened(settings: Settings, legal_clock: LegalClock | None = None) -> AsyncIterator[Session]:
    """Postgres and Temporal, waited for as an act is; SetupError when one of them is not there.

    ``legal_clock``: what is asked for filings that begin; None is what they inherit.
    """
    known = addresses(settings)
    async with _pool(known.database_url) as pool:
        client = await _waited_for(lambda: connect(settings, known), SetupError)
        kept = KeptLines(settings.var)
        asker = Asker(client, pool, legal_clock, PATIENCE, TASK_QUEUE, kept, settings.legal_clock)
        yield Session(asker, pool, client)


@asynccontextmanager
async def reading(settings: Settings) -> AsyncIterator[Pool]:
    """Postgres alone, for what asks for no act; waited for as long as an act waits, whatever Temporal does."""
    async with _pool(database_url(settings)) as pool:
        yield pool


def today() -> date:
    """The day of a person's act: what a licensee does itself carries the day stamped here."""
    return datetime.now(SHANGHAI).date()


@asynccontextmanager
async def _pool(url: str) -> AsyncIterator[Pool]:
    try:
        pool = await _waited_for(lambda: open_pool(url, _CONNECTIONS), AWAY)
    except (OSError, asyncpg.PostgresError) as error:
        said = "no connection in time" if isinstance(error, TimeoutError) else repr(error)
        raise SetupError(
            f"Postgres does not answer: {said}; start it (make up) or correct DATABASE_URL",
            "Postgres 没有应答；请启动（make up）或更正 DATABASE_URL",
        ) from error
    try:
        yield pool
    finally:
        await pool.close()


async def _waited_for(reached: Callable[[], Awaitable[T]], away: type[Exception] | tuple[type[Exception], ...]) -> T:
    """Tries until the server answers, or patience ends; a person who waits is told what may be missing."""
    began, is_told = time.monotonic(), False
    while True:
        try:
            return await reached()
        except away as error:
            waited = time.monotonic() - began
            if waited > PATIENCE.total_seconds():
                raise
            if waited > _TELL_AFTER and not is_told:
                is_told = True
                print(f"尚未连接服务器，继续等待 / a server does not answer yet, waiting: {error!r}", file=sys.stderr)
            await asyncio.sleep(_AGAIN)
