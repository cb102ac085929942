"""What may go after its period goes, what proves stays, and a legal hold wins; days are handed in."""

from datetime import UTC, date, datetime
from uuid import UUID

import asyncpg
import pytest

from audit.evidence.retention import Retained, day_before, retain
from database.evidence.histories import Kept
from database.evidence.holds import place_hold, release_hold
from database.evidence.results import last_passed
from database.pool import Pool, open_pool
from tests.audit.evidence.store import store
from tests.conftest import Database
from tests.histories import golden
from tests.lives.desk import Desk
from tests.lives.stories import a_draft_is_discarded
from tests.lives.world import World

JANUARY, BEFORE_JULY, JULY = datetime(2027, 1, 10, tzinfo=UTC), date(2027, 7, 10), date(2027, 7, 11)


async def _replayed(pool: Pool, kept: Kept, *versions: str, passed: bool = True) -> None:
    await pool.executemany(
        """INSERT INTO replays (run_id, history_hash, last_event, code_version, passed, replayed_at)
           VALUES ($1, $2, $3, $4, $5, $6)""",
        [(kept.run_id, kept.history_hash, kept.last_event, one, passed, JANUARY) for one in versions],
    )


async def _versions(pool: Pool, run_id: UUID) -> list[str]:
    rows = await pool.fetch("SELECT code_version FROM replays WHERE run_id = $1 ORDER BY replay_number", run_id)
    return [row["code_version"] for row in rows]


async def test_results_that_newer_ones_stand_for_go_after_six_months_unless_a_hold_keeps_them(
    fresh_database: Database,
) -> None:
    async with await open_pool(fresh_database.engine, 4) as pool, await open_pool(fresh_database.auditor, 1) as auditor:
        desk, world = Desk(pool), await World("retention").write(pool)
        await a_draft_is_discarded(desk.ask, world)
        (held_filing,) = desk.filings
        first, second = world.party("operator"), world.party("second_operator")
        events = golden.read("a_draft_is_discarded.declaration").events
        free, held = [await store(pool, f"run {number}", events) for number in range(2)]
        async with await open_pool(fresh_database.superuser, 1) as superuser, superuser.acquire() as connection:
            await connection.execute("SET session_replication_role = replica")
            await connection.execute(
                "UPDATE history_copies SET filing_id = $1 WHERE run_id = $2", held_filing, held.run_id
            )
        for one in (free, held):
            await _replayed(pool, one, "v0", passed=False)
            await _replayed(pool, one, "v1", "v2", "v3")
        async with pool.acquire() as connection, connection.transaction():
            hold_id = await place_hold(connection, held_filing, "order (2027) 1", first)

        async def gone(on: date, *, is_dry: bool = False) -> tuple[int, int]:
            done = await retain(auditor if is_dry else pool, on, is_dry=is_dry)
            return done.removed, done.held

        assert await gone(BEFORE_JULY) == (0, 0)
        assert await gone(JULY, is_dry=True) == (2, 2)
        assert len(await _versions(pool, free.run_id)) == 4
        assert await gone(JULY) == (2, 2)
        assert await gone(JULY) == (0, 2)
        assert await _versions(pool, free.run_id) == ["v0", "v3"], "what did not pass, and what passed last"
        assert await _versions(pool, held.run_id) == ["v0", "v1", "v2", "v3"]
        async with pool.acquire() as connection:
            assert await last_passed(connection, [free.run_id]) == {free.run_id: "v3"}
            for who in (first, second):
                await release_hold(connection, hold_id, "settled", who)
        assert await gone(JULY) == (2, 0)
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await pool.execute("DELETE FROM replays")
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await auditor.execute("SELECT remove_replays(clock_timestamp())")


async def test_what_is_sealed_and_what_filings_are_derived_from_is_never_removed_only_listed_after_thirty_years(
    fresh_database: Database,
) -> None:
    async with await open_pool(fresh_database.engine, 4) as pool:
        desk = Desk(pool)
        await a_draft_is_discarded(desk.ask, await World("evidence").write(pool))
        (filing_id,) = desk.filings
        recorded = await pool.fetchval("SELECT max(recorded_at) FROM events")
        counted = (
            "SELECT (SELECT count(*) FROM events), (SELECT count(*) FROM documents), (SELECT count(*) FROM parties)"
        )
        before = await pool.fetchrow(counted)

        async def outlived(years: int) -> Retained:
            return await retain(pool, date(recorded.year + years, 12, 31), is_dry=False)

        assert (await outlived(29)).outlived == ()
        [listed] = (await outlived(31)).outlived
        assert (listed.filing_id, listed.is_held) == (filing_id, False)
        async with pool.acquire() as connection, connection.transaction():
            await place_hold(connection, filing_id, "order (2056) 1", desk.filings[filing_id].world.party("operator"))
        [listed] = (await outlived(31)).outlived
        assert listed.is_held
        assert await pool.fetchrow(counted) == before


@pytest.mark.parametrize(
    ("on", "months", "day"),
    [
        (date(2027, 7, 10), 6, date(2027, 1, 10)),
        (date(2027, 8, 31), 6, date(2027, 2, 28)),
        (date(2028, 8, 30), 6, date(2028, 2, 29)),
        (date(2027, 3, 31), 6, date(2026, 9, 30)),
        (date(2056, 2, 29), 360, date(2026, 2, 28)),
    ],
)
def test_months_are_counted_back_to_the_same_day_or_the_last_of_a_shorter_month(
    on: date, months: int, day: date
) -> None:
    assert day_before(on, months) == day
