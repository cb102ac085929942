"""Alive is not ready: what a proxy, and whoever keeps the console running, is told of it."""

from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest
from fastapi import FastAPI
from httpx2 import ASGITransport, AsyncClient
from temporalio.client import Client

from client.ask import Asker
from database.pool import open_pool
from runtime.settings import Settings
from tests.conftest import Database
from web.app import create_app
from web.console import Console

_NOBODY: Any = None


@pytest.fixture
async def app(
    temporal_client: Client, fresh_database: Database, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[FastAPI]:
    monkeypatch.setattr("web.pages.health._PATIENCE_SECONDS", 60.0)  # a busy machine is no server that is away
    async with await open_pool(fresh_database.engine, 2) as pool:
        yield create_app(Console(Settings(), pool, Asker(temporal_client, pool), _NOBODY, _NOBODY))


@pytest.fixture
async def browser(app: FastAPI) -> AsyncIterator[AsyncClient]:
    async with AsyncClient(transport=ASGITransport(app), base_url="http://console") as client:
        yield client


async def _found(browser: AsyncClient) -> tuple[int, dict[str, str]]:
    answer = await browser.get("/readyz")
    assert answer.headers["cache-control"] == "no-store"
    return answer.status_code, answer.json()


async def test_a_console_is_ready_when_database_and_temporal_answer(browser: AsyncClient) -> None:
    assert await _found(browser) == (200, {"database": "ok", "temporal": "ok", "scanner": "none"})


async def test_a_database_that_lacks_a_migration_serves_nobody(browser: AsyncClient, fresh_database: Database) -> None:
    connection = await asyncpg.connect(fresh_database.superuser)
    try:
        await connection.execute("DELETE FROM schema_migrations")
    finally:
        await connection.close()
    assert await _found(browser) == (503, {"database": "not_migrated", "temporal": "ok", "scanner": "none"})
    assert (await browser.get("/healthz")).status_code == 200


async def test_a_database_that_is_away_is_told_and_the_process_lives(app: FastAPI, browser: AsyncClient) -> None:
    await app.state.console.pool.close()
    assert await _found(browser) == (503, {"database": "away", "temporal": "ok", "scanner": "none"})
    assert (await browser.get("/healthz")).text == "ok\n"
