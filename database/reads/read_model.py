"""What people look at: filings, tasks, findings and the stream of events. Reads only."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from database.pool import Connection
from database.record.posting import Finding, Task
from schemas.standing.legal_clock import LegalClock


@dataclass(frozen=True)
class FilingSummary:
    """One line of a list of filings."""

    filing_id: UUID
    kind: str
    workflow_id: str
    parent_id: UUID | None
    head: int
    stage: str
    due_by: date | None
    legal_clock: LegalClock
    updated_at: datetime


@dataclass(frozen=True)
class StreamedEvent:
    """One fact at its place in the order over all filings."""

    sequence_number: int
    filing_id: UUID
    version: int
    act_id: UUID
    kind: str
    legal_on: date
    recorded_at: datetime
    body: dict[str, Any]


_SUMMARY = "filing_id, kind, workflow_id, parent_id, head, stage, due_by, legal_clock, updated_at"
_TASK = "key, what, role, basis, article, opened_on, by_on, provisional, closed_on, closed_how"
_FINDING = "key, code, about, opened_on, closed_on"


async def list_filings(
    connection: Connection,
    kind: str | None = None,
    stage: str | None = None,
    parent_id: UUID | None = None,
    after: UUID | None = None,
    limit: int = 100,
    patent_number: str | None = None,
) -> list[FilingSummary]:
    """Filings of a kind, in a stage, below a parent, by id; ``after``: the last id of the batch before.

    ``patent_number``: only the declarations of that patent.
    """
    rows = await connection.fetch(
        f"""SELECT {_SUMMARY} FROM filings
            WHERE ($1::text IS NULL OR kind = $1) AND ($2::text IS NULL OR stage = $2)
              AND ($3::uuid IS NULL OR parent_id = $3) AND ($4::uuid IS NULL OR filing_id > $4)
              AND ($6::text IS NULL OR filing_id IN (SELECT declaration_id FROM offers WHERE patent_number = $6))
            ORDER BY filing_id LIMIT $5""",
        kind,
        stage,
        parent_id,
        after,
        limit,
        patent_number,
    )
    return [FilingSummary(**row) for row in rows]


async def find_filing(connection: Connection, filing_id: UUID) -> FilingSummary | None:
    """One filing's line; its position is in ``event_log.find_head``."""
    row = await connection.fetchrow(f"SELECT {_SUMMARY} FROM filings WHERE filing_id = $1", filing_id)
    return None if row is None else FilingSummary(**row)


async def filings_due(connection: Connection, by: date, legal_clock: str, limit: int = 1000) -> list[FilingSummary]:
    """Filings whose earliest deadline is on or before ``by``, of those that follow that clock; earliest first."""
    rows = await connection.fetch(
        f"""SELECT {_SUMMARY} FROM filings WHERE due_by <= $1 AND legal_clock = $2
            ORDER BY due_by, filing_id LIMIT $3""",
        by,
        legal_clock,
        limit,
    )
    return [FilingSummary(**row) for row in rows]


async def sibling_positions(connection: Connection, parent_id: UUID, but: UUID) -> list[dict[str, Any]]:
    """Positions of the filings below one parent, one of them left out; by id."""
    rows = await connection.fetch(
        "SELECT position FROM filings WHERE parent_id = $1 AND filing_id <> $2 ORDER BY filing_id", parent_id, but
    )
    return [row["position"] for row in rows]


async def open_tasks(
    connection: Connection, role: str | None = None, by: date | None = None, limit: int = 200
) -> list[tuple[UUID, Task]]:
    """Open tasks with their filings, the earliest deadline first, those without a deadline last."""
    rows = await connection.fetch(
        f"""SELECT filing_id, {_TASK} FROM tasks
            WHERE closed_on IS NULL AND ($1::text IS NULL OR role = $1) AND ($2::date IS NULL OR by_on <= $2)
            ORDER BY by_on NULLS LAST, filing_id, key LIMIT $3""",
        role,
        by,
        limit,
    )
    return [(row["filing_id"], Task(**_without_filing(row))) for row in rows]


async def tasks_of(connection: Connection, filing_id: UUID) -> list[Task]:
    """All tasks of a filing, open and closed."""
    rows = await connection.fetch(f"SELECT {_TASK} FROM tasks WHERE filing_id = $1 ORDER BY opened_on, key", filing_id)
    return [Task(**row) for row in rows]


async def open_findings(connection: Connection, limit: int = 200) -> list[tuple[UUID, Finding]]:
    """Open findings with their filings, oldest first."""
    rows = await connection.fetch(
        f"""SELECT filing_id, {_FINDING} FROM findings WHERE closed_on IS NULL
            ORDER BY opened_on, filing_id, key LIMIT $1""",
        limit,
    )
    return [(row["filing_id"], Finding(**_without_filing(row))) for row in rows]


async def findings_of(connection: Connection, filing_id: UUID) -> list[Finding]:
    """All findings of a filing, open and closed."""
    rows = await connection.fetch(
        f"SELECT {_FINDING} FROM findings WHERE filing_id = $1 ORDER BY opened_on, key", filing_id
    )
    return [Finding(**row) for row in rows]


async def events_since(connection: Connection, after: int = 0, limit: int = 500) -> list[StreamedEvent]:
    """Events ``after`` a sequence number; what follows the last one read was recorded later."""
    rows = await connection.fetch(
        """SELECT sequence_number, filing_id, version, act_id, kind, legal_on, recorded_at, body
           FROM sequence_numbers JOIN events USING (filing_id, version)
           WHERE sequence_number > $1 ORDER BY sequence_number LIMIT $2""",
        after,
        limit,
    )
    return [StreamedEvent(**row) for row in rows]


def _without_filing(row: Any) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "filing_id"}
