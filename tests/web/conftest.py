"""One console for the tests of a process."""

from collections.abc import AsyncIterator

import pytest
from temporalio.client import Client

from runtime.settings import Settings
from runtime.stack import Stack
from tests.conftest import Database, migrated
from tests.web.house import House, housed


@pytest.fixture(scope="session")
async def database(stack: Stack, worker_id: str) -> Database:
    """Of the console alone: its worker runs as long as the process, and a task queue has one worker in a process."""
    return await migrated(stack, f"console_{worker_id}")


@pytest.fixture(scope="session")
async def house(temporal_client: Client, database: Database, stack: Stack) -> AsyncIterator[House]:
    """The console, served over HTTP as to anybody."""
    async with housed(temporal_client, database, Settings(var=stack.home)) as one:
        yield one
