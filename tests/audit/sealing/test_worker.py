"""A worker seals what is recorded by itself, and works on without a key."""

import asyncio
from pathlib import Path

import worker
from audit.sealing.folder import CHECKPOINT, LogFolder
from audit.sealing.key import new_key
from runtime.settings import Settings
from runtime.stack import Stack
from tests.audit.sealed import record_of
from tests.conftest import Database
from tests.lives.stories import a_draft_is_discarded

_WITHIN = 60.0


async def test_a_worker_seals_what_is_recorded(stack: Stack, fresh_database: Database, tmp_path: Path) -> None:
    key, folder = new_key().secret(), tmp_path / "log"
    settings = Settings(var=stack.home, database_url=fresh_database.engine, given_log_key=key, given_log_folder=folder)
    stop = asyncio.Event()
    async with record_of(fresh_database, tmp_path, settings) as record:
        await record.tell(a_draft_is_discarded)
        running = asyncio.create_task(worker.run(settings, stop, with_worker=False))
        try:
            async with asyncio.timeout(_WITHIN):
                while LogFolder(folder).read(CHECKPOINT) is None:  # noqa: ASYNC110  # a file tells nobody that it came
                    await asyncio.sleep(0.05)
        finally:
            stop.set()
            await running
        report = await record.verify()
        assert report.as_json()["differences"] == []
        assert report.counts["checkpoints"] >= 1


async def test_a_worker_that_is_told_to_stop_seals_what_is_there_before_it_ends(
    stack: Stack, fresh_database: Database, tmp_path: Path
) -> None:
    key, folder = new_key().secret(), tmp_path / "log"
    settings = Settings(var=stack.home, database_url=fresh_database.engine, given_log_key=key, given_log_folder=folder)
    stop = asyncio.Event()
    stop.set()  # so no loop does anything any more
    async with record_of(fresh_database, tmp_path, settings) as record:
        await record.tell(a_draft_is_discarded)
        await worker.run(settings, stop, with_worker=False)
        assert LogFolder(folder).read(CHECKPOINT) is not None
        assert (await record.seal()).added == 0
