"""Numbers that are missing where a series has none to miss."""

from typing import NamedTuple
from uuid import UUID

from database.pool import Connection


class Missing(NamedTuple):
    """A stretch of a series that is not there; ``filing_id``: whose series it is, None for that of all events."""

    filing_id: UUID | None
    first: int
    last: int
    of: str = ""
    """Whose numbers within the filing: a licensee's."""


_GAPS = """
    SELECT filing_id, before + 1 AS first, number - 1 AS last, of FROM (
        SELECT filing_id, number, of, lag(number, 1, 0) OVER (PARTITION BY filing_id, of ORDER BY number) AS before
        FROM ({series}) numbers
    ) steps WHERE number > before + 1 ORDER BY filing_id, of, first"""


async def sequence_numbers_missing(connection: Connection) -> list[Missing]:
    """Of the order over all filings."""
    return await _missing(
        connection, "SELECT NULL::uuid AS filing_id, sequence_number AS number, '' AS of FROM sequence_numbers"
    )


async def versions_missing(connection: Connection) -> list[Missing]:
    """Of a filing's events, up to its head."""
    return await _missing(
        connection,
        """SELECT filing_id, version::bigint AS number, '' AS of FROM events
           UNION ALL SELECT filing_id, head + 1, '' FROM filings""",
    )


async def licence_numbers_missing(connection: Connection) -> list[Missing]:
    """Of a licensee's notices under one declaration."""
    return await _missing(
        connection, "SELECT declaration_id AS filing_id, n::bigint AS number, licensee::text AS of FROM licences"
    )


async def receipt_numbers_missing(connection: Connection) -> list[Missing]:
    """Of the receipts of notices of one declaration, up to the last that was given."""
    return await _missing(
        connection,
        """SELECT l.declaration_id AS filing_id, right(r.receipt_number, 6)::bigint AS number, '' AS of
           FROM notice_receipts r JOIN licences l USING (licence_id)
           UNION ALL SELECT substr(scope, 8)::uuid, last + 1, '' FROM counters WHERE scope LIKE 'notice:%'""",
    )


async def events_never_numbered(connection: Connection) -> list[tuple[UUID, int]]:
    """Events that neither have a sequence number nor wait for one."""
    rows = await connection.fetch(
        """SELECT filing_id, version FROM events
           WHERE NOT EXISTS (SELECT FROM sequence_numbers s
                             WHERE s.filing_id = events.filing_id AND s.version = events.version)
             AND NOT EXISTS (SELECT FROM unsequenced u
                             WHERE u.filing_id = events.filing_id AND u.version = events.version)
           ORDER BY filing_id, version"""
    )
    return [(row["filing_id"], row["version"]) for row in rows]


async def _missing(connection: Connection, series: str) -> list[Missing]:
    return [Missing(*row) for row in await connection.fetch(_GAPS.format(series=series))]
