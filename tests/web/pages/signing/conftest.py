"""The console in this process, asked as a browser would, without the engine behind it."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any, cast

import httpx2
import pytest

from client.ask import Asker
from database.pool import Pool, open_pool
from runtime.settings import Settings
from tests.conftest import Database
from tests.web.pages.signing.browser import Browser
from tests.web.people import MASTER, Clock
from web.app import create_app
from web.console import Console
from web.sign_in.session import Sessions


async def _nothing_to_preview(*_asked: Any) -> Any:
    raise AssertionError("no page here previews")


@pytest.fixture
async def console(database: Database, tmp_path: Path) -> AsyncIterator[Console]:
    """Its pages of signing in ask the database alone."""
    async with await open_pool(database.engine, 8) as pool:
        sessions = Sessions(pool, MASTER, Clock())
        yield Console(Settings(var=tmp_path), pool, cast(Asker, None), sessions, _nothing_to_preview)


@pytest.fixture
def pool(console: Console) -> Pool:
    """As the console connects."""
    return console.pool


@pytest.fixture
async def browsers(console: Console) -> AsyncIterator[Callable[[], Browser]]:
    """Makes browsers, each with cookies of its own."""
    app, made = create_app(console), []

    def make() -> Browser:
        transport = httpx2.ASGITransport(app=app, raise_app_exceptions=True)
        made.append(httpx2.AsyncClient(transport=transport, base_url="http://console.example"))
        return Browser(made[-1])

    yield make
    for one in made:
        await one.aclose()
