"""What people look at: filings, tasks, findings and the stream of events. Reads only."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from database.pool import Connection
from database.reads.filters import BEFORE_ALL, Filters
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


async def filings_below(
    connection: Connection, parent_id: UUID, kind: str | None = None, after: UUID = BEFORE_ALL, limit: int = 100
) -> list[FilingSummary]:
    """Filings below a parent, of a kind or all, by id; ``after``: the last id of the batch before."""
    given = Filters()
    given.given("parent_id = {0}", parent_id)
    given.given("filing_id > {0}", after)
    given.given("kind = {0}", kind)
    most = given.put(limit)
    rows = await connection.fetch(
        f"SELECT {_SUMMARY} FROM filings {given.where} ORDER BY filing_id LIMIT {most}", *given.values
    )
    return [FilingSummary(**row) for row in rows]


async def all_filings(connection: Connection, after: UUID = BEFORE_ALL, limit: int = 100) -> list[FilingSummary]:
    """All filings by id; ``after``: the last id of the batch before."""
    rows = await connection.fetch(
        f"SELECT {_SUMMARY} FROM filings WHERE filing_id > $1 ORDER BY filing_id LIMIT $2", after, limit
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
