"""Whether a receipt or a certificate is true, for whoever holds it: without an account, and without personal data."""

import re
from dataclasses import dataclass
from datetime import datetime
from secrets import compare_digest
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import TypeAdapter
from starlette.responses import HTMLResponse, RedirectResponse, Response

from client.meant import id_typed
from database.console.positions import positions_of
from database.pool import Connection
from database.reads.lists import list_filings
from database.reads.matching import recorded_act
from database.record.event_log import find_act, find_head
from rules.licence.validity import Validity
from schemas.acts.act import FilingKind
from schemas.standing.answer import Answer
from web.pages.licensee.licences import dues_of
from web.render import render
from web.visit import Anybody

router = APIRouter(prefix="/verify")
_ANSWER = TypeAdapter(Answer)
_BOTH = re.compile(r"([0-9a-f-]{36})/([0-9a-f]{64})")


@dataclass(frozen=True)
class Verified:
    """What may be said to whoever holds the paper: what it is of, and where the filing stands today."""

    kind: str
    act: str
    legal_on: str
    recorded_at: datetime
    receipt_number: str | None
    stage_then: str
    stage_now: str
    content_hash: str
    validity: Validity | None
    """Of a licence, as it is today."""
    numbers: tuple[tuple[str, str], ...]
    """By what the filing is known, as key of a word and value; only what the office prints, and nobody's name."""


async def read(connection: Connection, act_id: UUID, content_hash: str) -> Verified | None:
    """None where no act has both that id and that hash: an id alone can be made up from what is public."""
    stored = await find_act(connection, act_id)
    if stored is None:
        return None
    answer = _ANSWER.validate_python(stored.answer)
    if not compare_digest(answer.content_hash, content_hash):
        return None
    head, act = await find_head(connection, stored.filing_id), await recorded_act(connection, act_id)
    assert head is not None
    return Verified(
        head.kind,
        (act or {}).get("kind", ""),
        answer.legal_on,
        datetime.fromisoformat(answer.recorded_at),
        answer.receipt_number,
        answer.head.stage,
        head.stage,
        answer.content_hash,
        *await _today(connection, stored.filing_id),
    )


async def _today(connection: Connection, filing_id: UUID) -> tuple[Validity | None, tuple[tuple[str, str], ...]]:
    listed = (await list_filings(connection, filing_id=filing_id))[0]
    numbers = [("patent_number", listed.patent_number), ("declaration_number", listed.declaration_number)]
    validity = None
    if listed.kind == FilingKind.LICENCE:
        dues = dues_of((await positions_of(connection, [filing_id]))[filing_id])
        validity = dues.validity
        numbers.append(("recordal_number", dues.position.recordal_number))
    return validity, tuple((name, value) for name, value in numbers if value)


@router.get("")
async def asked(visit: Anybody, code: str = Query("", max_length=400)) -> Response:
    """Where the address of a code, or its two parts, can be typed."""
    found = _BOTH.search(code.strip().lower())
    if found is not None and id_typed(found[1]) is not None:
        return RedirectResponse(f"/verify/{found[1]}/{found[2]}", 303)
    return render(visit, "verify.html", code=code, found=None, is_asked=bool(code))


@router.get("/{act_id}/{content_hash}")
async def verified(visit: Anybody, act_id: UUID, content_hash: str) -> HTMLResponse:
    """What the code leads to."""
    async with visit.console.pool.acquire() as connection:
        found = await read(connection, act_id, content_hash.lower())
    return render(visit, "verify.html", 200 if found else 404, code="", found=found, is_asked=True)
