"""Behind a pooler each transaction can meet another session."""

import asyncio
from uuid import uuid4

from database.migrate import migrate
from database.pool import alone, open_pool
from database.record.event_log import chain_of
from tests.conftest import Database
from tests.database.pooler import pooled
from tests.database.record.filings import record_on


async def test_two_programs_that_share_one_session_read_and_write_side_by_side(fresh_database: Database) -> None:
    async with (
        pooled(fresh_database.engine) as address,
        await open_pool(address, 4) as one,
        await open_pool(address, 4) as other,
    ):
        filings = [uuid4() for _ in range(6)]

        async def written(n: int) -> int:
            async with (one if n % 2 else other).acquire() as connection:
                async with connection.transaction():
                    await record_on(connection, filings[n])
                return len([link async for link in chain_of(connection, filings[n])])

        assert await asyncio.gather(*(written(n) for n in range(6))) == [1] * 6
        assert await other.fetchval("SELECT count(*) FROM filings") == 6


async def test_a_task_of_one_program_at_a_time_stays_that_when_sessions_are_handed_on(fresh_database: Database) -> None:
    async with pooled(fresh_database.engine) as address, await open_pool(address, 1) as pool:
        for _ in range(2):  # a lock of the session would still be held by whoever has it next
            async with pool.acquire() as connection, alone(connection, "waking") as mine:
                assert mine
        async with (
            await open_pool(fresh_database.engine, 2) as direct,
            direct.acquire() as connection,
            alone(connection, "waking") as mine,
            direct.acquire() as beside,
            alone(beside, "waking") as theirs,
        ):
            assert (mine, theirs) == (True, False)


async def test_migrations_go_through_a_pooler(blank_database: Database) -> None:
    async with pooled(blank_database.owner) as address:
        assert await migrate(address)
        assert await migrate(address) == []


async def test_no_statement_is_left_in_a_session_that_somebody_else_will_have(database: Database) -> None:
    remembered = "SELECT count(*) FROM pg_prepared_statements"
    async with pooled(database.engine) as address, await open_pool(address, 1) as pool:
        assert await pool.fetchval("SELECT $1::jsonb", {"名": 1}) == {"名": 1}
        assert await pool.fetchval(remembered) == 0
    async with await open_pool(database.engine, 1) as direct:
        assert await direct.fetchval(remembered) > 0
