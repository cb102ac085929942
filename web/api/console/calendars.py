"""Holiday tables, for programs: proposed by one person, put in use by another, and what each one moved."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path, Request
from pydantic import BaseModel

from schemas.values.calendar import YearTable
from web.api.acts import IdempotencyKey
from web.api.bodies import object_body
from web.api.caller import Reader, Writer
from web.api.console.once import Answer, Done, done_once, once, permit, takes
from web.api.described import noes
from web.api.reads import OWN, Size
from web.registers.calendars import APPROVE, PROPOSE, WITHDRAW, approve_table, moves, propose_table, withdraw_table
from web.visit import Visit

router = APIRouter()
_READ: dict[str, Any] = {"responses": noes(401, 403, 404), "openapi_extra": OWN, "tags": ["operate"]}
_REST = [{"first": "2027-01-01", "last": "2027-01-03"}]
_Year = Annotated[int, Path(ge=1, le=9_999)]


class ProposedTable(BaseModel):
    """The year whose table waits for a second person."""

    year: int


class MovedDay(BaseModel):
    """One day of one filing before and after the table; null where the filing does not wait for it (any more)."""

    filing_id: UUID
    kind: str
    key: str
    what: str
    was: date | None
    was_provisional: bool
    now: date | None
    now_provisional: bool


class MovedDays(BaseModel):
    """The days of some filings; ``following`` goes on after the last one. ``left``: batches that are not told yet."""

    rows: list[MovedDay]
    following: UUID | None
    left: int


@router.post("/calendars", **takes(YearTable, "operate", year=2027, rest=_REST))
async def new_calendar(request: Request, visit: Writer, idempotency_key: IdempotencyKey) -> ProposedTable:
    """The table of a year that was announced; a second person puts it in use. 提出年度假日表。"""
    permit(visit, PROPOSE)
    body = await object_body(request)

    async def doing(inner: Visit) -> Answer:
        return {"year": await propose_table(inner, body)}

    return ProposedTable(**await once(request, visit, UUID(idempotency_key), body, doing))


@router.post("/calendars/{year}/approval", **takes(None, "operate"))
async def calendar_approval(request: Request, visit: Writer, idempotency_key: IdempotencyKey, year: _Year) -> Done:
    """The second person puts it in use. 第二人批准年度假日表。"""
    permit(visit, APPROVE)
    return await done_once(request, visit, idempotency_key, None, lambda inner: approve_table(inner, year))


@router.post("/calendars/{year}/withdrawal", **takes(None, "operate"))
async def calendar_withdrawal(request: Request, visit: Writer, idempotency_key: IdempotencyKey, year: _Year) -> Done:
    """A proposal is taken back, so that the right one can be made. 撤回未批准的年度假日表。"""
    permit(visit, WITHDRAW)
    return await done_once(request, visit, idempotency_key, None, lambda inner: withdraw_table(inner, year))


@router.get("/calendars/{year}/moved", **_READ)
async def moved_days(visit: Reader, year: _Year, after: UUID | None = None, limit: Size = 50) -> MovedDays:
    """What the table in use moved, filing by filing. 启用年度假日表后变动的日期。"""
    async with visit.console.pool.acquire() as connection:
        found = await moves(connection, year, after, limit)
    names = MovedDay.model_fields
    rows = [MovedDay(**{name: value for name, value in one._asdict().items() if name in names}) for one in found.days]
    return MovedDays(rows=rows, following=found.after, left=found.left)
