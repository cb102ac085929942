"""Contradictions that are open, oldest first, and what would close each."""

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from database.console.facts import findings_of_mine
from texts.words import closing_text
from web.pages.operator.dashboard import for_operators
from web.render import render
from web.rights.whose import whose
from web.visit import Somebody

router = APIRouter()


@router.get("/findings")
async def findings(visit: Somebody) -> HTMLResponse:
    """The list."""
    for_operators(visit)
    async with visit.console.pool.acquire() as connection:
        found = await findings_of_mine(connection, whose(visit))
    closing = {finding.code: getattr(closing_text(finding.code), visit.language, "") for _, finding in found}
    return render(visit, "operator/findings.html", compact=True, found=found, closing=closing)
