"""What is kept of signing in goes after its time: sessions after half a year, devices that nobody used after a year."""

from contextlib import suppress
from datetime import timedelta

import asyncpg
import structlog

from database.console.sessions import forget_sign_ins
from database.pool import AWAY
from web.sign_in.door import Door

_KEPT = timedelta(days=181)
_DAY_SECONDS = 86_400
log = structlog.get_logger()


async def forgetting(door: Door) -> None:
    """Every day until it is cancelled; a database that is away is asked again the day after."""
    while True:
        with suppress(*AWAY, asyncpg.PostgresError):
            async with door.pool.acquire() as connection:
                gone = await forget_sign_ins(connection, door.clock() - _KEPT)
            log.info("sign_ins_forgotten", rows=gone)
        await door.pause(_DAY_SECONDS)
