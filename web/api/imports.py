"""Tables of declarations for programs: sent, checked, taken when they are confirmed, and told row by row."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel
from starlette.responses import JSONResponse

from database.bulletin.pages import Place, read_instant_place
from database.console.imports import RowOutcome, SentRow, State
from texts.words import refusal_json
from web.api.acts import IdempotencyKey
from web.api.caller import Reader, Writer
from web.api.described import noes
from web.api.reads import OWN, Size, Turn, turn
from web.importing.sent import send, sent_before, take, tell, tell_rows
from web.visit import Visit

router = APIRouter()
_TABLE: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}


class Import(BaseModel):
    """One table and how far it is: ``checking``, ``checked``, ``taking`` or ``done``. ``counts``: rows by outcome."""

    import_id: UUID
    state: State
    is_stalled: bool
    name: str
    content_hash: str
    rows: int
    counts: dict[RowOutcome, int]


class SentImport(BaseModel):
    """One table of the list."""

    import_id: UUID
    state: State
    is_stalled: bool
    name: str
    content_hash: str
    rows: int
    sent_by: UUID
    sent_at: datetime


class SentImports(BaseModel):
    """Tables, newest first; ``older`` leads to those before."""

    rows: list[SentImport]
    older: str | None


class ImportRow(BaseModel):
    """What came of one row; ``line`` of the file, ``filing_id`` of the declaration that it made or had made before."""

    line: int
    patent_number: str
    outcome: RowOutcome
    filing_id: UUID | None
    refusals: list[dict[str, Any]]
    warnings: list[dict[str, Any]]


class ImportRows(BaseModel):
    """Some rows, in the order of the file; ``after``: where the next page goes on, null where none is."""

    rows: list[ImportRow]
    after: int | None


@router.post(
    "/imports",
    status_code=202,
    response_model=Import,
    responses=noes(401, 403, 409, 413),
    openapi_extra=OWN
    | {"requestBody": {"required": True, "content": {"text/csv": _TABLE, "application/octet-stream": _TABLE}}},
    tags=["imports"],
)
async def send_import(
    request: Request,
    visit: Writer,
    idempotency_key: IdempotencyKey,
    name: Annotated[str, Query(min_length=1, max_length=200)],
) -> JSONResponse:
    """Keeps a table of declarations (CSV or XLSX, at most 10 MB) and checks it; nothing is filed. 送交批量表并核对。"""
    import_id = await send(visit, UUID(idempotency_key), name, await request.body())
    return JSONResponse((await _told(visit, import_id)).model_dump(mode="json"), 202)


@router.get("/imports", responses=noes(401, 403), openapi_extra=OWN, tags=["imports"])
async def read_imports(visit: Reader, older: Turn = "", limit: Size = 50) -> SentImports:
    """The tables that your organisation sent. 已送交的批量表。"""
    place, _ = turn(older, "", read_instant_place)
    found = await sent_before(visit, place, limit + 1)
    rows = [SentImport.model_validate(one, from_attributes=True) for one in found[:limit]]
    last = str(Place(rows[-1].sent_at, rows[-1].import_id)) if len(found) > limit else None
    return SentImports(rows=rows, older=last)


@router.get("/imports/{import_id}", responses=noes(401, 403, 404), openapi_extra=OWN, tags=["imports"])
async def read_import(visit: Reader, import_id: UUID) -> Import:
    """How far a table is. 批量表的进度。"""
    return await _told(visit, import_id)


@router.post(
    "/imports/{import_id}/confirmation",
    status_code=202,
    responses=noes(401, 403, 404),
    openapi_extra=OWN,
    tags=["imports"],
)
async def confirm_import(visit: Writer, import_id: UUID) -> Import:
    """Asks for the good rows of a checked table, or goes on where it was interrupted. 确认导入通过核对的行。"""
    await take(visit, import_id)
    return await _told(visit, import_id)


@router.get("/imports/{import_id}/rows", responses=noes(401, 403, 404), openapi_extra=OWN, tags=["imports"])
async def read_import_rows(
    visit: Reader,
    import_id: UUID,
    outcome: RowOutcome | None = None,
    after: Annotated[int, Query(ge=0, le=2**31 - 1)] = 0,
    limit: Size = 100,
) -> ImportRows:
    """What came of each row. 逐行结果。"""
    found = await tell_rows(visit, import_id, outcome, after, limit + 1)
    rows = found[:limit]
    return ImportRows(rows=[_row(one) for one in rows], after=rows[-1].line if len(found) > limit else None)


async def _told(visit: Visit, import_id: UUID) -> Import:
    told = await tell(visit, import_id)
    table = told.table
    return Import(
        import_id=table.import_id,
        state=table.state,
        is_stalled=table.is_stalled,
        name=table.name,
        content_hash=table.content_hash,
        rows=table.rows,
        counts=told.counts,
    )


def _row(one: SentRow) -> ImportRow:
    return ImportRow(
        line=one.line,
        patent_number=one.patent_number,
        outcome=one.outcome,
        filing_id=one.filing_id,
        refusals=[refusal_json(reason) for reason in one.reasons],
        warnings=[refusal_json(reason) for reason in one.warnings],
    )
