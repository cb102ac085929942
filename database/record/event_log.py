"""The event log: one act is one transaction that opens the filing, and posts what the act changes.

    async with connection.transaction():
        opened = await open_filing(connection, filing_id, act_id, since_version=cached)
        ...
        await post(connection, Posting(...))

Both are one round trip. Filings do not wait for each other; acts on one filing do.
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import asyncpg

from database.pool import Connection
from database.record.guards import refusing
from database.record.posting import EventRow, Json, Posting
from schemas.standing.legal_clock import LegalClock
from schemas.values.canonical import canonical, chain_hash, plain
from schemas.values.refusal import Fault, refuse

_LINKS = 500


@dataclass(frozen=True)
class Head:
    """Where a filing stands: its last version and that event's hash."""

    version: int
    hash: bytes
    stage: str
    position: dict[str, Any]
    kind: str
    workflow_id: str
    parent_id: UUID | None


@dataclass(frozen=True)
class StoredAct:
    """An act that was granted before. ``filing_id`` may be another filing's; another ``body_hash`` is another act."""

    filing_id: UUID
    body_hash: bytes
    answer: dict[str, Any]


@dataclass(frozen=True)
class RecordedEvent:
    """One fact as it was recorded."""

    version: int
    act_id: UUID
    kind: str
    legal_on: date
    recorded_at: datetime
    body: dict[str, Any]


@dataclass(frozen=True)
class ChainLink:
    """One event with the bytes that prove it."""

    version: int
    act_id: UUID
    kind: str
    legal_on: date
    recorded_at: datetime
    body: dict[str, Any]
    canonical: bytes
    previous_hash: bytes
    hash: bytes
    code_version: str


@dataclass(frozen=True)
class Opened:
    """A locked filing. ``filing`` is None before its first act; ``events`` are those after the version asked for.

    ``recorded_at`` is read after the lock, so within a filing it rises with the version; where the last instant lies
    ahead of the clock, ``present`` says what time it is. ``calendar``: number of the last approved holiday table.
    ``missing``: of the names that were asked for, the content hashes and party ids that nobody has written.
    """

    filing: Head | None
    known: StoredAct | None
    events: tuple[RecordedEvent, ...]
    recorded_at: datetime
    calendar: int
    present: datetime
    legal_clock: LegalClock | None
    missing: frozenset[str | UUID]
    granted_at: datetime | None = None
    """When the act was granted before the log was set back."""

    @property
    def received_at(self) -> datetime:
        """The instant at which the platform received the act."""
        return self.granted_at or self.present


async def open_filing(
    connection: Connection,
    filing_id: UUID,
    act_id: UUID,
    since_version: int = 0,
    documents: Sequence[str] = (),
    parties: Sequence[UUID] = (),
) -> Opened:
    """Locks the filing until the transaction ends and reads its head, the act if known, and its events. One round trip.

    ``documents``, ``parties``: what the act names; which of them are missing is asked on the way.

    Creates nothing. Must run inside a transaction, else the lock is gone when it returns: a Fault then.
    """
    if not connection.is_in_transaction():
        raise Fault("ours", "a filing is opened inside a transaction", retry=False)
    row = await connection.fetchrow(
        "SELECT * FROM begin_act($1, $2, $3, $4, $5)", filing_id, act_id, since_version, documents, parties
    )
    assert row is not None  # the function returns one row
    head = (
        None
        if row["head"] is None
        else Head(
            row["head"],
            row["head_hash"],
            row["stage"],
            row["position"],
            row["kind"],
            row["workflow_id"],
            row["parent_id"],
        )
    )
    known = (
        None
        if row["known_filing_id"] is None
        else StoredAct(row["known_filing_id"], row["known_body_hash"], row["known_answer"])
    )
    events = tuple(RecordedEvent(*event) for event in row["events"] or ())
    missing = frozenset((*row["missing_documents"], *row["missing_parties"]))
    return Opened(head, known, events, row["recorded_at"], row["calendar"], row["present"], row["legal_clock"], missing)


def canonical_event(filing_id: UUID, version: int, act_id: UUID, kind: str, recorded_at: datetime, body: Json) -> bytes:
    """The bytes of an event that the hashes of its chain are made of."""
    return canonical(
        {
            "filing_id": filing_id,
            "version": version,
            "act_id": act_id,
            "kind": kind,
            "recorded_at": recorded_at,
            "body": body,
        }
    )


def seal(
    filing_id: UUID,
    version: int,
    act_id: UUID,
    kind: str,
    legal_on: date,
    recorded_at: datetime,
    body: Json,
    previous_hash: bytes,
    code_version: str,
) -> EventRow:
    """The event with its canonical bytes and its link to ``previous_hash`` (``FIRST_PREVIOUS_HASH`` for version 1)."""
    text = canonical_event(filing_id, version, act_id, kind, recorded_at, body)
    return EventRow(
        act_id, kind, legal_on, recorded_at, text, previous_hash, chain_hash(previous_hash, text), code_version
    )


_POST = f"SELECT post_act({', '.join(f'${place}' for place in range(1, 28))})"


async def post(connection: Connection, posting: Posting) -> None:
    """Writes everything the act leaves behind, or nothing. One round trip.

    Raises Refused ``stale_licence_number``, ``bank_line_known`` or ``bank_line_exceeded`` where a key of the database
    is the last guard, and a Fault to try again when another writer was faster. The transaction is over after either.
    """
    filing, event = posting.filing, posting.event
    try:
        with refusing(**_facts(posting)):
            await connection.execute(
                _POST,
                filing.filing_id,
                filing.kind,
                filing.workflow_id,
                filing.parent_id,
                filing.version,
                filing.stage,
                filing.position,
                filing.due_by,
                filing.legal_clock,
                event.act_id,
                event.kind,
                event.legal_on,
                event.recorded_at,
                event.canonical,
                event.previous_hash,
                event.hash,
                event.code_version,
                posting.body_hash,
                posting.answer,
                _rows(posting.tasks),
                _rows(posting.findings),
                _rows(posting.lines),
                _rows(posting.messages),
                _row(posting.offer),
                _row(posting.licence),
                _row(posting.bank_line),
                _rows(posting.receipts),
            )
    except (asyncpg.SerializationError, asyncpg.UniqueViolationError) as error:
        moved = f"filing {filing.filing_id} has moved past version {filing.version - 1}"
        raise Fault("ours", moved, retry=True) from error


def _facts(posting: Posting) -> dict[str, object]:
    return {"n": posting.licence and posting.licence.n, "filing_id": "?"}


def _row(part: object | None) -> dict[str, Any] | None:
    return None if part is None else plain(vars(part))


def _rows(parts: Sequence[object]) -> list[dict[str, Any]] | None:
    return [plain(vars(part)) for part in parts] or None


async def find_act(connection: Connection, act_id: UUID) -> StoredAct | None:
    """The answer an act was given, if it was granted; for a repeat that no workflow can answer any more."""
    row = await connection.fetchrow("SELECT filing_id, body_hash, answer FROM acts WHERE act_id = $1", act_id)
    return None if row is None else StoredAct(**row)


async def find_head(connection: Connection, filing_id: UUID, *, locked: bool = False) -> Head | None:
    """Where a filing stands; ``locked`` keeps others from changing it until the transaction ends."""
    row = await connection.fetchrow(
        "SELECT head, head_hash, stage, position, kind, workflow_id, parent_id FROM filings WHERE filing_id = $1"
        + (" FOR SHARE" if locked else ""),
        filing_id,
    )
    return None if row is None else Head(*row)


async def head_of_known(connection: Connection, filing_id: UUID, where: str) -> Head:
    """Where a filing stands; Refused ``filing_unknown`` at the place that named it."""
    head = await find_head(connection, filing_id)
    if head is None:
        raise refuse("filing_unknown", where, filing_id=filing_id)
    return head


async def snapshot_of(connection: Connection, filing_id: UUID) -> dict[str, Any] | None:
    """The last snapshot of its surroundings that a filing took."""
    snapshot: dict[str, Any] | None = await connection.fetchval(
        """SELECT body->'made'->'surroundings' FROM events
           WHERE filing_id = $1 AND jsonb_typeof(body->'made'->'surroundings') = 'object'
           ORDER BY version DESC LIMIT 1""",
        filing_id,
    )
    return snapshot


async def chain_of(connection: Connection, filing_id: UUID) -> AsyncIterator[ChainLink]:
    """All events of a filing with their proofs, in order, and never more than some of them at a time."""
    after, more = 0, True
    while more:
        rows = await connection.fetch(
            """SELECT version, act_id, kind, legal_on, recorded_at, body, canonical, previous_hash, hash, code_version
               FROM events WHERE filing_id = $1 AND version > $2 ORDER BY version LIMIT $3""",
            filing_id,
            after,
            _LINKS,
        )
        for row in rows:
            yield ChainLink(**row)
        after, more = (rows[-1]["version"], True) if len(rows) == _LINKS else (after, False)
