"""The entries of the log and its checkpoints: written in order, by one program at a time, never changed."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from database.pool import Connection

SEALER = "log"
"""Name of the lock under which one program at a time adds to the log (``database.pool.alone``)."""
_BATCH = 5_000


@dataclass(frozen=True)
class LogEntry:
    """One entry: what row it proves, and the row's hash. ``key`` is JSON; ``sequence_number`` only of events."""

    position: int
    source: str
    key: str
    hash: bytes
    sequence_number: int | None
    sealed_at: datetime


@dataclass(frozen=True)
class StoredCheckpoint:
    """A signed state of the log; ``subtrees``: hashes of the full subtrees, one after the other."""

    size: int
    root: bytes
    subtrees: bytes
    note: str
    made_at: datetime


@dataclass(frozen=True)
class Cosignature:
    """A line of a witness under a checkpoint; ``witness`` is its verifier key."""

    size: int
    witness: str
    line: str
    cosigned_at: datetime


@dataclass(frozen=True)
class NewEntry:
    """What is to be added."""

    source: str
    key: str
    hash: bytes
    sequence_number: int | None = None


_ENTRY = "position, source, key, hash, sequence_number, sealed_at"
_CHECKPOINT = "size, root, subtrees, note, made_at"


async def add_entries(connection: Connection, first: int, entries: Sequence[NewEntry]) -> None:
    """Adds them from that position on; a position that is taken is a unique violation, so two never add at once."""
    await connection.execute(
        """INSERT INTO log_entries (position, source, key, hash, sequence_number)
           SELECT $1 + ordinality - 1, source, key, hash, sequence_number
           FROM unnest($2::text[], $3::text[], $4::bytea[], $5::bigint[])
                WITH ORDINALITY AS given (source, key, hash, sequence_number, ordinality)""",
        first,
        [one.source for one in entries],
        [one.key for one in entries],
        [one.hash for one in entries],
        [one.sequence_number for one in entries],
    )


async def entries_from(connection: Connection, begin: int, end: int | None = None) -> AsyncIterator[LogEntry]:
    """The entries from that position on, up to ``end`` (without it), some of them at a time."""
    at = begin
    while True:
        rows = await connection.fetch(
            f"""SELECT {_ENTRY} FROM log_entries WHERE position >= $1 AND position < coalesce($2, position + 1)
                ORDER BY position LIMIT $3""",
            at,
            end,
            _BATCH,
        )
        for row in rows:
            yield LogEntry(*row)
        if len(rows) < _BATCH:
            return
        at = rows[-1]["position"] + 1


async def find_entry(connection: Connection, source: str, key: str) -> LogEntry | None:
    """The last entry of that row."""
    row = await connection.fetchrow(
        f"SELECT {_ENTRY} FROM log_entries WHERE source = $1 AND key = $2 ORDER BY position DESC LIMIT 1", source, key
    )
    return None if row is None else LogEntry(*row)


async def entries_of_source(connection: Connection, source: str) -> list[LogEntry]:
    """All entries of a source that has few, in their order."""
    rows = await connection.fetch(f"SELECT {_ENTRY} FROM log_entries WHERE source = $1 ORDER BY position", source)
    return [LogEntry(*row) for row in rows]


async def last_sequence_number(connection: Connection) -> int:
    """The last event that is in the log, by its number; 0 where there is none."""
    number: int = await connection.fetchval("SELECT coalesce(max(sequence_number), 0) FROM log_entries")
    return number


async def add_checkpoint(connection: Connection, size: int, root: bytes, subtrees: bytes, note: str) -> None:
    """Keeps a signed checkpoint; it is published only after that."""
    await connection.execute(
        "INSERT INTO checkpoints (size, root, subtrees, note) VALUES ($1, $2, $3, $4)", size, root, subtrees, note
    )


async def last_checkpoint(connection: Connection) -> StoredCheckpoint | None:
    """The newest one."""
    row = await connection.fetchrow(f"SELECT {_CHECKPOINT} FROM checkpoints ORDER BY size DESC LIMIT 1")
    return None if row is None else StoredCheckpoint(*row)


async def find_checkpoint(connection: Connection, size: int) -> StoredCheckpoint | None:
    """The one of exactly that size."""
    row = await connection.fetchrow(f"SELECT {_CHECKPOINT} FROM checkpoints WHERE size = $1", size)
    return None if row is None else StoredCheckpoint(*row)


async def checkpoints_from(connection: Connection, begin: int) -> AsyncIterator[StoredCheckpoint]:
    """Those of at least that size, the oldest first, some of them at a time."""
    at = begin
    while True:
        rows = await connection.fetch(
            f"SELECT {_CHECKPOINT} FROM checkpoints WHERE size >= $1 ORDER BY size LIMIT $2", at, _BATCH
        )
        for row in rows:
            yield StoredCheckpoint(*row)
        if len(rows) < _BATCH:
            return
        at = rows[-1]["size"] + 1


async def add_cosignature(connection: Connection, size: int, witness: str, line: str) -> None:
    """Keeps what a witness signed; the same witness signs one size once."""
    await connection.execute(
        "INSERT INTO cosignatures (size, witness, line) VALUES ($1, $2, $3) ON CONFLICT (size, witness) DO NOTHING",
        size,
        witness,
        line,
    )


async def cosignatures_of(connection: Connection, size: int) -> list[Cosignature]:
    """What witnesses signed of the checkpoint of that size."""
    rows = await connection.fetch(
        "SELECT size, witness, line, cosigned_at FROM cosignatures WHERE size = $1 ORDER BY witness", size
    )
    return [Cosignature(**row) for row in rows]


async def sealed_since(connection: Connection, position: int) -> datetime | None:
    """When the first checkpoint was made that has the entry of that position; None where there is none yet."""
    made_at: datetime | None = await connection.fetchval(
        "SELECT made_at FROM checkpoints WHERE size > $1 ORDER BY size LIMIT 1", position
    )
    return made_at


@dataclass(frozen=True)
class SetBack:
    """Entries ``first_position`` to ``end_position`` (without it) that a database lost, and that were taken back."""

    first_position: int
    end_position: int
    said_by: UUID
    reason: str
    taken_back_at: datetime


async def add_set_back(connection: Connection, first: int, end: int, who: UUID, reason: str) -> None:
    """Says that these entries prove what the database no longer has."""
    await connection.execute(
        "INSERT INTO log_set_backs (first_position, end_position, said_by, reason) VALUES ($1, $2, $3, $4)",
        first,
        end,
        who,
        reason,
    )


async def list_set_backs(connection: Connection) -> list[SetBack]:
    """All of them, in order."""
    rows = await connection.fetch(
        """SELECT first_position, end_position, said_by, reason, taken_back_at FROM log_set_backs
           ORDER BY first_position"""
    )
    return [SetBack(**row) for row in rows]
