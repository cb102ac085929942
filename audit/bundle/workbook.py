"""The money of a filing as a workbook: amounts are numbers with two decimals, and totals tie to the ledger."""

import io
from collections.abc import Iterable, Sequence
from datetime import UTC
from decimal import Decimal
from typing import Any, NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from audit.bundle.money import sheet_of
from audit.bundle.record import FilingRecord
from audit.bundle.story import Telling
from schemas.values.model import SHANGHAI
from schemas.values.money import Money
from texts.bundle import bundle_text

# What somebody typed is text in a cell, also where it begins with "=": a workbook is no place to run it.
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_WIDTHS = {"version": 6, "yuan": 16, "legal_day": 12, "since": 12, "recorded_at": 20, "result": 18, "mark": 8}
_WIDTH = 34


def workbook_of(record: FilingRecord) -> bytes:
    """The file; the same record gives the same bytes."""
    target = io.BytesIO()
    with Workbook(target, _OPTIONS) as book:
        book.set_properties({"created": record.links[-1].recorded_at.astimezone(UTC).replace(tzinfo=None)})
        _fill(_Sheets(book), record, Telling.of(record, "zh"))
    return target.getvalue()


class _Formula(NamedTuple):
    """A cell that a spreadsheet computes again; ``value`` is what was computed here."""

    text: str
    value: Decimal


def _is_amount(cell: object) -> bool:
    return isinstance(cell, Decimal | _Formula)


class _Sheets:
    """Writes sheets with a head in both languages, rows, and a sum below the amounts."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self.money: Format = book.add_format({"num_format": "#,##0.00"})
        self._head: Format = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self._sum: Format = book.add_format({"num_format": "#,##0.00", "bold": True, "top": 1})
        self._text: Format = book.add_format({"text_wrap": True, "valign": "top"})

    def add(self, name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], *, is_summed: bool = True) -> int:
        """One sheet; returns how many rows it has. ``columns``: keys of the texts; ``Decimal`` is an amount."""
        sheet: Worksheet = self._book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(columns):
            sheet.set_column(place, place, _WIDTHS.get(column, _WIDTH))
            sheet.write_string(0, place, f"{bundle_text(column, 'zh')}\n{bundle_text(column, 'en')}", self._head)
        count, total = 0, Decimal(0)
        for count, row in enumerate(rows, start=1):
            for place, value in enumerate(row):
                self._write(sheet, count, place, value)
            total += sum((one if isinstance(one, Decimal) else one.value for one in row if _is_amount(one)), Decimal(0))
        if "yuan" in columns and count and is_summed:
            place = columns.index("yuan")
            letter = xl_col_to_name(place)
            sheet.write_string(count + 1, 0, f"{bundle_text('sum', 'zh')} {bundle_text('sum', 'en')}", self._head)
            sheet.write_formula(count + 1, place, f"=SUM({letter}2:{letter}{count + 1})", self._sum, total)
        return count

    def _write(self, sheet: Worksheet, row: int, place: int, value: Any) -> None:
        if isinstance(value, Decimal):
            sheet.write_number(row, place, value, self.money)
        elif isinstance(value, int):
            sheet.write_number(row, place, value)
        elif isinstance(value, _Formula):
            sheet.write_formula(row, place, value.text, self.money, value.value)
        else:
            sheet.write_string(row, place, str(value), self._text)


def _fill(sheets: _Sheets, record: FilingRecord, telling: Telling) -> None:
    filing, taken, made = record.filing, record.extraction, record.determinations

    def about(key: str) -> str:
        return f"{bundle_text(key, 'zh')} {bundle_text(key, 'en')}"

    sheets.add(
        "说明 About",
        ("what", "value"),
        [
            (about("filing_id"), filing.filing_id),
            (about("kind"), filing.kind),
            (about("version"), filing.head),
            (about("head_hash"), filing.head_hash.hex()),
            (about("taken"), taken.at.astimezone(SHANGHAI).isoformat(timespec="seconds")),
            (about("taken_by"), taken.by or "-"),
        ],
    )
    sheets.add(
        "计算 Determinations",
        ("version", "rule", "as_of", "line", "key", "yuan"),
        [
            (
                one["version"],
                telling.rule(one["determination"]["rule"]),
                one["determination"]["as_of"],
                telling.key(line["name"]),
                line["name"],
                Money(line["amount"]).yuan,
            )
            for one in made
            for line in one["determination"]["result"]
        ],
        is_summed=False,
    )
    sheets.add(
        "步骤 Steps",
        ("version", "step", "how", "result", "article"),
        [
            (
                one["version"],
                *(telling.step(step[name]) for name in ("what", "how", "result")),
                telling.article(step["article"]),
            )
            for one in made
            for step in one["determination"]["steps"]
        ],
    )
    sheets.add(
        "数值 Values",
        ("version", "value_read", "value", "since", "source", "mark"),
        [
            (
                one["version"],
                telling.key(read["name"]),
                telling.step(read["value"]),
                read["since"],
                ", ".join(map(telling.article, (read["citation"]["provision"], read["citation"]["instrument"]))),
                read["mark"],
            )
            for one in made
            for read in one["determination"]["reads"]
        ],
    )
    count = sheets.add(
        "账目 Ledger",
        ("legal_day", "recorded_at", "transaction", "line", "account", "key", "yuan"),
        [
            (
                row.legal_on.isoformat(),
                row.recorded_at.astimezone(SHANGHAI).isoformat(timespec="seconds"),
                row.transaction_id,
                telling.key(row.line_key),
                telling.account(row.account),
                row.account,
                Money(row.fen).yuan,
            )
            for row in record.postings
        ],
    )
    sheets.add(
        "余额 Accounts",
        ("account", "key", "yuan"),
        [
            (telling.account(account), account, _sum_of(place, count, fen))
            for place, (account, fen) in enumerate(sorted(sheet_of(record)["accounts"].items()), start=2)
        ],
    )


def _sum_of(row: int, postings: int, fen: int) -> _Formula:
    """What the ledger's sheet leaves on the account of that row."""
    text = f"=SUMIF('账目 Ledger'!F2:F{postings + 1},B{row},'账目 Ledger'!G2:G{postings + 1})"
    return _Formula(text, Money(fen).yuan)
