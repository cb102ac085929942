"""What goes after its time: sessions after half a year, devices unused for a year, files of tables after 90 days."""

from contextlib import suppress
from datetime import timedelta

import asyncpg
import structlog

from database.console.imports import forget_import_files
from database.pool import AWAY
from database.sign_in.sessions import forget_sign_ins
from web.sign_in.door import Door

_KEPT = timedelta(days=181)
FILES_KEPT = timedelta(days=90)
"""Files of tables, after the last that happened to them; what came of their rows stays."""
_DAY_SECONDS = 86_400
log = structlog.get_logger()


async def forgetting(door: Door) -> None:
    """Every day until it is cancelled; a database that is away is asked again the day after."""
    while True:
        with suppress(*AWAY, asyncpg.PostgresError):
            async with door.pool.acquire() as connection:
                gone = await forget_sign_ins(connection, door.clock() - _KEPT)
                files = await forget_import_files(connection, door.clock() - FILES_KEPT)
            log.info("forgotten", sign_ins=gone, files_of_tables=files)
        await door.pause(_DAY_SECONDS)
