"""Imports a table of declarations: up to ten rows at a time, each with an act id of what it says, so it can go on.

A row that was imported before is only looked up, in whichever file it stands. What stops the import (a server that is
down) stops it between rows; running the file again, mended or not, does the rest. A row that was changed after it was
taken is told as what it is, and changes nothing.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from client.ask import Ask
from client.files.csv_file import Record
from client.importing.rows import Row, Sender, changed_columns, import_act_id, import_rows
from database.pool import Connection, Pool
from database.reads.matching import known_acts, recorded_act
from database.reads.read_model import find_filing
from database.registers.deliveries import delivered_from, keep_delivered
from database.registers.documents import add_document
from database.registers.parties import missing_parties
from database.registers.refused_lines import end_taken, keep_refused
from schemas.acts.act import Act, Countersign, FilingKind, Origin
from schemas.acts.declaration import Submit, TakeOverDeclaration
from schemas.lifecycle.all import LIFECYCLES
from schemas.values.actor import Actor, Role
from schemas.values.refusal import Refusal, Refused, refusal

IN_FLIGHT = 10


class Outcome(StrEnum):
    """What came of one row."""

    IMPORTED = "imported"
    KNOWN = "known"
    AWAITS_COUNTERSIGNATURE = "awaits_countersignature"
    REFUSED = "refused"


@dataclass(frozen=True)
class Imported:
    """One row's outcome."""

    line: int
    outcome: Outcome
    filing_id: UUID | None = None
    refusals: tuple[Refusal, ...] = ()
    warnings: tuple[Refusal, ...] = ()


@dataclass(frozen=True)
class Importer:
    """One run over a file; ``by`` takes over existing declarations, ``second`` countersigns for it (R7)."""

    pool: Pool
    take_over: Ask
    """Asks for what is taken over; only for that another clock can be asked for."""
    begin: Ask
    """Asks for new submissions, which have the installation's clock."""
    by: UUID | None = None
    second: UUID | None = None
    sender: Sender | None = None
    """Whose own rows they are, where he sends them himself."""

    async def run(self, name: str, found: Iterator[Record]) -> AsyncIterator[Imported]:
        """What came of each row, in the order of the file ``name``. Raises Refused for the header, Fault."""
        rows = import_rows(found, name, self.by, self.sender)
        under_way: deque[asyncio.Task[Imported]] = deque()
        try:
            while True:
                for row in _next(rows, IN_FLIGHT - len(under_way)):
                    under_way.append(asyncio.create_task(self._row(name, row)))
                if not under_way:
                    return
                yield await under_way[0]
                under_way.popleft()
        finally:
            for task in under_way:
                task.cancel()
            await asyncio.gather(*under_way, return_exceptions=True)

    async def _row(self, name: str, row: Row) -> Imported:
        act = row.act
        if act is None:
            return await self._refused(name, row, row.refusals)
        asked: list[Act] = [act]
        if isinstance(act, TakeOverDeclaration) and self.second:
            asked.append(
                Countersign(
                    act_id=import_act_id(act, "countersign"),
                    filing_id=act.filing_id,
                    on=act.on,
                    by=Actor(role=Role.OPERATOR, party_id=self.second),
                    origin=Origin.IMPORTED,
                    evidence=act.evidence,
                    countersigns=act.act_id,
                )
            )
        async with self.pool.acquire() as connection:
            done, sender = await known_acts(connection, [one.act_id for one in asked]), act.by.party_id
            if act.act_id not in done and (told := await told_otherwise(connection, act)):
                return await self._refused(name, row, (told,))
            # The row of a sender whom nobody knows is refused with all that is wrong with it.
            if len(done) < len(asked) and not await missing_parties(connection, (sender,)):
                await add_document(
                    connection, row.body, name=f"{name}:{row.line}", media_type="text/csv", added_by=sender
                )
        warnings: tuple[Refusal, ...] = ()
        ask = self.take_over if isinstance(act, TakeOverDeclaration) else self.begin
        try:
            for one in asked:
                if one.act_id not in done:
                    warnings += (await ask(FilingKind.DECLARATION, one)).warnings
        except Refused as refused:
            return await self._refused(name, row, row.in_its_columns(refused.refusals))
        async with self.pool.acquire() as connection:
            source = _source(row.patent)
            await keep_delivered(connection, source, str(act.act_id), act.act_id, act.act_id, act.filing_id)
            await end_taken(connection, source, None, act.act_id)
        outcome = Outcome.KNOWN if len(done) == len(asked) else Outcome.IMPORTED
        if isinstance(act, TakeOverDeclaration) and not self.second:
            outcome = Outcome.AWAITS_COUNTERSIGNATURE
        return Imported(row.line, outcome, act.filing_id, warnings=row.warned(warnings))

    async def _refused(self, name: str, row: Row, refusals: tuple[Refusal, ...]) -> Imported:
        """Kept with its reasons until a row of that patent is taken, or somebody has seen to it."""
        async with self.pool.acquire() as connection:
            await keep_refused(connection, "import", name, row.line, row.body, refusals, _source(row.patent))
        return Imported(row.line, Outcome.REFUSED, refusals=refusals)


def _source(patent: str) -> str:
    return f"import of {patent}"


async def told_otherwise(connection: Connection, act: Submit | TakeOverDeclaration) -> Refusal | None:
    """What another row of this patent was taken as, while the declaration that it made is not over."""
    over = LIFECYCLES[FilingKind.DECLARATION].terminal
    for taken in await delivered_from(connection, _source(act.offer.patent_number)):
        filing, recorded = await find_filing(connection, taken.filing_id), await recorded_act(connection, taken.act_id)
        if filing is not None and recorded is not None and filing.stage not in over:
            columns = "、".join(changed_columns(act, recorded)) or "stage"
            return refusal("row_changed", "patent_number", filing_id=taken.filing_id, columns=columns)
    return None


def _next(rows: Iterator[Row], most: int) -> Iterator[Row]:
    for _, row in zip(range(most), rows, strict=False):
        yield row
