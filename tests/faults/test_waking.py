"""Runs that Temporal lost, or has from an older copy, come back by themselves; so does what they should have begun."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from temporalio.client import WorkflowExecutionStatus

from audit.called_for import CalledFor, payouts_not_begun
from audit.reconcile import reconcile
from cli.demo.filings.filing import tell
from client.keeping.runs import run_of
from client.keeping.wake import Waker
from database.pool import Pool
from database.reads.standing_filings import StandingFiling, changed_before
from tests.conftest import Database
from tests.faults.proofs import kinds_of, prove
from tests.faults.set_back import copy_of
from tests.lives.declarations import FREE, DeclarationLife
from tests.lives.desk import Desk
from tests.lives.licences import LicenceLife
from tests.lives.life import Life
from tests.lives.office import Office
from tests.lives.payouts import PayoutLife
from tests.lives.stories import announced
from tests.lives.stories_of_money import booked

_WITHIN = 30.0
_OF_A_FILING = (
    *("events", "acts", "tasks", "findings", "postings", "outbox", "unsequenced"),
    *("filing_parties", "filings"),
)
_UNCOUNTED = (
    """INSERT INTO act_counts AS c (recorded_on, kind, part, count)
       SELECT (recorded_at AT TIME ZONE 'Asia/Shanghai')::date, kind, 0, -count(*) FROM events WHERE filing_id = $1
       GROUP BY 1, 2 ON CONFLICT (recorded_on, kind, part) DO UPDATE SET count = c.count + EXCLUDED.count""",
    """INSERT INTO filing_counts AS c (kind, stage, region, platform, part, count)
       SELECT kind, stage, coalesce(region, ''), coalesce(platform, ''), 0, -1 FROM filings WHERE filing_id = $1
       ON CONFLICT (kind, stage, region, platform, part) DO UPDATE SET count = c.count - 1""",
    """INSERT INTO filing_ages AS a (kind, stage, since_on, part, count)
       SELECT kind, stage, date_trunc('week', stage_since AT TIME ZONE 'Asia/Shanghai')::date, 0, -1
       FROM filings WHERE filing_id = $1
       ON CONFLICT (kind, stage, since_on, part) DO UPDATE SET count = a.count - 1""",
)
"""A number is the sum of its parts, so that one of them may be below nothing."""


def waker(office: Office) -> Waker:
    return Waker(office.asker, lambda: payouts_not_begun(office.pool))


async def sequenced(office: Office) -> None:
    await office.pool.execute("SELECT sequence_events(1000)")


async def told_without_runs(office: Office, *seeds: str) -> list[DeclarationLife]:
    lives = [DeclarationLife(await office.world(seed)) for seed in seeds]
    for life in lives:
        await Desk(office.pool).ask(life, life.submit())
    await sequenced(office)
    return lives


async def until(is_so: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(_WITHIN):
        while not await is_so():  # noqa: ASYNC110  (other processes do it; nothing tells us)
            await asyncio.sleep(0.05)


async def test_runs_that_are_behind_the_log_catch_up_and_begin_the_payouts_they_missed(office: Office) -> None:
    # Another writer: to the runs it is the same as a Temporal that was set back to before these acts.
    declaration = await announced(office.ask, DeclarationLife(await office.world("set back"), FREE))
    licence = LicenceLife(await announced(office.ask, DeclarationLife(await office.world("money"))))
    await tell(office.ask, licence, licence.give_notice())
    desk = Desk(office.pool)
    await desk.ask(declaration, declaration.report_bar(declaration.announce().on))
    await tell(desk.ask, licence, licence.pay(), licence.book_receipt())
    await sequenced(office)
    assert await waker(office).wake_changed(0) == 2
    payout = PayoutLife(licence)

    async def is_begun() -> bool:
        return bool(await kinds_of(office.pool, payout))

    await until(is_begun)
    await sequenced(office)
    assert await waker(office).wake_changed() == 0
    assert await kinds_of(office.pool, licence) == ["give_notice", "pay", "book_receipt"], "waking is no fact"
    assert (await reconcile(office.pool, office.client)).as_json()["differences"] == []


async def test_it_goes_back_as_far_as_there_is_something_to_mend_and_no_farther(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    async def counted(client: Any, workflow_id: str) -> Any:
        asked.append(workflow_id)
        return await run_of(client, workflow_id)

    monkeypatch.setattr("client.keeping.wake.run_of", counted)
    lives = [DeclarationLife(await office.world(f"one of many {number}")) for number in range(8)]
    for life in lives:
        await office.ask(life, life.submit())
    await sequenced(office)
    monkeypatch.setattr("client.keeping.wake.EVENTS_A_STEP", 2)
    mine = waker(office)
    assert await mine.wake_changed(2) == 0
    assert len(asked) == 4, "the two that changed last, and a step before them"
    for life in lives[2:]:
        await office.run_of(life).terminate("lost")
    assert await mine.wake_changed() == 6
    assert await _statuses(office, lives) == {WorkflowExecutionStatus.RUNNING}
    # Others go on meanwhile, and are mended by their acts: what they did hides nothing of what happened before.
    for life in lives[:2]:
        await office.run_of(life).terminate("lost")
    for life in lives[2:]:
        await office.ask(life, life.mark_filed())
    await sequenced(office)
    assert await mine.wake_changed() == 2


async def test_of_a_temporal_that_lost_everything_ever_more_is_looked_at_in_one_step(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    lives = await told_without_runs(office, *(f"one of all {number}" for number in range(9)))
    monkeypatch.setattr("client.keeping.wake.EVENTS_A_STEP", 1)
    monkeypatch.setattr("client.keeping.wake._MOST_A_STEP", 3)
    steps: list[int] = []

    async def counted(connection: Any, before: int | None, events: int) -> Any:
        steps.append(events)
        return await changed_before(connection, before, events)

    monkeypatch.setattr("client.keeping.wake.changed_before", counted)
    assert await waker(office).wake_changed(len(lives)) == len(lives)
    assert steps[:4] == [1, 2, 3, 3]
    assert await _statuses(office, lives) == {WorkflowExecutionStatus.RUNNING}


async def test_what_did_not_wake_is_tried_again_though_what_changed_later_is_in_order(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    lives = await told_without_runs(office, *(f"does not wake {number}" for number in range(6)))
    monkeypatch.setattr("client.keeping.wake.EVENTS_A_STEP", 2)
    mine, wakes, newest = waker(office), Waker.wake, {life.filing_id for life in lives[4:]}

    async def wakes_only_the_newest(filing: StandingFiling, why: str) -> bool:
        return filing.filing_id in newest and await wakes(mine, filing, why)

    with monkeypatch.context() as patch:
        patch.setattr(mine, "wake", wakes_only_the_newest)
        assert await mine.wake_changed(len(lives)) == 2
    assert await mine.wake_changed() == 4
    assert await mine.wake_changed() == 0


async def test_a_filing_that_never_wakes_holds_up_no_other_and_is_tried_with_the_comparison_of_all(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    other, stuck = await told_without_runs(office, "behind the stuck one", "stuck")
    monkeypatch.setattr("client.keeping.wake.EVENTS_A_STEP", 1)
    mine, tried, wakes = waker(office), list[UUID](), Waker.wake
    with monkeypatch.context() as patch:
        patch.setattr(mine, "wake", never_woken(tried))
        for _ in range(8):
            await mine.wake_changed()
        assert tried.count(stuck.filing_id) == 5
        assert other.filing_id in tried

        async def wakes_others(filing: StandingFiling, why: str) -> bool:
            return filing.filing_id != stuck.filing_id and await wakes(mine, filing, why)

        patch.setattr(mine, "wake", wakes_others)
        assert await mine.look() == 1
    assert await mine.wake_given_up() == 1
    assert await mine.look() == 0


def never_woken(tried: list[UUID]) -> Callable[[StandingFiling, str], Awaitable[bool]]:
    async def wake(filing: StandingFiling, why: str) -> bool:
        tried.append(filing.filing_id)
        return False

    return wake


async def test_a_run_that_was_lost_long_ago_is_found_by_the_list_and_its_timer_comes_back(office: Office) -> None:
    lost = DeclarationLife(await office.world("lost long ago"))
    office.asker.legal_clock = "timer"
    try:
        await Desk(office.pool).ask(lost, lost.submit())
        await office.pool.execute("UPDATE filings SET legal_clock = 'timer' WHERE filing_id = $1", lost.filing_id)
        ended = LicenceLife(await announced(Desk(office.pool).ask, DeclarationLife(await office.world("ended"), FREE)))
        await tell(Desk(office.pool).ask, ended, ended.give_notice())
        assert await waker(office).wake_lost() == 3
    finally:
        office.asker.legal_clock = "acts"
    history = await office.run_of(lost).fetch_history()
    # Its only day, of the year 2026 and past, is passed at once: the run has a timer again.
    assert [one for one in history.events if one.HasField("timer_started_event_attributes")]
    assert (await run_of(office.client, lost.workflow_id)).status == "running"


async def test_a_payout_whose_filing_the_log_lost_is_begun_again_whatever_became_of_its_run(
    office: Office, fresh_database: Database
) -> None:
    payout = await booked(office.ask, await office.world("payout lost"))
    copy = await copy_of(fresh_database)
    await forget(fresh_database, payout)
    report = await reconcile(office.pool, office.client, within=timedelta(0))
    assert [one.where for one in report.differences] == [f"payout.{payout.filing_id}"]
    assert await waker(office).begin_payouts() == 1
    assert await kinds_of(office.pool, payout) == ["determine"]
    await office.run_of(payout.parent).terminate("lost")
    await office.run_of(payout).terminate("lost")
    await copy.set_back()
    await forget(fresh_database, payout)
    assert await waker(office).begin_payouts() == 1
    assert await waker(office).begin_payouts() == 0
    await prove(office.pool)


async def test_one_look_does_all_of_it_and_two_programs_take_turns(office: Office) -> None:
    life = DeclarationLife(await office.world("one look"))
    await Desk(office.pool).ask(life, life.submit())
    await sequenced(office)
    assert sorted(await asyncio.gather(waker(office).look(), waker(office).look())) == [0, 1]
    mine = waker(office)
    assert await mine.look() == 0
    await office.run_of(life).terminate("lost")
    assert await mine.look() == 1, "what changed last is looked at every time"


async def _statuses(office: Office, lives: list[DeclarationLife]) -> set[WorkflowExecutionStatus | None]:
    return {(await office.run_of(life).describe()).status for life in lives}


async def forget(database: Database, life: Life) -> None:
    """The log never had this filing."""
    connection = await asyncpg.connect(database.superuser)
    try:
        async with connection.transaction():
            await connection.execute("SET LOCAL session_replication_role = replica")
            for one in (*_UNCOUNTED, *(f"DELETE FROM {table} WHERE filing_id = $1" for table in _OF_A_FILING)):
                await connection.execute(one, life.filing_id)
    finally:
        await connection.close()


async def test_a_filing_whose_money_is_paid_needs_no_run_and_is_not_woken(office: Office) -> None:
    licence = LicenceLife(await announced(office.ask, DeclarationLife(await office.world("ended"))))
    await tell(office.ask, licence, licence.give_notice(), licence.retract())
    await office.run_of(licence).result()
    await sequenced(office)
    assert await waker(office).look() == 0


async def test_a_run_that_missed_the_end_of_its_filing_is_woken_and_closes(office: Office) -> None:
    declaration = await announced(office.ask, DeclarationLife(await office.world("missed its end")))
    licence = LicenceLife(declaration)
    await tell(office.ask, licence, licence.give_notice())
    await Desk(office.pool).ask(licence, licence.retract())
    await sequenced(office)
    assert await waker(office).wake_changed() == 1
    await office.run_of(licence).result()

    async def is_listed() -> bool:
        return [one async for one in office.client.list_workflows(f"WorkflowId = '{second.workflow_id}'")] != []

    second = replace(licence, licensee="second_licensee")
    await tell(office.ask, second, second.give_notice())
    await until(is_listed)
    await Desk(office.pool).ask(second, second.retract())
    assert await waker(office).wake_lost() == 1, "by the list, too, however long ago it was"
    await office.run_of(second).result()


async def test_an_audit_waits_for_a_payout_that_has_not_begun(
    office: Office, fresh_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    payout = await booked(office.ask, await office.world("payout late"))
    await forget(fresh_database, payout)
    missed = asyncio.Event()

    async def looked(pool: Pool) -> list[CalledFor]:
        found = await payouts_not_begun(pool)
        missed.set()
        return found

    monkeypatch.setattr("audit.reconcile.payouts_not_begun", looked)
    audit = asyncio.create_task(reconcile(office.pool, office.client))
    await missed.wait()
    assert await waker(office).begin_payouts() == 1
    assert (await audit).as_json()["differences"] == []
