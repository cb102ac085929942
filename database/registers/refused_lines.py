"""Lines that were refused, and how they and unmatched deliveries ended: kept until somebody has seen to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from database.pool import Connection
from schemas.values.identifiers import derived_id
from schemas.values.refusal import Refusal

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


async def list_refused(connection: Connection, limit: int) -> list[RefusedLine]:
    """What nobody has seen to, the oldest first."""
    rows = await connection.fetch(
        """SELECT line_id, origin, file, line, source, event_id, body, reasons, received_at FROM refused_lines
           WHERE NOT EXISTS (SELECT FROM ended_deliveries e WHERE e.kept_id = refused_lines.line_id)
           ORDER BY received_at, line_id LIMIT $1""",
        limit,
    )
    return [_read(dict(row)) for row in rows]


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


async def end_seen_to(connection: Connection, kept_id: UUID, by: UUID, reason: str, act_id: UUID | None = None) -> bool:
    """Ends a line or a delivery that a person has seen to; False where there is none, or it has ended already."""
    done: str = await connection.execute(
        """INSERT INTO ended_deliveries (kept_id, ended_by, reason, act_id) SELECT $1, $2, $3, $4
           WHERE EXISTS (SELECT FROM refused_lines WHERE line_id = $1)
              OR EXISTS (SELECT FROM unmatched_deliveries WHERE delivery_id = $1)
           ON CONFLICT (kept_id) DO NOTHING""",
        kept_id,
        by,
        reason,
        act_id,
    )
    return done.endswith(" 1")
