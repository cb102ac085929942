"""Whoever dies between the commit and the answer is answered the same when he asks again."""

import asyncio
from datetime import timedelta

import pytest
from temporalio.client import Client

from cli.demo.filings.filing import Filing
from client.ask import Asker
from database.pool import Pool
from schemas.acts.act import Act
from schemas.standing.answer import Answer
from tests.conftest import Database
from tests.faults.lost_answers import ForgetfulRecorder
from tests.faults.proofs import outcome_of, prove, prove_once_each
from tests.lives.all_stories import STORIES
from tests.lives.desk import Desk
from tests.lives.office import PATIENCE, Office
from tests.lives.stories_of_money import inventors_are_paid
from tests.lives.world import World
from worker import make_worker

TIMEOUT = timedelta(seconds=2)
"""Of one try. The SDK keeps the timeouts of failed tries: a worker that closes before them waits and complains."""


class ForgetfulDesk(Desk):
    """Asks again after every lost answer, with the head that it had believed in before."""

    def __init__(self, pool: Pool) -> None:
        super().__init__(pool)
        self.recorder: ForgetfulRecorder = ForgetfulRecorder(pool)
        self.granted: list[Answer] = []

    async def ask(self, filing: Filing, act: Act) -> Answer:
        with pytest.raises(ConnectionResetError):
            await super().ask(filing, act)
        answer = await super().ask(filing, act)
        assert answer == self.recorder.lost[act.act_id].answer
        self.granted.append(answer)
        return answer


async def test_every_act_of_every_story_is_answered_the_same_after_its_first_answer_was_lost(pool: Pool) -> None:
    desk = ForgetfulDesk(pool)
    for name, story in STORIES.items():
        await story(desk.ask, await World(f"lost {name}").write(pool))
    await prove_once_each(pool, desk.granted)
    assert await pool.fetchval("SELECT count(*) FROM events") == len(desk.granted) > 150
    assert await pool.fetchval("SELECT count(*) FROM acts") == len(desk.granted)
    await prove(pool)


async def test_a_life_whose_every_first_answer_was_lost_ends_as_an_undisturbed_one(
    office: Office, temporal_client: Client, fresh_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workflows.procedure.RECORD_TIMEOUT", TIMEOUT)
    undisturbed = await inventors_paid(office, await office.world("undisturbed"))
    queue = f"{fresh_database.name}-forgetful"
    recorder = ForgetfulRecorder(office.pool)
    async with make_worker(temporal_client, recorder, "tests", queue):
        forgetful = Office(
            temporal_client, office.pool, Asker(temporal_client, office.pool, "acts", PATIENCE, queue), recorder
        )
        assert await inventors_paid(forgetful, await forgetful.world("forgetful")) == undisturbed
        await asyncio.sleep(TIMEOUT.total_seconds() + 0.5)
    assert len(recorder.lost) > 15
    await prove(office.pool)


async def inventors_paid(office: Office, world: World) -> object:
    await inventors_are_paid(office.ask, world)
    await office.tell_all()
    return await outcome_of(office.pool, world)
