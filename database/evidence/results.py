"""What audits found: each step of a night, and which code has replayed which history. Append-only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from database.pool import Connection


@dataclass(frozen=True)
class Replay:
    """One history that was replayed; ``why``: what did not pass."""

    run_id: UUID
    history_hash: bytes
    last_event: int
    code_version: str
    passed: bool
    why: str | None = None


async def keep_replays(connection: Connection, replays: Iterable[Replay]) -> None:
    """Adds the results of replays."""
    await connection.executemany(
        """INSERT INTO replays (run_id, history_hash, last_event, code_version, passed, why)
           VALUES ($1, $2, $3, $4, $5, $6)""",
        [(one.run_id, one.history_hash, one.last_event, one.code_version, one.passed, one.why) for one in replays],
    )


async def last_passed(connection: Connection, run_ids: Sequence[UUID]) -> dict[UUID, str]:
    """Run -> the code version that replayed it last."""
    rows = await connection.fetch(
        """SELECT DISTINCT ON (run_id) run_id, code_version FROM replays
           WHERE run_id = ANY($1) AND passed ORDER BY run_id, replay_number DESC""",
        list(run_ids),
    )
    return {row["run_id"]: row["code_version"] for row in rows}


async def to_replay(connection: Connection, code_version: str, limit: int) -> list[int]:
    """Numbers of the copies that this code has not replayed: what was copied last comes first."""
    rows = await connection.fetch(
        """SELECT copy_number FROM history_copies c
           WHERE NOT EXISTS (SELECT FROM history_copies n WHERE n.run_id = c.run_id AND n.follows = c.history_hash)
             AND NOT EXISTS (
                 SELECT FROM replays r
                 WHERE r.run_id = c.run_id AND r.history_hash = c.history_hash AND r.code_version = $1 AND r.passed
             )
           ORDER BY copy_number DESC LIMIT $2""",
        code_version,
        limit,
    )
    return [row["copy_number"] for row in rows]


@dataclass(frozen=True)
class Result:
    """What one step of a night found."""

    night: UUID
    step: str
    outcome: Literal["agrees", "differs", "fault"]
    report: dict[str, Any]
    code_version: str
    began_at: datetime


async def keep_result(connection: Connection, result: Result) -> None:
    """Adds it; of a step that was done twice in a night the first stays."""
    await connection.execute(
        """INSERT INTO audit_results (night, step, outcome, report, code_version, began_at)
           VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (night, step) DO NOTHING""",
        result.night,
        result.step,
        result.outcome,
        result.report,
        result.code_version,
        result.began_at,
    )


@dataclass(frozen=True)
class KeptResult(Result):
    """A result as it stands in the store."""

    result_number: int
    ended_at: datetime


async def last_results(connection: Connection) -> list[KeptResult]:
    """The newest result of each step."""
    rows = await connection.fetch(
        """SELECT DISTINCT ON (step) night, step, outcome, report, code_version, began_at, result_number, ended_at
           FROM audit_results ORDER BY step, result_number DESC"""
    )
    return [KeptResult(**row) for row in rows]


async def last_agreed(connection: Connection, step: str) -> datetime | None:
    """When that audit began that last found nothing that differs; None where none ever did."""
    began_at: datetime | None = await connection.fetchval(
        """SELECT began_at FROM audit_results WHERE step = $1 AND outcome = 'agrees'
           ORDER BY result_number DESC LIMIT 1""",
        step,
    )
    return began_at
