"""Lines that were refused, and how they and unmatched deliveries ended: kept until somebody has seen to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from database.pool import Connection
from database.reads.filters import BEFORE_ALL, Filters
from schemas.values.identifiers import derived_id
from schemas.values.refusal import Refusal, refuse

Origin = Literal["import", "deliver"]
_LONGEST = 10_000


@dataclass(frozen=True)
class RefusedLine:
    """One line that was not taken; ``reasons`` as code, place and facts."""

    line_id: UUID
    origin: Origin
    file: str
    line: int
    source: str | None
    event_id: str | None
    body: str
    reasons: tuple[Refusal, ...]
    received_at: datetime


async def keep_refused(
    connection: Connection,
    origin: Origin,
    file: str,
    line: int,
    body: bytes,
    reasons: Sequence[Refusal],
    source: str | None = None,
    event_id: str | None = None,
) -> None:
    """Keeps a line with its reasons; the same line again changes nothing."""
    text = body.decode(errors="replace").replace("\0", "\ufffd").strip()
    await connection.execute(
        """INSERT INTO refused_lines (line_id, origin, file, line, source, event_id, body, reasons)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (line_id) DO NOTHING""",
        derived_id("refused line", origin, text),
        origin,
        file,
        line,
        source,
        event_id,
        text[:_LONGEST],
        [one.model_dump(mode="json") for one in reasons],
    )


_REFUSED = """SELECT line_id, origin, file, line, source, event_id, body, reasons, received_at FROM refused_lines
WHERE NOT EXISTS (SELECT FROM ended_deliveries e WHERE e.kept_id = refused_lines.line_id)"""


async def list_refused(
    connection: Connection, limit: int, after: datetime | None = None, after_id: UUID | None = None
) -> list[RefusedLine]:
    """What nobody has seen to, the oldest first; ``after``, ``after_id``: the last one of the page before."""
    given = Filters()
    if after is not None:
        place = f"({given.put(after)}, {given.put(after_id or BEFORE_ALL)})"
        beyond = f" AND (received_at, line_id) > {place}"
    else:
        beyond = ""
    rows = await connection.fetch(
        f"{_REFUSED}{beyond} ORDER BY received_at, line_id LIMIT {given.put(limit)}", *given.values
    )
    return [_read(dict(row)) for row in rows]


async def find_refused(connection: Connection, line_id: UUID) -> RefusedLine | None:
    """One that nobody has seen to."""
    row = await connection.fetchrow(f"{_REFUSED} AND line_id = $1", line_id)
    return None if row is None else _read(dict(row))


def _read(row: dict[str, Any]) -> RefusedLine:
    return RefusedLine(**row | {"reasons": tuple(Refusal.model_validate(one) for one in row["reasons"])})


async def end_taken(connection: Connection, source: str, event_id: str | None, act_id: UUID) -> None:
    """Ends what was refused of the same event, or of the same row where no event is named, now that it is an act."""
    await connection.execute(
        """INSERT INTO ended_deliveries (kept_id, act_id)
           SELECT line_id, $3 FROM refused_lines WHERE source = $1 AND event_id IS NOT DISTINCT FROM $2
           ON CONFLICT (kept_id) DO NOTHING""",
        source,
        event_id,
        act_id,
    )


async def end_booked(connection: Connection, kept_id: UUID, by: UUID, reason: str, act_id: UUID) -> None:
    """Ends a delivery that a person has booked by hand."""
    await _end(connection, kept_id, by, reason, act_id=act_id)


async def booked_as(connection: Connection, kept_id: UUID, filing_id: UUID) -> UUID | None:
    """The act that a delivery has become on that filing; None where it has not."""
    act_id: UUID | None = await connection.fetchval(
        """SELECT act_id FROM ended_deliveries JOIN acts USING (act_id) WHERE kept_id = $1 AND filing_id = $2""",
        kept_id,
        filing_id,
    )
    return act_id


@dataclass(frozen=True)
class SeenTo:
    """What one person said of a line or a delivery: that it needs nothing more, and why."""

    kept_id: UUID
    seen_by: UUID
    reason: str
    seen_at: datetime


async def see_to(connection: Connection, kept_id: UUID, by: UUID, reason: str | None) -> bool:
    """One person says that a line or a delivery needs nothing more; True where that ends it.

    A row of a table ends with one, what was delivered with the second. Who comes second may leave the reason out, and
    agrees with the first then.

    Raises Refused ``kept_line_unknown``, ``seen_to_by_the_same`` or ``reason_of_the_first``.
    """
    # Two who come at once must not both be the first.
    await connection.execute("SELECT pg_advisory_xact_lock(hashtextextended($1::text, 0))", str(kept_id))
    needs_two: bool | None = await connection.fetchval(
        """SELECT origin = 'deliver' FROM (
               SELECT line_id AS kept_id, origin FROM refused_lines
               UNION ALL SELECT delivery_id, 'deliver' FROM unmatched_deliveries) kept
           WHERE kept_id = $1 AND NOT EXISTS (SELECT FROM ended_deliveries e WHERE e.kept_id = $1)
             AND NOT EXISTS (SELECT FROM matched_deliveries m WHERE m.delivery_id = $1)""",
        kept_id,
    )
    if needs_two is None:
        raise refuse("kept_line_unknown", "--seen-to", id=kept_id)
    first = next(iter(await list_seen_to(connection, kept_id)), None)
    if first is not None and first.seen_by == by:
        raise refuse("seen_to_by_the_same", "--by", who=by)
    why = reason or (first.reason if first else None)
    if why is None:
        raise refuse("reason_of_the_first", "--reason", id=kept_id)
    if not needs_two:
        await _end(connection, kept_id, by, why)
        return True
    await connection.execute(
        "INSERT INTO deliveries_seen_to (kept_id, seen_by, reason) VALUES ($1, $2, $3)", kept_id, by, why
    )
    if first is None:
        return False
    await _end(connection, kept_id, first.seen_by, first.reason, signed_by=by)
    return True


async def list_seen_to(connection: Connection, kept_id: UUID | None = None) -> list[SeenTo]:
    """What one person said and nobody else yet, the oldest first; of that line or delivery, or of all."""
    rows = await connection.fetch(
        """SELECT kept_id, seen_by, reason, seen_at FROM deliveries_seen_to s
           WHERE ($1::uuid IS NULL OR kept_id = $1)
             AND NOT EXISTS (SELECT FROM ended_deliveries e WHERE e.kept_id = s.kept_id)
             AND NOT EXISTS (SELECT FROM matched_deliveries m WHERE m.delivery_id = s.kept_id)
           ORDER BY seen_at, kept_id""",
        kept_id,
    )
    return [SeenTo(**row) for row in rows]


async def _end(
    connection: Connection,
    kept_id: UUID,
    by: UUID,
    reason: str,
    *,
    signed_by: UUID | None = None,
    act_id: UUID | None = None,
) -> None:
    await connection.execute(
        """INSERT INTO ended_deliveries (kept_id, ended_by, reason, signed_by, act_id) VALUES ($1, $2, $3, $4, $5)
           ON CONFLICT (kept_id) DO NOTHING""",
        kept_id,
        by,
        reason,
        signed_by,
        act_id,
    )
