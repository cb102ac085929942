"""Stored histories, replayed without Temporal, agree with the event log payload by payload."""

from datetime import UTC, datetime

from audit.evidence.copying import Copier
from audit.replay.run import Replayed, Replaying, Which, ours
from database.pool import open_pool
from tests.conftest import Database
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
