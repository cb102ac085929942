"""A workbook of declarations as the records of a table, as if its first sheet had been saved as CSV."""

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from client.files.csv_file import Record
from client.files.table_rows import table_rows


def workbook_records(path: Path) -> Iterator[Record]:
    """The header first, then every row that is not blank; ``line`` is the row's number in the sheet.

    The bytes of a record, which become the evidence of its act, are its cells as CSV. Raises Refused for what is wrong
    with the file as a whole.
    """
    for row in table_rows(path):
        yield Record(row.line, _as_csv(row.cells), row.cells, row.refusals)


def _as_csv(cells: Sequence[str]) -> bytes:
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerow(cells)
    return written.getvalue().encode()
