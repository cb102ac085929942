"""What is to be done, and what does not fit, for programs: as the pages of the same name show it."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from database.bulletin.pages import read_day_place
from database.console.facts import findings_of_mine
from database.work.bulks import items_of
from schemas.acts.act import FilingKind
from texts.words import refusal_json
from web.api.caller import Reader
from web.api.described import noes
from web.api.reads import OWN, Size, Turn, turn
from web.api.shown import Findings, ShownBulk, ShownItem, ShownTask, Tasks, finding_shown, turned
from web.pages.bulk import one as bulk_page
from web.pages.work import queue
from web.rights.whose import whose

router = APIRouter()


@router.get("/tasks", responses=noes(401, 403), openapi_extra=OWN, tags=["read"])
async def tasks(
    visit: Reader,
    kind: FilingKind | None = None,
    due: queue.Due = "",
    basis: queue.Basis = "",
    whom: queue.Whom = "",
    older: Turn = "",
    newer: Turn = "",
    limit: Size = 100,
) -> Tasks:
    """What is to be done by your role, and who does it. 本角色的待办及其办理人。"""
    place, direction = turn(older, newer, read_day_place)
    asked = queue.Asked(kind, due, basis, whom)
    async with visit.console.pool.acquire() as connection:
        found = await queue.read(visit, connection, asked, place, direction, limit)
    rows = [
        ShownTask(**vars(one.task), waited_working_days=one.clock.waited, working_days_left=one.clock.left)
        for one in found.waiting
    ]
    return Tasks(rows=rows, **turned(found.page))


@router.get("/findings", responses=noes(401, 403), openapi_extra=OWN, tags=["read"])
async def findings(
    visit: Reader,
    code: Annotated[str | None, Query(max_length=80)] = None,
    older: Turn = "",
    newer: Turn = "",
    limit: Size = 100,
) -> Findings:
    """Open findings of your filings. 您的事项中尚未了结的不一致。"""
    place, direction = turn(older, newer, read_day_place)
    async with visit.console.pool.acquire() as connection:
        found = await findings_of_mine(connection, whose(visit), code, place=place, direction=direction, size=limit)
    return Findings(rows=[finding_shown(*one) for one in found.rows], **turned(found))


@router.get("/bulks/{bulk_id}", responses=noes(401, 403, 404), openapi_extra=OWN, tags=["read"])
async def bulk(visit: Reader, bulk_id: UUID, after: Annotated[int, Query(ge=0, le=10_000)] = 0) -> ShownBulk:
    """One act for many filings, and what came of each. 一批事项的同一行为及各项结果。"""
    async with visit.console.pool.acquire() as connection:
        found = await bulk_page.read(visit, connection, bulk_id)
        items = await items_of(connection, bulk_id, after)
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
    return ShownBulk(bulk_id=bulk_id, act_kind=found.act_kind, reason=found.reason, stage=found.stage, items=shown)
