"""What acts would change: they are recorded by the recorder itself, in a transaction that is rolled back.

So a preview cannot say anything else than the act will, and leaves nothing: no event, no receipt number in a row, no
message. It holds the locks of what it touches while it lasts, and touches a bounded number.
"""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from pydantic import TypeAdapter

from activities.record import Recorder
from database.pool import Connection, Pool
from database.reads.filters import BEFORE_ALL
from database.reads.read_model import FilingSummary, filings_below, find_filing
from database.record.event_log import find_head
from database.standing.ledger import standing_lines
from database.standing.settlements import settlements_claiming
from schemas.acts.act import Act, FilingKind, SurroundingsChanged
from schemas.acts.beginning import is_beginning, workflow_id_of
from schemas.lifecycle.row import NOTHING
from schemas.standing.answer import Answer, Moved, Preview, Recording, Touched
from schemas.standing.legal_clock import LegalClock
from schemas.standing.position import Deadline
from schemas.values.actor import ENGINE, Actor, Role
from schemas.values.identifiers import derived_id
from schemas.values.money import STORED, Money

MOST = 200
"""Filings that one preview tries; the rest is counted. Each costs some milliseconds, and its lock meanwhile."""
_DEADLINES = TypeAdapter(tuple[Deadline, ...])
_RECORDING: TypeAdapter[Recording] = TypeAdapter(Recording)
_BELOW = {FilingKind.DECLARATION: FilingKind.LICENCE, FilingKind.LICENCE: FilingKind.PAYOUT}
Lines = dict[tuple[str, str], int]


class Previews:
    """Previews by the recorder of this installation; ``legal_clock``: its clock, for filings that would begin."""

    def __init__(self, pool: Pool, recorder: Recorder, legal_clock: LegalClock) -> None:
        self._pool, self._recorder, self._legal_clock = pool, recorder, legal_clock

    async def of(self, kind: FilingKind, acts: Sequence[Act]) -> Preview:
        """What these acts, one after the other on one filing, would change. Raises Refused as the acts would."""
        async with self._pool.acquire() as connection:
            transaction = connection.transaction()
            await transaction.start()
            try:
                return await _Tried(connection, self._recorder, self._legal_clock).all(kind, acts)
            finally:
                await transaction.rollback()


class _Tried:
    """One preview, inside its transaction."""

    def __init__(self, connection: Connection, recorder: Recorder, legal_clock: LegalClock) -> None:
        self._connection, self._recorder, self._legal_clock = connection, recorder, legal_clock
        self._touched: dict[UUID, Touched] = {}
        self._more = 0

    async def all(self, kind: FilingKind, acts: Sequence[Act]) -> Preview:
        before = await self._standing(acts[0].filing_id)
        for act in acts:
            answer = await self._record(kind, act)
        await self._changed(kind, acts[0].filing_id, before)
        await self._tell_below(kind, acts[-1])
        return Preview(
            answer=answer,
            deadlines=await self._deadlines(acts[0].filing_id),
            touched=tuple(self._touched.values()),
            more=self._more,
        )

    async def _deadlines(self, filing_id: UUID) -> tuple[Deadline, ...]:
        head = await find_head(self._connection, filing_id)
        return () if head is None else _DEADLINES.validate_python(head.position["deadlines"], context=STORED)

    async def _record(self, kind: FilingKind, act: Act) -> Answer:
        known = await find_filing(self._connection, act.filing_id)
        name = known.workflow_id if known else workflow_id_of(act) if is_beginning(act) else ""
        recording = {
            "filing_kind": kind.value,
            "act": act,
            "workflow_id": name,
            "expected": known.head if known else 0,
            "legal_clock": known.legal_clock if known else self._legal_clock,
        }
        return await self._recorder.hypothetical(self._connection, _RECORDING.validate_python(recording))

    async def _standing(self, filing_id: UUID) -> tuple[str, Lines]:
        head = await find_head(self._connection, filing_id)
        return (head.stage if head else NOTHING), await standing_lines(self._connection, filing_id)

    async def _changed(self, kind: FilingKind, filing_id: UUID, before: tuple[str, Lines]) -> bool:
        (stage_before, lines_before), (stage_after, lines_after) = before, await self._standing(filing_id)
        by = {key: lines_after.get(key, 0) - lines_before.get(key, 0) for key in {**lines_before, **lines_after}}
        moved = tuple(
            Moved(line=line, account=account, by=Money(fen)) for (line, account), fen in sorted(by.items()) if fen
        )
        if stage_before != stage_after or moved or not self._touched:
            self._touched[filing_id] = Touched(
                filing_id=filing_id, kind=kind, stage_before=stage_before, stage_after=stage_after, moved=moved
            )
        return stage_before != stage_after or bool(moved)

    async def _tell_below(self, kind: FilingKind, act: Act) -> None:
        """Who stands on the filing derives again, as the messages of the outbox would have it; claims last."""
        receipts: list[str] = []
        level: list[tuple[FilingKind, UUID]] = [(kind, act.filing_id)]
        for above_kind, above in level:
            below = _BELOW.get(above_kind)
            if below is None:
                continue
            for one in await self._below(above, below):
                if len(self._touched) >= MOST:
                    self._more += 1
                    continue
                before = await self._standing(one.filing_id)
                await self._told(below, one.filing_id, act)
                if await self._changed(below, one.filing_id, before):
                    level.append((below, one.filing_id))
                    receipts += [line.partition(":")[0] for line, _ in before[1]]
        for settlement in await settlements_claiming(self._connection, list(dict.fromkeys(receipts))):
            before = await self._standing(settlement)
            await self._told(FilingKind.SETTLEMENT, settlement, act)
            await self._changed(FilingKind.SETTLEMENT, settlement, before)

    async def _below(self, parent_id: UUID, kind: FilingKind) -> list[FilingSummary]:
        found: list[FilingSummary] = []
        after = BEFORE_ALL
        while batch := await filings_below(self._connection, parent_id, kind.value, after, MOST):
            found, after = [*found, *batch], batch[-1].filing_id
        return found

    async def _told(self, kind: FilingKind, filing_id: UUID, act: Act) -> None:
        on: date = act.on
        told = SurroundingsChanged(
            act_id=derived_id("preview", act.act_id, filing_id),
            filing_id=filing_id,
            on=on,
            cause=act.act_id,
            by=Actor(role=Role.TIMER, party_id=ENGINE),
        )
        await self._record(kind, told)
