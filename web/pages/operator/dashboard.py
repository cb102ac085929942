"""How the platform stands: counts, deadlines at risk, ageing, throughput, and what is stuck."""

from datetime import UTC, datetime

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from client.today import today
from database.dashboard.counts import ageing, standing, throughput
from database.dashboard.risks import due_within, open_tasks, stuck
from schemas.values.actor import Role
from web.render import render
from web.visit import NotFound, Somebody, Visit

router = APIRouter()
_DAYS = 14


def for_operators(visit: Visit) -> None:
    """Raises NotFound for everybody else."""
    if visit.membership.role is not Role.OPERATOR:
        raise NotFound


@router.get("/dashboard")
async def dashboard(visit: Somebody) -> HTMLResponse:
    """The page; nothing of it is counted while somebody waits for it."""
    for_operators(visit)
    on, platform = today(), visit.membership.platform
    async with visit.console.pool.acquire() as connection:
        stages = await standing(connection, ("kind", "stage"), platform=platform)
        regions = await standing(connection, ("region",), platform=platform)
        platforms = await standing(connection, ("platform",), platform=platform)
        due, tasks = await due_within(connection, on, _DAYS), await open_tasks(connection, on)
        aged, done = await ageing(connection, on), await throughput(connection, on, _DAYS)
        waiting = await stuck(connection, datetime.now(UTC))
    return render(
        visit,
        "operator/dashboard.html",
        compact=True,
        stages=stages,
        regions=regions,
        platforms=platforms,
        due=due,
        tasks=tasks,
        aged=aged,
        done=done,
        stuck=waiting,
    )
