"""An address that cannot be read is told without any part of it."""

import asyncio

import asyncpg
import pytest

from database.address import place_of, readable
from database.migrate import migrate
from database.pool import open_pool
from schemas.values.refusal import NotSetUp
from tests.conftest import Database

WRONG = (
    "postgresql://engine:hush#tP4ss@127.0.0.1:5432/hush",
    "postgresql+asyncpg://engine:hush@127.0.0.1:5432/hush",
    "jdbc:postgresql://hush:5432/hush",
    "host=hush user=engine password=hush",
    "postgresql://engine:hush/x@127.0.0.1:5432/hush",
    "postgresql://engine:hush@x@127.0.0.1:5432/hush",
    "postgresql://engine:hush?x@127.0.0.1:5432/hush",
    "postgresql://engine:hush[x@127.0.0.1:5432/hush",
    "postgresql://engine:hush x@127.0.0.1:5432/hush",
    "postgresql://engine:hush\n@127.0.0.1:5432/hush",
    "postgresql://engine:hush@127.0.0.1:hush/hush",
    "postgresql://engine:hush@127.0.0.1:0/hush",
    "postgresql://engine:hush@127.0.0.1:65536/hush",
    "postgresql://engine:hush@::1/hush",
    "postgresql://engine:hush@127.0.0.1:5432/hush?hush",
    "postgresql://engine:hush@127.0.0.1:5432/hush?sslmode=hush",
)


@pytest.mark.parametrize("address", WRONG)
def test_no_part_of_an_unreadable_address_is_told(address: str) -> None:
    with pytest.raises(NotSetUp) as told:
        asyncio.run(open_pool(address, 1, variable="AUDIT_DATABASE_URL"))
    for said in (told.value.en, told.value.zh):
        assert said.startswith("AUDIT_DATABASE_URL")
        assert "hush" not in said
    assert not told.value.retry
    with pytest.raises(NotSetUp, match=r"^MIGRATION_DATABASE_URL"):
        asyncio.run(migrate(address))


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("postgresql://engine:hush@127.0.0.1:5432/open_licence", "127.0.0.1:5432/open_licence"),
        ("postgres://engine:hush@[::1]:5432/open_licence?sslmode=require", "[::1]:5432/open_licence"),
        ("postgresql://engine:hush%23%40%2F@db-1.example,db-2.example:5433/d", "db-1.example,db-2.example:5433/d"),
        ("postgresql:///open_licence?host=/run/postgresql&password=hush", "/open_licence"),
        ("postgresql://db/open_licence?user=engine&password=hush@x", "db/open_licence"),
    ],
)
def test_of_a_readable_address_people_see_the_place_alone(address: str, place: str) -> None:
    with readable(address, "DATABASE_URL"):
        pass
    assert place_of(address, "DATABASE_URL") == place


async def test_a_password_of_every_letter_is_read_as_it_was_escaped(database: Database) -> None:
    connection = await asyncpg.connect(database.superuser)
    try:
        await connection.execute("CREATE ROLE escaped LOGIN PASSWORD '#/:?@% 口令'")
        await connection.execute(f'GRANT CONNECT ON DATABASE "{database.name}" TO escaped')
        place = place_of(database.engine, "DATABASE_URL")
        escaped = "%23%2F%3A%3F%40%25%20%E5%8F%A3%E4%BB%A4"
        address = f"postgresql://escaped:{escaped}@{place}"
        async with await open_pool(address, 1) as pool:
            assert await pool.fetchval("SELECT current_user") == "escaped"
    finally:
        await connection.execute("DROP OWNED BY escaped; DROP ROLE escaped")
        await connection.close()
