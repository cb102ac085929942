"""Servers and workers are killed under a stream of acts; nothing acknowledged is lost."""

import asyncio
import time
from collections.abc import Callable
from itertools import count

from cli.demo.filings.filing import Filing
from runtime.stack import Stack
from schemas.acts.act import Act
from schemas.standing.answer import Answer
from tests.faults.plant import Plant, Stream, running, streaming
from tests.faults.proofs import outcome_of, prove, prove_once_each
from tests.lives.stories_of_money import inventors_are_paid
from tests.lives.world import World

NewStack = Callable[..., Stack]
OUTAGE = 60.0
RECOVERED_WITHIN = 30.0
_CLIENTS = 3
_UNDER_WAY = 2.0
"""Seconds of the stream before and after; and for an answer, committed before the outage, to arrive."""
_IN_THE_LICENCE, _IN_THE_PAYOUT = 6, 17
"""Acts of the story during which the worker is killed."""
_ON_ITS_WAY = 0.015


async def test_a_minute_without_the_database_loses_nothing_and_needs_nobody(new_stack: NewStack) -> None:
    async with running(new_stack()) as plant:
        async with streaming(plant, _CLIENTS) as stream:
            await asyncio.sleep(_UNDER_WAY)
            plant.stack.postgres.kill()
            gone_at = time.monotonic()
            await asyncio.sleep(OUTAGE)
            plant.stack.postgres.start()
            back_at = time.monotonic()
            await goes_on(stream, back_at)
        assert stream.between(0, gone_at) > 0
        assert stream.between(gone_at + _UNDER_WAY, back_at - 1) == 0, "an act was acknowledged without a database"
        await proved(plant, stream)


async def test_a_killed_temporal_server_loses_nothing_and_needs_nobody(new_stack: NewStack) -> None:
    async with running(new_stack()) as plant:
        async with streaming(plant, _CLIENTS) as stream:
            await asyncio.sleep(_UNDER_WAY)
            plant.stack.temporal.kill()
            await asyncio.sleep(_UNDER_WAY)
            plant.stack.temporal.start()
            await goes_on(stream, time.monotonic())
        await proved(plant, stream)


async def test_a_life_whose_worker_is_killed_on_the_way_ends_as_an_undisturbed_one(new_stack: NewStack) -> None:
    async with running(new_stack()) as plant:
        undisturbed, killed = [await World(seed).write(plant.pool) for seed in ("undisturbed", "killed")]
        await inventors_are_paid(plant.ask, undisturbed)
        numbers = count(1)

        async def ask(filing: Filing, act: Act) -> Answer:
            asked = asyncio.create_task(plant.ask(filing, act))
            if next(numbers) in (_IN_THE_LICENCE, _IN_THE_PAYOUT):
                await asyncio.sleep(_ON_ITS_WAY)
                await plant.kill_worker()
                await plant.start_worker()
            return await asked

        await inventors_are_paid(ask, killed)
        assert await outcome_of(plant.pool, killed) == await outcome_of(plant.pool, undisturbed)
        await prove(plant.pool)


async def goes_on(stream: Stream, since: float) -> None:
    """Acts are acknowledged again, soon enough, and by nobody's doing."""
    while stream.between(since, time.monotonic()) < _CLIENTS:
        assert time.monotonic() - since < RECOVERED_WITHIN, "nothing is acknowledged"
        await asyncio.sleep(0.05)
    await asyncio.sleep(_UNDER_WAY)


async def proved(plant: Plant, stream: Stream) -> None:
    await prove_once_each(plant.pool, stream.answers)
    assert {one.head.stage for one in stream.answers} >= {"in_force", "effective", "tax_recorded"}
    assert await plant.pool.fetchval("SELECT count(*) FROM events") == len(stream.answers)
    await prove(plant.pool)
