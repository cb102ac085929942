"""The receipt of an act: its legal day and instant, content hash, next step and deadline."""

from datetime import datetime
from uuid import UUID

from fastapi import APIRouter
from pydantic import TypeAdapter
from starlette.responses import HTMLResponse

from database.reads.matching import recorded_act
from database.record.event_log import find_act
from schemas.standing.answer import Answer
from web.render import render
from web.rights.whose import see
from web.visit import NotFound, Somebody

router = APIRouter()
_ANSWER = TypeAdapter(Answer)


@router.get("/acts/{act_id}")
async def receipt(visit: Somebody, act_id: UUID) -> HTMLResponse:
    """What whoever asked was answered, as often as it is looked at."""
    async with visit.console.pool.acquire() as connection:
        stored = await find_act(connection, act_id)
        if stored is None:
            raise NotFound
        await see(visit, connection, stored.filing_id)
        act = await recorded_act(connection, act_id)
    answer = _ANSWER.validate_python(stored.answer)
    at = datetime.fromisoformat(answer.recorded_at)
    return render(visit, "receipt.html", answer=answer, act=act, recorded_at=at)
