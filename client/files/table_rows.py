"""A CSV file, a workbook or a Parquet file of somebody else's program as rows of texts."""

from collections.abc import Iterator
from datetime import datetime, time
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import BadZipFile, ZipFile, is_zipfile

from client.files.csv_file import records, survey
from client.files.unreadable import unreadable
from schemas.values.refusal import Refusal, Refused, refusal, refuse

_BATCH = 1_000
_WORKBOOKS = (".xlsx", ".xls", ".ods")
_LARGEST_WORKBOOK = 200 * 1024 * 1024
"""Bytes, unpacked: a workbook is read as a whole, and a small file can hold a very large one."""
_MOST_DIGITS = 15
"""A workbook keeps no more of a number; a longer account that was kept as a number has lost its last digits."""


class TableRow(NamedTuple):
    """One row; the first one is the header. Without cells, ``refusals`` says why."""

    line: int
    cells: tuple[str, ...]
    refusals: tuple[Refusal, ...] = ()


def table_rows(path: Path) -> Iterator[TableRow]:
    """The header, then every row that is not blank; raises Refused for what is wrong with the file as a whole."""
    if path.suffix.lower() == ".parquet":
        yield from _of_parquet(path)
        return
    if path.suffix.lower() in _WORKBOOKS:
        yield from _of_workbook(path)
        return
    for number, record in enumerate(records(path, survey(path))):
        if number == 0 and record.refusals:
            raise Refused(*record.refusals)
        yield TableRow(record.line, tuple(record.cells), record.refusals)


def _of_parquet(path: Path) -> Iterator[TableRow]:
    import pyarrow as pa  # only who has such a file waits for it to load
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(path)
        yield TableRow(1, tuple(file.schema_arrow.names))
        line = 1
        for batch in file.iter_batches(batch_size=_BATCH):
            for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                line += 1
                # A float is written in its shortest form: 12.3 stays 12.3, and what has more digits is refused as text.
                yield TableRow(line, tuple("" if cell is None else str(cell) for cell in row))
    except (OSError, pa.ArrowException) as error:
        raise unreadable(path, error) from error


def _of_workbook(path: Path) -> Iterator[TableRow]:
    """The first sheet. A number is read as its shortest text; amounts are never computed from it as a float."""
    import python_calamine as calamine

    try:
        size = _unpacked(path)
        if size > _LARGEST_WORKBOOK:
            raise refuse("document_too_large", str(path), size=size, largest=_LARGEST_WORKBOOK)
        with calamine.CalamineWorkbook.from_path(path) as book:
            sheet = book.get_sheet_by_index(0)
            first = (sheet.start or (0, 0))[0] + 1
            for line, row in enumerate(sheet.to_python(skip_empty_area=True), start=first):
                long = [place for place, cell in enumerate(row, start=1) if _lost_digits(cell)]
                refusals = tuple(
                    refusal("number_lost_digits", str(place), given=_text(row[place - 1])) for place in long
                )
                if refusals or any(cell != "" for cell in row):
                    yield TableRow(line, () if refusals else tuple(map(_text, row)), refusals)
    except (OSError, BadZipFile, calamine.CalamineError) as error:
        raise unreadable(path, error if isinstance(error, OSError) else OSError(str(error))) from error


def _unpacked(path: Path) -> int:
    if not is_zipfile(path):
        return path.stat().st_size
    with ZipFile(path) as packed:
        return sum(one.file_size for one in packed.infolist())


def _lost_digits(cell: Any) -> bool:
    return isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) >= 10**_MOST_DIGITS


def _text(cell: Any) -> str:
    match cell:
        case datetime() if cell.time() == time():
            return cell.date().isoformat()
        case float() if cell.is_integer():
            return str(int(cell))
        case _:
            return str(cell)
