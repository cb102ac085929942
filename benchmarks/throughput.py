"""Acts and lives per second, with the floor before and after in the same run.

    make bench                                     all figures; about half an hour, most of it the memory part
    .venv/bin/python benchmarks/throughput.py --seconds 20 --memory 0

Servers, worker and this client share the machine, as they do where it was designed. Nothing else should be running.
"""

import argparse
import asyncio
import json
import os
import statistics
import sys
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import asyncpg  # noqa: E402  (run as a script, the root is not on the path before)

from benchmarks.floor import TABLES, floor_life  # noqa: E402
from benchmarks.life import life, prepare  # noqa: E402
from benchmarks.machine import WORKER, Processes, machine, program  # noqa: E402
from client.ask import Asker  # noqa: E402
from database.migrate import migrate  # noqa: E402
from database.pool import open_pool  # noqa: E402
from runtime.connection import connect  # noqa: E402
from runtime.leave import leave  # noqa: E402
from runtime.settings import Settings  # noqa: E402
from runtime.stack import Addresses, Stack  # noqa: E402

Life = Callable[[list[float]], Awaitable[int]]
MEMORY_AFTER = (1_000, 5_000)
FLOOR = (sys.executable, "-c", "from benchmarks.floor import main; main()")


@dataclass
class Measured:
    """One load: what ran, how many at once, and what came out."""

    what: str
    concurrent: int
    acts_per_second: float
    lives_per_second: float
    p50_ms: float
    p99_ms: float
    cpu_ms_per_act: dict[str, float]


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


async def run(options: argparse.Namespace, stack: Stack, addresses: Addresses) -> dict[str, object]:
    """All figures, printed as they come."""
    await migrate(addresses.for_migrations())
    owner = await asyncpg.connect(addresses.for_migrations())
    await owner.execute(TABLES)
    await owner.close()
    pool = await open_pool(addresses.database_url, 8)
    client = await connect(Settings(var=stack.home), addresses)
    asker = Asker(client, pool, legal_clock="acts")
    seeds = (f"life-{number}" for number in count(1))
    await prepare(pool, [f"life-{number}" for number in range(1, options.patents + 1)])
    servers = {
        "temporal": stack.temporal.process_id or 0,
        "postgres": stack.postgres.process_id or 0,
        "client": os.getpid(),
    }
    measured: list[Measured] = []

    async def floor(timed: list[float]) -> int:
        return await floor_life(client, timed)

    async def whole(timed: list[float]) -> int:
        return await life(asker, next(seeds), timed)

    def show(one: Measured) -> None:
        measured.append(one)
        print(
            f"{one.what:14} {one.concurrent:3} at once: {one.acts_per_second:6.1f} acts/s, "
            f"{one.lives_per_second:5.2f} lives/s, p50 {one.p50_ms:6.1f} ms, p99 {one.p99_ms:7.1f} ms, "
            f"CPU ms/act {one.cpu_ms_per_act}",
            flush=True,
        )

    async def floors(when: str) -> None:
        with program(FLOOR, stack.home) as process:
            processes = Processes({**servers, "worker": process.pid})
            await load("warm-up", 4, 3, floor, processes)
            for concurrent in (50, 4):
                show(await load(f"floor {when}", concurrent, options.seconds, floor, processes))

    await floors("before")
    with program(WORKER, stack.home) as process:
        processes = Processes({**servers, "worker": process.pid})
        await load("warm-up", 4, 3, whole, processes)
        for concurrent in (50, 4):
            show(await load("life", concurrent, options.seconds, whole, processes))
    await floors("after")
    memory: dict[str, float] = {}
    with program(WORKER, stack.home) as process:
        processes, done = Processes({**servers, "worker": process.pid}), 0
        for target in (one for one in MEMORY_AFTER if one <= options.memory):
            await many(whole, target - done)
            done = target
            memory[str(target)] = round(processes.resident_mib("worker"), 1)
            print(f"worker memory after {target} lives: {memory[str(target)]} MiB", flush=True)
    await pool.close()
    return summary(measured, memory)


async def many(one_life: Life, lives: int) -> None:
    """Lives so many lives, fifty at once."""
    left = iter(range(lives))

    async def one_after_another() -> None:
        for _ in left:
            await one_life([])

    await asyncio.gather(*(one_after_another() for _ in range(50)))


def summary(measured: list[Measured], memory: dict[str, float]) -> dict[str, object]:
    """The two ratios that matter, and everything they were made of."""

    def mean(what: str, concurrent: int, field: str) -> float:
        found = [getattr(one, field) for one in measured if one.what.startswith(what) and one.concurrent == concurrent]
        return float(statistics.mean(found))

    return {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": machine(),
        "acts_of_floor_at_50": round(mean("life", 50, "acts_per_second") / mean("floor", 50, "acts_per_second"), 3),
        "p50_of_floor_at_4": round(mean("life", 4, "p50_ms") / mean("floor", 4, "p50_ms"), 3),
        "worker_memory_mib": memory,
        "runs": [asdict(one) for one in measured],
    }


def main() -> int:
    """Prints the figures and writes them as JSON beside the other results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=30, help="how long each load lasts")
    parser.add_argument("--memory", type=int, default=5_000, help="lives after which memory is read; 0: not at all")
    parser.add_argument("--patents", type=int, default=12_000, help="patents to prepare, more than lives to be lived")
    parser.add_argument("--out", type=Path, help="write the figures there as JSON")
    options = parser.parse_args()
    import uvloop

    with tempfile.TemporaryDirectory(prefix="open-licence-bench-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o711)  # root's Postgres runs as another user, who must get in
        stack = Stack(Path(folder))
        addresses = stack.start()
        try:
            figures = uvloop.run(run(options, stack, addresses))
        finally:
            stack.stop()
    print(json.dumps({key: value for key, value in figures.items() if key != "runs"}, ensure_ascii=False, indent=2))
    if options.out:
        options.out.write_text(json.dumps(figures, ensure_ascii=False, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    leave(main())
