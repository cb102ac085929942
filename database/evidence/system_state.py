"""What the system says of itself, and of faults about one filing; for the page for courts."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from database.pool import Connection


@dataclass(frozen=True)
class SystemState:
    """Versions of the database, and when requests about the filing ended in a fault of the system."""

    postgres: str
    schema: str
    faults_at: tuple[datetime, ...]


async def system_state(connection: Connection, filing_id: UUID) -> SystemState:
    """As it is now."""
    row = await connection.fetchrow(
        """SELECT current_setting('server_version') AS postgres,
                  (SELECT max(name) FROM schema_migrations) AS schema,
                  ARRAY(SELECT at FROM audit_log WHERE filing_id = $1 AND outcome = 'fault' ORDER BY at)
                      AS faults_at""",
        filing_id,
    )
    assert row is not None  # it selects from nothing
    return SystemState(row["postgres"], row["schema"], tuple(row["faults_at"]))
