"""A table as a file: what it is by its content, its records, the template, and its bad rows to be mended."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from client.files.csv_file import Record, records, survey
from client.importing.columns import COLUMNS, ERRORS, OF_OPERATORS, both_names, head_of
from client.importing.rows import Sender, columns_of
from client.importing.workbook import workbook_records
from database.console.imports import Kind
from database.registers.documents import LARGEST_DOCUMENT
from schemas.values.refusal import Refusal, Refused, refuse
from texts.words import refusal_in
from web.content import kind_of

MOST_ROWS = 20_000
FILE = "file"
"""The field of the form."""
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_NOT_TAKEN = "document_kind_not_taken"


def table_kind(body: bytes, name: str) -> Kind:
    """CSV or XLSX, by the content; raises Refused for what is neither, is empty or too large, or has macros."""
    if not body:
        raise refuse("document_empty", FILE)
    if len(body) > LARGEST_DOCUMENT:
        raise refuse("document_too_large", FILE, size=len(body), largest=LARGEST_DOCUMENT)
    try:
        found = kind_of(body, name, FILE)
    except Refused as refused:
        # A text of another encoding than ours is told by whoever reads it, with what to do about it.
        if refused.refusals[0].code != _NOT_TAKEN or b"\0" in body:
            raise
        return "csv"
    if found not in ("text/plain", _SHEET):
        raise refuse("document_kind_not_taken", FILE, name=name)
    return "xlsx" if found == _SHEET else "csv"


@contextmanager
def records_of(body: bytes, kind: Kind) -> Iterator[Iterator[Record]]:
    """The records of a table, header first, while its file lies there; raises Refused for a bad file."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"table.{kind}"
        path.write_bytes(body)
        yield workbook_records(path) if kind == "xlsx" else records(path, survey(path))


def rows_in(body: bytes, kind: Kind, name: str, sender: Sender | None) -> int:
    """How many rows it has; raises Refused for a file that cannot be read, its header, or too many rows."""
    with records_of(body, kind) as found:
        columns_of(found, name, sender)
        number = sum(1 for _ in found)
    if number > MOST_ROWS:
        raise refuse("table_too_long", FILE, rows=number, most=MOST_ROWS)
    if number == 0:
        raise refuse("table_without_rows", FILE)
    return number


def template_head(*, of_operator: bool) -> list[str]:
    """The heads of the columns in both languages, what is needed with a star, of whoever asks."""
    return [
        ("*" if one.required else "") + both_names(one)
        for one in COLUMNS
        if one.name != ERRORS and (of_operator or one.name not in OF_OPERATORS)
    ]


def bad_rows(body: bytes, kind: Kind, reasons: Mapping[int, Sequence[Refusal]]) -> tuple[list[str], list[list[str]]]:
    """The head and the rows that were refused as they came, with one column more: what is wrong and what helps."""
    errors = next(one for one in COLUMNS if one.name == ERRORS)
    with records_of(body, kind) as found:
        head = list(next(found).cells)
        told = next((place for place, name in enumerate(head) if name in (both_names(errors), *errors.zh)), len(head))
        rows = [
            [*_padded(one.cells, told), "\n".join(map(_said, reasons[one.line])), *one.cells[told + 1 :]]
            for one in found
            if one.line in reasons
        ]
    return [*head[:told], both_names(errors), *head[told + 1 :]], rows


def _padded(cells: Sequence[str], width: int) -> list[str]:
    return [*cells[:width], *[""] * (width - len(cells))]


def _said(reason: Refusal) -> str:
    """In both languages: who mends the file need not be who sent it."""
    zh, en = refusal_in(reason, "zh"), refusal_in(reason, "en")
    place = f"{head_of(reason.where)}: " if reason.where else ""
    return f"{place}{zh.what}；{zh.remedy} / {en.what}; {en.remedy}"
