"""A worker is killed while it tells filings of a new holiday table; another goes on, and each moves exactly once."""

import asyncio
import time
from collections.abc import Callable
from datetime import date

from audit.rebuild import rebuild_and_compare
from audit.reconcile import reconcile
from database.reads.calendar_reads import moved_by, tells_left
from database.registers.calendar_tables import approve_calendar, propose_calendar
from runtime.stack import Stack
from tests.activities.test_calendars import TABLE
from tests.database.registers.people import somebody
from tests.faults.crowd import CrowdedWorld
from tests.faults.plant import Plant, running
from tests.lives.declarations import FREE, DeclarationLife
from tests.lives.desk import Desk
from tests.lives.stories import announced

LICENSEES = 130
"""More than one batch."""
NOTICED = date(2026, 11, 9)
OLD_DAY, NEW_DAY = date(2027, 2, 9), date(2027, 2, 15)
_IN_THE_MIDDLE, _WITHIN = 20, 150.0
"""Filings told when the worker is killed; seconds that the others may take, with a lease that runs out on the way."""


async def test_a_worker_killed_in_the_middle_of_a_new_table_leaves_the_rest_to_the_next(
    new_stack: Callable[..., Stack],
) -> None:
    async with running(new_stack()) as plant:
        desk, world = Desk(plant.pool), await CrowdedWorld("calendar", crowd=LICENSEES).write(plant.pool)
        declaration = await announced(desk.ask, DeclarationLife(world, FREE))
        licences = world.licences(declaration)
        for licence in licences:
            await desk.ask(licence, licence.give_notice(NOTICED))
        assert await recordal_days(plant) == {OLD_DAY: LICENSEES}

        async with plant.pool.acquire() as connection:
            await propose_calendar(connection, 2027, TABLE.model_dump(mode="json"), await somebody(connection))
            await approve_calendar(connection, 2027, await somebody(connection))
        await until(plant, lambda days: days.get(NEW_DAY, 0) >= _IN_THE_MIDDLE)
        await plant.kill_worker()
        told = (await recordal_days(plant))[NEW_DAY]
        report = await rebuild_and_compare(plant.pool)
        assert report.as_json()["differences"] == []
        pending = {one.filing_id for one in report.pending if one.key == "recordal"}
        assert 0 < len(pending) == LICENSEES - told

        await plant.start_worker()
        await until(plant, lambda days: days == {NEW_DAY: LICENSEES})
        give_up_at = time.monotonic() + _WITHIN
        async with plant.pool.acquire() as connection:
            while await tells_left(connection, 1):
                assert time.monotonic() < give_up_at, "the table is told for ever"
                await asyncio.sleep(0.2)
            moved = [one for one in await moved_by(connection, 1) if one.key == "recordal"]
        assert sorted(one.filing_id for one in moved) == sorted(one.filing_id for one in licences)
        assert {(one.was, one.now) for one in moved} == {(OLD_DAY, NEW_DAY)}
        done = await reconcile(plant.pool, plant.asker.client)
        assert (done.as_json()["differences"], done.pending) == ([], [])


async def recordal_days(plant: Plant) -> dict[date, int]:
    rows = await plant.pool.fetch(
        """SELECT (one ->> 'by')::date AS by_on, count(*) AS n
           FROM filings, jsonb_array_elements(position -> 'deadlines') one
           WHERE kind = 'licence' AND one ->> 'key' = 'recordal' GROUP BY 1"""
    )
    return {row["by_on"]: row["n"] for row in rows}


async def until(plant: Plant, holds: Callable[[dict[date, int]], bool]) -> None:
    give_up_at = time.monotonic() + _WITHIN
    while not holds(days := await recordal_days(plant)):
        assert time.monotonic() < give_up_at, days
        await asyncio.sleep(0.05)
