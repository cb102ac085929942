"""Stored histories, replayed without Temporal, agree with the event log payload by payload."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from audit.evidence.copying import Copier
from audit.replay.run import Replayed, Replaying, Which, ours
from database.pool import open_pool
from schemas.values.refusal import Refused
from tests.conftest import Database
from tests.lives.declarations import DeclarationLife
from tests.lives.office import Office
from tests.lives.stories import a_notice_is_retracted
from tests.lives.stories_of_money import inventors_are_paid


async def _replayed(database: Database, which: Which) -> Replayed:
    """As the auditor, who can only read."""
    async with await open_pool(database.auditor, 2) as pool:
        return await Replaying(pool, "tests", ours(1)).replay(which)


async def test_what_the_engine_did_replays_and_agrees(office: Office, fresh_database: Database) -> None:
    for story in (inventors_are_paid, a_notice_is_retracted):
        await story(office.ask, await office.world(story.__name__))
    await Copier(office.pool, office.client, office.asker.task_queue, "tests").copy()
    report = await _replayed(fresh_database, Which())
    assert report.as_json()["differences"] == []
    assert report.counts["histories"] == report.counts["replayed"] == 5
    assert report.counts["replayed_strictly"] >= 1
    assert report.counts["payloads"] > 5 * report.counts["histories"]
    async with office.pool.acquire() as connection:
        filing_id = await connection.fetchval("SELECT filing_id FROM filings WHERE kind = 'payout'")
    assert (await _replayed(fresh_database, Which(filings=(filing_id,)))).counts["histories"] == 1
    assert (await _replayed(fresh_database, Which(since=datetime.now(UTC)))).counts == {}
    drawn = [(await _replayed(fresh_database, Which(sample=2, seed=seed))).counts["events"] for seed in (1, 1)]
    assert drawn[0] == drawn[1]


async def test_a_run_whose_first_act_was_refused_needs_no_filing_and_one_that_granted_it_does(
    office: Office, fresh_database: Database
) -> None:
    refused = DeclarationLife(await office.world("begins nothing"), offer_changes={"commitments": False})
    with pytest.raises(Refused):
        await office.ask(refused, refused.submit())
    granted = DeclarationLife(await office.world("begins"))
    await office.ask(granted, granted.submit())
    await Copier(office.pool, office.client, office.asker.task_queue, "tests").copy()
    report = await _replayed(fresh_database, Which())
    assert report.as_json()["differences"] == []
    assert (report.counts["histories"], report.counts["beginnings_refused"]) == (2, 1)
    await without_filing(fresh_database, granted.filing_id)
    told = (await _replayed(fresh_database, Which())).differences
    assert [(one.filing_id, one.found) for one in told] == [(granted.filing_id, None)]


async def without_filing(database: Database, filing_id: UUID) -> None:
    """As somebody does who can do everything in the database."""
    async with await open_pool(database.owner, 1) as pool, pool.acquire() as connection:
        for table in ("events", "acts", "filings"):
            if table != "filings":
                await connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER append_only")
            await connection.execute(f"DELETE FROM {table} WHERE filing_id = $1", filing_id)
