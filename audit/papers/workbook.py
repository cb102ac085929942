"""Workbooks: amounts are numbers with two decimals, nothing is a formula, the same content gives the same bytes."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

import xlsxwriter

from schemas.values.money import Money

_WIDEST = 60
_SAME_ALWAYS = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""A workbook that says when it was made would never be the same twice; what it rests on it says itself."""


class Workbook:
    """One file, written when it is left; raises OSError."""

    def __init__(self, path: Path) -> None:
        # Texts come from people: what begins with = stays a text, and addresses are no links.
        kept = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        self._book = xlsxwriter.Workbook(str(path), {**kept, "in_memory": True})
        self._book.set_properties({"created": _SAME_ALWAYS})
        self._head = self._book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self._yuan = self._book.add_format({"num_format": "#,##0.00;[Red]-#,##0.00"})
        self._day = self._book.add_format({"num_format": "yyyy-mm-dd"})
        self._text = self._book.add_format({"valign": "top"})

    def __enter__(self) -> "Workbook":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        try:
            self._book.close()
        except xlsxwriter.exceptions.FileCreateError as why:
            raise OSError(str(why)) from why

    def sheet(self, name: str, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """A table below its heads, which stay in sight; columns as wide as what stands in the first rows."""
        sheet = self._book.add_worksheet(name)
        widths = [_width(one) for one in heads]
        for column, one in enumerate(heads):
            sheet.write_string(0, column, one, self._head)
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                self._write(sheet, number, column, cell)
                if number < 200:  # enough to see how wide a column is
                    widths[column] = max(widths[column], _width(cell))
        for column, width in enumerate(widths):
            sheet.set_column(column, column, min(width + 2, _WIDEST))
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)

    def _write(self, sheet: Any, row: int, column: int, cell: Any) -> None:
        match cell:
            case None:
                return
            case Money():
                # The library writes the Decimal's own digits: an amount is never a float here.
                sheet.write_number(row, column, cell.yuan, self._yuan)
            case bool():
                sheet.write_boolean(row, column, cell)
            case int():
                sheet.write_number(row, column, cell)
            case date():
                # a spreadsheet has days without a zone
                sheet.write_datetime(row, column, datetime(cell.year, cell.month, cell.day), self._day)  # noqa: DTZ001
            case _:
                sheet.write_string(row, column, str(cell), self._text)


def _width(cell: Any) -> int:
    return sum(1 if one.isascii() else 2 for one in str(cell)) if cell is not None else 0
