"""Every story of the tests is one that the engine grants, act by act."""

import pytest

from database.pool import open_pool
from tests.conftest import Database
from tests.lives.all_stories import STORIES
from tests.lives.desk import Desk
from tests.lives.telling import Story
from tests.lives.world import World


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)
async def test_a_story_can_be_told(story: Story, database: Database) -> None:
    async with await open_pool(database.engine, 2) as pool:
        await story(Desk(pool).ask, await World(f"told {story.__name__}").write(pool))
