"""Databases with nothing else in them, since what is proved here is proved of the whole database."""

from collections.abc import AsyncIterator

import pytest
from temporalio.client import Client

from database.pool import Pool, open_pool
from tests.conftest import Database
from tests.lives.office import Office, opened


@pytest.fixture
async def pool(fresh_database: Database) -> AsyncIterator[Pool]:
    async with await open_pool(fresh_database.engine, 16) as one:
        yield one


@pytest.fixture
async def office(temporal_client: Client, fresh_database: Database) -> AsyncIterator[Office]:
    async with opened(temporal_client, fresh_database) as one:
        yield one
