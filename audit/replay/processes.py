"""Histories over child processes: one that never ends, or ends its process, is told, and the others go on.

Each child is replaced after some thousand histories, so that nothing that a run might leave behind can pile up.
"""

import asyncio
import json
import os
from asyncio.subprocess import PIPE, Process
from collections import deque
from collections.abc import AsyncIterable, AsyncIterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from schemas.values.refusal import Fault

READY_WITHIN = 180
"""Seconds for a child to import everything: a machine five times slower, busy with something else."""
ONE_WITHIN = 60
"""Seconds for one history; 2,000 events take about one."""
RENEWED_AFTER = 2_000
_AHEAD = 4
"""Frames that a child is given ahead, so that it never waits for us."""
_LINE = 2**26


@dataclass(frozen=True)
class Asked:
    """One history; ``log``: what its payloads are compared with, empty for none."""

    key: int
    workflow_id: str
    history: bytes
    log: bytes
    strict: bool = False
    replayed: bool = True
    """False: only its payloads are compared."""

    def frame(self) -> bytes:
        """As the child reads it."""
        head = {
            "key": self.key,
            "workflow_id": self.workflow_id,
            "history": len(self.history),
            "log": len(self.log),
            "strict": self.strict,
            "replayed": self.replayed,
        }
        return json.dumps(head).encode() + b"\n" + self.history + self.log


@dataclass(frozen=True)
class Outcome:
    """What became of a history. ``failure``: why it does not replay; ``event``, ``line``: where, as far as is known."""

    key: int
    failure: str | None = None
    event: int | None = None
    line: str | None = None
    differences: Sequence[Sequence[Any]] = ()
    """Where, what is proved, what was found."""
    counts: dict[str, int] = field(default_factory=dict)
    nanoseconds: int = 0
    """Of processor."""


class Ended(Exception):
    """A child gave no answer: why."""


@dataclass
class Processes:
    """``command``: what is started, in ``folder``; with ``audit/replay/child.py`` on the other end."""

    command: Sequence[str]
    folder: Path
    count: int
    one_within: float = ONE_WITHIN

    async def replayed(self, asked: AsyncIterable[Asked]) -> AsyncIterator[Outcome]:
        """The outcome of each, as they come. Raises a Fault where the code cannot be started at all."""
        given: asyncio.Queue[Asked | None] = asyncio.Queue(self.count * 2)
        outcomes: asyncio.Queue[Outcome | None] = asyncio.Queue()
        work = asyncio.create_task(self._work(asked, given, outcomes))
        work.add_done_callback(lambda _: outcomes.put_nowait(None))
        try:
            while (outcome := await outcomes.get()) is not None:
                yield outcome
            await work
        finally:
            work.cancel()
            with suppress(asyncio.CancelledError, Exception):
                await work

    async def _work(
        self,
        asked: AsyncIterable[Asked],
        given: "asyncio.Queue[Asked | None]",
        outcomes: "asyncio.Queue[Outcome | None]",
    ) -> None:
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(_feed(asked, given, self.count))
                for _ in range(self.count):
                    tasks.create_task(self._serve(given, outcomes))
        except BaseExceptionGroup as several:
            raise several.exceptions[0] from None

    async def _serve(self, given: "asyncio.Queue[Asked | None]", outcomes: "asyncio.Queue[Outcome | None]") -> None:
        again: deque[Asked] = deque()
        is_over = False
        while not is_over or again:
            child = Child(self.command, self.folder, self.one_within)
            waiting: deque[Asked] = deque()
            try:
                await child.start()
                for _ in range(RENEWED_AFTER):
                    while len(waiting) < _AHEAD and not (is_over and not again):
                        if again:
                            one: Asked | None = again.popleft()
                        elif waiting and given.empty():
                            break
                        else:
                            one = await given.get()
                        if one is None:
                            is_over = True
                            break
                        waiting.append(one)
                        child.ask(one)
                    if not waiting:
                        break
                    outcome = await child.answer()
                    waiting.popleft()
                    await outcomes.put(outcome)
                again.extend(waiting)
            except Ended as error:
                if not waiting:
                    raise Fault("ours", f"the code cannot be started: {error}", retry=False) from error
                await outcomes.put(Outcome(waiting.popleft().key, failure=str(error)))
                again.extend(waiting)
            finally:
                await child.end()


async def _feed(asked: AsyncIterable[Asked], given: "asyncio.Queue[Asked | None]", count: int) -> None:
    async for one in asked:
        await given.put(one)
    for _ in range(count):
        await given.put(None)


class Child:
    """One process; raises Ended where it does not answer in time, or is no more."""

    def __init__(self, command: Sequence[str], folder: Path, one_within: float) -> None:
        self._command, self._folder, self._one_within = command, folder, one_within
        self._process: Process | None = None

    async def start(self) -> list[str]:
        """The types of workflow that its code knows."""
        self._process = await asyncio.create_subprocess_exec(
            *self._command,
            cwd=self._folder,
            stdin=PIPE,
            stdout=PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            limit=_LINE,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        said = await self._line(READY_WITHIN)
        if "unusable" in said:
            raise Ended(said["unusable"])
        types: list[str] = said["ready"]
        return types

    def ask(self, one: Asked) -> None:
        """Sends a frame; more than some are not to be sent ahead of their answers."""
        assert self._process is not None
        assert self._process.stdin is not None  # it was started with one
        with suppress(ConnectionError):  # its answer will be missing, too
            self._process.stdin.write(one.frame())

    async def answer(self) -> Outcome:
        """To the frame that waits longest."""
        return Outcome(**await self._line(self._one_within))

    async def _line(self, within: float) -> dict[str, Any]:
        assert self._process is not None
        assert self._process.stdout is not None  # it was started with one
        try:
            line = await asyncio.wait_for(self._process.stdout.readline(), within)
        except TimeoutError:
            raise Ended(f"no end within {within:g} s") from None
        if not line:
            raise Ended(f"its process ended with {await self._process.wait()}")
        said: dict[str, Any] = json.loads(line)
        return said

    async def end(self) -> None:
        """Kills it where it still runs: it holds nothing."""
        if self._process is not None and self._process.returncode is None:
            with suppress(ProcessLookupError):
                self._process.kill()
            await self._process.wait()
