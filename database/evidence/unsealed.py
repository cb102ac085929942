"""Rows that are not in the log yet: events by their sequence numbers, others by what their trigger left."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from database.evidence.source import Source
from database.evidence.sources import ACT, SOURCES
from database.pool import Connection


@dataclass(frozen=True)
class UnsealedEvent:
    """An event with the row of its act; ``act`` is empty where there is none, which audit verify tells."""

    sequence_number: int
    filing_id: UUID
    version: int
    hash: bytes
    act: Mapping[str, Any]


@dataclass(frozen=True)
class UnsealedKey:
    """A row that waits, by its source and its key."""

    id: int
    source: str
    key: str


async def unsealed_events(connection: Connection, after: int, limit: int) -> list[UnsealedEvent]:
    """The next events after that sequence number, in their order."""
    acts = SOURCES[ACT]
    rows = await connection.fetch(
        f"""SELECT s.sequence_number, s.filing_id AS of_filing, s.version, e.hash, {acts.selected}
            FROM sequence_numbers s
            JOIN events e ON e.filing_id = s.filing_id AND e.version = s.version
            LEFT JOIN acts t ON t.act_id = e.act_id
            WHERE s.sequence_number > $1 ORDER BY s.sequence_number LIMIT $2""",
        after,
        limit,
    )
    return [
        UnsealedEvent(
            row["sequence_number"],
            row["of_filing"],
            row["version"],
            row["hash"],
            {} if row["act_id"] is None else {name: row[name] for name in acts.columns},
        )
        for row in rows
    ]


async def unsealed_keys(connection: Connection, after: int, limit: int) -> list[UnsealedKey]:
    """The next rows that a trigger told of, after that number."""
    rows = await connection.fetch(
        "SELECT id, source, key FROM unsealed WHERE id > $1 ORDER BY id LIMIT $2", after, limit
    )
    return [UnsealedKey(**row) for row in rows]


async def rows_of_keys(connection: Connection, source: Source, keys: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Key -> what is hashed of its row; a row that is gone is missing."""
    joined = " AND ".join(
        f"t.{column} = (given.key::jsonb ->> {place})::{kind}" for place, (column, kind) in enumerate(source.key)
    )
    # Row by row, by its key: a join of all at once would read the whole table for every batch.
    rows = await connection.fetch(
        f"""SELECT given.key AS key_of_row, {source.selected}
            FROM unnest($1::text[]) AS given (key)
            CROSS JOIN LATERAL (SELECT * FROM {source.table} t WHERE {joined} LIMIT 1) t""",
        list(keys),
    )
    return {row["key_of_row"]: {name: row[name] for name in source.columns} for row in rows}


async def forget_unsealed(connection: Connection, ids: Sequence[int]) -> None:
    """They are in the log now."""
    await connection.execute("DELETE FROM unsealed WHERE id = ANY($1::bigint[])", list(ids))
