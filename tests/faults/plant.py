"""Servers and a worker process of one test's own, to be killed at will, and a stream of acts that goes on meanwhile."""

import asyncio
import os
import sys
import time
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from itertools import count
from typing import TypeVar

import asyncpg

from cli.demo.filings.filing import Filing
from client.ask import Asker
from database.migrate import migrate
from database.pool import AWAY, Pool, open_pool
from runtime.connection import connect
from runtime.settings import ROOT, Settings
from runtime.stack import Stack
from schemas.acts.act import Act
from schemas.standing.answer import Answer
from tests.lives.licences import hand_in
from tests.lives.stories_of_money import inventors_are_paid
from tests.lives.world import World

T = TypeVar("T")
PATIENCE = timedelta(seconds=180)
_READY_WITHIN = 40.0
_AGAIN = 0.2


class Plant:
    """A running stack with one worker process, and a client beside them."""

    def __init__(self, stack: Stack, pool: Pool, asker: Asker) -> None:
        self.stack, self.pool, self.asker = stack, pool, asker
        self._worker: Process | None = None

    async def ask(self, filing: Filing, act: Act) -> Answer:
        """As a program that is told to repeat what it got no answer to; the act id makes that safe."""
        await again_until_answered(lambda: hand_in(self.pool, act))
        return await again_until_answered(lambda: self.asker.ask(filing.kind, act))

    async def start_worker(self) -> None:
        environment = {
            name: value
            for name, value in os.environ.items()
            if name != "DATABASE_URL" and not name.startswith("TEMPORAL_")
        }
        log = self.stack.home / f"worker-{time.monotonic_ns()}.log"
        with log.open("wb") as said:
            self._worker = await asyncio.create_subprocess_exec(
                sys.executable,
                ROOT / "worker.py",
                cwd=ROOT,
                stdin=DEVNULL,
                stdout=DEVNULL,
                stderr=said,
                env=environment | {"OPEN_LICENCE_VAR": str(self.stack.home), "OPEN_LICENCE_LEGAL_CLOCK": "acts"},
            )
        give_up_at = time.monotonic() + _READY_WITHIN
        while "worker_ready" not in log.read_text():
            assert time.monotonic() < give_up_at, log.read_text()
            await asyncio.sleep(0.05)

    async def kill_worker(self) -> None:
        assert self._worker is not None
        self._worker.kill()
        await self._worker.wait()


@asynccontextmanager
async def running(stack: Stack) -> AsyncIterator[Plant]:
    """The plant of a stack that is not started yet."""
    addresses = stack.start()
    await migrate(addresses.for_migrations())
    client = await connect(Settings(var=stack.home), addresses)
    async with await open_pool(addresses.database_url, 8) as pool:
        plant = Plant(stack, pool, Asker(client, pool, "acts", PATIENCE))
        await plant.start_worker()
        try:
            yield plant
        finally:
            await plant.kill_worker()


class Stream:
    """Clients that carry one life after the other; ``answered`` holds every acknowledgement and its instant."""

    def __init__(self, plant: Plant) -> None:
        self._plant, self._numbers, self._ending = plant, count(), False
        self.answered: list[tuple[float, Answer]] = []

    async def ask(self, filing: Filing, act: Act) -> Answer:
        answer = await self._plant.ask(filing, act)
        self.answered.append((time.monotonic(), answer))
        return answer

    async def client(self) -> None:
        while not self._ending:
            world = World(f"stream {next(self._numbers)}")
            # the default binds the world of this turn
            await again_until_answered(lambda world=world: world.write(self._plant.pool))  # type: ignore[misc]
            await inventors_are_paid(self.ask, world)

    def end(self) -> None:
        """Every client finishes the life it carries."""
        self._ending = True

    @property
    def answers(self) -> list[Answer]:
        return [answer for _, answer in self.answered]

    def between(self, since: float, until: float) -> int:
        """How many acts were acknowledged in that time."""
        return sum(since < at < until for at, _ in self.answered)


@asynccontextmanager
async def streaming(plant: Plant, clients: int) -> AsyncIterator[Stream]:
    """A stream for the time of the block, and until the lives that are under way are over."""
    stream = Stream(plant)
    async with asyncio.TaskGroup() as group:
        for _ in range(clients):
            group.create_task(stream.client())
        yield stream
        stream.end()


async def again_until_answered(question: Callable[[], Awaitable[T]]) -> T:
    """The answer; a database that is away gives none, which is neither a yes nor a no."""
    while True:
        try:
            return await question()
        except (*AWAY, asyncpg.PostgresError):
            await asyncio.sleep(_AGAIN)
