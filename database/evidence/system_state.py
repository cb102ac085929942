"""What the system says of itself, and of faults about one filing; for the page for courts."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from database.pool import Connection


@dataclass(frozen=True)
class NightResult:
    """What the newest audit of one step found; ``outcome``: agrees, differs or fault."""

    step: str
    outcome: str
    report: dict[str, Any]
    code_version: str
    ended_at: datetime


@dataclass(frozen=True)
class SystemState:
    """Versions of the database, and when requests about the filing ended in a fault of the system."""

    postgres: str
    schema: str
    faults_at: tuple[datetime, ...]
    nights: int
    faulty_nights: int
    """Nights in which a step of the audit could not be done."""
    last_results: tuple[NightResult, ...]


async def system_state(connection: Connection, filing_id: UUID) -> SystemState:
    """As it is now."""
    row = await connection.fetchrow(
        """SELECT current_setting('server_version') AS postgres,
                  (SELECT max(name) FROM schema_migrations) AS schema,
                  ARRAY(SELECT at FROM audit_log WHERE filing_id = $1 AND outcome = 'fault' ORDER BY at)
                      AS faults_at,
                  (SELECT count(DISTINCT night) FROM audit_results) AS nights,
                  (SELECT count(DISTINCT night) FROM audit_results WHERE outcome = 'fault') AS faulty_nights""",
        filing_id,
    )
    assert row is not None  # it selects from nothing
    results = await connection.fetch(
        """SELECT DISTINCT ON (step) step, outcome, report, code_version, ended_at FROM audit_results
           ORDER BY step, result_number DESC"""
    )
    return SystemState(
        **{**row, "faults_at": tuple(row["faults_at"])}, last_results=tuple(NightResult(**one) for one in results)
    )
