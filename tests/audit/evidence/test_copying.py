"""Every run's history is in Postgres, as Temporal had it, and stays there when Temporal has it no more."""

from json import loads

from audit.evidence.copying import Copier
from audit.evidence.reading import histories_of
from audit.evidence.uncopied import see_copied
from cli.demo.filings.filing import tell
from tests.lives.declarations import DeclarationLife
from tests.lives.licences import LicenceLife
from tests.lives.office import Office
from tests.lives.stories import a_notice_is_retracted, announced


def _copier(office: Office) -> Copier:
    return Copier(office.pool, office.client, office.asker.task_queue, "tests")


async def test_what_is_read_back_is_what_temporal_had(office: Office) -> None:
    await a_notice_is_retracted(office.ask, await office.world("copied"))
    assert not (await see_copied(office.pool, office.client, office.asker.task_queue)).ok
    copied = await _copier(office).copy()
    assert copied.copied == copied.runs > 1
    assert (await see_copied(office.pool, office.client, office.asker.task_queue)).ok
    async with office.pool.acquire() as connection:
        filings = await connection.fetch("SELECT filing_id, workflow_id FROM filings")
        for filing in filings:
            (stored,) = await histories_of(connection, filing["filing_id"])
            there = await office.client.get_workflow_handle(filing["workflow_id"]).fetch_history()
            assert stored.fault is None
            assert loads(stored.as_history().to_json()) == loads(there.to_json())  # a map has no order
            assert (stored.kept.code_versions, stored.kept.sdk_version[:15]) == (["tests"], "temporal-python")
    assert {one["workflow_id"].partition(":")[0] for one in filings} == {"declaration", "licence"}


async def test_a_second_copying_adds_nothing(office: Office) -> None:
    await announced(office.ask, DeclarationLife(await office.world("twice")))
    assert (await _copier(office).copy()).copied == 1
    again = await _copier(office).copy()
    assert (again.runs, again.copied, again.bytes) == (1, 0, 0)


async def test_of_a_run_that_went_on_only_what_came_since_is_added(office: Office) -> None:
    life = DeclarationLife(await office.world("grows"))
    await tell(office.ask, life, life.submit())
    first = await _copier(office).copy()
    await tell(office.ask, life, life.mark_filed())
    second = await _copier(office).copy()
    async with office.pool.acquire() as connection:
        (stored,) = await histories_of(connection, life.filing_id)
        assert await connection.fetchval("SELECT count(*) FROM history_copies") == 2
    assert stored.kept.first_event == first.events + 1
    assert stored.kept.last_event == first.events + second.events
    assert [one.event_id for one in stored.events()] == list(range(1, stored.kept.last_event + 1))


async def test_runs_that_are_over_can_be_copied_alone(office: Office) -> None:
    await a_notice_is_retracted(office.ask, await office.world("closed"))
    copier = _copier(office)
    async with office.pool.acquire() as connection:
        while not await connection.fetchval("SELECT count(*) FROM history_copies"):  # Temporal's list can be late
            await copier.copy_closed()
        kept = await connection.fetch("SELECT workflow_type, closed_as FROM history_copies")
    assert [tuple(one) for one in kept] == [("Licence", "completed")]


async def test_a_run_that_is_over_and_not_copied_is_named_with_the_day_temporal_forgets_it(office: Office) -> None:
    life = DeclarationLife(await office.world("uncopied"))
    licence = LicenceLife(await announced(office.ask, life))
    await tell(office.ask, licence, licence.give_notice())
    await _copier(office).copy()
    await office.run_of(licence).terminate("a run that ended")
    report = await see_copied(office.pool, office.client, office.asker.task_queue)
    while report.ok:  # Temporal's list can be a moment behind
        report = await see_copied(office.pool, office.client, office.asker.task_queue)
    (missing,) = report.differences
    assert missing.filing_id == licence.filing_id
    assert missing.found > "2036"  # the embedded server keeps histories for ten years
    assert report.counts["retention_days"] == 3_650
