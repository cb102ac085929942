"""A life that Temporal has in several runs is copied and replayed whole, run by run."""

from typing import Any

from temporalio.client import Client

from audit.evidence.copying import Copier
from audit.evidence.reading import histories_of
from audit.evidence.uncopied import see_copied
from audit.replay.run import Replaying, Which, ours
from database.pool import open_pool
from runtime.plugin import open_licence_plugin
from runtime.temporal_server import NAMESPACE
from schemas.values.money import Money
from tests.conftest import Database
from tests.lives.declarations import DeclarationLife
from tests.lives.licences import LicenceLife
from tests.lives.office import opened
from tests.lives.stories import announced

_EARLY = 60
_PAYMENTS = 30


async def test_all_runs_of_a_licence_that_went_on_are_copied_follow_each_other_and_replay(
    new_stack: Any, fresh_database: Database
) -> None:
    server = new_stack(continue_as_new_after=_EARLY).temporal
    server.start()
    client = await Client.connect(server.address, namespace=NAMESPACE, plugins=[open_licence_plugin()])
    async with opened(client, fresh_database) as office:
        licence = LicenceLife(await announced(office.ask, DeclarationLife(await office.world("copied in parts"))))
        await office.ask(licence, licence.give_notice())
        queue = office.asker.task_queue
        copier = Copier(office.pool, client, queue, "tests")
        await copier.copy()  # as a night does, while the first run goes on
        for number in range(_PAYMENTS):
            await office.ask(licence, licence.pay(Money.of("1.00"), again=number))
        assert (await see_copied(office.pool, client, queue)).differences
        await copier.copy()
        assert (await see_copied(office.pool, client, queue)).differences == []
        async with office.pool.acquire() as connection:
            runs = await histories_of(connection, licence.filing_id)
        assert len(runs) > 1
        assert [one.fault for one in runs] == [None] * len(runs)
        assert [one.kept.closed_as for one in runs] == [*(["continued_as_new"] * (len(runs) - 1)), None]
        assert [one.kept.continued_from for one in runs] == [None, *(one.kept.run_id for one in runs[:-1])]
        async with await open_pool(fresh_database.auditor, 2) as auditor:
            report = await Replaying(auditor, "tests", ours(1)).replay(Which(filings=(licence.filing_id,)))
        assert report.as_json()["differences"] == []
        assert report.counts["histories"] == report.counts["replayed"] == len(runs)
