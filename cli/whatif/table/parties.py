"""Kinds and regions of parties from a file of their own, for facts that name the parties by id alone."""

import csv
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from cli.files.given import read_file
from cli.whatif.table.columns import CLAIMANT_NAMES, OF_CLAIMANT, is_known
from cli.whatif.table.file import Table
from client.files.unreadable import unreadable
from schemas.values.refusal import refuse
from schemas.wire.json_text import decoded

_LARGEST = 256 * 1024 * 1024
PARTY = "party"
COUNTERPARTY, OTHER_COUNTERPARTY = "counterparty", "other.counterparty"
_OF_COUNTERPARTY = {"counterparty_kind": "kind", "counterparty_region": "region"}


def read_parties(path: Path) -> dict[str, dict[str, str]]:
    """What the file says of each party, by id: ``kind``, ``region`` and further facts of claimants.

    Raises Refused: unreadable, a column is missing or unknown, a party stands twice.
    """
    text = decoded(read_file(str(path), _LARGEST), str(path))
    try:
        table = csv.DictReader(StringIO(text, newline=""), strict=True)
        columns = list(table.fieldnames or ())
        if PARTY not in columns:
            raise refuse("facts_column_missing", PARTY, column=PARTY)
        for name in columns:
            if name not in (PARTY, *CLAIMANT_NAMES) and not (name.startswith(OF_CLAIMANT) and is_known(name)):
                raise refuse("facts_column_unknown", name, column=name, known=", ".join((PARTY, *CLAIMANT_NAMES)))
        found: dict[str, dict[str, str]] = {}
        for row in table:
            party = row.pop(PARTY).strip()
            if party in found:
                raise refuse("whatif_party_twice", f"line {table.line_num}", party=party, line=table.line_num)
            found[party] = {name: cell for name, cell in row.items() if cell}
    except csv.Error as error:
        raise unreadable(path, error) from error
    return found


def with_parties(table: Table, parties: dict[str, dict[str, str]]) -> Table:
    """The table with what the parties' file says of claimants and counterparties, where a cell is empty."""
    columns = dict(table.columns)
    names = dict.fromkeys(name for facts in parties.values() for name in facts)
    for name in names:
        columns[name] = _filled(columns.get(name), table.columns["claimant"], parties, name)
    other = table.columns.get(COUNTERPARTY, table.columns.get(OTHER_COUNTERPARTY))
    if other is not None:
        for name, fact in _OF_COUNTERPARTY.items():
            columns[name] = _filled(columns.get(name), other, parties, fact)
    return table._replace(columns=columns)


def named(table: Table) -> Table:
    """The table with its counterparties as schemes look at them; ``export receipts`` writes them below ``other``."""
    if OTHER_COUNTERPARTY not in table.columns or COUNTERPARTY in table.columns:
        return table
    return table._replace(columns={**table.columns, COUNTERPARTY: table.columns[OTHER_COUNTERPARTY]})


def _filled(cells: Any, who: Any, parties: dict[str, dict[str, str]], fact: str) -> Any:
    coded = who if pa.types.is_dictionary(who.type) else pc.dictionary_encode(who)
    known = [parties.get((one or "").strip(), {}) for one in coded.dictionary.to_pylist()]
    said = pa.array([one.get(fact) for one in known], pa.string())
    codes = pc.fill_null(coded.indices, 0)
    told = said.take(codes) if len(said) else pa.nulls(len(who), pa.string())
    told = pc.if_else(pa.array(np.asarray(pc.is_valid(coded))), told, None)
    if cells is None:
        return told
    return pc.coalesce(cells.cast(pa.string()), told)
