"""So many lives at once for some seconds, and what they cost."""

import asyncio
import statistics
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from benchmarks.machine import Processes

Life = Callable[[list[float]], Awaitable[int]]
"""Lives once; appends each acknowledgement's seconds to the list and returns the number of acts."""
WARM_UP = 3.0


@dataclass(frozen=True)
class Measured:
    """One load: what ran, how many at once, and what came out."""

    what: str
    concurrent: int
    acts_per_second: float
    lives_per_second: float
    p50_ms: float
    p99_ms: float
    cpu_ms_per_act: dict[str, float]

    @property
    def cpu(self) -> float:
        """Milliseconds of processor per act, of all processes together."""
        return sum(self.cpu_ms_per_act.values())

    def __str__(self) -> str:
        return (
            f"{self.what:6} {self.concurrent:3} at once: {self.acts_per_second:6.1f} acts/s, "
            f"{self.lives_per_second:5.2f} lives/s, p50 {self.p50_ms:6.1f} ms, p99 {self.p99_ms:7.1f} ms, "
            f"CPU ms/act {self.cpu:.1f}: {self.cpu_ms_per_act}"
        )


async def load(what: str, concurrent: int, seconds: float, one_life: Life, processes: Processes) -> Measured:
    """Keeps ``concurrent`` lives going for about ``seconds``; what is under way then is finished and counted."""
    clock = asyncio.get_running_loop().time
    timed: list[float] = []
    acts = lives = 0
    before, began = processes.cpu_seconds(), clock()

    async def one_after_another() -> None:
        nonlocal acts, lives
        while clock() - began < seconds:
            done = await one_life(timed)
            acts += done  # not in one line: the old value would be read before the await
            lives += 1

    await asyncio.gather(*(one_after_another() for _ in range(concurrent)))
    elapsed, after = clock() - began, processes.cpu_seconds()
    ordered = statistics.quantiles(timed, n=100)
    return Measured(
        what,
        concurrent,
        round(acts / elapsed, 1),
        round(lives / elapsed, 2),
        round(ordered[49] * 1000, 1),
        round(ordered[98] * 1000, 1),
        {role: round((after[role] - before[role]) * 1000 / acts, 2) for role in after},
    )


async def loads(
    what: str, at_once: tuple[int, ...], seconds: float, one_life: Life, processes: Processes
) -> list[Measured]:
    """Warms up, then one load after the other, printed as they come."""
    await load("warm-up", 4, min(WARM_UP, seconds), one_life, processes)
    found = []
    for concurrent in at_once:
        found.append(await load(what, concurrent, seconds, one_life, processes))
        print(found[-1], flush=True)
    return found
