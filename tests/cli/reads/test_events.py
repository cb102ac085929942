"""Who follows the events goes on when the database was away; who asked once is told whose fault it was."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
import pytest

from database.pool import Pool
from database.record.sequencer import sequence
from runtime.settings import ROOT
from tests.cli.shell import Shell
from tests.conftest import Database
from tests.lives.declarations import DeclarationLife
from tests.lives.desk import Desk
from tests.lives.world import World

_PATIENCE = 60


@asynccontextmanager
async def away(database: Database) -> AsyncIterator[None]:
    """Ends all connections and lets nobody in, but for superusers."""
    superuser = await asyncpg.connect(database.superuser)
    await superuser.execute(f'ALTER DATABASE "{database.name}" CONNECTION LIMIT 0')
    await superuser.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND pid <> pg_backend_pid()",
        database.name,
    )
    try:
        yield
    finally:
        await superuser.execute(f'ALTER DATABASE "{database.name}" CONNECTION LIMIT -1')
        await superuser.close()


async def test_a_follower_of_the_events_waits_for_a_database_that_is_away(
    surroundings: str, pool: Pool, fresh_database: Database
) -> None:
    declaration = DeclarationLife(await World("followed").write(pool))
    submit, file, _ = declaration.announced()

    async def recorded(act: Any) -> None:
        await Desk(pool).ask(declaration, act)
        async with pool.acquire() as connection:
            await sequence(connection)

    await recorded(submit)
    follower = await asyncio.create_subprocess_exec(
        sys.executable, ROOT / "starter.py", "events", "--follow", "--json", env=os.environ, stdout=PIPE, stderr=PIPE
    )
    assert follower.stdout
    assert follower.stderr
    try:
        assert b'"sequence_number": 1' in await asyncio.wait_for(follower.stdout.readline(), _PATIENCE)
        async with away(fresh_database):
            while b"database_away" not in (line := await asyncio.wait_for(follower.stderr.readline(), _PATIENCE)):
                assert line, "the follower ended"
        await recorded(file)
        assert b'"sequence_number": 2' in await asyncio.wait_for(follower.stdout.readline(), _PATIENCE)
    finally:
        if follower.returncode is None:
            follower.send_signal(signal.SIGINT)
        await asyncio.wait_for(follower.communicate(), _PATIENCE)


async def test_a_database_that_goes_while_it_is_asked_is_its_own_fault_and_worth_asking_again(
    surroundings: str, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def gone(*_: object, **__: object) -> None:
        raise ConnectionRefusedError(111, "Connect call failed")

    monkeypatch.setattr("cli.reads.lists.list_filings", gone)
    ended = await shell("list", "--json")
    assert ended.code == 1
    assert (ended.json["fault"]["whose"], ended.json["fault"]["retry"]) == ("database", True)
