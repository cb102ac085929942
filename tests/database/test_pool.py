"""What every connection of ours has in common."""

from uuid import uuid4

import pytest

from database.pool import Pool, open_pool
from tests.conftest import Database
from tests.database.filings import record_on


@pytest.mark.parametrize("value", [{"名": ["开放许可", 1, True, None]}, [], "text", 2**80], ids=str)
async def test_json_goes_in_and_comes_out_as_python_values(engine: Pool, value: object) -> None:
    async with engine.acquire() as connection:
        assert await connection.fetchval("SELECT $1::jsonb", value) == value


async def test_instants_are_utc_and_a_forgotten_transaction_is_ended_by_the_server(engine: Pool) -> None:
    async with engine.acquire() as connection:
        assert await connection.fetchval("SHOW timezone") == "UTC"
        assert await connection.fetchval("SHOW idle_in_transaction_session_timeout") == "1min"


async def test_what_was_not_committed_is_gone_when_the_connection_goes_back(database: Database) -> None:
    filing_id = uuid4()
    async with await open_pool(database.engine, 1) as pool:
        async with pool.acquire() as connection:
            await connection.transaction().start()
            await record_on(connection, filing_id)
        async with pool.acquire() as connection:
            assert not connection.is_in_transaction()
            assert await connection.fetchval("SELECT count(*) FROM filings WHERE filing_id = $1", filing_id) == 0
