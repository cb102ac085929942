"""The pages of tables: the template, the form, progress, what came of each row, and the bad rows as a file."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from fastapi import APIRouter, Depends, Query
from starlette.datastructures import UploadFile
from starlette.responses import RedirectResponse, Response

from client.importing.columns import COLUMNS, ERRORS, OF_OPERATORS, head_of
from database.bulletin.pages import Place, read_instant_place
from database.console.imports import SentRow, SentTable, body_of_import, list_imports, rows_of_import
from database.pool import Connection
from schemas.values.actor import Role
from schemas.values.refusal import Refusal, Refused, refuse
from texts.lines import line_text
from web.asking import request_id
from web.forms.saying import wrong
from web.importing.sent import Told, sees, send, sent_before, take, tell, tell_rows
from web.importing.tables import FILE, bad_rows, template_head
from web.lists.exports import Format, as_file
from web.lists.listed import BATCH, Columns, Listed, at_once, by_last
from web.render import render
from web.visit import NotFound, Somebody, Visit
from web.words import whys_in, word

router = APIRouter(prefix="/imports")
PAGE = 50
_LISTED = 20
OUTCOMES = {
    "good": "imports_good_rows",
    "refused": "imports_refused",
    "imported": "imports_imported",
    "known": "imports_known",
    "awaits_countersignature": "imports_awaits_countersignature",
}
"""What people call that which came of a row."""


def _all(visit: Visit, _: object) -> AsyncIterator[Sequence[SentTable]]:

    async def read(connection: Connection, before: Place | None) -> Sequence[SentTable]:
        return await list_imports(connection, sees(visit), before, BATCH)

    return by_last(visit, read, None, lambda one: Place(one.sent_at, one.import_id))


_SENT: Columns[SentTable] = (
    ("imports_file", lambda one, _: one.name),
    ("imports_sent_at", lambda one, _: one.sent_at),
    ("imports_rows", lambda one, _: one.rows),
    ("state", lambda one, language: word(f"imports_state_{one.state}", language)),
)
TABLES = Listed("/imports", _SENT, _all)


@dataclass(frozen=True)
class AskedRows:
    """Rows of one table: those of which that came, or all."""

    import_id: UUID
    outcome: str = ""


async def _all_rows(visit: Visit, asked: AskedRows) -> AsyncIterator[Sequence[SentRow]]:
    told = await tell(visit, asked.import_id)
    outcome = asked.outcome if asked.outcome in told.counts else None

    async def read(connection: Connection, after: int) -> Sequence[SentRow]:
        return await rows_of_import(connection, asked.import_id, outcome, after, BATCH)

    async for rows in by_last(visit, read, 0, lambda one: one.line):
        yield rows


_ROWS: Columns[SentRow] = (
    ("imports_line", lambda one, _: one.line),
    ("patent_number", lambda one, _: one.patent_number),
    ("imports_result", lambda one, language: word(OUTCOMES[one.outcome], language)),
    ("imports_why", lambda one, language: whys_in((*one.reasons, *one.warnings), language)),
    ("filing_id", lambda one, _: one.filing_id),
)
ROWS = Listed("/imports/{import_id}", _ROWS, _all_rows, AskedRows)


@router.get("")
async def tables(visit: Somebody, older: str = "") -> Response:
    """The form, and the tables that were sent."""
    return await _tables(visit, read_instant_place(older))


@router.post("")
async def sent(visit: Somebody) -> Response:
    """Keeps the file and shows how far its check is; nothing is asked for yet."""
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
    head = template_head(of_operator=visit.membership.role is Role.OPERATOR)
    return as_file(form, "declarations-template", head, at_once([]))


@router.get("/{import_id}")
async def table(
    visit: Somebody, asked: Annotated[AskedRows, Depends()], after: int = Query(0, ge=0, le=2**31 - 1)
) -> Response:
    """How far it is, and some of its rows."""
    import_id, told = asked.import_id, await tell(visit, asked.import_id)
    outcome = asked.outcome if asked.outcome in told.counts else ""
    found = await tell_rows(visit, import_id, outcome or None, after, PAGE + 1)
    rows = found[:PAGE]
    more = {"after": rows[-1].line, **({"outcome": outcome} if outcome else {})} if len(found) > PAGE else None
    context: dict[str, Any] = {
        "told": told,
        "table": told.table,
        "rows": rows,
        "outcome": outcome,
        "head_of": head_of,
        "names": OUTCOMES,
        "more": f"?{urlencode(more)}" if more else "",
        "is_mine": told.table.owner_id in (visit.actor().organisation_id, visit.actor().party_id),
    }
    return render(visit, "imports/table.html", listed=ROWS, **context)


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
    return as_file(form, "refused-rows", head, at_once(rows))


async def _bad(visit: Visit, told: Told) -> tuple[bytes, Any, dict[int, tuple[Refusal, ...]]]:
    found = await tell_rows(visit, told.table.import_id, "refused", 0, told.table.rows)
    async with visit.console.pool.acquire() as connection:
        body = await body_of_import(connection, told.table.import_id)
    if body is None:
        raise NotFound
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
        listed=TABLES,
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
