"""``export``: what is recorded, as files for other programs."""

import asyncio
import csv
import sys
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import click

from cli.files.given import unwritable
from cli.files.receipt_rows import AMOUNTS, COLUMNS, DAYS, Cell, Side, receipt_rows
from cli.output import json_option, put_json, put_pairs
from cli.reading import reading
from cli.typed.commands import worded_group
from cli.typed.kinds import Choice
from cli.typed.mistakes import mistyped
from database.reads.receipt_export import licences_with_receipts
from runtime.settings import Settings
from schemas.values.money import Money
from schemas.values.refusal import refuse

Rows = Sequence[dict[str, Cell]]
_BATCH = 5_000


@worded_group()
def export() -> None:
    """What is recorded, as files."""


@export.command()
@click.option("--out", "target", type=click.Path(path_type=Path))
@click.option("--claimant", "side", type=Choice(["licensor", "licensee"]), default="licensor", show_default=True)
@json_option
def receipts(target: Path | None, side: str, as_json: bool) -> None:
    """All receipts with what schemes look at; starter.py rules whatif reads the file.

    Parties are ids, never names. Their kinds and regions are not recorded: fill these columns in.
    """
    if as_json and target is None:
        raise mistyped("option_needs", "--json", one="--json", other="--out")
    if target is not None and target.suffix.lower() not in (".csv", ".parquet"):
        raise refuse("facts_kind_unknown", "--out", name=target.name)
    try:
        counts = asyncio.run(_export(target, cast(Side, side)))
    except OSError as error:
        raise unwritable(target, error) from error
    if as_json:
        put_json({**counts, "file": str(target)})
    elif target is not None:
        put_pairs("exported", {"file": target, "licences": counts["licences"], "receipts": counts["receipts"]})


async def _export(target: Path | None, side: Side) -> Counter[str]:
    counts: Counter[str] = Counter(licences=0, receipts=0)
    async with reading(Settings.read()) as pool, pool.acquire() as connection:

        async def batches() -> AsyncIterator[Rows]:
            rows: list[dict[str, Cell]] = []
            async for licence in licences_with_receipts(connection):
                found = list(receipt_rows(licence, side))
                rows += found
                counts.update(licences=1, receipts=len(found))
                if len(rows) >= _BATCH:
                    yield rows
                    rows = []
            yield rows

        with _writer(target) as write:
            async for rows in batches():
                await asyncio.to_thread(write, rows)
    return counts


@contextmanager
def _writer(target: Path | None) -> Iterator[Callable[[Rows], None]]:
    if target is None:
        yield _csv_to(sys.stdout)
    elif target.suffix.lower() == ".csv":
        with target.open("x", encoding="utf-8-sig", newline="") as file:
            yield _csv_to(file)
    else:
        with target.open("xb") as binary, _parquet(binary) as write:
            yield write


def _csv_to(file: Any) -> Callable[[Rows], None]:
    table = csv.DictWriter(file, COLUMNS, lineterminator="\n")
    table.writeheader()
    return table.writerows


@contextmanager
def _parquet(file: Any) -> Iterator[Callable[[Rows], None]]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = {**dict.fromkeys(AMOUNTS, pa.decimal128(17, 2)), **dict.fromkeys(DAYS, pa.date32())}
    schema = pa.schema([(name, kinds.get(name, pa.string())) for name in COLUMNS])
    with pq.ParquetWriter(file, schema) as writer:

        def write(rows: Rows) -> None:
            writer.write_table(
                pa.Table.from_pylist(
                    [
                        {name: cell.yuan if isinstance(cell, Money) else cell for name, cell in row.items()}
                        for row in rows
                    ],
                    schema,
                )
            )

        yield write
