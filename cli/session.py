"""What a command works with: the database, Temporal, and the one way to ask for an act."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import asyncpg
from temporalio.client import Client

from client.ask import Asker
from database.pool import Pool, open_pool
from runtime.connection import connect
from runtime.settings import Settings, SetupError
from runtime.stack import Addresses, addresses
from schemas.acts.act import Act, FilingKind
from schemas.standing.answer import Answer, LegalClock
from schemas.values.model import SHANGHAI
from workflows.options import TASK_QUEUE

PATIENCE = timedelta(seconds=60)
"""Longer than a killed worker's successor needs, short enough for a person."""
_TELL_AFTER = 4.0
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
async def opened(settings: Settings, legal_clock: LegalClock = "timer") -> AsyncIterator[Session]:
    """Postgres and Temporal; SetupError when one of them is not there."""
    async with _connected(settings) as (known, pool):
        client = await connect(settings, known)
        asker = Asker(client, pool, legal_clock=legal_clock, patience=PATIENCE, task_queue=TASK_QUEUE)
        yield Session(asker, pool, client)


@asynccontextmanager
async def reading(settings: Settings) -> AsyncIterator[Pool]:
    """Postgres alone, for what asks for no act."""
    async with _connected(settings) as (_, pool):
        yield pool


def today() -> date:
    """The day of a person's act: what a licensee does itself carries the day stamped here."""
    return datetime.now(SHANGHAI).date()


@asynccontextmanager
async def _connected(settings: Settings) -> AsyncIterator[tuple[Addresses, Pool]]:
    known = addresses(settings)
    try:
        pool = await open_pool(known.database_url, _CONNECTIONS)
    except (OSError, asyncpg.PostgresError) as error:
        raise SetupError(
            f"Postgres does not answer: {error}; start it (make up) or correct DATABASE_URL",
            "Postgres 没有应答；请启动（make up）或更正 DATABASE_URL",
        ) from error
    try:
        yield known, pool
    finally:
        await pool.close()
