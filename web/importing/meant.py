"""Organisations in a table as people write them: by name, credit code or id."""

import re
from collections.abc import Iterable, Iterator, Mapping

from client.files.csv_file import Record
from client.importing.columns import read_header
from client.meant import id_typed, party_meant
from database.pool import Pool
from schemas.values.refusal import Refusal, Refused

_PARTIES = frozenset({"patentees", "contact", "agency", "submitted_by"})
_SEVERAL = re.compile("[;；]")
Meant = Mapping[str, str | tuple[Refusal, ...]]
"""What was typed -> the id that is meant, or why none is."""


def typed_parties(found: Iterator[Record]) -> frozenset[str]:
    """What stands in the columns of parties and is no id."""
    columns = _columns(next(found).cells)
    return frozenset(
        text
        for record in found
        for name, cell in zip(columns, record.cells, strict=False)
        if name in _PARTIES
        for text in _parts(cell)
        if id_typed(text) is None
    )


async def parties_meant(pool: Pool, typed: Iterable[str]) -> Meant:
    """Whom each of these means."""
    meant = dict[str, str | tuple[Refusal, ...]]()
    async with pool.acquire() as connection:
        for text in typed:
            try:
                meant[text] = str((await party_meant(connection, text, "")).party_id)
            except Refused as why:
                meant[text] = why.refusals
    return meant


def with_ids(found: Iterator[Record], meant: Meant) -> Iterator[Record]:
    """The records with ids in the place of names; a record with a name that means nobody says so."""
    header = next(found)
    columns = _columns(header.cells)
    yield header
    for record in found:
        cells, wrong = list(record.cells), list(record.refusals)
        for place, (name, cell) in enumerate(zip(columns, record.cells, strict=False)):
            if name in _PARTIES:
                cells[place] = ";".join(_id(text, name, meant, wrong) for text in _parts(cell))
        yield record._replace(cells=cells, refusals=tuple(wrong))


def _id(text: str, column: str, meant: Meant, wrong: list[Refusal]) -> str:
    found = meant.get(text, text)
    if isinstance(found, str):
        return found
    wrong += [one.but(where=column) for one in found]
    return text


def _columns(head: Iterable[str]) -> list[str]:
    return read_header(list(head))[0]


def _parts(cell: str) -> list[str]:
    return [part for one in _SEVERAL.split(cell) if (part := one.strip())]
