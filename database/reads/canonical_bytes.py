"""The bytes that are hashed, as they stand in the log."""

from uuid import UUID

from database.pool import Connection


async def bytes_of_act(connection: Connection, act_id: UUID) -> bytes | None:
    """Of the event that an act became; None where the act was never granted."""
    found: bytes | None = await connection.fetchval("SELECT canonical FROM events WHERE act_id = $1", act_id)
    return found


async def bytes_of_filing(connection: Connection, filing_id: UUID) -> list[bytes]:
    """Of all events of a filing, in the order of its chain."""
    rows = await connection.fetch("SELECT canonical FROM events WHERE filing_id = $1 ORDER BY version", filing_id)
    return [row["canonical"] for row in rows]
