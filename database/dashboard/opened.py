"""Numbers that anybody may have: of what was announced and of licences, as they are kept while acts are recorded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from database.pool import Connection


@dataclass(frozen=True)
class Month:
    """So many acts of one kind that were recorded in the month that begins on ``month``."""

    month: date
    kind: str
    number: int


async def monthly(connection: Connection, kinds: Sequence[str], since: date) -> list[Month]:
    """Each month since then in which there was one, the earliest first."""
    rows = await connection.fetch(
        """SELECT date_trunc('month', recorded_on)::date AS month, kind, sum(count)::bigint AS number FROM act_counts
           WHERE recorded_on >= $1 AND kind = ANY($2) GROUP BY 1, 2 ORDER BY 1, 2""",
        since,
        list(kinds),
    )
    return [Month(**row) for row in rows]
