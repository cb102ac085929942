"""Who asked for what, also in vain, and who read what. Insert and select only, for everybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from database.pool import Connection
from schemas.values.canonical import plain
from schemas.values.refusal import Refusal

Outcome = Literal["granted", "refused", "fault", "read"]


@dataclass(frozen=True)
class AuditEntry:
    """One line of the audit log; ``refusals`` as code, place and facts."""

    id: int
    at: datetime
    who: UUID
    role: str
    act_id: UUID | None
    act_kind: str
    filing_id: UUID | None
    outcome: Outcome
    legal_on: date | None
    """Which legal day was asked for."""
    refusals: tuple[Refusal, ...]


async def write_audit(
    connection: Connection,
    who: UUID,
    role: str,
    act_kind: str,
    outcome: Outcome,
    *,
    act_id: UUID | None = None,
    filing_id: UUID | None = None,
    legal_on: date | None = None,
    refusals: Sequence[Refusal] = (),
    at: datetime | None = None,
) -> int:
    """Adds a line and returns its number. A line that had to wait tells ``at``, and is written once: 0 where it is."""
    number: int | None = await connection.fetchval(
        """INSERT INTO audit_log (who, role, act_id, act_kind, filing_id, outcome, refusals, at, legal_on)
           SELECT $1, $2, $3, $4, $5, $6, $7, coalesce($8::timestamptz, clock_timestamp()), $9
           WHERE $8 IS NULL OR NOT EXISTS (SELECT FROM audit_log WHERE who = $1 AND act_id = $3 AND at = $8)
           RETURNING id""",
        who,
        role,
        act_id,
        act_kind,
        filing_id,
        outcome,
        [plain(dict(one)) for one in refusals],
        at,
        legal_on,
    )
    return number or 0


async def read_audit(
    connection: Connection,
    *,
    filing_id: UUID | None = None,
    who: UUID | None = None,
    act_kind: str | None = None,
    outcome: Outcome | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    after: int = 0,
    limit: int = 200,
) -> list[AuditEntry]:
    """Lines after a number, oldest first: of one filing, person, act or outcome, from ``since`` to ``until``."""
    filters: dict[str, object | None] = {
        "id >": after,
        "filing_id =": filing_id,
        "who =": who,
        "act_kind =": act_kind,
        "outcome =": outcome,
        "at >=": since,
        "at <": until,
    }
    given = {column: value for column, value in filters.items() if value is not None}
    where = " AND ".join(f"{column} ${place}" for place, column in enumerate(given, start=1))
    rows = await connection.fetch(
        f"""SELECT id, at, who, role, act_id, act_kind, filing_id, outcome, legal_on, refusals FROM audit_log
            WHERE {where} ORDER BY id LIMIT {limit:d}""",
        *given.values(),
    )
    return [AuditEntry(**{**row, "refusals": tuple(Refusal(**one) for one in row["refusals"])}) for row in rows]
