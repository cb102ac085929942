"""Files of lists, read again."""

import csv
from io import BytesIO, StringIO
from typing import Any

from python_calamine import CalamineWorkbook
from starlette.responses import Response, StreamingResponse


async def whole(answer: Response) -> bytes:
    """What is sent in parts."""
    assert isinstance(answer, StreamingResponse)
    return b"".join([bytes(part) async for part in answer.body_iterator if not isinstance(part, str)])


def rows_of(table: bytes) -> list[list[str]]:
    """Of a CSV file, with its head."""
    return list(csv.reader(StringIO(table.decode("utf-8-sig"), newline="")))


def sheet_of(workbook: bytes) -> list[list[Any]]:
    """Of the first sheet, with its head."""
    return CalamineWorkbook.from_filelike(BytesIO(workbook)).get_sheet_by_index(0).to_python()
