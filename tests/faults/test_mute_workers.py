"""A worker that takes no more work notices and ends, so that whoever keeps it starts another."""

import asyncio
import os
import resource
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from temporalio.client import Client

from activities.record import Recorder
from client.ask import Asker
from client.keeping.health import is_mute
from database.pool import Pool
from rules.law.calendar import Calendar
from runtime.settings import ROOT, Settings
from runtime.stack import Stack
from tests.conftest import Database
from tests.lives.declarations import DeclarationLife
from tests.lives.office import PATIENCE
from tests.lives.world import World
from worker import identity_of, make_worker, run

_SILENCE = timedelta(seconds=7)
"""Of the server: it tells for five seconds what it has told before."""
_NOTICED_WITHIN = 20.0


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("client.keeping.health.LONGEST_SILENCE", _SILENCE)
    monkeypatch.setattr("client.keeping.health.EVERY", timedelta(seconds=0.2))


async def test_a_worker_is_heard_while_it_takes_work(
    impatient: None, temporal_client: Client, pool: Pool, fresh_database: Database
) -> None:
    queue, stop = fresh_database.name, asyncio.Event()
    asker = Asker(temporal_client, pool, "acts", PATIENCE, queue)
    async with make_worker(temporal_client, Recorder(pool, Calendar.bundled(), "tests"), "tests", queue):
        watched = asyncio.create_task(is_mute(temporal_client, queue, identity_of("tests"), stop))
        for number in range(12):  # longer than the silence that is borne
            life = DeclarationLife(await World(f"{queue} {number}").write(pool))
            await asker.ask(life.kind, life.submit())
            await asyncio.sleep(_SILENCE.total_seconds() / 8)
        stop.set()
        assert not await watched


async def test_a_worker_that_is_told_to_stop_is_not_mute(impatient: None, temporal_client: Client) -> None:
    stop = asyncio.Event()
    watched = asyncio.create_task(is_mute(temporal_client, "a queue of nobody", "nobody", stop))
    stop.set()
    assert not await asyncio.wait_for(watched, _NOTICED_WITHIN)


async def test_the_program_ends_its_worker_when_it_is_mute(
    impatient: None, stack: Stack, fresh_database: Database
) -> None:
    # Idle, it is heard once a minute; with so little patience that is silence.
    stop = asyncio.Event()
    settings = Settings(var=stack.home, database_url=fresh_database.engine)
    async with asyncio.timeout(_NOTICED_WITHIN):
        await run(settings, stop, with_loops=False, on_mute=stop.set)


def test_a_worker_with_too_few_files_says_so_in_both_languages_and_does_not_begin(
    stack: Stack, fresh_database: Database, tmp_path: Path
) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TEMPORAL_")}
    ended = subprocess.run(
        [sys.executable, "-c", _FEW_FILES],
        cwd=ROOT,
        env=kept | {"OPEN_LICENCE_VAR": str(stack.home), "DATABASE_URL": fresh_database.engine},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert ended.returncode == 1
    assert "may open 24 files" in ended.stderr
    assert "最多可打开 24 个文件" in ended.stderr
    assert "worker_ready" not in ended.stderr
    assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] > 24


_FEW_FILES = """
import os, resource, sys
resource.setrlimit(resource.RLIMIT_NOFILE, (24, 24))
os.execv(sys.executable, [sys.executable, "worker.py"])
"""
