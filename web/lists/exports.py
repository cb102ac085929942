"""Lists as files, sent as they are read: CSV of which a spreadsheet takes no cell for a formula, and workbooks.

Nothing is kept but some rows at a time, a workbook on the disk. What cannot be asked for is told before a file begins.
"""

import asyncio
import csv
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from io import StringIO
from tempfile import TemporaryDirectory, TemporaryFile
from typing import Annotated, Any, Literal
from unicodedata import normalize
from uuid import UUID

import xlsxwriter
from fastapi import APIRouter, Depends
from starlette.responses import Response, StreamingResponse

from client.today import today
from database.registers.audit_log import write_audit
from web.lists import listed as lists
from web.lists.listed import Listed
from web.render import shown
from web.visit import Anybody, Visit, signed_in
from web.words import heading, word

Format = Literal["csv", "xlsx"]
Row = Sequence[object]
_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"-[0-9]+(\.[0-9]+)?")
"""Less than nothing: it begins like a formula, and is none."""
_LONGEST_CELL, _WIDTH, _CHUNK = 32_767, 18, 256 * 1024
"""Signs that a workbook takes in a cell; how wide a column is; bytes of a workbook that are sent at once."""
_MEDIA_TYPES: dict[Format, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def exports_of(every: Iterable[Listed[Any]]) -> APIRouter:
    """The files of each list, beside its page: by what the page is narrowed by, for whoever sees the page."""
    router = APIRouter()
    for one in every:
        router.add_api_route(f"{one.path}/export.{{form}}", _file_of(one), methods=["GET"])
    return router


def _file_of(one: Listed[Any]) -> Callable[..., Awaitable[Response]]:
    async def taken(visit: Anybody, form: Format, asked: Annotated[Any, Depends(one.asked)]) -> Response:
        if not one.is_public:
            await signed_in(visit)
        batches = one.batches(visit, asked)
        # Read before the file begins: whoever may not see the list is answered like on its page.
        first = await anext(batches, ())
        if not one.is_public:
            await _written_down(visit)
        head = [heading(key, visit.language) for key, _ in one.columns]
        return as_file(form, f"{one.name}-{today()}", head, _rows(visit, one, first, batches))

    return taken


async def _written_down(visit: Visit) -> None:
    """What is taken along goes where no right is asked for any more."""
    mine, session = visit.membership, visit.session
    assert session is not None
    filing = visit.request.path_params.get("filing_id")
    async with visit.console.pool.acquire() as connection:
        about = UUID(filing) if filing else None
        await write_audit(connection, session.party_id, mine.role.value, "take_list", "read", filing_id=about)


async def _rows(
    visit: Visit, one: Listed[Any], first: Sequence[Any], batches: AsyncIterator[Sequence[Any]]
) -> AsyncIterator[list[Row]]:
    """The cells of all rows up to the bound, and a last row that says so where there are more."""
    left, language = lists.MOST, visit.language
    batch: Sequence[Any] | None = first
    while batch is not None:
        cells: list[Row] = [[shown(language, cell(row, language)) for _, cell in one.columns] for row in batch[:left]]
        if len(batch) > left:
            yield [*cells, [word("taken_along_in_part", language, most=f"{lists.MOST:,}")]]
            return
        left -= len(batch)
        yield cells
        batch = await anext(batches, None)


def inert(cell: object) -> str:
    """The cell as text that no spreadsheet computes, whatever width its first sign has; an apostrophe says so."""
    text = "" if cell is None else str(cell)
    begins = normalize("NFKC", text).startswith(_BEGINS_A_FORMULA) and not _NUMBER.fullmatch(text)
    return f"'{text}" if begins else text


def as_file(form: Format, name: str, head: Sequence[str], batches: AsyncIterator[Sequence[Row]]) -> Response:
    """The table, to be kept under that name; every cell of a workbook is a text, so that a number keeps its zeros."""
    body = _as_csv(head, batches) if form == "csv" else _as_workbook(head, batches)
    headers = {"Content-Disposition": f'attachment; filename="{name}.{form}"', "Cache-Control": "no-store"}
    return StreamingResponse(body, media_type=_MEDIA_TYPES[form], headers=headers)


async def _as_csv(head: Sequence[str], batches: AsyncIterator[Sequence[Row]]) -> AsyncIterator[bytes]:
    """In UTF-8 with a byte order mark, by which Excel knows Chinese."""
    yield "".encode("utf-8-sig") + _lines([head])
    async for rows in batches:
        yield _lines(rows)


def _lines(rows: Iterable[Row]) -> bytes:
    written = StringIO()
    csv.writer(written).writerows([inert(cell) for cell in row] for row in rows)
    return written.getvalue().encode()


async def _as_workbook(head: Sequence[str], batches: AsyncIterator[Sequence[Row]]) -> AsyncIterator[bytes]:
    """What is not whole yet lies in a folder of its own, which is gone however this ends."""
    with TemporaryFile() as file, TemporaryDirectory() as folder:
        options = {"constant_memory": True, "tmpdir": folder, "strings_to_formulas": False, "strings_to_urls": False}
        workbook = xlsxwriter.Workbook(file, options)
        sheet = workbook.add_worksheet()
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, max(len(head) - 1, 0), _WIDTH)
        sheet.write_row(0, 0, head, workbook.add_format({"bold": True}))
        written = 1
        async for rows in batches:
            await asyncio.to_thread(_write, sheet, written, rows)
            written += len(rows)
        await asyncio.to_thread(workbook.close)  # compresses, which others should not wait for
        file.seek(0)
        while chunk := file.read(_CHUNK):
            yield chunk


def _write(sheet: Any, first: int, rows: Sequence[Row]) -> None:
    for number, row in enumerate(rows, start=first):
        for column, cell in enumerate(row):
            sheet.write_string(number, column, "" if cell is None else str(cell)[:_LONGEST_CELL])
