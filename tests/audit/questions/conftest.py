"""Stories told at a desk, and the auditor who asks about them."""

from collections.abc import AsyncIterator, Awaitable, Callable

import asyncpg
import pytest

from database.pool import Pool, open_pool, prepare
from database.record.sequencer import sequence
from tests.conftest import Database
from tests.lives.desk import Desk
from tests.lives.telling import Story
from tests.lives.world import World

Tell = Callable[..., Awaitable[dict[str, World]]]


@pytest.fixture
async def engine(fresh_database: Database) -> AsyncIterator[Pool]:
    async with await open_pool(fresh_database.engine, 2) as pool:
        yield pool


@pytest.fixture
async def auditor(fresh_database: Database) -> AsyncIterator[Pool]:
    async with await open_pool(fresh_database.auditor, 2) as pool:
        yield pool


@pytest.fixture
async def tampering(fresh_database: Database) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
    """Somebody with the superuser's password, who switches the triggers off."""
    connection = await asyncpg.connect(fresh_database.superuser)
    await prepare(connection)
    await connection.execute("SET session_replication_role = replica")
    yield connection
    await connection.close()


@pytest.fixture
def tell(engine: Pool) -> Tell:
    """Tells stories, each in a world of its own, and numbers their events as the sequencer does."""

    async def told(*stories: Story) -> dict[str, World]:
        worlds = {}
        for story in stories:
            worlds[story.__name__] = await World(story.__name__).write(engine)
            desk = Desk(engine)
            await story(desk.ask, worlds[story.__name__])
        async with engine.acquire() as connection:
            while await sequence(connection):
                pass
        return worlds

    return told
