"""Deliveries that named nothing we know: kept as they came, until a later try finds their filing."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from database.pool import Connection
from database.reads.filters import BEFORE_ALL, Filters


@dataclass(frozen=True)
class UnmatchedDelivery:
    """One event that found no filing."""

    delivery_id: UUID
    source: str
    event_id: str
    type: str
    event: dict[str, Any]
    received_at: datetime


async def keep_unmatched(
    connection: Connection, delivery_id: UUID, source: str, event_id: str, kind: str, event: dict[str, Any]
) -> None:
    """Keeps an event; the same one again changes nothing."""
    await connection.execute(
        """INSERT INTO unmatched_deliveries (delivery_id, source, event_id, type, event) VALUES ($1, $2, $3, $4, $5)
           ON CONFLICT (delivery_id) DO NOTHING""",
        delivery_id,
        source,
        event_id,
        kind,
        event,
    )


async def mark_matched(connection: Connection, delivery_id: UUID, act_id: UUID, filing_id: UUID) -> None:
    """Takes an event off the list, if it was there, now that its act is recorded."""
    await connection.execute(
        """INSERT INTO matched_deliveries (delivery_id, act_id, filing_id)
           SELECT delivery_id, $2, $3 FROM unmatched_deliveries WHERE delivery_id = $1
           ON CONFLICT (delivery_id) DO NOTHING""",
        delivery_id,
        act_id,
        filing_id,
    )


_UNMATCHED = """SELECT delivery_id, source, event_id, type, event, received_at FROM unmatched_deliveries
WHERE NOT EXISTS (SELECT FROM matched_deliveries m WHERE m.delivery_id = unmatched_deliveries.delivery_id)
  AND NOT EXISTS (SELECT FROM ended_deliveries e WHERE e.kept_id = unmatched_deliveries.delivery_id)"""


async def list_unmatched(
    connection: Connection, after: datetime | None = None, after_id: UUID | None = None, limit: int = 1_000
) -> list[UnmatchedDelivery]:
    """What is still unmatched, the oldest first; ``after``, ``after_id``: the last one of the page before."""
    given = Filters()
    if after is not None:
        place = f"({given.put(after)}, {given.put(after_id or BEFORE_ALL)})"
        beyond = f" AND (received_at, delivery_id) > {place}"
    else:
        beyond = ""
    rows = await connection.fetch(
        f"{_UNMATCHED}{beyond} ORDER BY received_at, delivery_id LIMIT {given.put(limit)}", *given.values
    )
    return [UnmatchedDelivery(**row) for row in rows]


async def find_unmatched(connection: Connection, delivery_id: UUID) -> UnmatchedDelivery | None:
    """One that is still unmatched."""
    row = await connection.fetchrow(f"{_UNMATCHED} AND delivery_id = $1", delivery_id)
    return None if row is None else UnmatchedDelivery(**row)


@dataclass(frozen=True)
class DeliveredEvent:
    """An event that was taken: its act, and what it said."""

    content: UUID
    act_id: UUID
    filing_id: UUID


async def keep_delivered(
    connection: Connection, source: str, event_id: str, content: UUID, act_id: UUID, filing_id: UUID
) -> None:
    """Remembers what an event said; the first content stays."""
    await connection.execute(
        """INSERT INTO delivered_events (source, event_id, content, act_id, filing_id) VALUES ($1, $2, $3, $4, $5)
           ON CONFLICT (source, event_id) DO NOTHING""",
        source,
        event_id,
        content,
        act_id,
        filing_id,
    )


async def delivered_from(connection: Connection, source: str) -> list[DeliveredEvent]:
    """All that this source has said."""
    rows = await connection.fetch(
        "SELECT content, act_id, filing_id FROM delivered_events WHERE source = $1 ORDER BY event_id", source
    )
    return [DeliveredEvent(**row) for row in rows]


async def find_delivered(connection: Connection, source: str, event_id: str) -> DeliveredEvent | None:
    """What this event said when it was taken."""
    row = await connection.fetchrow(
        "SELECT content, act_id, filing_id FROM delivered_events WHERE source = $1 AND event_id = $2", source, event_id
    )
    return None if row is None else DeliveredEvent(**row)
