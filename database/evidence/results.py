"""What audits found: each step of a night, and which code has replayed which history. Append-only."""

from collections.abc import Sequence
from dataclasses import dataclass
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


async def last_passed(connection: Connection, run_ids: Sequence[UUID]) -> dict[UUID, str]:
    """Run -> the code version that replayed it last."""
    rows = await connection.fetch(
        """SELECT DISTINCT ON (run_id) run_id, code_version FROM replays
           WHERE run_id = ANY($1) AND passed ORDER BY run_id, replay_number DESC""",
        list(run_ids),
    )
    return {row["run_id"]: row["code_version"] for row in rows}
