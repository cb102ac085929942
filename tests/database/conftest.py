"""A pool as each role on the shared database; tests keep apart by their own ids."""

from collections.abc import AsyncIterator

import pytest

from database.pool import Pool, open_pool
from tests.conftest import Database


@pytest.fixture
async def engine(database: Database) -> AsyncIterator[Pool]:
    """As the worker connects."""
    async with await open_pool(database.engine, 8) as pool:
        yield pool


@pytest.fixture
async def fresh_engine(fresh_database: Database) -> AsyncIterator[Pool]:
    """As the worker connects, to a database with nothing in it."""
    async with await open_pool(fresh_database.engine, 8) as pool:
        yield pool
