"""Rows beside their entries in the log, both ways; read in one snapshot, some at a time."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from database.evidence.source import Source
from database.evidence.sources import ACT, EVENT
from database.pool import Connection

_AT_ONCE = 500
_STANDS = """NOT EXISTS (SELECT FROM log_set_backs b
    WHERE {0}.position >= b.first_position AND {0}.position < b.end_position)"""
"""That an entry is none of those which a database that was set back had lost."""
_EVENT_KEY = "'[' || to_json({0}.filing_id)::text || ',' || {0}.version || ']'"


@dataclass(frozen=True)
class ProvedRow:
    """A row with the first entry that the log has of it; ``position`` is None where it has none.

    ``at``: when the row says it was written; ``waits``: whether it is known to be on its way into the log.
    """

    key: str
    row: Mapping[str, Any]
    at: datetime | None
    filing_id: UUID | None
    position: int | None
    hash: bytes | None
    sealed_at: datetime | None
    waits: bool


@dataclass(frozen=True)
class LoneEntry:
    """An entry of the log whose row is not there."""

    position: int
    source: str
    key: str
    hash: bytes


@dataclass(frozen=True)
class OrderedEvent:
    """An event's entry with its sequence numbers: as it was when it was sealed, and as it is now."""

    position: int
    key: str
    sealed_as: int | None
    number: int | None


@asynccontextmanager
async def one_snapshot(connection: Connection) -> AsyncIterator[None]:
    """Everything in the block is read as it was at its beginning, however long it takes; nothing can be written."""
    async with connection.transaction(isolation="repeatable_read", readonly=True):
        await connection.execute("SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0")
        yield


async def rows_with_entries(connection: Connection, source: Source) -> AsyncIterator[ProvedRow]:
    """Every row of a source that is to be in the log."""
    waits = "k.key IN (SELECT key FROM unsealed WHERE source = $1)"
    if source.name == ACT:
        waits = f"""EXISTS (SELECT FROM events v WHERE v.act_id = t.act_id AND NOT EXISTS (
            SELECT FROM log_entries x WHERE x.source = '{EVENT}' AND x.key = {_EVENT_KEY.format("v")}))"""
    rows = connection.cursor(
        f"""SELECT k.key AS key_of_row, {f"t.{source.at}" if source.at else "NULL::timestamptz"} AS at_of_row,
                   {f"t.{source.filing}" if source.filing else "NULL::uuid"} AS filing_of_row,
                   e.position AS position_in_log, e.hash AS hash_in_log, e.sealed_at AS sealed_in_log,
                   CASE WHEN e.position IS NULL THEN {waits} ELSE false END AS waits_for_log,
                   {source.selected}
            FROM {source.table} t CROSS JOIN LATERAL (SELECT {source.key_text} AS key) k
            LEFT JOIN LATERAL (
                SELECT l.position, l.hash, l.sealed_at FROM log_entries l
                WHERE l.source = $1 AND l.key = k.key AND {_STANDS.format("l")}
                ORDER BY l.position LIMIT 1
            ) e ON true
            WHERE {source.where}""",
        source.name,
        prefetch=_AT_ONCE,
    )
    async for row in rows:
        yield ProvedRow(
            row["key_of_row"],
            {name: row[name] for name in source.columns},
            row["at_of_row"],
            row["filing_of_row"],
            row["position_in_log"],
            row["hash_in_log"],
            row["sealed_in_log"],
            row["waits_for_log"],
        )


async def entries_without_row(connection: Connection, source: Source) -> AsyncIterator[LoneEntry]:
    """Every entry of a source whose row is gone."""
    async for row in connection.cursor(
        f"""SELECT e.position, e.source, e.key, e.hash FROM log_entries e
            WHERE e.source = $1 AND {_STANDS.format("e")} AND NOT EXISTS (
                SELECT FROM {source.table} t WHERE {source.key_text} = e.key AND {source.where})
            ORDER BY e.position""",
        source.name,
        prefetch=_AT_ONCE,
    ):
        yield LoneEntry(**row)


async def entries_without_event(connection: Connection) -> AsyncIterator[LoneEntry]:
    """The same for events."""
    async for row in connection.cursor(
        f"""SELECT e.position, e.source, e.key, e.hash FROM log_entries e
            WHERE e.source = '{EVENT}' AND {_STANDS.format("e")} AND NOT EXISTS (
                SELECT FROM events t WHERE {_EVENT_KEY.format("t")} = e.key) ORDER BY e.position""",
        prefetch=_AT_ONCE,
    ):
        yield LoneEntry(**row)


async def entries_of_filing(connection: Connection, filing_id: UUID) -> dict[int, tuple[int, bytes]]:
    """Version -> position and hash of the first entry of that event."""
    rows = await connection.fetch(
        f"""SELECT DISTINCT ON (v.version) v.version, e.position, e.hash
            FROM events v JOIN log_entries e ON e.source = '{EVENT}' AND e.key = {_EVENT_KEY.format("v")}
            WHERE v.filing_id = $1 AND {_STANDS.format("e")} ORDER BY v.version, e.position""",
        filing_id,
    )
    return {row["version"]: (row["position"], row["hash"]) for row in rows}


async def waiting_events(connection: Connection, filing_id: UUID) -> frozenset[int]:
    """Versions of a filing's events that are on their way: to a sequence number, or with one to the log."""
    rows = await connection.fetch(
        """SELECT version FROM unsequenced WHERE filing_id = $1
           UNION ALL
           SELECT version FROM sequence_numbers WHERE filing_id = $1
               AND sequence_number > (SELECT coalesce(max(sequence_number), 0) FROM log_entries)""",
        filing_id,
    )
    return frozenset(row["version"] for row in rows)


async def entries_lost(connection: Connection) -> int:
    """How many entries a database that was set back has lost for good: nothing in the log says the same again."""
    found: int = await connection.fetchval(
        f"""SELECT count(*) FROM log_entries e JOIN log_set_backs b
                ON e.position >= b.first_position AND e.position < b.end_position
            WHERE NOT EXISTS (SELECT FROM log_entries l WHERE l.source = e.source AND l.key = e.key
                              AND l.hash = e.hash AND {_STANDS.format("l")})"""
    )
    return found


async def events_out_of_order(connection: Connection) -> AsyncIterator[OrderedEvent]:
    """Events of the log whose sequence number is another than then, or does not rise with the log."""
    async for row in connection.cursor(
        f"""SELECT position, key, sealed_as, number FROM (
                SELECT e.position, e.key, e.sequence_number AS sealed_as, s.sequence_number AS number,
                       max(s.sequence_number) OVER (
                           ORDER BY e.position ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
                FROM log_entries e LEFT JOIN sequence_numbers s
                    ON s.filing_id = (e.key::jsonb ->> 0)::uuid AND s.version = (e.key::jsonb ->> 1)::int
                WHERE e.source = '{EVENT}' AND e.sequence_number IS NOT NULL
            ) ordered WHERE number IS DISTINCT FROM sealed_as OR number < before ORDER BY position""",
        prefetch=_AT_ONCE,
    ):
        yield OrderedEvent(**row)


async def entries_told_twice(connection: Connection, but: str) -> AsyncIterator[LoneEntry]:
    """Entries of a row that the log had before with another hash, of every source but that one."""
    async for row in connection.cursor(
        f"""SELECT e.position, e.source, e.key, e.hash FROM log_entries e
           JOIN (SELECT source, key, min(position) AS first FROM log_entries l
                 WHERE source <> $1 AND {_STANDS.format("l")}
                 GROUP BY source, key HAVING count(*) > 1) twice USING (source, key)
           JOIN log_entries f ON f.position = twice.first
           WHERE e.position > twice.first AND e.hash <> f.hash ORDER BY e.position""",
        but,
        prefetch=_AT_ONCE,
    ):
        yield LoneEntry(**row)
