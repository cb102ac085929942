"""Whether this process lives, and whether it can serve: for the proxy in front and for whoever keeps it running."""

import asyncio
from collections.abc import Awaitable
from typing import Literal

import asyncpg
from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, PlainTextResponse
from temporalio.service import RPCError

from database.migrate import see_migrated
from database.pool import AWAY
from schemas.values.refusal import NotSetUp
from web.console import Console

LIVES, READY = "/healthz", "/readyz"
router = APIRouter()
_PATIENCE_SECONDS = 3.0
"""Less than what asks waits for us (docker-compose.yml)."""
_NEVER_KEPT = {"Cache-Control": "no-store"}
Found = Literal["ok", "away", "not_migrated"]


@router.get(LIVES)
async def lives() -> PlainTextResponse:
    """Nothing else is looked at: a process that is started again because its database is away helps nobody."""
    return PlainTextResponse("ok\n", headers=_NEVER_KEPT)


@router.get(READY)
async def is_ready(request: Request) -> JSONResponse:
    """503 while the database is away or not migrated, or Temporal does not answer; no word that helps a stranger.

    Without its scanner a console takes no documents and does all the rest, so that is told and is no 503.
    """
    console: Console = request.app.state.console
    database, temporal, scanner = await asyncio.gather(
        _found(see_migrated(console.pool)), _found(_temporal(console)), _scanner(console)
    )
    found = {"database": database, "temporal": temporal, "scanner": scanner}
    return JSONResponse(found, 200 if database == temporal == "ok" else 503, _NEVER_KEPT)


async def _temporal(console: Console) -> None:
    await console.asker.client.service_client.check_health()


async def _scanner(console: Console) -> Literal["ok", "away", "none"]:
    if console.scanner is None:
        return "none"
    return "ok" if await console.scanner.lives() else "away"


async def _found(looking: Awaitable[object]) -> Found:
    try:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            await looking
    except NotSetUp:
        return "not_migrated"
    except (TimeoutError, RPCError, *AWAY, asyncpg.PostgresError):
        return "away"
    return "ok"
