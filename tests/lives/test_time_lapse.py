"""Whatever a life has come to, its days pass one by one until nothing is due any more; no day comes twice."""

from datetime import date
from uuid import UUID

import pytest

from cli.demo.filings.filing import Filing
from database.pool import open_pool
from schemas.acts.act import Act
from schemas.standing.answer import Answer, Head
from tests.conftest import Database
from tests.lives.all_stories import STORIES
from tests.lives.desk import Desk
from tests.lives.life import Life
from tests.lives.telling import Story
from tests.lives.world import World


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)
async def test_every_due_day_is_passed_once_and_the_next_one_lies_later(story: Story, database: Database) -> None:
    heads: dict[UUID, tuple[Life, Head]] = {}
    async with await open_pool(database.engine, 2) as pool:
        desk = Desk(pool)

        async def ask(life: Filing, act: Act) -> Answer:
            assert isinstance(life, Life)
            answer = await desk.ask(life, act)
            heads[life.filing_id] = life, answer.head
            return answer

        await story(ask, await World(f"lapse {story.__name__}").write(pool))
        for life, last in heads.values():
            head = last
            while head.due_by is not None:
                due_by = date.fromisoformat(head.due_by)
                head = (await desk.ask(life, life.pass_day(due_by))).head
                assert head.due_by is None or date.fromisoformat(head.due_by) > due_by
