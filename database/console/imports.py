"""Tables of declarations that were sent, and what came of each row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from database.bulletin.pages import Place
from database.pool import Connection
from database.reads.filters import Filters
from schemas.values.refusal import Refusal

Kind = Literal["csv", "xlsx"]
State = Literal["checking", "checked", "taking", "done"]
RowOutcome = Literal["good", "refused", "imported", "known", "awaits_countersignature"]
STALLED = timedelta(seconds=60)
"""A table that is under way and has not moved for so long was interrupted."""


@dataclass(frozen=True)
class SentTable:
    """One table; its bytes are read apart. ``owner_id``: the organisation, or the person who acts for himself."""

    import_id: UUID
    owner_id: UUID
    role: str
    sent_by: UUID
    name: str
    kind: Kind
    content_hash: str
    rows: int
    state: State
    sent_at: datetime
    confirmed_by: UUID | None
    is_stalled: bool
    has_file: bool
    """The file is kept for a time only; its rows stay."""


@dataclass(frozen=True)
class SentRow:
    """What came of one row; ``reasons`` why it was refused."""

    line: int
    patent_number: str
    outcome: RowOutcome
    act_id: UUID | None = None
    filing_id: UUID | None = None
    reasons: tuple[Refusal, ...] = ()
    warnings: tuple[Refusal, ...] = ()


_COLUMNS = f"""import_id, owner_id, role, sent_by, name, kind, content_hash, rows, state, sent_at, confirmed_by,
    state IN ('checking', 'taking')
        AND moved_at < clock_timestamp() - interval '{STALLED.seconds} seconds' AS is_stalled,
    body IS NOT NULL AS has_file"""
_ROW = "line, patent_number, outcome, act_id, filing_id, reasons, warnings"


async def keep_import(
    connection: Connection,
    import_id: UUID,
    owner_id: UUID,
    role: str,
    sent_by: UUID,
    name: str,
    kind: Kind,
    body: bytes,
    content_hash: str,
    rows: int,
) -> bool:
    """Keeps a table; False where one was kept under that id before, which stays."""
    status = await connection.execute(
        """INSERT INTO imports (import_id, owner_id, role, sent_by, name, kind, body, content_hash, rows)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (import_id) DO NOTHING""",
        import_id,
        owner_id,
        role,
        sent_by,
        name,
        kind,
        body,
        content_hash,
        rows,
    )
    return status == "INSERT 0 1"


async def find_import(connection: Connection, import_id: UUID, owner_id: UUID | None) -> SentTable | None:
    """A table, if it is that owner's; None as the owner stands for whoever sees all."""
    given = Filters()
    given.given("import_id = {0}", import_id)
    given.given("owner_id = {0}", owner_id)
    row = await connection.fetchrow(f"SELECT {_COLUMNS} FROM imports {given.where}", *given.values)
    return SentTable(**row) if row else None


async def list_imports(
    connection: Connection, owner_id: UUID | None, before: Place | None = None, size: int = 20
) -> list[SentTable]:
    """The owner's, or everybody's, newest first; ``before``: the place of the last one that was seen."""
    given = Filters()
    given.given("owner_id = {0}", owner_id)
    given.beyond("sent_at, import_id", "<", before)
    rows = await connection.fetch(
        f"SELECT {_COLUMNS} FROM imports {given.where} ORDER BY sent_at DESC, import_id DESC LIMIT {given.put(size)}",
        *given.values,
    )
    return [SentTable(**row) for row in rows]


async def under_way(connection: Connection) -> list[UUID]:
    """What is being checked or taken, whichever process began it."""
    rows = await connection.fetch(
        "SELECT import_id FROM imports WHERE state IN ('checking', 'taking') ORDER BY import_id LIMIT 100"
    )
    return [row["import_id"] for row in rows]


async def forget_import_files(connection: Connection, before: datetime) -> int:
    """Removes the files of tables that nothing happened to since then, at least 30 days ago; how many that were."""
    return int(await connection.fetchval("SELECT forget_import_files($1)", before))


async def body_of_import(connection: Connection, import_id: UUID) -> bytes | None:
    """The file as it came; None where its time is over."""
    body: bytes | None = await connection.fetchval("SELECT body FROM imports WHERE import_id = $1", import_id)
    return body


async def confirm_import(connection: Connection, import_id: UUID, by: UUID) -> bool:
    """Its good rows are to be taken; False where it was not waiting for that."""
    status = await connection.execute(
        """UPDATE imports SET state = 'taking', confirmed_by = $2, confirmed_at = clock_timestamp(),
               moved_at = clock_timestamp()
           WHERE import_id = $1 AND state = 'checked' AND body IS NOT NULL""",
        import_id,
        by,
    )
    return status == "UPDATE 1"


async def move_import(connection: Connection, import_id: UUID, state: State) -> None:
    """It went on: it is in that state now."""
    await connection.execute(
        "UPDATE imports SET state = $2, moved_at = clock_timestamp() WHERE import_id = $1", import_id, state
    )


async def keep_rows(connection: Connection, import_id: UUID, rows: Sequence[SentRow]) -> None:
    """What is known of these rows now; only what was good so far becomes something else."""
    await connection.executemany(
        """INSERT INTO import_rows (import_id, line, patent_number, outcome, act_id, filing_id, reasons, warnings)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
           ON CONFLICT (import_id, line) DO UPDATE SET outcome = excluded.outcome,
               act_id = coalesce(excluded.act_id, import_rows.act_id),
               filing_id = excluded.filing_id, reasons = excluded.reasons, warnings = excluded.warnings
           WHERE import_rows.outcome = 'good'""",
        [
            (
                import_id,
                one.line,
                one.patent_number,
                one.outcome,
                one.act_id,
                one.filing_id,
                [reason.model_dump(mode="json") for reason in one.reasons],
                [reason.model_dump(mode="json") for reason in one.warnings],
            )
            for one in rows
        ],
    )


async def rows_of_import(
    connection: Connection, import_id: UUID, outcome: str | None = None, after: int = 0, size: int = 50
) -> list[SentRow]:
    """The rows behind that line, in the order of the file; ``outcome``: only those."""
    given = Filters()
    given.given("import_id = {0}", import_id)
    given.given("outcome = {0}", outcome)
    given.given("line > {0}", after)
    rows = await connection.fetch(
        f"SELECT {_ROW} FROM import_rows {given.where} ORDER BY line LIMIT {given.put(size)}", *given.values
    )
    return [_row(dict(row)) for row in rows]


async def counts_of_import(connection: Connection, import_id: UUID) -> dict[RowOutcome, int]:
    """How many rows came to what; a table has a bounded number of rows."""
    rows = await connection.fetch(
        "SELECT outcome, count(*) AS number FROM import_rows WHERE import_id = $1 GROUP BY outcome", import_id
    )
    return {row["outcome"]: row["number"] for row in rows}


async def lines_of_import(connection: Connection, import_id: UUID, outcome: RowOutcome) -> frozenset[int]:
    """The lines that came to that."""
    rows = await connection.fetch(
        "SELECT line FROM import_rows WHERE import_id = $1 AND outcome = $2", import_id, outcome
    )
    return frozenset(row["line"] for row in rows)


def _row(row: dict[str, Any]) -> SentRow:
    read = {name: tuple(Refusal.model_validate(one) for one in row[name]) for name in ("reasons", "warnings")}
    return SentRow(**row | read)
