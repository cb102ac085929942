"""Lines of the audit log that could not be written when they were due: kept as files until Postgres takes them."""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from database.pool import Pool, alone
from database.registers.audit_log import Outcome, write_audit
from runtime.settings import AUDIT_LINES
from schemas.acts.act import Act
from schemas.values.canonical import plain
from schemas.values.refusal import Refusal


@dataclass(frozen=True)
class Line:
    """Who asked for what, and what came of it. References only, as in the log itself."""

    at: datetime
    who: UUID
    role: str
    act_kind: str
    act_id: UUID
    filing_id: UUID
    outcome: Outcome
    refusals: tuple[Refusal, ...] = ()
    legal_on: date | None = None

    @classmethod
    def refused(cls, act: Act, refusals: Sequence[Refusal]) -> "Line":
        """Of an act that is refused now."""
        by = act.by
        return cls(
            datetime.now(UTC),
            by.party_id,
            by.role.value,
            act.kind,
            act.act_id,
            act.filing_id,
            "refused",
            tuple(refusals),
            act.on,
        )

    def said(self) -> dict[str, Any]:
        """As plain values."""
        values: dict[str, Any] = plain({**vars(self), "refusals": [dict(one) for one in self.refusals]})
        return values

    async def write(self, pool: Pool) -> None:
        """Adds it to the audit log, unless it stands there."""
        async with pool.acquire() as connection:
            await write_audit(
                connection,
                self.who,
                self.role,
                self.act_kind,
                self.outcome,
                act_id=self.act_id,
                filing_id=self.filing_id,
                legal_on=self.legal_on,
                refusals=self.refusals,
                at=self.at,
            )


class KeptLines:
    """The lines below a folder that all programs of one machine share; whichever comes first delivers them."""

    def __init__(self, var: Path) -> None:
        self._folder = var / AUDIT_LINES

    def keep(self, line: Line) -> None:
        """Writes the line down, whole or not at all; OSError where that is not possible either."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = self._folder / f".{uuid4()}"
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            json.dump(line.said(), file, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        draft.rename(self._folder / f"{line.at:%Y%m%dT%H%M%S.%f}-{uuid4()}.json")

    async def deliver(self, pool: Pool) -> int:
        """Writes what is kept to the audit log, oldest first; how many lines."""
        files = sorted(self._folder.glob("*.json"))
        if not files:
            return 0
        delivered = 0
        async with pool.acquire() as connection, alone(connection, "kept lines") as mine:
            if not mine:
                return 0
            for file in files:
                if file.exists():
                    await _read(file).write(pool)
                    file.unlink()
                    delivered += 1
        return delivered


def _read(file: Path) -> Line:
    said = json.loads(file.read_text(encoding="utf-8"))
    return Line(
        at=datetime.fromisoformat(said["at"]),
        who=UUID(said["who"]),
        role=said["role"],
        act_kind=said["act_kind"],
        act_id=UUID(said["act_id"]),
        filing_id=UUID(said["filing_id"]),
        outcome=said["outcome"],
        refusals=tuple(Refusal(**one) for one in said["refusals"]),
        legal_on=date.fromisoformat(day) if (day := said.get("legal_on")) else None,
    )
