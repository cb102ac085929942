"""Who asked for what, also in vain, and who read what. Insert and select only, for everybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from database.pool import Connection
from database.reads.filters import Filters
from schemas.values.canonical import plain
from schemas.values.refusal import Refusal

Outcome = Literal["granted", "refused", "fault", "read"]
_BEHIND = """(at, id) > (SELECT at, id FROM (SELECT at, id FROM audit_log WHERE id <= {0} ORDER BY id DESC LIMIT 1) line
                       UNION ALL SELECT '-infinity', 0 LIMIT 1)"""

_AHEAD = """(at, id) < (SELECT at, id FROM (SELECT at, id FROM audit_log WHERE id = {0}
                       UNION ALL SELECT 'infinity', 0 LIMIT 1) line)"""
LAST = 0
"""The number of no line: before it lie all."""


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
    after: int | None = None,
    before: int | None = None,
    limit: int = 200,
) -> list[AuditEntry]:
    """Lines of one filing, person, act or outcome, from ``since`` to ``until``, oldest first.

    ``after``: the number of the last line of the page before. A line that had to wait stands at its own instant.
    ``before``: the last lines before that number, newest first; ``LAST``: the newest.
    """
    given = Filters()
    given.given("filing_id = {0}", filing_id)
    given.given("who = {0}", who)
    given.given("act_kind = {0}", act_kind)
    given.given("outcome = {0}", outcome)
    given.given("at >= {0}", since)
    given.given("at < {0}", until)
    given.given(_BEHIND, after)
    given.given(_AHEAD, before)
    order = "at, id" if before is None else "at DESC, id DESC"
    rows = await connection.fetch(
        f"""SELECT id, at, who, role, act_id, act_kind, filing_id, outcome, legal_on, refusals FROM audit_log
            {given.where} ORDER BY {order} LIMIT {given.put(limit)}""",
        *given.values,
    )
    return [AuditEntry(**{**row, "refusals": tuple(Refusal(**one) for one in row["refusals"])}) for row in rows]
