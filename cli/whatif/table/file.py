"""A CSV or Parquet file as one Arrow table of the columns that are looked at; rows keep their numbers."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from cli.whatif.table.columns import KNOWN, REQUIRED, is_known, is_name
from client.files.unreadable import unreadable
from schemas.values.refusal import Refused, refusal, refuse

_BLOCK = 8 << 20
"""Bytes of CSV that one thread takes at a time."""


class BadCell(NamedTuple):
    """Why a row is left out; ``row`` 1 is the first one under the header."""

    row: int
    column: str
    code: str
    facts: dict[str, object]


class Table(NamedTuple):
    """The columns by name, one chunk each; ``numbers`` are the rows' numbers in the file."""

    columns: dict[str, pa.Array]
    numbers: Any
    refused: tuple[BadCell, ...]


def read_table(path: Path, wanted: Sequence[str] | None) -> Table:
    """Reads what is wanted of the columns that the file has; None: all of them.

    Raises Refused: the file is unreadable, of another kind, or a column is missing, unknown or there twice.
    """
    suffix = path.suffix.lower()
    if suffix not in (".csv", ".parquet"):
        raise refuse("facts_kind_unknown", str(path), name=path.name)
    try:
        found = _columns_of_csv(path) if suffix == ".csv" else pq.read_schema(path).names
        _check(found)
        columns = [name for name in found if wanted is None or name in wanted]
        return _read_csv(path, columns) if suffix == ".csv" else _read_parquet(path, columns)
    except (OSError, pa.ArrowException, UnicodeDecodeError, csv.Error) as error:
        raise unreadable(path, error) from error


def _check(found: Sequence[str]) -> None:
    wrong = [refusal("facts_column_missing", name, column=name) for name in REQUIRED if name not in found]
    for number, name in enumerate(found):
        if not is_known(name):
            wrong.append(refusal("facts_column_unknown", name, column=name, known=", ".join(KNOWN)))
        elif name in found[:number]:
            wrong.append(refusal("column_twice", name, column=name, first=name, second=name))
    if wrong:
        raise Refused(*wrong)


def _read_parquet(path: Path, columns: Sequence[str]) -> Table:
    schema = pq.read_schema(path)
    coded = [name for name in columns if name != "item_id" and pa.types.is_string(schema.field(name).type)]
    table = pq.read_table(path, columns=list(columns), read_dictionary=coded)
    return Table(_whole(table), range(1, table.num_rows + 1), ())


def _columns_of_csv(path: Path) -> list[str]:
    with path.open("rb") as file:
        first = file.readline(1 << 20).removeprefix(b"\xef\xbb\xbf").decode("ascii")
    return next(csv.reader([first]), [])


def _read_csv(path: Path, columns: Sequence[str]) -> Table:
    try:
        return _parsed_csv(path, columns, "utf8")
    except pa.ArrowInvalid as error:
        if "UTF8" not in str(error):
            raise
        return _parsed_csv(path, columns, "gb18030")


def _parsed_csv(path: Path, columns: Sequence[str], encoding: str) -> Table:
    bad: list[Any] = []

    def keep(row: Any) -> str:
        bad.append(row)
        return "skip"

    def parse(threads: bool) -> Any:
        return pyarrow.csv.read_csv(
            path,
            read_options=pyarrow.csv.ReadOptions(encoding=encoding, block_size=_BLOCK, use_threads=threads),
            parse_options=pyarrow.csv.ParseOptions(invalid_row_handler=keep),
            convert_options=pyarrow.csv.ConvertOptions(
                include_columns=list(columns),
                null_values=[""],
                strings_can_be_null=True,
                column_types={name: _csv_type(name) for name in columns},
            ),
        )

    table = parse(True)
    if bad:
        # Only one thread knows the numbers of the rows that do not fit.
        bad.clear()
        table = parse(False)
    wrong = [
        BadCell(row.number - 1, "", "facts_row_width", {"found": row.actual_columns, "expected": row.expected_columns})
        for row in bad
    ]
    skipped = {one.row for one in wrong}
    numbers: Any = range(1, table.num_rows + 1)
    if skipped:
        numbers = [one for one in range(1, table.num_rows + len(skipped) + 1) if one not in skipped]
    return Table(_whole(table), numbers, tuple(wrong))


def _csv_type(name: str) -> Any:
    coded = is_name(name) or name == "claimant" or name.endswith("_on")
    return pa.dictionary(pa.int32(), pa.string()) if coded else pa.string()


def _whole(table: Any) -> dict[str, pa.Array]:
    table = table.unify_dictionaries().combine_chunks()
    return {
        name: column.chunk(0) if column.num_chunks else pa.array([], column.type)
        for name, column in zip(table.column_names, table.columns, strict=True)
    }
