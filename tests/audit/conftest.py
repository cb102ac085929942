"""The whole engine on the shared dev server, with a database of the test's own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from temporalio.client import Client

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
