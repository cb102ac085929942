"""Writes what a run found: tables at the terminal, one JSON document, or a folder of CSV files with a picture."""

import csv
from collections import Counter
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from cli.files.given import unwritable
from cli.terminal import console, put_json, put_table, sentence
from cli.typed.language import spoken
from cli.whatif.run import Outcome, WhatIf
from cli.whatif.table.numbers import Ints
from cli.whatif.table.table import Names
from cli.whatif.tables import bounds, cliffs, groups, refused_rows, sheets, to_ask, totals, yuan
from cli.whatif.years import EXCLUDED, KNOWN, STATUSES, is_count

_SHOWN = 20
PICTURE = "whatif.png"


def left_out(found: WhatIf) -> int:
    """How many rows could not be read."""
    return len({one.row for one in found.facts.refused})


def put_tables(found: WhatIf) -> None:
    """Tables for people; long lists are cut, the files have them whole."""
    for sheet in (
        totals(found),
        bounds(found),
        groups(found, over_years=True),
        cliffs(found),
        to_ask(found),
        refused_rows(found),
    ):
        rows = list(islice(sheet.rows, _SHOWN + 1))
        if not rows:
            continue
        # What nobody has (a budget, payers, a note) takes no column.
        shown = [
            place
            for place in range(len(sheet.heads))
            if (sheet.name != "totals" or any(row[place] not in ("", "0") for row in rows))
            and not sheet.heads[place][0].endswith("_en" if spoken() == "zh" else "_zh")
        ]
        put_table(
            sheet.title,
            [sheet.heads[place][1] for place in shown],
            [[row[place] for place in shown] for row in rows[:_SHOWN]],
        )
        if len(rows) > _SHOWN:
            console().print(sentence("rest_in_files"))
    if left := left_out(found):
        console().print(sentence("rows_taken", taken=found.facts.rows, left=left))
    incomplete = int(found.facts.incomplete.sum())
    if incomplete:
        console().print(sentence("claimants_incomplete", count=incomplete))


def put_document(found: WhatIf, folder: Path | None) -> None:
    """One document with every table but that of the claimants; long lists are cut at a thousand."""
    document: dict[str, Any] = {
        sheet.name: [dict(zip((name for name, _ in sheet.heads), row, strict=True)) for row in islice(sheet.rows, 1000)]
        for sheet in sheets(found)
    }
    document["rows"] = found.facts.rows
    document["rows_left_out"] = left_out(found)
    document["left_out_by"] = dict(Counter(one.code for one in found.facts.refused).most_common())
    document["claimants"] = found.facts.claimant_count
    document["files"] = None if folder is None else str(folder)
    put_json(document)


def write_folder(found: WhatIf, folder: Path) -> None:
    """One CSV file for each table, one line per claimant and year in claimants.csv, and the picture.

    Raises Refused ``file_unwritable``.
    """
    # Loading the chart library takes longer than a table of some thousand rows.
    from cli.whatif.picture import draw

    try:
        folder.mkdir(parents=True, exist_ok=True)
        for sheet in sheets(found):
            with (folder / f"{sheet.name}.csv").open("w", encoding="utf-8-sig", newline="") as file:
                table = csv.writer(file)
                table.writerow([name for name, _ in sheet.heads])
                table.writerows(sheet.rows)
        _write_claimants(found, folder / "claimants.csv")
        if found.outcomes:
            draw(found, folder / PICTURE)
    except OSError as error:
        raise unwritable(folder, error) from error


def _write_claimants(found: WhatIf, path: Path) -> None:
    with path.open("wb") as file:
        file.write(b"\xef\xbb\xbf")
        for number, of_year in enumerate(found.outcomes):
            table = _claimants(found, of_year)
            options = pyarrow.csv.WriteOptions(include_header=number == 0)
            if table is not None:
                pyarrow.csv.write_csv(table, file, options)


def _claimants(found: WhatIf, of_year: tuple[Outcome, ...]) -> Any:
    made = [one.made for one in of_year if one.made is not None]
    if not made:
        return None
    who = np.unique(np.concatenate([one.claimants for one in made]))
    facts = found.facts
    columns: dict[str, Any] = {
        "year": pa.array(np.full(len(who), of_year[0].year)),
        "claimant": pa.array(facts.claimants.values).take(pa.array(who)),
    }
    for name in ("region", "kind"):
        column = facts.of_claimants.get(name)
        columns[name] = _named(column, who) if column is not None else pa.nulls(len(who), pa.string())
    for letter, one in zip("ab", of_year, strict=False):
        tail = f"_{letter}" if len(of_year) > 1 else ""
        columns |= {f"{name}{tail}": column for name, column in _of_scheme(one, who).items()}
    columns["rows_left_out"] = pa.array(np.where(facts.incomplete[who], "yes", "no"))
    return pa.table(columns)


def _of_scheme(one: Outcome, who: Ints) -> dict[str, Any]:
    made = one.made
    if made is None:
        return {name: pa.nulls(len(who), pa.string()) for name in ("status", "base", "claimed", "paid")}
    places, sure = np.searchsorted(who, made.claimants), np.isin(made.status, (KNOWN, EXCLUDED))
    codes = np.full(len(who), len(STATUSES))
    codes[places] = made.status
    return {
        "status": pa.array((*STATUSES, "no_items")).take(pa.array(codes)),
        "base": _texts(made.base[sure], places[sure], len(who), is_count(made.version)),
        "claimed": _texts(made.payable[sure], places[sure], len(who)),
        "paid": _texts(one.paid[sure], places[sure], len(who)),
    }


def _texts(values: npt.NDArray[Any], places: Ints, size: int, counts: bool = False) -> Any:
    """Yuan as text; nothing where there is no result."""
    if values.dtype == object:
        texts: list[str | None] = [None] * size
        for place, value in zip(places, values, strict=True):
            texts[place] = str(value) if counts else yuan(int(value))
        return pa.array(texts, pa.string())
    spread, known = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.bool_)
    spread[places], known[places] = values, True
    if counts:
        return pa.array(spread, mask=~known).cast(pa.string())
    words = np.stack([spread, np.zeros(size, dtype=np.int64)], axis=1)
    exact = pa.Array.from_buffers(pa.decimal128(38, 2), size, [None, pa.py_buffer(words)]).cast(pa.string())
    return pc.if_else(pa.array(known), exact, None)


def _named(column: Names, who: Ints) -> Any:
    codes = column.codes[who]
    return pa.array(column.values, pa.string()).take(pa.array(codes, mask=codes < 0))
