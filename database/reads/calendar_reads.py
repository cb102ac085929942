"""What a holiday table decides: which filings, and what it moved of them. Reads only."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from database.pool import Connection
from database.reads.filters import BEFORE_ALL
from schemas.standing.topics import TELL_CALENDAR


class DecidedFiling(NamedTuple):
    """A filing some day of which a table may decide."""

    filing_id: UUID
    kind: str


class Moved(NamedTuple):
    """One day of one filing before and after a table; None where the filing does not wait for it (any more)."""

    filing_id: UUID
    kind: str
    version: int
    key: str
    what: str
    was: date | None
    was_provisional: bool
    now: date | None
    now_provisional: bool


async def filings_decided(connection: Connection, year: int, after: UUID, limit: int) -> Sequence[DecidedFiling]:
    """Filings by id, that the table of ``year`` may concern; more than it moves, never fewer.

    A day that depends on the table lies in its year, in the December before or in the year after, which a count of days
    that passes over its rest can reach; a day that was met leaves no trace but the act that met it.
    """
    rows = await connection.fetch(
        """SELECT filing_id, kind FROM filings f
           WHERE filing_id > $2
             AND (position::text ~ format('"(%s-12|%s-[0-9]{2}|%s-[0-9]{2})-[0-9]{2}"', $1 - 1, $1::int, $1 + 1)
                  OR EXISTS (SELECT FROM events e
                             WHERE e.filing_id = f.filing_id AND e.legal_on >= make_date($1 - 1, 12, 1)))
           ORDER BY filing_id LIMIT $3""",
        year,
        after,
        limit,
    )
    return [DecidedFiling(**row) for row in rows]


async def moved_by(
    connection: Connection, number: int, after: UUID = BEFORE_ALL, filings: int | None = None
) -> Sequence[Moved]:
    """What the table of that number moved, by filing and in the order of recording.

    ``after``, ``filings``: of the next so many filings whose ids follow.
    """
    rows = await connection.fetch(
        """WITH next AS (
               SELECT DISTINCT filing_id FROM events
               WHERE body #> '{made,moved}' IS NOT NULL AND filing_id > $2
                 AND body #> '{made,moved}' @> jsonb_build_array(jsonb_build_object('calendar', $1::int))
               ORDER BY filing_id LIMIT $3)
           SELECT e.filing_id, f.kind, e.version, m.key, m.what, m.was, m.was_provisional, m.now, m.now_provisional
           FROM next JOIN events e USING (filing_id) JOIN filings f USING (filing_id),
                jsonb_to_recordset(e.body #> '{made,moved}')
                    AS m(calendar int, key text, what text, was date, was_provisional boolean,
                         now date, now_provisional boolean)
           WHERE e.body #> '{made,moved}' IS NOT NULL AND m.calendar = $1
           ORDER BY e.filing_id, e.version, m.key""",
        number,
        after,
        filings,
    )
    return [Moved(**row) for row in rows]


async def tells_left(connection: Connection, number: int) -> int:
    """How many messages about that table are still to be delivered; 0: every filing it decides has derived again."""
    left: int = await connection.fetchval(
        "SELECT count(*) FROM outbox WHERE topic = $1 AND sent_at IS NULL AND payload ->> 'number' = $2",
        TELL_CALENDAR,
        str(number),
    )
    return left
