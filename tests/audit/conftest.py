"""The whole engine on the shared dev server, with a database of the test's own."""

from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest
from temporalio.client import Client

from database.pool import Pool, open_pool, prepare
from tests.audit.sealed import Record, record_of
from tests.conftest import Database
from tests.lives.office import Office, opened


@pytest.fixture
async def office(temporal_client: Client, fresh_database: Database) -> AsyncIterator[Office]:
    async with opened(temporal_client, fresh_database) as one:
        yield one


@pytest.fixture
async def record(fresh_database: Database, tmp_path: Path) -> AsyncIterator[Record]:
    async with record_of(fresh_database, tmp_path) as one:
        yield one


@pytest.fixture
async def engine(fresh_database: Database) -> AsyncIterator[Pool]:
    async with await open_pool(fresh_database.engine, 2) as pool:
        yield pool


@pytest.fixture
async def auditor(fresh_database: Database) -> AsyncIterator[Pool]:
    async with await open_pool(fresh_database.auditor, 2) as pool:
        yield pool


@pytest.fixture
async def tampering(fresh_database: Database) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
    """Somebody with the superuser's password, who switches the triggers off."""
    connection = await asyncpg.connect(fresh_database.superuser)
    await prepare(connection)
    await connection.execute("SET session_replication_role = replica")
    yield connection
    await connection.close()
