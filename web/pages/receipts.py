"""The receipt of an act: its legal day and instant, content hash, next step and deadline; on paper too."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from pydantic import TypeAdapter
from starlette.responses import HTMLResponse, Response

from database.reads.matching import recorded_act
from database.record.event_log import find_act
from schemas.standing.answer import Answer
from schemas.values.model import SHANGHAI
from schemas.values.money import STORED
from texts.citations import article_in
from texts.words import name_of, task_text
from web.papers.paper import Paper, printed
from web.render import instant, render
from web.rights.parts import names, own_party
from web.rights.whose import see
from web.visit import NotFound, Somebody, Visit
from web.words import word

router = APIRouter()
_ANSWER = TypeAdapter(Answer)


@dataclass(frozen=True)
class Receipt:
    """What whoever asked was answered, as often as it is looked at."""

    answer: Answer
    act: dict[str, Any]
    recorded_at: datetime


async def read(visit: Visit, act_id: UUID) -> Receipt:
    """The receipt; raises NotFound where there is none, or none that is yours to see."""
    async with visit.console.pool.acquire() as connection:
        stored = await find_act(connection, act_id)
        if stored is None:
            raise NotFound
        await see(visit, connection, stored.filing_id)
        act = await recorded_act(connection, act_id)
    answer = _ANSWER.validate_python(stored.answer, context=STORED)
    own = own_party(visit, answer.filing_kind)
    if own is not None and not names((act or {}).get("by"), own):
        raise NotFound(stored.filing_id, "receipt")  # what others were answered has their amounts
    return Receipt(answer, act or {}, datetime.fromisoformat(answer.recorded_at))


@router.get("/acts/{act_id}")
async def receipt(visit: Somebody, act_id: UUID) -> HTMLResponse:
    """The page."""
    found = await read(visit, act_id)
    return render(visit, "receipt.html", answer=found.answer, act=found.act, recorded_at=found.recorded_at)


@router.get("/acts/{act_id}/receipt.pdf")
async def receipt_paper(visit: Somebody, act_id: UUID) -> Response:
    """The same to print."""
    found = await read(visit, act_id)
    made = await asyncio.to_thread(printed, paper_of(visit, found), visit.language)
    headers = {"Content-Disposition": f'attachment; filename="receipt-{act_id}.pdf"'}
    return Response(made, media_type="application/pdf", headers=headers)


def paper_of(visit: Visit, found: Receipt) -> Paper:
    """What the printed receipt says."""
    language, answer = visit.language, found.answer
    kind, deadline = answer.filing_kind.value, answer.next_deadline
    due = f"{deadline.by}  {article_in(deadline.article, language)}" if deadline else ""
    what = task_text(deadline.what) if deadline else None
    pairs = [
        (word("receipt_number", language), answer.receipt_number or ""),
        (word("legal_day", language), answer.legal_on),
        (word("recorded_at", language), f"{instant(found.recorded_at)} {word('time_of_beijing', language)}"),
        (word("stage", language), name_of("stages", f"{kind}.{answer.head.stage}", language)),
        (word("next_step", language), str(getattr(what, language)) if what else word("nothing_waits", language)),
        (word("due_by", language), due),
        (word("filing_id", language), str(answer.filing_id)),
        (word("act_id", language), str(answer.act_id)),
        (word("content_hash", language), answer.content_hash),
    ]
    return Paper(
        title=word("receipt", language),
        about=name_of("acts", f"{kind}.{found.act.get('kind', '')}", language),
        pairs=pairs,
        address=visit.address(f"/verify/{answer.act_id}/{answer.content_hash}"),
        made_on=found.recorded_at.astimezone(SHANGHAI).date(),
        note=word("receipt_note", language),
    )
