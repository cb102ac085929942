"""What operators and auditors read of the whole: the record, messages, deliveries, calendars, the audit log."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import AwareDatetime, BaseModel

from database.console.history import recorded_of
from database.registers.audit_log import LAST, Outcome, read_audit
from database.registers.deliveries import UnmatchedDelivery, list_unmatched
from database.registers.refused_lines import list_refused
from database.standing.outbox import Quarantined, list_quarantined
from schemas.values.money import Money
from texts.words import refusal_json
from web.api.caller import Reader
from web.api.described import noes
from web.api.reads import OWN, Size
from web.pages.filing.read import at_one_instant
from web.pages.filing.read import read as read_filing
from web.pages.filing.sums import read_money
from web.registers.calendars import tables

router = APIRouter()
_Number = Annotated[int, Query(ge=0, le=2**62)]
_Whole: dict[str, Any] = {"responses": noes(401, 403, 404), "openapi_extra": OWN, "tags": ["operate"]}


class MoneyLine(BaseModel):
    """A determined line; ``due`` and ``paid`` in yuan, null where a later determination has it."""

    version: int
    ordinal: int
    rule: str
    as_of: date
    line: str
    determined: Money
    due: Money | None
    paid: Money | None
    stands: bool
    provisions: list[str]


class ReachedBy(BaseModel):
    """A receipt, and the filings that its money reached, of those that are yours to see."""

    bank_line: str
    received_on: date
    receipt_id: str | None
    amount: Money
    payouts: list[UUID]
    settlements: list[UUID]


class FilingMoney(BaseModel):
    """The money of a filing."""

    lines: list[MoneyLine]
    receipts: list[ReachedBy]


class RecordedEvent(BaseModel):
    """One event of the chain; hashes in hex."""

    version: int
    act_id: UUID
    kind: str
    legal_on: date
    recorded_at: datetime
    size: int
    content_hash: str | None
    previous_hash: str
    hash: str
    code_version: str


class Record(BaseModel):
    """Events in the order of the chain; ask again with ``after`` the last version."""

    rows: list[RecordedEvent]


class Messages(BaseModel):
    """Quarantined messages, oldest first; ask again with ``after`` the last id."""

    rows: list[Quarantined]


class Unmatched(BaseModel):
    """Unmatched deliveries, oldest first; ask again with the last ``received_at`` and ``delivery_id``."""

    rows: list[UnmatchedDelivery]


class RefusedLineShown(BaseModel):
    """A line that was refused."""

    line_id: UUID
    origin: str
    file: str
    line: int
    source: str | None
    event_id: str | None
    body: str
    reasons: list[dict[str, Any]]
    received_at: datetime


class RefusedLines(BaseModel):
    """Refused lines, oldest first; ask again with the last ``received_at`` and ``line_id``."""

    rows: list[RefusedLineShown]


class LoggedLine(BaseModel):
    """One line of the audit log."""

    id: int
    at: datetime
    who: UUID
    role: str
    act_id: UUID | None
    act_kind: str
    filing_id: UUID | None
    outcome: str
    legal_on: date | None
    refusals: list[dict[str, Any]]


class AuditLog(BaseModel):
    """Lines, newest first; ask again with ``before`` the last id."""

    rows: list[LoggedLine]


class CalendarTable(BaseModel):
    """A holiday table; ``state``: of the program (``bundled``), ``proposed``, ``in_use`` or ``withdrawn``."""

    year: int
    state: str
    table: dict[str, Any]
    loaded_by: UUID | None
    approved_by: UUID | None


class Calendars(BaseModel):
    """All of them."""

    rows: list[CalendarTable]


@router.get("/filings/{filing_id}/money", responses=noes(401, 403, 404), openapi_extra=OWN, tags=["read"])
async def money(visit: Reader, filing_id: UUID) -> FilingMoney:
    """The money of a filing that is yours to see: determined lines with their clauses, receipts. 款项及条款依据。"""
    async with at_one_instant(visit) as connection:
        found = await read_money(visit, connection, await read_filing(visit, connection, filing_id, shown=0))
    lines = [
        MoneyLine(
            **{name: getattr(one, name) for name in MoneyLine.model_fields if name != "provisions"},
            provisions=list(dict.fromkeys(row.provision for row in one.clauses)),
        )
        for one in found.lines
    ]
    receipts = [
        ReachedBy(
            bank_line=one.part.bank_key,
            received_on=one.part.received_on,
            receipt_id=one.part.receipt_id,
            amount=Money(one.part.part_fen),
            payouts=[payout.payout_id for payout in one.payouts],
            settlements=[subsidy.settlement_id for subsidy in one.subsidies],
        )
        for one in found.receipts
    ]
    return FilingMoney(lines=lines, receipts=receipts)


@router.get("/filings/{filing_id}/history", **_Whole)
async def history(
    visit: Reader, filing_id: UUID, after: Annotated[int, Query(ge=0, lt=2**31)] = 0, limit: Size = 50
) -> Record:
    """The record of a filing with what proves it. 原始记录及其散列。"""
    async with at_one_instant(visit) as connection:
        await read_filing(visit, connection, filing_id, shown=0)
        rows = await recorded_of(connection, filing_id, after, limit)
    shown = [{**vars(one), "previous_hash": one.previous_hash.hex(), "hash": one.hash.hex()} for one in rows]
    return Record(rows=[RecordedEvent(**one) for one in shown])


@router.get("/messages", **_Whole)
async def messages(visit: Reader, after: _Number = 0, limit: Size = 50) -> Messages:
    """Messages that wait for a person. 被隔离的消息。"""
    async with visit.console.pool.acquire() as connection:
        return Messages(rows=await list_quarantined(connection, after, limit))


@router.get("/deliveries/unmatched", **_Whole)
async def unmatched(
    visit: Reader, after: AwareDatetime | None = None, after_id: UUID | None = None, limit: Size = 50
) -> Unmatched:
    """Delivered events that name nothing known. 未匹配的投递。"""
    async with visit.console.pool.acquire() as connection:
        return Unmatched(rows=await list_unmatched(connection, after, after_id, limit))


@router.get("/deliveries/refused", **_Whole)
async def refused_lines(
    visit: Reader, after: AwareDatetime | None = None, after_id: UUID | None = None, limit: Size = 50
) -> RefusedLines:
    """Lines that were refused. 不予办理的行。"""
    async with visit.console.pool.acquire() as connection:
        found = await list_refused(connection, limit, after, after_id)
    rows = [{**vars(one), "reasons": [refusal_json(reason) for reason in one.reasons]} for one in found]
    return RefusedLines(rows=[RefusedLineShown(**one) for one in rows])


@router.get("/audit-log", **_Whole)
async def audit_log(
    visit: Reader,
    who: UUID | None = None,
    filing_id: UUID | None = None,
    act: Annotated[str | None, Query(max_length=60)] = None,
    outcome: Outcome | None = None,
    since: AwareDatetime | None = None,
    until: AwareDatetime | None = None,
    before: _Number = LAST,
    limit: Size = 50,
) -> AuditLog:
    """Who asked for what, newest first. 审计日志，最新的在前。"""
    async with visit.console.pool.acquire() as connection:
        found = await read_audit(
            connection,
            who=who,
            filing_id=filing_id,
            act_kind=act,
            outcome=outcome,
            since=since,
            until=until,
            before=before,
            limit=limit,
        )
    rows = [{**vars(one), "refusals": [refusal_json(reason) for reason in one.refusals]} for one in found]
    return AuditLog(rows=[LoggedLine(**one) for one in rows])


@router.get("/calendars", **_Whole)
async def calendars(visit: Reader) -> Calendars:
    """Holiday tables, the latest year first; of a year the one that counts stands first. 各年假日表。"""
    async with visit.console.pool.acquire() as connection:
        found = await tables(connection)
    rows = [
        CalendarTable(
            year=one.table.year,
            state=one.state,
            table=one.table.model_dump(mode="json"),
            loaded_by=one.loaded_by,
            approved_by=one.approved_by,
        )
        for one in found
    ]
    return Calendars(rows=rows)
