"""How the platform stands: counts, deadlines at risk, ageing, throughput, and what is stuck."""

from datetime import UTC, datetime
from typing import Any

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from client.today import today
from database.dashboard.counts import ageing, standing, throughput
from database.dashboard.risks import due_within, open_tasks, stuck
from database.pool import Connection
from web.render import render
from web.visit import Somebody, Visit

router = APIRouter()
_DAYS = 14


@router.get("/dashboard")
async def dashboard(visit: Somebody) -> HTMLResponse:
    """The page; nothing of it is counted while somebody waits for it.

    What is due, waits and is stuck is told of the whole, so not to a sub-platform.
    """
    async with visit.console.pool.acquire() as connection:
        counts = await counted(visit, connection)
    return render(visit, "operator/dashboard.html", compact=True, **counts, is_whole=visit.membership.platform is None)


async def counted(visit: Visit, connection: Connection) -> dict[str, Any]:
    """Every count by its name; what is due, waits and is stuck only for who sees the whole."""
    on, platform = today(), visit.membership.platform
    counts: dict[str, Any] = {
        "stages": await standing(connection, ("kind", "stage"), platform=platform),
        "regions": await standing(connection, ("region",), platform=platform),
        "platforms": await standing(connection, ("platform",), platform=platform),
    }
    if platform is not None:
        return counts
    return counts | {
        "due": await due_within(connection, on, _DAYS),
        "tasks": await open_tasks(connection, on),
        "aged": await ageing(connection, on),
        "done": await throughput(connection, on, _DAYS),
        "stuck": await stuck(connection, datetime.now(UTC)),
    }
