"""What an act would change, asked before the act itself, for programs as its page shows it: nothing is written."""

from typing import Any
from uuid import UUID, uuid4

from fastapi import APIRouter, Request
from pydantic import BaseModel

from schemas.standing.answer import Preview
from schemas.values.determination import Determination
from schemas.values.model import Model, ShortText
from schemas.values.money import Amount
from schemas.wire.form import filled
from texts.words import refusal_json
from web.api.acts import act_of, operations, permit
from web.api.bodies import object_body
from web.api.caller import Reader, Writer
from web.api.console.once import takes
from web.api.described import noes
from web.api.reads import OWN, Stated
from web.consents.asked import draft_of
from web.pages.declare.brought import Brought
from web.pages.declare.checking import checked
from web.pages.undoing import effects_of
from web.visit import NotFound

router = APIRouter()
_OPERATIONS = {(f"{one.kind.value}.{one.act}", one.begins): one for one in operations()}


class AskedPreview(Model):
    """An act (``declaration.file_withdrawal``), its body as its own operation takes it, and its filing, if any."""

    act: ShortText
    filing_id: UUID | None = None
    body: dict[str, Any]


class Bringing(BaseModel):
    """What a licence for that price would bring to whom, before what the unit bears itself.

    ``fee``: the next annual fee with the licence recorded; none where the patent has no further year.
    """

    price: Amount
    inventors: Amount
    unit: Amount
    others: Amount
    pool: Determination
    tax: Determination
    fee: Determination | None


class DraftCheck(BaseModel):
    """Everything that is wrong or missing in a draft; where nothing is, what the declaration would do and bring.

    ``bringing`` is missing also where the price cannot be read.
    """

    refusals: list[dict[str, Any]]
    preview: Preview | None
    bringing: Bringing | None


@router.post("/previews", **takes(AskedPreview, "read", act="declaration.file_withdrawal", body={"on": "2026-12-01"}))
async def previewed(request: Request, visit: Writer) -> Preview:
    """What an act would change, filing by filing, in yuan; of a withdrawal, also its announcement. 预览行为的后果。"""
    asked = filled(AskedPreview, await object_body(request))
    operation = _OPERATIONS.get((asked.act, asked.filing_id is None))
    if operation is None:
        raise NotFound(asked.filing_id)
    await permit(operation, visit, asked.filing_id)
    made = await act_of(operation, visit, asked.body, uuid4(), asked.filing_id)
    return (await effects_of(visit, operation.kind, made)).preview


@router.get("/drafts/{draft_id}/check", responses=noes(401, 403, 404), openapi_extra=OWN, tags=["consents"])
async def checked_draft(visit: Reader, draft_id: UUID, price: Stated = "", state_set: bool = True) -> DraftCheck:
    """What is wrong with a draft, and what its declaration would do and bring. 核对草稿并预览其后果。"""
    found = await checked(visit, await draft_of(visit, draft_id), price, state_set=state_set)
    return DraftCheck(
        refusals=[refusal_json(one) for one in found.refusals], preview=found.preview, bringing=_bringing(found.brought)
    )


def _bringing(brought: Brought | None) -> Bringing | None:
    if brought is None or brought.found is None:
        return None
    return Bringing.model_validate(brought.found, from_attributes=True)
