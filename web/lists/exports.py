"""Lists as files: CSV that a spreadsheet opens without taking a cell for a formula, and workbooks."""

import csv
from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO
from unicodedata import normalize

import xlsxwriter
from starlette.responses import Response

_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def inert(cell: object) -> str:
    """The cell as text that no spreadsheet computes, whatever width its first sign has; an apostrophe says so."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if normalize("NFKC", text).startswith(_BEGINS_A_FORMULA) else text


def as_csv(name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """The table in UTF-8 with a byte order mark, by which Excel knows Chinese."""
    written = StringIO()
    writer = csv.writer(written)
    writer.writerow(head)
    writer.writerows([inert(cell) for cell in row] for row in rows)
    return _file(written.getvalue().encode("utf-8-sig"), "text/csv; charset=utf-8", f"{name}.csv")


def as_workbook(name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """The table as XLSX; every cell is a text, so that a number keeps its zeros and a formula is none."""
    body = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(body, options) as workbook:
        sheet, bold = workbook.add_worksheet(), workbook.add_format({"bold": True})
        sheet.write_row(0, 0, head, bold)
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, "" if cell is None else str(cell))
        sheet.freeze_panes(1, 0)
        sheet.autofit()
    return _file(body.getvalue(), _XLSX, f"{name}.xlsx")


def _file(body: bytes, media_type: str, name: str) -> Response:
    return Response(body, media_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})
