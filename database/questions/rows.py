"""Rows of registers and of settlements, as auditors look at them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from database.pool import Connection


@dataclass(frozen=True)
class CalendarStep:
    """Somebody proposed, approved or withdrew a holiday table."""

    what: str
    year: int
    by: UUID
    second: UUID | None
    at: datetime


@dataclass(frozen=True)
class ParametersUsed:
    """The first event that was determined under a set of parameters."""

    parameter_hash: str
    filing_id: UUID
    version: int
    recorded_at: datetime
    code_version: str


@dataclass(frozen=True)
class LateTask:
    """A task that was open after its day; ``closed_on`` None where it still is.

    ``person``: who did it, where that day only one person did anything in the task's role; else it is not known.
    """

    filing_id: UUID
    key: str
    what: str
    role: str
    article: str
    basis: str
    by_on: date
    closed_on: date | None
    closed_how: str | None
    person: UUID | None


@dataclass(frozen=True)
class AdjustmentLine:
    """By how much one fact changed a locked settlement, and which run took it."""

    settlement_id: UUID
    version: int
    scheme: str
    year: int
    credit_code: str
    payer: str
    fen: int
    legal_on: date
    recorded_at: datetime
    act_id: UUID
    cause: UUID | None
    taken_by: UUID | None
    taken_year: int | None


async def calendar_steps(connection: Connection) -> list[CalendarStep]:
    """Holiday tables with both persons, and those that were withdrawn."""
    rows = await connection.fetch(
        """SELECT CASE WHEN approved_by IS NULL THEN 'proposed' ELSE 'approved' END AS what, year, loaded_by AS by,
                  approved_by AS second, coalesce(approved_at, loaded_at) AS at
           FROM calendar_tables
           UNION ALL
           SELECT 'withdrawn', year, loaded_by, withdrawn_by, withdrawn_at FROM calendar_tables_withdrawn
           ORDER BY at"""
    )
    return [CalendarStep(**row) for row in rows]


async def parameters_used(connection: Connection) -> list[ParametersUsed]:
    """Each set of parameters with the first event that was determined under it."""
    rows = await connection.fetch(
        """SELECT DISTINCT ON (d ->> 'parameter_hash') d ->> 'parameter_hash' AS parameter_hash, filing_id, version,
                  recorded_at, code_version
           FROM events CROSS JOIN LATERAL jsonb_array_elements(body #> '{made,determinations}') d
           WHERE body #> '{made,determinations}' <> '[]'
           ORDER BY d ->> 'parameter_hash', recorded_at, filing_id, version"""
    )
    return sorted((ParametersUsed(**row) for row in rows), key=lambda one: one.recorded_at)


async def late_tasks(connection: Connection, on: date) -> list[LateTask]:
    """Tasks that were done after their day, told late, or are open on ``on`` though their day has passed."""
    rows = await connection.fetch(
        """SELECT t.filing_id, key, what, role, article, basis, by_on, closed_on, closed_how, did.persons[1] AS person
           FROM tasks t
           LEFT JOIN LATERAL (
               SELECT array_agg(DISTINCT (e.body #>> '{act,by,party_id}')::uuid) AS persons FROM events e
               WHERE e.filing_id = t.filing_id AND e.legal_on = t.closed_on AND e.body #>> '{act,by,role}' = t.role
           ) did ON cardinality(did.persons) = 1
           WHERE by_on IS NOT NULL AND (closed_how IN ('done_late', 'done_in_time_told_late')
                 OR (closed_on IS NULL AND by_on < $1))
           ORDER BY by_on, t.filing_id, key""",
        on,
    )
    return [LateTask(**row) for row in rows]


async def adjustment_lines(connection: Connection, year: int) -> list[AdjustmentLine]:
    """What changed of earlier years' settlements: by a fact of that year, or taken by a run of it."""
    rows = await connection.fetch(
        """SELECT a.settlement_id, a.version, a.scheme, s.year, a.credit_code, a.payer, a.fen,
                  e.legal_on, e.recorded_at, e.act_id, (e.body #>> '{act,cause}')::uuid AS cause, t.taken_by,
                  run.year AS taken_year
           FROM adjustments a JOIN settlements s USING (settlement_id)
           JOIN events e ON e.filing_id = a.settlement_id AND e.version = a.version
           LEFT JOIN adjustments_taken t ON (t.settlement_id, t.version, t.credit_code, t.payer)
               = (a.settlement_id, a.version, a.credit_code, a.payer)
           LEFT JOIN settlements run ON run.settlement_id = t.taken_by
           WHERE s.year < $1 AND (run.year = $1 OR extract(year FROM e.legal_on) = $1)
           ORDER BY a.scheme, s.year, a.credit_code, a.payer, a.settlement_id, a.version""",
        year,
    )
    return [AdjustmentLine(**row) for row in rows]


async def quiet_filings(connection: Connection, before: date) -> list[tuple[UUID, str, str, date]]:
    """(filing, kind, stage, day of the last act) of what waits for no day and no person, and has been quiet since."""
    rows = await connection.fetch(
        """SELECT f.filing_id, f.kind, f.stage, last.legal_on FROM filings f
           CROSS JOIN LATERAL (SELECT max(legal_on) AS legal_on FROM events e WHERE e.filing_id = f.filing_id
                               AND e.kind NOT LIKE '%:day_passed' AND e.kind NOT LIKE '%:surroundings_changed') last
           WHERE f.due_by IS NULL AND NOT (f.position ->> 'ended')::boolean AND last.legal_on < $1
             AND NOT EXISTS (SELECT FROM tasks t WHERE t.filing_id = f.filing_id AND t.closed_on IS NULL)
           ORDER BY last.legal_on, f.filing_id""",
        before,
    )
    return [(row["filing_id"], row["kind"], row["stage"], row["legal_on"]) for row in rows]


async def declarations_of_patent(connection: Connection, patent_number: str) -> list[UUID]:
    """All declarations of a patent, the earliest in force first."""
    rows = await connection.fetch(
        "SELECT declaration_id FROM offers WHERE patent_number = $1 ORDER BY in_force_from, declaration_id",
        patent_number,
    )
    return [row["declaration_id"] for row in rows]


async def persons_in_several_roles(connection: Connection, but: UUID) -> list[tuple[UUID, tuple[str, ...], int]]:
    """(person, roles, filings) of natural persons who acted in more than one role; ``but``: the engine itself."""
    rows = await connection.fetch(
        """SELECT who, array_agg(DISTINCT role ORDER BY role) AS roles, count(DISTINCT filing_id) AS filings
           FROM (SELECT (body #>> '{act,by,party_id}')::uuid AS who, body #>> '{act,by,role}' AS role, filing_id
                 FROM events) acted
           JOIN parties ON party_id = who AND parties.kind = 'person'
           WHERE who <> $1 GROUP BY who HAVING count(DISTINCT role) > 1 ORDER BY who""",
        but,
    )
    return [(row["who"], tuple(row["roles"]), row["filings"]) for row in rows]


async def regions_of(connection: Connection, on: date) -> dict[UUID, str]:
    """Party -> where it had its seat on that day, of those whose seat is recorded."""
    rows = await connection.fetch(
        """SELECT DISTINCT ON (party_id) party_id, region FROM beneficiary_profiles
           WHERE from_on <= $1 ORDER BY party_id, from_on DESC, recorded_at DESC""",
        on,
    )
    return {row["party_id"]: row["region"] for row in rows}
