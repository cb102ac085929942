"""What is audited every night. Each step is a command of ours, in a process of its own: it holds up no act, its memory
goes with it, and by hand it does the same. One more step is one more line.
"""

import asyncio
import json
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, Literal
from uuid import UUID

from audit.code_version import code_version
from database.evidence.results import Result, keep_result
from database.pool import Pool
from runtime.settings import ROOT, Settings

STEPS: dict[str, Sequence[str]] = {
    "archive": ("audit", "archive"),
    "replay": ("audit", "replay", "--new"),
    "recompute": ("audit", "recompute"),
    "reconcile": ("audit", "reconcile"),
    "conform": ("audit", "conform"),
    "verify": ("audit", "verify"),
    "checkpoint": ("audit", "seal"),
    "stamp": ("audit", "stamp"),
    "retain": ("audit", "retain"),
}
"""Step -> the command that does it; each takes ``--json`` and exits with 0 only if all holds."""
STAMP = "stamp"
_DIFFERS = 1
_KEPT = 200
"""Differences of a step that its result keeps, of each list; all of them are what the command prints."""
_SAID = 2_000
_NICENESS = 10
_REPORT = 2**28


def steps_of(settings: Settings) -> tuple[str, ...]:
    """The steps of an installation, in their order: a checkpoint is stamped where an authority is named."""
    return tuple(step for step in STEPS if step != STAMP or settings.timestamp_authority is not None)


class Nights:
    """Does the steps for a worker. ``program``: what is called with the arguments of a step and ``--json``."""

    def __init__(self, pool: Pool, program: Sequence[str] = (sys.executable, str(ROOT / "starter.py"))) -> None:
        self._pool, self._program = pool, program

    async def audited(self, night: UUID, step: str) -> Literal["agrees", "differs", "fault"]:
        """Does one and adds its result; raises what an outage of the database raises."""
        began_at = datetime.now(UTC)
        outcome, report = await self._done(STEPS.get(step, ("audit", step)))
        async with self._pool.acquire() as connection:
            await keep_result(connection, Result(night, step, outcome, report, code_version(), began_at))
        return outcome

    async def _done(self, arguments: Sequence[str]) -> tuple[Literal["agrees", "differs", "fault"], dict[str, Any]]:
        process = await asyncio.create_subprocess_exec(
            *self._program, *arguments, "--json", stdout=PIPE, stderr=PIPE, limit=_REPORT, cwd=ROOT
        )
        _give_way(process)
        try:
            out, err = await process.communicate()
        finally:
            if process.returncode is None:
                with suppress(ProcessLookupError):
                    process.kill()
                await process.wait()
        try:
            report = json.loads(out)
        except ValueError:
            report = None
        if not isinstance(report, dict) or "fault" in report or process.returncode not in (0, _DIFFERS):
            said = report if isinstance(report, dict) else (err or out).decode(errors="replace")[-_SAID:]
            return "fault", {"exit_code": process.returncode, "said": said, "command": list(arguments)}
        return "differs" if process.returncode else "agrees", shortened(report)


def shortened(report: dict[str, Any]) -> dict[str, Any]:
    """The report with the first of each long list, and how many there were."""
    kept: dict[str, Any] = {}
    for name, value in report.items():
        kept[name] = value[:_KEPT] if isinstance(value, list) else value
        if isinstance(value, list) and len(value) > _KEPT:
            kept[f"{name}_in_all"] = len(value)
    return kept


def _give_way(process: Process) -> None:
    """Acts come first."""
    with suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, process.pid, _NICENESS)
