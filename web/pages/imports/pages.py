"""The pages of tables: the template, the form, progress, what came of each row, and the bad rows as a file."""

import asyncio
from typing import Any, Literal
from urllib.parse import urlencode
from uuid import UUID, uuid4

from fastapi import APIRouter, Query
from starlette.datastructures import UploadFile
from starlette.responses import RedirectResponse, Response

from client.importing.columns import COLUMNS, ERRORS, OF_OPERATORS, head_of
from database.bulletin.pages import Place, read_instant_place
from database.console.imports import SentTable, body_of_import
from schemas.values.actor import Role
from schemas.values.refusal import Refusal, Refused, refuse
from texts.lines import line_text
from web.asking import request_id
from web.forms.saying import wrong
from web.importing.sent import Told, check_right, send, sent_before, take, tell, tell_rows
from web.importing.tables import FILE, bad_rows, template_head
from web.lists.exports import as_csv, as_workbook
from web.render import render
from web.visit import Somebody, Visit

router = APIRouter(prefix="/imports")
PAGE = 50
_LISTED = 20
Format = Literal["csv", "xlsx"]


@router.get("")
async def tables(visit: Somebody, older: str = "") -> Response:
    """The form, and the tables that were sent."""
    check_right(visit)
    return await _tables(visit, read_instant_place(older))


@router.post("")
async def sent(visit: Somebody) -> Response:
    """Keeps the file and shows how far its check is; nothing is asked for yet."""
    check_right(visit)
    form = await visit.form()
    file, asked_as = form.get(FILE), form.get("asked_as")
    try:
        if not isinstance(file, UploadFile) or not file.filename:
            raise refuse("field_missing", FILE, hint_zh="", hint_en="")
        import_id = await send(visit, request_id(asked_as), file.filename, await file.read())
    except Refused as refused:
        return await _tables(visit, None, refused.refusals)
    return RedirectResponse(f"/imports/{import_id}", 303)


@router.get("/template.{form}")
async def template(visit: Somebody, form: Format) -> Response:
    """A table with its heads in both languages."""
    check_right(visit)
    head = template_head(of_operator=visit.membership.role is Role.OPERATOR)
    return (as_csv if form == "csv" else as_workbook)("declarations-template", head, [])


@router.get("/{import_id}")
async def table(
    visit: Somebody, import_id: UUID, outcome: str = "", after: int = Query(0, ge=0, le=2**31 - 1)
) -> Response:
    """How far it is, and some of its rows."""
    told = await tell(visit, import_id)
    outcome = outcome if outcome in told.counts else ""
    found = await tell_rows(visit, import_id, outcome or None, after, PAGE + 1)
    rows = found[:PAGE]
    more = {"after": rows[-1].line, **({"outcome": outcome} if outcome else {})} if len(found) > PAGE else None
    context: dict[str, Any] = {
        "told": told,
        "table": told.table,
        "rows": rows,
        "outcome": outcome,
        "head_of": head_of,
        "more": f"?{urlencode(more)}" if more else "",
        "is_mine": told.table.owner_id in (visit.actor().organisation_id, visit.actor().party_id),
    }
    return render(visit, "imports/table.html", **context)


@router.post("/{import_id}")
async def taken(visit: Somebody, import_id: UUID) -> Response:
    """Asks for the good rows."""
    await visit.form()
    await take(visit, import_id)
    return RedirectResponse(f"/imports/{import_id}", 303)


@router.get("/{import_id}/refused.{form}")
async def refused_rows(visit: Somebody, import_id: UUID, form: Format) -> Response:
    """The rows that were not taken, as they came, with what is wrong in one column more."""
    told = await tell(visit, import_id)
    head, rows = await asyncio.to_thread(bad_rows, *await _bad(visit, told))
    return (as_csv if form == "csv" else as_workbook)("refused-rows", head, rows)


async def _bad(visit: Visit, told: Told) -> tuple[bytes, Any, dict[int, tuple[Refusal, ...]]]:
    found = await tell_rows(visit, told.table.import_id, "refused", 0, told.table.rows)
    async with visit.console.pool.acquire() as connection:
        body = await body_of_import(connection, told.table.import_id)
    return body, told.table.kind, {one.line: one.reasons for one in found}


async def _tables(visit: Visit, before: Place | None, refusals: tuple[Refusal, ...] = ()) -> Response:
    found = await sent_before(visit, before, _LISTED + 1)
    is_operator = visit.membership.role is Role.OPERATOR
    above, _ = wrong((), {}, refusals, visit.language)
    columns = [
        (one.zh[0], one.name, one.required, line_text("columns", one.name, visit.language))
        for one in COLUMNS
        if one.name != ERRORS and (is_operator or one.name not in OF_OPERATORS)
    ]
    return render(
        visit,
        "imports/tables.html",
        422 if refusals else 200,
        found=found[:_LISTED],
        older=_place(found[_LISTED - 1]) if len(found) > _LISTED else "",
        columns=columns,
        asked_as=uuid4(),
        errors=[{**one, "href": f"#{FILE}"} for one in above],
        problem=" ".join(f"{one['text']} {one['note']}" for one in above),
        is_operator=is_operator,
    )


def _place(last: SentTable) -> str:
    return f"?{urlencode({'older': str(Place(last.sent_at, last.import_id))})}"
