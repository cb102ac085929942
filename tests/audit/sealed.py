"""A record of told stories with its log, for tests: sealed into a folder of the test's own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import asyncpg

from audit.report import Report
from audit.sealing.append import Sealed, seal
from audit.verify.everything import verify
from database.pool import Pool, open_pool, prepare
from database.record.sequencer import sequence
from runtime.settings import Settings
from tests.conftest import Database
from tests.lives.desk import Desk
from tests.lives.telling import Story
from tests.lives.world import World

VERSION = "tests"


@dataclass(frozen=True)
class Record:
    """The database as the engine, the auditor and a superuser have it, and the folder of its log."""

    engine: Pool
    auditor: Pool
    superuser: "asyncpg.Connection[asyncpg.Record]"
    """Somebody with the superuser's password, who switches the triggers off."""
    settings: Settings

    async def tell(self, *stories: Story) -> None:
        for story in stories:
            await story(Desk(self.engine).ask, await World(story.__name__).write(self.engine))

    async def seal(self, version: str = VERSION) -> Sealed:
        async with self.engine.acquire() as connection:
            while await sequence(connection):
                pass
        return await seal(self.engine, self.settings, version)

    async def verify(self, **options: object) -> Report:
        return await verify(self.auditor, self.settings, **options)  # type: ignore[arg-type]

    async def found(self) -> dict[str, object]:
        """Where something differs, and what stands there."""
        return {one.where: one.found for one in (await self.verify()).differences}


@asynccontextmanager
async def record_of(database: Database, var: Path) -> AsyncIterator[Record]:
    async with await open_pool(database.engine, 4) as engine, await open_pool(database.auditor, 2) as auditor:
        superuser = await asyncpg.connect(database.superuser)
        try:
            await prepare(superuser)
            await superuser.execute("SET session_replication_role = replica")
            yield Record(engine, auditor, superuser, Settings(var=var))
        finally:
            await superuser.close()
