"""The one timer of a filing: it says that a day has passed, at midnight in Shanghai, and decides nothing."""

from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from temporalio import activity
from temporalio.client import WorkflowHandle
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import Worker

from activities.record import Recorder
from database.pool import Pool, open_pool
from database.reads.read_model import tasks_of
from rules.law.calendar import Calendar
from schemas.acts.declaration import Submit
from schemas.standing.answer import Outcome, Recording
from schemas.standing.legal_clock import LegalClock
from schemas.standing.workflow import FilingInput
from tests.conftest import Database
from tests.lives.declarations import DeclarationLife
from tests.lives.world import World
from worker import WORKFLOWS

QUEUE = "timers"
SHANGHAI = ZoneInfo("Asia/Shanghai")


class SkippedTime:
    """The recording activity on a real Postgres, which lives in another year than the skipped time.

    So the days of acts are not compared with the day of recording, and the instants are those of the server.
    """

    def __init__(self, recorder: Recorder, environment: WorkflowEnvironment) -> None:
        self._recorder, self._environment = recorder, environment
        self.passed: list[tuple[date, datetime]] = []

    @activity.defn(name="record")
    async def record(self, recording: Recording) -> Outcome:
        if recording.act.kind == "pass_day":
            now = await self._environment.get_current_time()
            self.passed.append((recording.act.on, now.astimezone(SHANGHAI)))
        return await self._recorder.record(recording.but(legal_clock="acts"))


class Timed:
    """A declaration submitted on the skipped server's today."""

    def __init__(self, life: DeclarationLife, clock: SkippedTime, environment: WorkflowEnvironment, pool: Pool) -> None:
        self.life, self.clock, self.environment, self.pool = life, clock, environment, pool

    async def begin(self, legal_clock: LegalClock) -> tuple[WorkflowHandle[Any, Any], Submit]:
        submit = self.life.submit((await self.environment.get_current_time()).astimezone(SHANGHAI).date())
        given = FilingInput(filing_id=self.life.filing_id, legal_clock=legal_clock)
        handle = await self.environment.client.start_workflow(
            "Declaration", given, id=self.life.workflow_id, task_queue=QUEUE
        )
        await handle.execute_update("perform", submit)
        return handle, submit

    async def due_by(self) -> date | None:
        found: date | None = await self.pool.fetchval(
            "SELECT due_by FROM filings WHERE filing_id = $1", self.life.filing_id
        )
        return found


@pytest.fixture
async def timed(database: Database, time_skipping: WorkflowEnvironment, request: Any) -> AsyncIterator[Timed]:
    async with await open_pool(database.engine, 4) as pool:
        life = DeclarationLife(await World(request.node.name).write(pool))
        clock = SkippedTime(Recorder(pool, Calendar.bundled(), "tests"), time_skipping)
        async with Worker(time_skipping.client, task_queue=QUEUE, workflows=list(WORKFLOWS), activities=[clock.record]):
            yield Timed(life, clock, time_skipping, pool)


async def test_the_first_midnight_after_the_due_day_passes_that_day(timed: Timed) -> None:
    await timed.begin("timer")
    due_by = await timed.due_by()
    assert due_by is not None
    midnight = datetime.combine(due_by + timedelta(days=1), datetime.min.time(), tzinfo=SHANGHAI)
    now = (await timed.environment.get_current_time()).astimezone(SHANGHAI)
    await timed.environment.sleep(midnight - now - timedelta(minutes=1))
    assert timed.clock.passed == []
    await timed.environment.sleep(timedelta(minutes=2))
    [(on, at)] = timed.clock.passed
    assert on == due_by
    assert timedelta() <= at - midnight < timedelta(minutes=2)
    async with timed.pool.acquire() as connection:
        tasks = await tasks_of(connection, timed.life.filing_id)
    assert [(one.what, one.by_on, one.basis, one.closed_on) for one in tasks] == [
        ("pre_check", due_by, "service", None)
    ]


async def test_what_was_done_in_time_moves_the_timer_to_the_next_day(timed: Timed) -> None:
    handle, submit = await timed.begin("timer")
    first = await timed.due_by()
    await handle.execute_update("perform", timed.life.mark_filed(submit.on))
    second = await timed.due_by()
    assert first is not None
    assert second is not None
    assert second > first
    await timed.environment.sleep(timedelta(days=(second - submit.on).days + 2))
    assert [on for on, _ in timed.clock.passed] == [second]


async def test_where_acts_are_the_clock_no_timer_runs(timed: Timed) -> None:
    await timed.begin("acts")
    await timed.environment.sleep(timedelta(days=400))
    assert timed.clock.passed == []


async def test_the_midnights_of_years_are_passed_once_each_and_in_order(timed: Timed) -> None:
    handle, submit = await timed.begin("timer")
    await handle.execute_update("perform", timed.life.mark_filed(submit.on))
    await handle.execute_update("perform", timed.life.announce(submit.on))
    await timed.environment.sleep(timedelta(days=3 * 365))
    days = [on for on, _ in timed.clock.passed]
    assert len(days) > 3  # the status is looked at every ninety days
    assert days == sorted(set(days))
    assert all(at.date() == on + timedelta(days=1) for on, at in timed.clock.passed)
