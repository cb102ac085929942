"""From a line of money to the clauses that made it, and from a clause to all its lines. Reads only.

A line is a line of a determination's result, found in the event log whatever kind of filing it belongs to. It stands
when no later determination of the same rule and subject was made and the filing still rests on it.
"""

import re
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from database.pool import Connection
from schemas.values.determination import Step


@dataclass(frozen=True)
class DeterminedClause:
    """One clause of one line: a value that was read, or without ``parameter`` an article that a step cites.

    ``fen`` is what was determined. ``due_fen`` and ``paid_fen`` are what of it is due and was paid by now; None for a
    line that a later one replaces.
    """

    filing_id: UUID
    kind: str
    version: int
    ordinal: int
    rule: str
    subject: str
    as_of: date
    stands: bool
    superseded_by: int | None
    line: str
    fen: int
    parameter: str | None
    value: str | None
    since: date | None
    provision: str
    instrument: str | None
    mark: str | None
    due_fen: int | None
    paid_fen: int | None


@dataclass(frozen=True)
class LedgerOfLine:
    """What stands in the ledger of a line: one key and account, with the sum in fen."""

    rule: str
    subject: str
    line: str
    line_key: str
    account: str
    fen: int
    legal_on: date


@dataclass(frozen=True)
class ClauseLine:
    """One line that a clause made: what is due of it, and what was paid, in fen."""

    provision: str
    instrument: str | None
    filing_id: UUID
    kind: str
    version: int
    rule: str
    subject: str
    as_of: date
    stands: bool
    line: str
    due_fen: int
    paid_fen: int
    parameters: list[str]


_CLAUSE = ", ".join(name for name in DeterminedClause.__dataclass_fields__ if name not in ("due_fen", "paid_fen"))
_LEDGER = ", ".join(LedgerOfLine.__dataclass_fields__)
_LINE = ", ".join(ClauseLine.__dataclass_fields__)


async def clauses_of(connection: Connection, filing_id: UUID) -> list[DeterminedClause]:
    """The clauses of every line of a filing, the latest determination first, superseded ones after it."""
    rows = await connection.fetch(
        f"""SELECT {_CLAUSE}, due_fen, paid_fen
            FROM (SELECT * FROM determined_clauses WHERE filing_id = $1) clauses
            LEFT JOIN (SELECT version, ordinal, line, due_fen, paid_fen FROM line_money WHERE filing_id = $1) money
            USING (version, ordinal, line)
            ORDER BY version DESC, ordinal, line, parameter NULLS LAST, provision""",
        filing_id,
    )
    return [DeterminedClause(**row) for row in rows]


@dataclass(frozen=True)
class RecordedSteps:
    """How a determination of the log was calculated, as it was recorded, and the receipt it is of, if it is of one."""

    version: int
    ordinal: int
    steps: tuple[Step, ...]
    receipt_id: UUID | None
    bank_key: str | None


async def steps_of(connection: Connection, filing_id: UUID) -> list[RecordedSteps]:
    """The steps of every determination of a filing; nothing is calculated again."""
    rows = await connection.fetch(
        """SELECT m.version, m.ordinal, m.determination -> 'steps' AS steps, r.receipt_id, r.bank_key
           FROM determinations_made m LEFT JOIN receipts r ON r.receipt_id::text = m.subject
           WHERE m.filing_id = $1""",
        filing_id,
    )
    return [RecordedSteps(**{**row, "steps": tuple(Step.model_validate(one) for one in row["steps"])}) for row in rows]


async def ledger_of(connection: Connection, filing_id: UUID) -> list[LedgerOfLine]:
    """The ledger lines of a filing that are about its determined lines, as they stand."""
    rows = await connection.fetch(
        f"SELECT {_LEDGER} FROM line_ledger WHERE filing_id = $1 ORDER BY line, legal_on, line_key, account", filing_id
    )
    return [LedgerOfLine(**row) for row in rows]


async def lines_by_clause(connection: Connection, provision: str, instrument: str | None = None) -> list[ClauseLine]:
    """Every line that a provision made and that is due or was paid, by clause, day and filing.

    Texts match anywhere and in any case, but a number is whole: ``art. 4`` does not find ``art. 45``.
    """
    rows = await connection.fetch(
        f"""SELECT {_LINE} FROM clause_lines
            WHERE provision ~* $1 AND ($2::text IS NULL OR instrument ~* $2)
            ORDER BY provision, instrument NULLS LAST, as_of, filing_id, subject, line""",
        pattern_of(provision),
        None if instrument is None else pattern_of(instrument),
    )
    return [ClauseLine(**row) for row in rows]


def pattern_of(text: str) -> str:
    """What matches that text anywhere; its last number is whole."""
    return f"{re.escape(text)}(?![0-9])"
