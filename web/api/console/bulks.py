"""One act asked for of many filings, for programs: chosen, tried, done, countersigned, and told filing by filing."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field

from database.bulletin.pages import read_instant_place
from database.console.mine import Narrowed
from database.work import bulks
from database.work.bulks import Stage
from schemas.acts.act import FilingKind
from schemas.values.model import Model, ShortText
from schemas.values.refusal import refuse
from schemas.wire.form import filled
from texts.words import refusal_json
from web.api.acts import IdempotencyKey
from web.api.bodies import object_body
from web.api.caller import Reader, Writer
from web.api.console.once import Answer, once, takes
from web.api.described import noes
from web.api.reads import OWN, Size, Turn, turn
from web.api.shown import Turned, turned
from web.bulks.acting import MOST
from web.bulks.asking import begin, bulk_of, do, for_many, found_by, sign, try_act
from web.visit import Visit

router = APIRouter()
_BULKS: dict[str, Any] = {"responses": noes(401, 403, 404), "openapi_extra": OWN, "tags": ["bulks"]}


class ChosenList(Model):
    """What narrows the list of your filings, as ``GET /filings`` takes it."""

    kind: FilingKind | None = None
    stage: ShortText | None = None
    q: ShortText | None = None
    due_on: date | None = None


class NewBulk(Model):
    """The filings by their ids, or else all that a list of them finds, newest first; of more than 500 the first."""

    filing_ids: Annotated[tuple[UUID, ...], Field(min_length=1, max_length=MOST)] | None = None
    all_of: ChosenList | None = None


class BegunBulk(BaseModel):
    """How many filings of yours it has."""

    bulk_id: UUID
    filings: int


class BulkAct(Model):
    """The act (``declaration.announce``), its body, the same for all and with its day, and why it is asked of many."""

    act: ShortText
    body: dict[str, Any]
    reason: ShortText


class BulkStage(BaseModel):
    """What the console is at with it from now on."""

    bulk_id: UUID
    stage: Stage


class ListedBulk(BaseModel):
    """One bulk of the list."""

    bulk_id: UUID
    act_kind: str | None
    reason: str | None
    stage: Stage
    asked_by: UUID
    created_at: datetime
    has_more: bool
    signed_by: UUID | None


class Bulks(Turned):
    """Those of the people of your role in your organisation, the newest first."""

    rows: list[ListedBulk]


class ShownItem(BaseModel):
    """One filing of a bulk: what the dry run said, what came of it, and of the second signature."""

    number: int
    filing_id: UUID
    act_id: UUID | None
    trial: str | None
    outcome: str | None
    signed: str | None
    refusals: list[dict[str, Any]]


class ShownBulk(BaseModel):
    """One act for many filings; ``items`` go on with ``after``, the last number. ``counts`` by answer."""

    bulk_id: UUID
    act_kind: str | None
    reason: str | None
    stage: Stage
    counts: dict[str, int]
    items: list[ShownItem]


@router.get("/bulks", **_BULKS)
async def all_bulks(visit: Reader, older: Turn = "", newer: Turn = "", limit: Size = 50) -> Bulks:
    """Acts that were asked of many filings. 批量办理的清单。"""
    mine, organisation_id = for_many(visit)
    place, direction = turn(older, newer, read_instant_place)
    async with visit.console.pool.acquire() as connection:
        found = await bulks.bulks_of(
            connection, organisation_id, mine.role.value, place=place, direction=direction, size=limit
        )
    return Bulks(rows=[ListedBulk.model_validate(one, from_attributes=True) for one in found.rows], **turned(found))


@router.get("/bulks/{bulk_id}", **_BULKS)
async def bulk(visit: Reader, bulk_id: UUID, after: Annotated[int, Query(ge=0, le=10_000)] = 0) -> ShownBulk:
    """One act for many filings, and what came of each. 一批事项的同一行为及各项结果。"""
    async with visit.console.pool.acquire() as connection:
        found = await bulk_of(visit, connection, bulk_id)
        items = await bulks.items_of(connection, bulk_id, after)
        counts = await bulks.counted(connection, bulk_id)
    shown = [
        ShownItem(
            number=one.number,
            filing_id=one.filing_id,
            act_id=one.act_id,
            trial=one.trial,
            outcome=one.outcome,
            signed=one.signed,
            refusals=[refusal_json(why) for why in one.refusals],
        )
        for one in items
    ]
    return ShownBulk(
        bulk_id=bulk_id,
        act_kind=found.act_kind,
        reason=found.reason,
        stage=found.stage,
        counts={name: number for name, number in counts.items() if not name.endswith(".None")},
        items=shown,
    )


@router.post("/bulks", **takes(NewBulk, "bulks", all_of=None))
async def new_bulk(request: Request, visit: Writer, idempotency_key: IdempotencyKey) -> BegunBulk:
    """The filings are chosen; those that are not yours are left out. 选定一批事项。"""
    body = await object_body(request)
    given = filled(NewBulk, body)
    if (given.filing_ids is None) is (given.all_of is None):
        raise refuse("field_missing", "filing_ids", hint_zh="", hint_en="")

    async def doing(inner: Visit) -> Answer:
        ids, has_more = list(given.filing_ids or ()), False
        if given.all_of is not None:
            of = given.all_of
            narrowed = Narrowed(kind=of.kind, stage=of.stage, text=of.q, due_on=of.due_on)
            ids, has_more = await found_by(inner, narrowed)
        bulk_id, number = await begin(inner, ids, has_more=has_more)
        if not number:
            raise refuse("bulk_without_filings", "filing_ids")
        return {"bulk_id": str(bulk_id), "filings": number}

    return BegunBulk(**await once(request, visit, UUID(idempotency_key), body, doing))


@router.post(
    "/bulks/{bulk_id}/trial",
    **takes(BulkAct, "bulks", act="declaration.return_for_correction", body={"on": "2026-11-20"}),
)
async def try_bulk(request: Request, visit: Writer, idempotency_key: IdempotencyKey, bulk_id: UUID) -> BulkStage:
    """The act is kept and tried for each filing; nothing is done yet. 逐项试算，不作办理。"""
    body = await object_body(request)
    given = filled(BulkAct, body)

    async def doing(inner: Visit) -> Answer:
        await try_act(inner, bulk_id, given.act, given.body, given.reason)
        return await _stage(inner, bulk_id)

    return await _asked(request, visit, idempotency_key, body, doing)


@router.post("/bulks/{bulk_id}/start", **takes(None, "bulks"))
async def start_bulk(request: Request, visit: Writer, idempotency_key: IdempotencyKey, bulk_id: UUID) -> BulkStage:
    """It is done by whoever asked for it, or what was not answered is asked again. 办理试算通过的各项。"""

    async def doing(inner: Visit) -> Answer:
        await do(inner, bulk_id)
        return await _stage(inner, bulk_id)

    return await _asked(request, visit, idempotency_key, None, doing)


@router.post("/bulks/{bulk_id}/signature", **takes(None, "bulks"))
async def sign_bulk(request: Request, visit: Writer, idempotency_key: IdempotencyKey, bulk_id: UUID) -> BulkStage:
    """The second person signs each of its acts. 第二人会签整批。"""

    async def doing(inner: Visit) -> Answer:
        await sign(inner, bulk_id)
        return await _stage(inner, bulk_id)

    return await _asked(request, visit, idempotency_key, None, doing)


async def _stage(visit: Visit, bulk_id: UUID) -> Answer:
    async with visit.console.pool.acquire() as connection:
        return {"bulk_id": str(bulk_id), "stage": (await bulk_of(visit, connection, bulk_id)).stage}


async def _asked(request: Request, visit: Visit, key: str, body: Any, doing: Any) -> BulkStage:
    answer = BulkStage(**await once(request, visit, UUID(key), body, doing))
    visit.console.bulks_wait.set()  # now that it is committed
    return answer
