"""Unmatched deliveries stay as they came; finding their filing later is one more fact."""

from uuid import uuid4

import asyncpg
import pytest

from database.pool import Pool
from database.registers.deliveries import keep_unmatched, list_unmatched, mark_matched
from tests.conftest import Database


async def test_a_delivery_is_listed_once_until_its_filing_is_found(engine: Pool) -> None:
    delivery_id, other = uuid4(), uuid4()
    async with engine.acquire() as connection:
        for _ in range(2):
            await keep_unmatched(connection, delivery_id, "urn:bank", "1", "bank.line", {"data": {"amount": "1.00"}})
        listed = [one for one in await list_unmatched(connection) if one.delivery_id == delivery_id]
        assert [one.event for one in listed] == [{"data": {"amount": "1.00"}}]
        for one in (delivery_id, delivery_id, other):  # another one was never unmatched
            await mark_matched(connection, one, uuid4(), uuid4())
        assert delivery_id not in [one.delivery_id for one in await list_unmatched(connection)]


@pytest.mark.parametrize("role", ["engine", "owner"])
@pytest.mark.parametrize("table", ["unmatched_deliveries", "matched_deliveries"])
async def test_no_role_changes_what_was_delivered(database: Database, role: str, table: str) -> None:
    connection = await asyncpg.connect(getattr(database, role))
    try:
        for statement in (f"UPDATE {table} SET delivery_id = delivery_id", f"DELETE FROM {table}"):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await connection.execute(statement)
    finally:
        await connection.close()
