"""A log that went back to an older copy under living workers: every later act gets a true answer, or says why not."""

import asyncio
from uuid import UUID

import pytest
from temporalio.client import Client

from activities.named import check_named, named_by, parties_of
from activities.record import Recorder
from cli.demo.filings.filing import tell
from client.ask import Asker
from database.pool import Pool
from database.record.event_log import open_filing
from rules.law.calendar import Calendar
from schemas.acts.act import Act
from schemas.standing.answer import Behind, Head, Outcome, Recording
from schemas.values.money import Money
from schemas.values.refusal import Fault, Refused
from tests.conftest import Database
from tests.faults.proofs import kinds_of, prove, prove_once_each
from tests.faults.set_back import copy_of
from tests.lives.declarations import DeclarationLife
from tests.lives.desk import Desk
from tests.lives.licences import LicenceLife
from tests.lives.office import PATIENCE, Office
from tests.lives.stories import announced, noticed
from tests.lives.world import World
from worker import make_worker

_ANSWERED_WITHIN = 20.0
_SMALL = Money.of("1.00")


async def test_a_worker_that_remembers_more_than_the_log_reads_the_log_again(
    pool: Pool, fresh_database: Database
) -> None:
    desk = Desk(pool)
    licence = LicenceLife(await announced(desk.ask, DeclarationLife(await World("remembers").write(pool))))
    kept = [await desk.ask(licence, act) for act in (licence.give_notice(), licence.pay(_SMALL))]
    copy = await copy_of(fresh_database)
    await tell(desk.ask, licence, *(licence.pay(_SMALL, again=number) for number in range(3)))
    await copy.set_back()
    async with asyncio.timeout(_ANSWERED_WITHIN):
        after = await desk.ask(licence, licence.pay(_SMALL, again="after"))
    assert after.head.version == 3
    await prove_once_each(pool, [*kept, after])
    await prove(pool)


async def test_a_log_that_was_written_on_from_an_older_copy_is_not_taken_for_what_is_remembered(
    pool: Pool, fresh_database: Database
) -> None:
    desk, other = Desk(pool), Desk(pool)
    licence = LicenceLife(await announced(desk.ask, DeclarationLife(await World("written on").write(pool))))
    await desk.ask(licence, licence.give_notice())
    copy = await copy_of(fresh_database)
    await tell(desk.ask, licence, *(licence.pay(Money.of("3000.00"), again=number) for number in range(2)))
    await copy.set_back()
    await tell(other.ask, licence, *(licence.pay(_SMALL, again=f"other {number}") for number in range(4)))
    # 6,001 of 10,000 yuan would be paid by what the first one remembers, and 5 by what the log says.
    assert (await desk.ask(licence, licence.pay(_SMALL, again="after"))).head.version == 6
    await prove(pool)


async def test_every_filing_is_answered_after_its_log_was_set_back_under_its_run(
    office: Office, fresh_database: Database
) -> None:
    licence = await noticed(office.ask, await office.world("under its run"))
    copy = await copy_of(fresh_database)
    later = LicenceLife(licence.declaration, "second_licensee")
    await office.ask(later, later.give_notice())
    await tell(office.ask, licence, *(licence.pay(_SMALL, again=number) for number in range(3)))
    await copy.set_back()
    async with asyncio.timeout(_ANSWERED_WITHIN):
        answer = await office.ask(licence, licence.pay(_SMALL, again="after"))
        assert answer.head.version == 2
        with pytest.raises(Refused) as refused:  # that filing is not in the log any more
            await office.ask(later, later.retract())
        assert [one.code for one in refused.value.refusals] == ["filing_unknown"]
    assert await kinds_of(office.pool, licence) == ["give_notice", "pay"]
    await prove(office.pool)


class RestlessRecorder(Recorder):
    """Finds the log somewhere else each time it looks."""

    async def recorded(self, recording: Recording) -> Outcome:
        return Behind(head=Head(version=recording.expected + 1))


async def test_a_log_that_never_stands_still_is_a_fault_that_names_it_and_no_endless_loop(
    pool: Pool, temporal_client: Client, fresh_database: Database
) -> None:
    queue = f"{fresh_database.name}-restless"
    life = DeclarationLife(await World(f"restless {queue}").write(pool))
    recorder = RestlessRecorder(pool, Calendar.bundled(), "tests")
    async with make_worker(temporal_client, recorder, "tests", queue):
        with pytest.raises(Fault, match="the log's head moved away"):
            async with asyncio.timeout(_ANSWERED_WITHIN):
                await Asker(temporal_client, pool, "acts", PATIENCE, queue).ask(life.kind, life.submit())
        await temporal_client.get_workflow_handle(life.workflow_id).terminate("a test")


async def test_whoever_was_lost_with_an_older_copy_is_not_known_any_more(pool: Pool, fresh_database: Database) -> None:
    copy = await copy_of(fresh_database)
    act = DeclarationLife(await World("lost with its parties").write(pool)).submit()
    assert await missing_of(pool, act) == frozenset()
    await copy.set_back()
    missing = await missing_of(pool, act)
    async with pool.acquire() as connection:
        with pytest.raises(Refused) as told:
            await check_named(connection, act, missing)
    lost = {one.facts["party_id"] for one in told.value.refusals if one.code == "party_unknown"}
    assert lost == {*map(str, parties_of(act))}


async def missing_of(pool: Pool, act: Act) -> frozenset[str | UUID]:
    async with pool.acquire() as connection, connection.transaction():
        opened = await open_filing(connection, act.filing_id, act.act_id, 0, *named_by(act))
    return opened.missing
