"""What operators watch: numbers that are kept while acts are recorded are those that counting would give."""

import random
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid4

import pytest

from database.dashboard.counts import Aged, ageing, standing, throughput
from database.dashboard.risks import PATIENCE, DueOn, Open, due_within, open_tasks, stuck
from database.pool import Pool
from database.record.posting import Message, Task
from schemas.values.model import SHANGHAI
from tests.database.bulletin.declared import declared, organisation
from tests.database.record.filings import DAY, record

_COUNTED = "SELECT kind, stage, coalesce(region, ''), coalesce(platform, ''), count(*) FROM filings GROUP BY 1, 2, 3, 4"
_AGED = """SELECT kind, stage, date_trunc('week', stage_since AT TIME ZONE 'Asia/Shanghai')::date, count(*)
           FROM filings GROUP BY 1, 2, 3"""


async def _set(pool: Pool, query: str) -> set[tuple[object, ...]]:
    return {tuple(row) for row in await pool.fetch(query)}


async def test_the_kept_numbers_are_those_that_counting_gives(fresh_engine: Pool) -> None:
    chance = random.Random(3)
    owners = [await organisation(fresh_engine, "甲", "9144"), await organisation(fresh_engine, "乙")]
    filings: list[UUID] = []
    for _ in range(60):
        if filings and chance.random() < 0.6:
            filing_id = chance.choice(filings)
        else:
            filing_id = uuid4()
            filings.append(filing_id)
        stage, platform = chance.choice(["submitted", "filed", "in_force"]), chance.choice([None, "甲平台"])
        await declared(fresh_engine, (chance.choice(owners),), filing_id=filing_id, stage=stage, platform=platform)
    kept = (
        "SELECT kind, stage, region, platform, sum(count) FROM filing_counts GROUP BY 1, 2, 3, 4 HAVING sum(count) <> 0"
    )
    assert await _set(fresh_engine, kept) == await _set(fresh_engine, _COUNTED)
    aged = "SELECT kind, stage, since_on, sum(count) FROM filing_ages GROUP BY 1, 2, 3 HAVING sum(count) <> 0"
    assert await _set(fresh_engine, aged) == await _set(fresh_engine, _AGED)
    async with fresh_engine.acquire() as connection:
        assert sum(one.number for one in await standing(connection)) == len(filings)
        assert [one.number for one in await standing(connection, ())] == [len(filings)]
        by_region = {one.region: one.number for one in await standing(connection, ("region",), kind="declaration")}
        assert sum(by_region.values()) == len(filings)
        assert set(by_region) == {"guangdong", ""}
        done = await throughput(connection, datetime.now(SHANGHAI).date(), days=3)
    assert (done[0].number, sum(one.number for one in done)) == (0, 60)


async def test_a_seat_that_is_stated_later_moves_what_is_below_it_too(fresh_engine: Pool) -> None:
    owner = await organisation(fresh_engine, "甲", "914400000000000000")
    declaration, licence = await declared(fresh_engine, (owner,)), uuid4()
    await record(fresh_engine, licence, kind="licence", stage="noticed", parent_id=declaration)
    await fresh_engine.execute(
        """INSERT INTO beneficiary_profiles (party_id, from_on, kind, region, stated_by)
           VALUES ($1, '2026-01-01', 'enterprise', 'hubei.wuhan', $1)""",
        owner,
    )
    rows = await fresh_engine.fetch("SELECT region FROM filings UNION ALL SELECT region FROM listings")
    assert [row["region"] for row in rows] == ["hubei"] * 3
    async with fresh_engine.acquire() as connection:
        assert {(one.region, one.number) for one in await standing(connection, ("region",))} == {("hubei", 2)}


async def test_ages_are_told_of_filings_of_which_more_is_expected(fresh_engine: Pool) -> None:
    owner = await organisation(fresh_engine)
    for stage in ("submitted", "submitted", "withdrawn"):
        await declared(fresh_engine, (owner,), stage=stage)
    today = datetime.now(SHANGHAI).date()
    monday = today - timedelta(days=today.weekday())
    async with fresh_engine.acquire() as connection:
        assert await ageing(connection, today) == [Aged("declaration", "submitted", 0, 2)]
        for days, told in ((7, 7), (29, 7), (30, 30), (90, 90), (364, 90), (365, 365), (4_000, 365)):
            aged = await ageing(connection, monday + timedelta(days=days))
            assert aged == [Aged("declaration", "submitted", told, 2)]


async def test_what_is_due_and_what_waits_for_whom(fresh_engine: Pool) -> None:
    late, soon = DAY - timedelta(days=1), DAY + timedelta(days=2)
    task = Task("a", "status_check", "operator", "service", "D-34", opened_on=late, by_on=late)
    other = Task("b", "report_sales", "licensee", "legal", "contract", opened_on=late)
    await record(fresh_engine, uuid4(), due_by=soon, tasks=(task, other))
    await record(fresh_engine, uuid4(), due_by=DAY + timedelta(days=20), tasks=(task,))
    async with fresh_engine.acquire() as connection:
        assert await due_within(connection, DAY, 14) == [DueOn(soon, 1)]
        told = {one.role: one for one in await open_tasks(connection, DAY)}
    assert told == {"operator": Open("operator", 2, 2), "licensee": Open("licensee", 1, 0)}


async def test_what_goes_on_by_itself_and_does_not_is_stuck(fresh_engine: Pool) -> None:
    now = datetime.now(UTC)
    today = now.astimezone(SHANGHAI).date()
    forgotten, waiting, of_a_demo, untold = (uuid4() for _ in range(4))
    await record(fresh_engine, forgotten, due_by=today - timedelta(days=2), legal_clock="timer")
    await record(fresh_engine, waiting, due_by=today + timedelta(days=1), legal_clock="timer")
    await record(fresh_engine, of_a_demo, due_by=today - timedelta(days=9))
    await fresh_engine.execute("DELETE FROM unsequenced")
    await record(fresh_engine, untold, messages=(Message("tell", "1", {}),))
    async with fresh_engine.acquire() as connection:
        assert {(one.filing_id, one.why) for one in await stuck(connection, now)} == {(forgotten, "day_not_passed")}
        later = {(one.filing_id, one.why) for one in await stuck(connection, now + PATIENCE + timedelta(seconds=9))}
        assert later >= {(untold, "not_told"), (untold, "not_numbered"), (forgotten, "day_not_passed")}
        await fresh_engine.execute("UPDATE outbox SET quarantined = true")
        await fresh_engine.execute("DELETE FROM unsequenced")
        found = await stuck(connection, now + PATIENCE + timedelta(seconds=9))
    assert {one.filing_id for one in found} == {forgotten}


@pytest.mark.parametrize(("after_midnight", "is_stuck"), [(timedelta(minutes=4), False), (timedelta(minutes=5), True)])
async def test_the_timer_of_midnight_has_a_few_minutes(
    fresh_engine: Pool, after_midnight: timedelta, is_stuck: bool
) -> None:
    await record(fresh_engine, uuid4(), due_by=date(2026, 11, 29), legal_clock="timer")
    await fresh_engine.execute("DELETE FROM unsequenced")
    now = datetime.combine(date(2026, 11, 30), time(), SHANGHAI) + after_midnight
    async with fresh_engine.acquire() as connection:
        assert bool(await stuck(connection, now)) is is_stuck
