"""What waits for a person, for programs: one of them whole, resumed, booked, or put away by as many as it takes."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path, Request
from pydantic import BaseModel

from database.pool import Connection
from database.registers.deliveries import UnmatchedDelivery, find_unmatched
from database.registers.refused_lines import find_refused, list_seen_to
from schemas.values.model import Model, Reason
from schemas.wire.form import filled
from texts.words import refusal_json
from web.api.acts import IdempotencyKey
from web.api.bodies import object_body
from web.api.caller import Reader, Writer
from web.api.console.once import Answer, Done, done_once, once, permit, takes
from web.api.described import noes
from web.api.reads import OWN
from web.api.registers import RefusedLineShown
from web.registers.messages import RESUME, SEE_TO, book_delivery, put_away, resume_message
from web.visit import NotFound, Visit

router = APIRouter()
_OPERATE: dict[str, Any] = {"responses": noes(401, 403, 404), "openapi_extra": OWN, "tags": ["operate"]}
_MessageNumber = Annotated[int, Path(ge=1, lt=2**62)]


class FirstReason(BaseModel):
    """What the first person said, where a second is waited for."""

    seen_by: UUID
    reason: str
    seen_at: datetime


class KeptDelivery(BaseModel):
    """A delivery that found no filing, whole."""

    delivery: UnmatchedDelivery
    first: FirstReason | None


class KeptLine(BaseModel):
    """A line that was refused, whole; ``needs_two``: it is put away by two people."""

    line: RefusedLineShown
    needs_two: bool
    first: FirstReason | None


class PutAway(Model):
    """Why it needs nothing more; who comes second may leave it out, and agrees with the first then."""

    reason: Reason | None = None


class SeenTo(BaseModel):
    """``ended``: it waits no more; else a second person is needed."""

    ended: bool


class Booking(Model):
    """On which filing a delivery is to be booked, and what is noted of it."""

    filing_id: UUID
    reason: Reason | None = None


class Booked(BaseModel):
    """The act that it has become; its receipt is ``GET /acts/{act_id}``."""

    act_id: UUID


@router.post("/messages/{message_id}/resume", **takes(None, "operate"))
async def resume(request: Request, visit: Writer, idempotency_key: IdempotencyKey, message_id: _MessageNumber) -> Done:
    """It is tried again at once, from its first try. 恢复被隔离的消息。"""
    permit(visit, RESUME)
    return await done_once(request, visit, idempotency_key, None, lambda inner: resume_message(inner, message_id))


@router.get("/deliveries/unmatched/{kept_id}", **_OPERATE)
async def unmatched_delivery(visit: Reader, kept_id: UUID) -> KeptDelivery:
    """One delivery that found no filing. 一件未匹配的投递。"""
    async with visit.console.pool.acquire() as connection:
        found = await find_unmatched(connection, kept_id)
        if found is None:
            raise NotFound
        return KeptDelivery(delivery=found, first=await _first(connection, kept_id))


@router.get("/deliveries/refused/{kept_id}", **_OPERATE)
async def refused_line(visit: Reader, kept_id: UUID) -> KeptLine:
    """One line that was refused. 一行不予办理的内容。"""
    async with visit.console.pool.acquire() as connection:
        found = await find_refused(connection, kept_id)
        if found is None:
            raise NotFound
        first = await _first(connection, kept_id)
    shown = {**vars(found), "reasons": [refusal_json(reason) for reason in found.reasons]}
    return KeptLine(line=RefusedLineShown(**shown), needs_two=found.origin == "deliver", first=first)


@router.post("/deliveries/unmatched/{kept_id}/booking", **takes(Booking, "operate"))
async def book(request: Request, visit: Writer, idempotency_key: IdempotencyKey, kept_id: UUID) -> Booked:
    """A person names the filing; the act is granted or refused there like any other. 将投递认领到事项。"""
    permit(visit, SEE_TO)
    body = await object_body(request)
    given = filled(Booking, body)

    async def doing(_inner: Visit) -> Answer:
        # The act has a transaction of its own. What was delivered names it, so it is one even where this is cut off.
        return {"act_id": str(await book_delivery(visit, kept_id, given.filing_id, given.reason or ""))}

    return Booked(**await once(request, visit, UUID(idempotency_key), body, doing))


@router.post("/deliveries/unmatched/{kept_id}/seen-to", **takes(PutAway, "operate"))
async def put_away_delivery(request: Request, visit: Writer, idempotency_key: IdempotencyKey, kept_id: UUID) -> SeenTo:
    """It needs nothing more; it ends with the second person. 了结投递，须两人。"""
    return await _seen_to(request, visit, UUID(idempotency_key), kept_id)


@router.post("/deliveries/refused/{kept_id}/seen-to", **takes(PutAway, "operate"))
async def put_away_line(request: Request, visit: Writer, idempotency_key: IdempotencyKey, kept_id: UUID) -> SeenTo:
    """It needs nothing more; a row of a table ends with one person, what was delivered with the second. 了结该行。"""
    return await _seen_to(request, visit, UUID(idempotency_key), kept_id)


async def _seen_to(request: Request, visit: Visit, key: UUID, kept_id: UUID) -> SeenTo:
    permit(visit, SEE_TO)
    body = await object_body(request)
    given = filled(PutAway, body)

    async def doing(inner: Visit) -> Answer:
        return {"ended": await put_away(inner, kept_id, given.reason or "")}

    return SeenTo(**await once(request, visit, key, body, doing))


async def _first(connection: Connection, kept_id: UUID) -> FirstReason | None:
    said = next(iter(await list_seen_to(connection, kept_id)), None)
    return None if said is None else FirstReason(seen_by=said.seen_by, reason=said.reason, seen_at=said.seen_at)
