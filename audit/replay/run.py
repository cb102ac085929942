"""Chooses stored histories, sends them through the code, and puts together what came of it."""

import os
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any
from uuid import UUID

from audit.evidence.packing import Dictionaries
from audit.evidence.reading import Stored, read_history
from audit.replay.beginnings import began_nothing
from audit.replay.log import Event, FilingLog
from audit.replay.processes import Asked, Outcome, Processes
from audit.report import Report
from database.evidence.histories import Kept, copies_numbered, ends_of_filing, numbers_of_ends
from database.evidence.logs import events_logged, filings_logged, refusals_logged
from database.evidence.results import Replay, keep_replays, last_passed, to_replay
from database.pool import Connection, Pool
from database.record.event_log import head_of_known
from runtime.settings import ROOT
from schemas.acts.act import FilingKind
from schemas.values.canonical import plain

OURS = (sys.executable, "-m", "audit.replay.child", "--compare")
"""The code of this folder, and the comparison of payloads with it."""
_BATCH = 40
"""Histories whose filings are read at once; all that is held of the store at any time."""
A_NIGHT = 20_000
"""Histories of a night: some ten minutes of one processor. The next one goes on where this one ended."""
_STRICT = 50
"""One history in so many is replayed in the sandbox as Temporal makes it, too: nothing of ours is passed through it."""


@dataclass(frozen=True)
class Which:
    """What is replayed: of these filings or all, with an event ``since``; ``sample``: so many, drawn by ``seed``."""

    filings: Sequence[UUID] = ()
    numbers: Sequence[int] | None = None
    """These copies and no others."""
    since: datetime | None = None
    sample: int | None = None
    seed: int = 0


@dataclass(frozen=True)
class Failure:
    """A history that the code does not replay. ``passed_with``: the version that last did, or that carried the run."""

    filing_id: UUID | None
    workflow_id: str
    run_id: UUID
    event: int | None
    line: str | None
    why: str
    passed_with: str


@dataclass
class Replayed(Report):
    """The report, and each failure with its place in history and code."""

    failures: list[Failure] = field(default_factory=list)
    results: list[Replay] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """As the report, with the failures."""
        return super().as_json() | {"failures": [plain(vars(one)) for one in self.failures]}


@dataclass
class Replaying:
    """One run of the command. ``code_version``: of the code that replays; ``progress`` hears how many are done."""

    pool: Pool
    code_version: str
    processes: Processes
    progress: Callable[[int, int], None] = lambda _, __: None
    keeps_results: bool = False
    payloads: Processes | None = None
    """What compares payloads where the code that replays is another: what they say of the log does not depend on it."""

    def __post_init__(self) -> None:
        self._report = Replayed()
        self._stored: dict[int, Stored] = {}
        self._dictionaries = Dictionaries()

    async def replay(self, which: Which) -> Replayed:
        """Every history chosen. Raises a Fault where the code cannot be started; Refused ``filing_unknown``."""
        async with self.pool.acquire() as connection:
            numbers = await _chosen(connection, which)
            for filing_id in which.filings:
                await head_of_known(connection, filing_id, "FILING")
                if not await ends_of_filing(connection, filing_id):
                    self._report.compare(filing_id, "history", "copied", None)
        done, in_all = 0, len(numbers) if self.payloads is None else 2 * len(numbers)
        async for outcome in self.processes.replayed(self._asked(numbers)):
            await self._take(outcome)
            done += 1
            self.progress(done, in_all)
        if self.payloads is not None:
            async for outcome in self.payloads.replayed(self._compared(numbers)):
                self._take_compared(outcome)
                done += 1
                self.progress(done, in_all)
        return self._report

    async def _asked(self, numbers: Sequence[int]) -> AsyncIterator[Asked]:
        async for place, stored, logs in self._read(numbers):
            yield self._ask(stored, logs, strict=place == 0 or stored.kept.run_id.int % _STRICT == 0)

    async def _compared(self, numbers: Sequence[int]) -> AsyncIterator[Asked]:
        async for _, stored, logs in self._read(numbers):
            kept = stored.kept
            self._stored[kept.copy_number] = Stored(kept, b"", stored.fault)
            log = logs.get(kept.filing_id) if kept.filing_id is not None else None
            yield Asked(kept.copy_number, kept.workflow_id, stored.text, _sent(kept, log), replayed=False)

    async def _read(self, numbers: Sequence[int]) -> AsyncIterator[tuple[int, Stored, dict[UUID, FilingLog]]]:
        for start in range(0, len(numbers), _BATCH):
            async with self.pool.acquire() as connection:
                batch = await copies_numbered(connection, numbers[start : start + _BATCH])
                histories = [await read_history(connection, one, self._dictionaries) for one in batch]
                logs = await read_logs(connection, {one.filing_id for one in batch if one.filing_id is not None})
            for place, stored in enumerate(histories, start=start):
                yield place, stored, logs

    def _ask(self, stored: Stored, logs: dict[UUID, FilingLog], *, strict: bool) -> Asked:
        kept, report = stored.kept, self._report
        self._stored[kept.copy_number] = Stored(kept, b"", stored.fault)
        report.count("histories")
        report.count("events", kept.last_event)
        where = f"history.{kept.run_id}"
        if stored.fault is not None:
            report.compare(kept.filing_id, f"{where}.stored", "all of it can be read", stored.fault)
        log = logs.get(kept.filing_id) if kept.filing_id is not None else None
        if kept.filing_id is not None and log is None and stored.fault is None and began_nothing(stored.text):
            report.count("beginnings_refused")
        elif kept.filing_id is not None and log is None:
            report.compare(kept.filing_id, f"{where}.filing", kept.workflow_id, None)
        elif log is not None:
            report.compare(kept.filing_id, f"{where}.workflow_id", log.workflow_id, kept.workflow_id)
        return Asked(
            key=kept.copy_number,
            workflow_id=kept.workflow_id,
            history=stored.text,
            log=_sent(kept, log) if self.payloads is None else b"",
            strict=strict,
            replayed=stored.fault is None,
        )

    def _take_compared(self, outcome: Outcome) -> None:
        """Of the payloads alone: a history that today's code cannot even look through is told, and is no failure."""
        kept = self._stored.pop(outcome.key)
        self._tell(kept.kept, outcome, "payloads")
        if outcome.failure is not None and kept.fault is None:
            self._report.compare(
                kept.kept.filing_id, f"history.{kept.kept.run_id}.payloads", "compared", outcome.failure
            )

    def _tell(self, kept: Kept, outcome: Outcome, *counted: str) -> None:
        for what, how_many in outcome.counts.items():
            if not counted or what in counted:
                self._report.count(what, how_many)
        for place, proved, found in outcome.differences:
            self._report.compare(kept.filing_id, f"history.{kept.run_id}.{place}", proved, found)

    async def _take(self, outcome: Outcome) -> None:
        kept, report = self._stored.pop(outcome.key).kept, self._report
        self._tell(kept, outcome)
        if outcome.failure is not None:
            await self._fail(kept, outcome)
        if self.keeps_results:
            why = outcome.failure or (f"{len(outcome.differences)} payloads differ" if outcome.differences else None)
            report.results.append(
                Replay(kept.run_id, kept.history_hash, kept.last_event, self.code_version, why is None, why)
            )

    async def _fail(self, kept: Kept, outcome: Outcome) -> None:
        async with self.pool.acquire() as connection:
            passed = (await last_passed(connection, [kept.run_id])).get(kept.run_id)
        failure = Failure(
            kept.filing_id,
            kept.workflow_id,
            kept.run_id,
            outcome.event,
            outcome.line,
            outcome.failure or "",
            passed or (kept.code_versions[-1] if kept.code_versions else ""),
        )
        self._report.failures.append(failure)
        at = "" if outcome.event is None else f".{outcome.event}"
        found = f"{failure.why} ({failure.line or '?'}; {failure.passed_with or '?'})"
        self._report.compare(kept.filing_id, f"history.{kept.run_id}{at}.replay", "replays", found)


async def replay_new(
    pool: Pool, code_version: str, processes: Processes, progress: Callable[[int, int], None] = lambda _, __: None
) -> Replayed:
    """What this code has not replayed yet, the newest first, as much as a night has room for; keeps the results."""
    async with pool.acquire() as connection:
        numbers = await to_replay(connection, code_version, A_NIGHT)
    replaying = Replaying(pool, code_version, processes, progress, keeps_results=True)
    report = await replaying.replay(Which(numbers=sorted(numbers)))
    async with pool.acquire() as connection:
        await keep_replays(connection, report.results)
    return report


def ours(count: int | None = None) -> Processes:
    """Children with the code of this folder."""
    return Processes(OURS, ROOT, count or os.cpu_count() or 1)


def _sent(kept: Kept, log: FilingLog | None) -> bytes:
    if log is not None:
        return log.as_bytes()
    return b"-" if kept.filing_id is None else b""  # a run of no filing is compared with itself


async def read_logs(connection: Connection, filing_ids: set[UUID]) -> dict[UUID, FilingLog]:
    """Filing -> what the log has of it, of those that it knows."""
    wanted = sorted(filing_ids)
    events: dict[UUID, list[Event]] = {}
    for one in await events_logged(connection, wanted):
        events.setdefault(one.filing_id, []).append(
            Event(
                one.version,
                one.act_id,
                one.legal_on.isoformat(),
                plain(one.recorded_at),
                one.canonical.decode(),
                one.answer,
            )
        )
    refusals: dict[UUID, dict[str, list[list[dict[str, Any]]]]] = {}
    for filing_id, act_id, refused in await refusals_logged(connection, wanted):
        refusals.setdefault(filing_id, {}).setdefault(str(act_id), []).append(refused)
    return {
        one.filing_id: FilingLog(
            one.filing_id,
            FilingKind(one.kind),
            one.workflow_id,
            one.legal_clock,
            tuple(events.get(one.filing_id, ())),
            refusals.get(one.filing_id, {}),
        )
        for one in await filings_logged(connection, wanted)
    }


async def _chosen(connection: Connection, which: Which) -> list[int]:
    numbers = list(which.numbers) if which.numbers is not None else None
    if numbers is None:
        numbers = await numbers_of_ends(connection, which.since, which.filings or None)
    if which.sample is not None and which.sample < len(numbers):
        numbers = sorted(Random(which.seed).sample(numbers, which.sample))  # noqa: S311  # to be drawn again by the seed
    return numbers
