"""What is due soon, what is late, and what is stuck though nobody and no day is waited for."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from uuid import UUID

from database.pool import Connection
from schemas.standing.legal_clock import LegalClock
from schemas.values.model import SHANGHAI

COUNTED = 1_000
PATIENCE = timedelta(minutes=5)
"""After which what nobody is waited for is stuck."""


@dataclass(frozen=True)
class DueOn:
    """So many filings whose earliest deadline is that day."""

    on: date
    number: int


async def due_within(connection: Connection, today: date, days: int = 14) -> list[DueOn]:
    """How many filings have their earliest deadline on each of these days, from today on; no day without any."""
    rows = await connection.fetch(
        """SELECT due_by AS on, count(*) AS number FROM filings
           WHERE legal_clock = ANY($1) AND due_by BETWEEN $2 AND $3 GROUP BY due_by ORDER BY due_by""",
        ["timer", "acts"],
        today,
        today + timedelta(days=days),
    )
    return [DueOn(**row) for row in rows]


@dataclass(frozen=True)
class Open:
    """So many open tasks of a role, so many of them past their day; counted up to ``COUNTED``."""

    role: str
    number: int
    late: int


async def open_tasks(connection: Connection, today: date) -> list[Open]:
    """What waits for whom, role by role."""
    rows = await connection.fetch(
        """WITH RECURSIVE roles AS (
               (SELECT role FROM tasks WHERE closed_on IS NULL ORDER BY role LIMIT 1)
               UNION ALL
               SELECT (SELECT t.role FROM tasks t WHERE t.closed_on IS NULL AND t.role > r.role ORDER BY t.role LIMIT 1)
               FROM roles r WHERE r.role IS NOT NULL)
           SELECT role,
                  (SELECT count(*) FROM (SELECT FROM tasks t WHERE t.closed_on IS NULL AND t.role = r.role
                                         LIMIT $2) part) AS number,
                  (SELECT count(*) FROM (SELECT FROM tasks t WHERE t.closed_on IS NULL AND t.role = r.role
                                         AND t.by_on < $1 LIMIT $2) part) AS late
           FROM roles r WHERE role IS NOT NULL""",
        today,
        COUNTED + 1,
    )
    return [Open(**row) for row in rows]


Why = Literal["day_not_passed", "not_told", "not_numbered"]


@dataclass(frozen=True)
class Stuck:
    """A filing that does not go on by itself although it should.

    ``day_not_passed``: a deadline is over and its timer did not come; ``not_told``: what it has to tell another filing,
    or the world, has not arrived, and no person was asked to see to it; ``not_numbered``: its last event has no place
    in the order over all filings.
    """

    filing_id: UUID
    kind: str | None
    why: Why
    since: datetime


async def stuck(connection: Connection, now: datetime, most: int = 100) -> list[Stuck]:
    """What has been stuck for ``PATIENCE`` or longer, up to so many for each reason; the longest first."""
    clock: LegalClock = "timer"
    today = now.astimezone(SHANGHAI)
    midnight = today.replace(hour=0, minute=0, second=0, microsecond=0)
    # The timer of the day before comes at midnight, and may take as long as everything else.
    passed = today.date() if now - midnight >= PATIENCE else today.date() - timedelta(days=1)
    rows = await connection.fetch(
        """SELECT filing_id, (SELECT kind FROM filings f WHERE f.filing_id = one.filing_id) AS kind, why, since
           FROM ((SELECT filing_id, 'day_not_passed' AS why, (due_by + 1)::timestamp AT TIME ZONE 'Asia/Shanghai'
                         AS since FROM filings
                  WHERE legal_clock = $1 AND due_by < $2 ORDER BY due_by, filing_id LIMIT $4)
                 UNION ALL
                 (SELECT filing_id, 'not_told', created_at FROM outbox
                  WHERE sent_at IS NULL AND NOT quarantined AND created_at < $3 ORDER BY id LIMIT $4)
                 UNION ALL
                 (SELECT filing_id, 'not_numbered', recorded_at FROM unsequenced
                  WHERE recorded_at < $3 ORDER BY recorded_at LIMIT $4)) one
           ORDER BY since, filing_id""",
        clock,
        passed,
        now - PATIENCE,
        most,
    )
    return [Stuck(**row) for row in rows]
