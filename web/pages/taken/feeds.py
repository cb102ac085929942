"""The deadlines of filings for calendar programs."""

from fastapi import APIRouter
from starlette.responses import Response

from web.pages.taken.deadlines import deadlines_of
from web.rights.whose import whose
from web.visit import Somebody

router = APIRouter()


@router.get("/filings/deadlines.ics")
async def deadlines(visit: Somebody) -> Response:
    """What is due in one's filings, once; a calendar program subscribes to a secret address instead."""
    body = await deadlines_of(visit.console.pool, whose(visit), visit.language, visit.address("/filings/"))
    return Response(body, media_type="text/calendar; charset=utf-8")
