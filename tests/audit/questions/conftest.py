"""Stories told at a desk, and the auditor who asks about them."""

from collections.abc import Awaitable, Callable

import pytest

from database.pool import Pool
from database.record.sequencer import sequence
from tests.lives.desk import Desk
from tests.lives.telling import Story
from tests.lives.world import World

Tell = Callable[..., Awaitable[dict[str, World]]]


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
