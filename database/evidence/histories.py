"""The evidence store: histories of runs, in parts, and the dictionaries they are compressed with. Append-only.

A run that goes on is copied again and again; each copy adds the part that came since. A copy that no other follows is
as far as the run was seen: the *end* of that run. A run has two ends only where Temporal was set back and went on
another way.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from database.pool import Connection


@dataclass(frozen=True)
class Copy:
    """One row of ``history_copies``. ``history_hash``: SHA-256 of all events from the first to ``last_event``."""

    workflow_id: str
    run_id: UUID
    workflow_type: str
    filing_id: UUID | None
    first_event: int
    last_event: int
    content_hash: bytes
    history_hash: bytes
    follows: bytes | None
    """The ``history_hash`` of the copy that this part continues."""
    closed_as: str | None
    continued_from: UUID | None
    first_event_at: datetime
    last_event_at: datetime
    code_versions: list[str]
    sdk_version: str
    plugin: dict[str, Any]


@dataclass(frozen=True)
class Kept(Copy):
    """A copy as it stands in the store."""

    copy_number: int
    copied_at: datetime


@dataclass(frozen=True)
class Part:
    """Events, compressed; ``content_hash`` is of what they were before."""

    content_hash: bytes
    compressed: bytes
    size: int
    """Bytes before it was compressed."""
    dictionary_hash: bytes


_COPY = ", ".join(field.name for field in fields(Copy))
_KEPT = f"{_COPY}, copy_number, copied_at"
_END = "NOT EXISTS (SELECT FROM history_copies n WHERE n.run_id = c.run_id AND n.follows = c.history_hash)"
_PLACES = ", ".join(f"${place}" for place in range(1, 1 + len(fields(Copy))))


async def keep_dictionary(connection: Connection, dictionary_hash: bytes, content: bytes) -> None:
    """Adds a dictionary unless it is there."""
    await connection.execute(
        "INSERT INTO dictionaries (dictionary_hash, content) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        dictionary_hash,
        content,
    )


async def find_dictionary(connection: Connection, dictionary_hash: bytes) -> bytes | None:
    """The dictionary of that hash."""
    content: bytes | None = await connection.fetchval(
        "SELECT content FROM dictionaries WHERE dictionary_hash = $1", dictionary_hash
    )
    return content


async def keep_copy(connection: Connection, copy: Copy, part: Part) -> bool:
    """Adds a copy with its part; False where another program has copied as far already."""
    async with connection.transaction():
        await connection.execute(
            """INSERT INTO histories (content_hash, compressed, bytes, dictionary_hash) VALUES ($1, $2, $3, $4)
               ON CONFLICT DO NOTHING""",
            part.content_hash,
            part.compressed,
            part.size,
            part.dictionary_hash,
        )
        added = await connection.fetchval(
            f"INSERT INTO history_copies ({_COPY}) VALUES ({_PLACES}) ON CONFLICT DO NOTHING RETURNING copy_number",
            *(getattr(copy, field.name) for field in fields(Copy)),
        )
    return added is not None


async def last_copies(connection: Connection, run_ids: Sequence[UUID]) -> dict[UUID, Kept]:
    """Run -> its newest copy, of those that have one."""
    rows = await connection.fetch(
        f"""SELECT DISTINCT ON (run_id) {_KEPT} FROM history_copies
            WHERE run_id = ANY($1) ORDER BY run_id, copy_number DESC""",
        list(run_ids),
    )
    return {row["run_id"]: Kept(**row) for row in rows}


async def ends_of_filing(connection: Connection, filing_id: UUID) -> list[Kept]:
    """As far as each run of a filing was copied, in the order in which the runs began."""
    rows = await connection.fetch(
        f"SELECT {_KEPT} FROM history_copies c WHERE filing_id = $1 AND {_END} ORDER BY first_event_at, copy_number",
        filing_id,
    )
    return [Kept(**row) for row in rows]


async def copies_numbered(connection: Connection, numbers: Sequence[int]) -> list[Kept]:
    """These copies, by number."""
    rows = await connection.fetch(
        f"SELECT {_KEPT} FROM history_copies WHERE copy_number = ANY($1) ORDER BY copy_number", list(numbers)
    )
    return [Kept(**row) for row in rows]


async def numbers_of_ends(
    connection: Connection, since: datetime | None = None, filing_ids: Sequence[UUID] | None = None
) -> list[int]:
    """The numbers of all ends, or of those that have an event ``since`` then, or are of these filings."""
    rows = await connection.fetch(
        f"""SELECT copy_number FROM history_copies c
            WHERE ($1::timestamptz IS NULL OR last_event_at >= $1)
              AND ($2::uuid[] IS NULL OR filing_id = ANY($2)) AND {_END} ORDER BY copy_number""",
        since,
        None if filing_ids is None else list(filing_ids),
    )
    return [row["copy_number"] for row in rows]


async def parts_of(connection: Connection, run_id: UUID, history_hash: bytes) -> list[tuple[Kept, Part | None]]:
    """The copies that lead to this history and their parts, from event 1 on; None for a part that is not there."""
    rows = await connection.fetch(
        f"""WITH RECURSIVE back AS (
                SELECT c.* FROM history_copies c WHERE run_id = $1 AND history_hash = $2
                UNION ALL
                SELECT c.* FROM history_copies c JOIN back b ON c.run_id = b.run_id AND c.history_hash = b.follows
            )
            SELECT {", ".join(f"back.{name.strip()}" for name in _KEPT.split(","))},
                   h.content_hash AS stored_hash, h.compressed, h.bytes, h.dictionary_hash
            FROM back LEFT JOIN histories h USING (content_hash) ORDER BY first_event""",
        run_id,
        history_hash,
    )
    found: list[tuple[Kept, Part | None]] = []
    for row in rows:
        values = dict(row)
        stored = values.pop("stored_hash")
        part = Part(stored, *(values.pop(name) for name in ("compressed", "bytes", "dictionary_hash")))
        found.append((Kept(**values), part if stored is not None else None))
    return found


async def without_history(connection: Connection, after: UUID, limit: int) -> list[tuple[UUID, str]]:
    """(filing, workflow id) of filings of which no run was copied, by filing."""
    rows = await connection.fetch(
        """SELECT filing_id, workflow_id FROM filings f
           WHERE filing_id > $1 AND NOT EXISTS (SELECT FROM history_copies c WHERE c.workflow_id = f.workflow_id)
           ORDER BY filing_id LIMIT $2""",
        after,
        limit,
    )
    return [(row["filing_id"], row["workflow_id"]) for row in rows]


async def filings_of(connection: Connection, workflow_ids: Sequence[str]) -> dict[str, UUID]:
    """Workflow id -> its filing, of those that the log has."""
    rows = await connection.fetch(
        "SELECT workflow_id, filing_id FROM filings WHERE workflow_id = ANY($1)", list(workflow_ids)
    )
    return {row["workflow_id"]: row["filing_id"] for row in rows}
