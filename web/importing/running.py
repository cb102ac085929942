"""Checks a table and takes its good rows, a few at a time, and writes down what came of each.

Each step can be done again: a row's act has the id of what it says. So what a stopped server left is begun again.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING
from uuid import UUID

from client.files.csv_file import Record
from client.importing.importing import Imported, Importer, told_otherwise
from client.importing.rows import Row, Sender, check_law, import_rows, in_columns
from client.today import today
from database.console.imports import (
    SentRow,
    SentTable,
    body_of_import,
    find_import,
    keep_rows,
    lines_of_import,
    move_import,
    under_way,
)
from database.reads.matching import known_acts
from rules.declaration.guards import guard_alone
from schemas.acts.act import FilingKind
from schemas.values.actor import Actor, Role
from schemas.values.refusal import Refused
from web.importing.meant import parties_meant, typed_parties, with_ids
from web.importing.tables import records_of

if TYPE_CHECKING:
    from web.console import Console

AT_ONCE = 5
"""Rows that are checked beside each other; each has a connection of the pool."""
_BATCH = 20
_EVIDENCE = "evidence_missing"


def go_on(console: "Console", import_id: UUID) -> None:
    """Goes on with a table that is to be checked or taken, while its page is answered already."""
    console.background.begin(import_id, _went_on(console, import_id))


async def resume(console: "Console") -> None:
    """Goes on with all that a stopped server left."""
    async with console.pool.acquire() as connection:
        left = await under_way(connection)
    for import_id in left:
        go_on(console, import_id)


def sender_of(role: Role, owner_id: UUID, party_id: UUID, on: date) -> Sender | None:
    """Who sends rows of his own; an operator brings what others declared."""
    if role is Role.OPERATOR:
        return None
    return Sender(Actor(role=role, party_id=party_id, organisation_id=owner_id), on)


async def _went_on(console: "Console", import_id: UUID) -> None:
    async with console.pool.acquire() as connection:
        table = await find_import(connection, import_id, None)
    if table is None:
        return
    if table.state == "checking":
        await _check(console, table)
    elif table.state == "taking":
        await _take(console, table)


async def _check(console: "Console", table: SentTable) -> None:
    async with _read(console, table) as found:
        rows = import_rows(found, table.name, _operator(table), _sender(table))
        while batch := await asyncio.to_thread(_next, rows):
            for few in (batch[n : n + AT_ONCE] for n in range(0, len(batch), AT_ONCE)):
                checked = await asyncio.gather(*(_checked(console, one) for one in few))
                async with console.pool.acquire() as connection:
                    await keep_rows(connection, table.import_id, checked)
                    await move_import(connection, table.import_id, "checking")
    async with console.pool.acquire() as connection:
        await move_import(connection, table.import_id, "checked")


async def _checked(console: "Console", row: Row) -> SentRow:
    """What would come of the row; nothing is written of what it asks for."""
    refusals, warnings = check_law(row, guard_alone)
    act = row.act
    if refusals or act is None:
        return SentRow(row.line, row.patent, "refused", reasons=refusals)
    async with console.pool.acquire() as connection:
        if act.act_id in await known_acts(connection, [act.act_id]):
            return SentRow(row.line, row.patent, "known", act.act_id, act.filing_id)
        told = await told_otherwise(connection, act)
    if told is not None:
        return SentRow(row.line, row.patent, "refused", reasons=(told,))
    try:
        # The row itself becomes a document of evidence only when it is asked for.
        await console.preview(FilingKind.DECLARATION, (act.but(evidence=act.evidence[:-1]),))
    except Refused as refused:
        refusals = in_columns([one for one in refused.refusals if one.code != _EVIDENCE])
    if refusals:
        return SentRow(row.line, row.patent, "refused", reasons=refusals)
    return SentRow(row.line, row.patent, "good", act.act_id, warnings=warnings)


async def _take(console: "Console", table: SentTable) -> None:
    async with console.pool.acquire() as connection:
        good = await lines_of_import(connection, table.import_id, "good")
    ask = console.asker.ask
    importer = Importer(console.pool, ask, ask, _operator(table), sender=_sender(table))
    async with _read(console, table) as found:
        async for one in importer.run(table.name, _only(found, good)):
            async with console.pool.acquire() as connection:
                await keep_rows(connection, table.import_id, [_taken(one)])
                await move_import(connection, table.import_id, "taking")
    async with console.pool.acquire() as connection:
        await move_import(connection, table.import_id, "done")


def _taken(one: Imported) -> SentRow:
    # The patent's number stands there since the row was checked.
    return SentRow(one.line, "", one.outcome.value, None, one.filing_id, one.refusals, one.warnings)


@asynccontextmanager
async def _read(console: "Console", table: SentTable) -> AsyncIterator[Iterator[Record]]:
    async with console.pool.acquire() as connection:
        body = await body_of_import(connection, table.import_id)
    assert body is not None  # of what is under way the file stays
    with records_of(body, table.kind) as found:
        typed = await asyncio.to_thread(typed_parties, found)
    meant = await parties_meant(console.pool, typed)
    with records_of(body, table.kind) as found:
        yield with_ids(found, meant)


def _operator(table: SentTable) -> UUID | None:
    return table.confirmed_by or table.sent_by if table.role == Role.OPERATOR else None


def _sender(table: SentTable) -> Sender | None:
    return sender_of(Role(table.role), table.owner_id, table.confirmed_by or table.sent_by, today())


def _next(rows: Iterator[Row]) -> list[Row]:
    return list(islice(rows, _BATCH))


def _only(found: Iterator[Record], lines: frozenset[int]) -> Iterator[Record]:
    yield next(found)
    yield from (one for one in found if one.line in lines)
