"""Facts, read model, ledger and workflows say the same; where Temporal and Postgres part, the filing is named."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from temporalio.client import Client

from audit.called_for import payouts_not_begun
from audit.rebuild import rebuild_and_compare
from audit.reconcile import reconcile
from cli.demo.filings.filing import tell
from client.keeping.runs import Run, run_of
from client.keeping.wake import Waker
from database.record.sequencer import sequence
from runtime.stack import Stack
from runtime.temporal_server import NAMESPACE
from schemas.values.money import Money
from schemas.values.refusal import Fault
from tests.conftest import Database
from tests.faults.set_back import copy_of
from tests.lives.declarations import FREE, DeclarationLife
from tests.lives.desk import Desk
from tests.lives.licences import LicenceLife
from tests.lives.office import Office
from tests.lives.stories import a_free_licence_runs_its_term, a_notice_is_retracted, announced
from tests.lives.stories_of_money import inventors_are_paid

_AT_ONCE = timedelta(0)
_SDK_GIVES_UP = 40
"""Seconds; it tries a call that meets nobody for about ten."""


async def test_what_the_engine_did_is_reconciled(office: Office) -> None:
    for story in (inventors_are_paid, a_notice_is_retracted, a_free_licence_runs_its_term):
        await story(office.ask, await office.world(story.__name__))
    report = await reconcile(office.pool, office.client)
    assert report.as_json()["differences"] == []
    filings = report.counts["declarations"] + report.counts["licences"] + report.counts["payouts"]
    assert report.counts["workflows_running"] + report.counts["workflows_closed"] == filings
    assert report.counts["workflows_closed"] >= 2  # the payout is over, and so is the notice that was retracted


async def test_it_can_be_done_while_acts_are_under_way(office: Office) -> None:
    licence = LicenceLife(await announced(office.ask, DeclarationLife(await office.world("busy"), FREE)))
    await tell(office.ask, licence, licence.give_notice())
    report = await reconcile(office.pool, office.client)
    assert report.ok


async def test_a_workflow_that_missed_a_fact_is_named(office: Office) -> None:
    world = await office.world("behind")
    declaration = await announced(office.ask, DeclarationLife(world))
    licence = LicenceLife(declaration)
    await tell(office.ask, licence, licence.give_notice())
    await Desk(office.pool).ask(licence, licence.pay(Money.of("1.00")))  # somebody wrote past the workflow
    assert (await rebuild_and_compare(office.pool)).ok
    report = await reconcile(office.pool, office.client, within=_AT_ONCE)
    assert [(one.filing_id, one.where) for one in report.differences] == [(licence.filing_id, "workflow.head")]
    await office.ask(licence, licence.pay(again="the rest"))  # the next act takes the log's head over
    assert (await reconcile(office.pool, office.client)).ok


async def test_a_run_that_missed_its_last_act_is_waited_for_until_it_was_woken(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    licence = LicenceLife(await announced(office.ask, DeclarationLife(await office.world("waited for"))))
    await tell(office.ask, licence, licence.give_notice())
    await Desk(office.pool).ask(licence, licence.retract())  # its last: nothing asks this run again
    await office.pool.execute("SELECT sequence_events(1000)")
    waker, seen = Waker(office.asker, lambda: payouts_not_begun(office.pool)), list[int]()

    async def then_woken(client: Client, workflow_id: str) -> Run:
        run = await run_of(client, workflow_id)
        if workflow_id == licence.workflow_id and run.head is not None:
            seen.append(run.head.version)
            if len(seen) == 7:  # five looks are what a moment takes
                assert await waker.wake_changed() == 1
        return run

    monkeypatch.setattr("audit.reconcile.run_of", then_woken)
    monkeypatch.setattr("audit.reconcile._PAUSE_BEHIND", 0.1)
    report = await reconcile(office.pool, office.client)
    assert (report.as_json()["differences"], report.counts["workflows_closed"]) == ([], 1)
    assert (seen[6], seen[-1]) == (1, 2)


async def test_a_run_that_was_told_what_the_log_was_not_is_named_at_once(
    office: Office, fresh_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    life = DeclarationLife(await office.world("forked"))
    await office.ask(life, life.submit())
    copy = await copy_of(fresh_database)
    await office.ask(life, life.mark_filed())
    await copy.set_back()
    await tell(Desk(office.pool).ask, life, life.send_back(), life.resubmit())
    asked: list[Run] = []

    async def counted(client: Client, workflow_id: str) -> Run:
        asked.append(await run_of(client, workflow_id))
        return asked[-1]

    monkeypatch.setattr("audit.reconcile.run_of", counted)
    (difference,) = (await reconcile(office.pool, office.client)).differences
    assert (difference.proved["version"], difference.found["version"]) == (3, 2)
    assert len(asked) == 5, "nobody waits for it"


async def test_a_run_that_is_gone_or_closed_matters_only_while_the_filing_goes_on(office: Office) -> None:
    world = await office.world("closed")
    declaration = await announced(office.ask, DeclarationLife(world))
    await office.run_of(declaration).terminate("a test")
    unknown = LicenceLife(declaration)
    await Desk(office.pool).ask(unknown, unknown.give_notice())  # Temporal never heard of it
    report = await reconcile(office.pool, office.client)
    assert (report.counts["workflows_closed"], report.counts["workflows_gone"]) == (1, 1)
    assert {(one.filing_id, one.found) for one in report.differences} == {
        (declaration.filing_id, "run_closed"),
        (unknown.filing_id, "run_gone"),
    }
    ended = replace(unknown, licensee="second_licensee")
    await tell(Desk(office.pool).ask, ended, ended.give_notice(), ended.retract())
    assert ended.filing_id not in [one.filing_id for one in (await reconcile(office.pool, office.client)).differences]


async def test_a_temporal_that_is_away_is_a_fault_and_no_difference(
    office: Office, new_stack: Callable[..., Stack]
) -> None:
    await announced(office.ask, DeclarationLife(await office.world("away")))
    temporal = new_stack().temporal
    temporal.start()
    client = await Client.connect(temporal.address, namespace=NAMESPACE)
    temporal.kill()
    with pytest.raises(Fault, match="Temporal cannot be asked"):
        await asyncio.wait_for(reconcile(office.pool, client), _SDK_GIVES_UP)


async def test_what_is_not_delivered_or_numbered_yet_is_told_with_its_age(office: Office) -> None:
    world = await office.world("waiting")
    filing_id = (await announced(office.ask, DeclarationLife(world))).filing_id
    async with office.pool.acquire() as connection:
        facts = await connection.fetchval("SELECT count(*) FROM events")
        for key, shift in (("old", "-3 hours"), ("ahead", "2 years")):
            await connection.execute(
                """INSERT INTO outbox (topic, key, filing_id, payload, created_at, next_try_at)
                   VALUES ('mail', $1, $2, '{}', clock_timestamp() + $3::text::interval, clock_timestamp())""",
                key,
                filing_id,
                shift,
            )
    report = await reconcile(office.pool, office.client)
    assert report.ok
    messages, events = report.waiting["messages"], report.waiting["events_unnumbered"]
    assert (messages["ahead_of_clock"], 10_800 <= messages["oldest_seconds"] < 20_000) == (1, True)
    assert (events["count"], events["ahead_of_clock"]) == (facts, 0)
    async with office.pool.acquire() as connection:
        while await sequence(connection):
            pass
    assert (await reconcile(office.pool, office.client)).waiting["events_unnumbered"] == {
        "count": 0,
        "oldest_seconds": 0,
        "ahead_of_clock": 0,
    }
