"""A record of as many filings as wanted, sealed in the log: what ``benchmarks.audit`` lets the audits read.

Nothing in it is made up by SQL: the recorder itself tells every story of the tests again and again, each time in a
world of its own, so each event is derived, chained and answered as it always is. Temporal has no part in it. Several
processes tell, several stories at once, and the disk is not waited for; 20,000 filings take some ten minutes of two
processors.
"""

import asyncio
import itertools
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import NamedTuple

import asyncpg

from activities.record import Recorder
from audit.called_for import payouts_not_begun
from audit.sealing.append import seal
from database.pool import Pool, open_pool
from database.record.sequencer import sequence
from rules.law.calendar import Calendar
from runtime.postgres import DATABASE
from runtime.settings import Settings
from runtime.stack import Stack
from schemas.acts.beginning import workflow_id_of
from schemas.standing.answer import PayoutRecording
from schemas.values.refusal import Refused
from tests.lives.all_stories import STORIES
from tests.lives.desk import Desk
from tests.lives.world import World
from workflows.procedure import determination_of

_PROCESSES, _TOGETHER = 2, 4


class Size(NamedTuple):
    """How much a record has."""

    filings: int
    events: int


async def told(stack: Stack, filings: int) -> Size:
    """At least so many filings, with those that are there already; every story is told as often as another."""
    url = stack.postgres.url("engine")
    async with await open_pool(url, 1) as pool:
        before = await size_of(pool)
    missing = filings - before.filings
    if missing > 0:
        await wait_for_no_disk(stack)
        with ProcessPoolExecutor(_PROCESSES, get_context("spawn")) as processes:
            here = asyncio.get_running_loop()
            each = (
                here.run_in_executor(processes, _tell, url, f"{before.filings} {number}", missing // _PROCESSES + 1)
                for number in range(_PROCESSES)
            )
            await asyncio.gather(*each)
    async with await open_pool(url, 2) as pool:
        await _begin_payouts(pool)
        return await size_of(pool)


async def _begin_payouts(pool: Pool) -> None:
    """As a licence's run does it: of a story that is not about its payouts nobody has."""
    recorder = Recorder(pool, Calendar.bundled(), "benchmark", "acts")
    for one in await payouts_not_begun(pool):
        act = determination_of(one.start)
        recording = PayoutRecording(workflow_id=workflow_id_of(act), expected=0, legal_clock="acts", act=act)
        await recorder.recorded(recording)


async def sealed(stack: Stack, settings: Settings) -> int:
    """Numbers and seals what was told; how many entries are new."""
    async with await open_pool(stack.postgres.url("engine"), 3) as pool:
        async with pool.acquire() as connection:
            while await sequence(connection):
                pass
        return (await seal(pool, settings, "benchmark")).added


async def size_of(pool: Pool) -> Size:
    """As the tables count it."""
    async with pool.acquire() as connection:
        row = await connection.fetchrow("SELECT (SELECT count(*) FROM filings), (SELECT count(*) FROM events)")
    assert row is not None  # it has no condition
    return Size(*row)


async def wait_for_no_disk(stack: Stack) -> None:
    """What is measured is processor time."""
    superuser = await asyncpg.connect(stack.postgres.url(database=DATABASE))
    try:
        await superuser.execute("ALTER SYSTEM SET fsync = off")
        await superuser.execute("SELECT pg_reload_conf()")
    finally:
        await superuser.close()


@contextmanager
def _apart() -> Iterator[None]:
    """Of some thousand worlds two have one patent: the second declaration is refused, and its story ends there."""
    try:
        yield
    except Refused as refused:
        if refused.refusals[0].code != "already_declared":
            raise


def _tell(url: str, seed: str, filings: int) -> None:
    asyncio.run(tell_all(url, seed, filings))


async def tell_all(url: str, seed: str, filings: int) -> None:
    """Stories one after the other, four at a time in this process, until they made so many filings."""
    stories, made = itertools.count(), 0
    names = list(STORIES)
    async with await open_pool(url, _TOGETHER) as pool:

        async def tell() -> None:
            nonlocal made
            while made < filings:
                number = next(stories)
                desk, name = Desk(pool), names[number % len(names)]
                with _apart():
                    await STORIES[name](desk.ask, await World(f"{name} {seed} {number}").write(pool))
                made += len(desk.filings)

        await asyncio.gather(*(tell() for _ in range(_TOGETHER)))
