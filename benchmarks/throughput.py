"""Acts and lives per second: floor, life and DBOS with the same recorder, in turn and several times in one run.

    make bench                                            four rounds of ten seconds a load; seven minutes
    .venv/bin/python benchmarks/throughput.py --rounds 1 --seconds 5 --out figures.json
    .venv/bin/python benchmarks/throughput.py --rounds 0 --memory 5000       the worker's memory; twenty minutes

Servers, programs and this client share the machine, as they do where it was designed. Nothing else should be running; a
machine swings by a third within minutes, so what counts are the ratios of each round, and their median.
"""

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import asyncpg  # noqa: E402  (run as a script, the root is not on the path before)

from benchmarks.floor import TABLES, floor_life  # noqa: E402  # run as a script, the root is on the path only now
from benchmarks.life import life, prepare  # noqa: E402
from benchmarks.load import Life, Measured, loads  # noqa: E402
from benchmarks.machine import WORKER, Processes, machine, program  # noqa: E402
from client.ask import Asker  # noqa: E402
from database.migrate import migrate  # noqa: E402
from database.pool import open_pool  # noqa: E402
from runtime.connection import connect  # noqa: E402
from runtime.leave import leave  # noqa: E402
from runtime.settings import Settings  # noqa: E402
from runtime.stack import Addresses, Stack  # noqa: E402

MEMORY_AFTER = (1_000, 5_000)
AT_ONCE = (50, 4)
FLOOR = (sys.executable, "-c", "from benchmarks.floor import main; main()")
_FIRST_OF_DBOS, _A_ROUND = 5_000_000, 20_000
"""Numbers of patents that no life here has."""

Round = dict[tuple[str, int], Measured]


class Goal(NamedTuple):
    """A ratio of two loads of the same round, and what it should be."""

    what: str
    concurrent: int
    of: str
    compared: str
    at_least: float | None = None
    at_most: float | None = None

    def ratio(self, one: Round) -> float | None:
        """None where one of the two was not measured."""
        life, other = one.get(("life", self.concurrent)), one.get((self.compared, self.concurrent))
        return getattr(life, self.of) / getattr(other, self.of) if life and other else None

    def is_met(self, ratio: float) -> bool:
        """Whether the median of the rounds is as it should be."""
        return (self.at_least is None or ratio >= self.at_least) and (self.at_most is None or ratio <= self.at_most)


GOALS = (
    Goal("acts/s of the floor", 50, "acts_per_second", "floor", at_least=0.85),
    Goal("p50 of the floor", 4, "p50_ms", "floor", at_most=1.25),
    Goal("CPU per act of DBOS", 50, "cpu", "DBOS", at_most=1.1),
    Goal("CPU per act of DBOS", 4, "cpu", "DBOS", at_most=1.1),
)


def contender(home: Path) -> Path | None:
    """The Python of an environment with DBOS and what the programs have; None where it cannot be installed."""
    venv.create(home, with_pip=False)
    python = home / "bin" / "python"
    lock = ROOT / "benchmarks" / "dbos.lock"
    installed = subprocess.run(
        [ROOT / ".venv/bin/uv", "pip", "sync", "--quiet", "--require-hashes", "--python", python, lock],
        capture_output=True,
        text=True,
        check=False,
    )
    if installed.returncode:
        print(f"DBOS could not be installed: {installed.stderr.strip().splitlines()[-1]}", flush=True)
        return None
    ours = next(one for one in sys.path if one.endswith("site-packages"))
    packages = next((home / "lib").glob("python*/site-packages"))
    (packages / "ours.pth").write_text(f"{ours}\n")
    return python


async def dbos(python: Path, stack: Stack, options: argparse.Namespace, number: int) -> list[Measured]:
    """The loads of the contender's own process."""
    given = {
        "--postgres": stack.postgres.process_id,
        "--first": _FIRST_OF_DBOS + number * _A_ROUND,
        "--patents": min(options.patents, _A_ROUND),
        "--seconds": options.seconds,
    }
    command = [str(python), "-m", "benchmarks.dbos_life", *(str(one) for pair in given.items() for one in pair)]
    process = await asyncio.create_subprocess_exec(
        *command,
        "--at-once",
        *map(str, AT_ONCE),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        env={**os.environ, "OPEN_LICENCE_VAR": str(stack.home), "PYTHONPATH": str(ROOT)},
    )
    said, _ = await process.communicate()
    found = [Measured(**json.loads(line)) for line in said.splitlines() if line.startswith(b"{")]
    for one in found:
        print(one, flush=True)
    return found


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
    python = contender(stack.home / "dbos") if options.rounds else None

    async def floor(timed: list[float]) -> int:
        return await floor_life(client, timed)

    async def whole(timed: list[float]) -> int:
        return await life(asker, next(seeds), timed)

    rounds: list[Round] = []
    for number in range(options.rounds):
        measured: list[Measured] = []
        for what, command, one_life in (("floor", FLOOR, floor), ("life", WORKER, whole)):
            with program(command, stack.home) as process:
                processes = Processes({**servers, "worker": process.pid})
                measured += await loads(what, AT_ONCE, options.seconds, one_life, processes)
        if python is not None:
            measured += await dbos(python, stack, options, number)
        rounds.append({(one.what, one.concurrent): one for one in measured})
    memory: dict[str, float] = {}
    if options.memory:
        with program(WORKER, stack.home) as process:
            processes, done = Processes({**servers, "worker": process.pid}), 0
            for target in (one for one in MEMORY_AFTER if one <= options.memory):
                await many(whole, target - done)
                done = target
                memory[str(target)] = round(processes.resident_mib("worker"), 1)
                print(f"worker memory after {target} lives: {memory[str(target)]} MiB", flush=True)
    await pool.close()
    print(table(rounds))
    return {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": machine(),
        "worker_memory_mib": memory,
        "rounds": [[asdict(one) for one in found.values()] for found in rounds],
    }


async def many(one_life: Life, lives: int) -> None:
    """Lives so many lives, fifty at once."""
    left = iter(range(lives))

    async def one_after_another() -> None:
        for _ in left:
            await one_life([])

    await asyncio.gather(*(one_after_another() for _ in range(50)))


def table(rounds: Sequence[Round]) -> str:
    """Medians of the rounds, and the goals, as ``benchmarks/README.md`` has them."""
    lines = [
        f"{datetime.now(UTC):%Y-%m-%d}; {machine()}; medians of {len(rounds)} rounds, in brackets lowest and highest.",
        "",
        "| | at once | acts/s | p50 ms | p99 ms | CPU ms per act | made of |",
        "|---|---|---|---|---|---|---|",
    ]
    for key in dict.fromkeys(key for one in rounds for key in one):
        found = [one[key] for one in rounds if key in one]
        made = {role: _median(one.cpu_ms_per_act[role] for one in found) for role in found[0].cpu_ms_per_act}
        fields = (
            _spread([getattr(one, name) for one in found]) for name in ("acts_per_second", "p50_ms", "p99_ms", "cpu")
        )
        parts = ", ".join(f"{role} {value:.1f}" for role, value in made.items())
        lines.append(f"| {key[0]} | {key[1]} | {' | '.join(fields)} | {parts} |")
    lines += ["", "| the life, of each round | at once | reached | goal | |", "|---|---|---|---|---|"]
    for goal in GOALS:
        ratios = [ratio for one in rounds if (ratio := goal.ratio(one)) is not None]
        if ratios:
            wanted = f"at least {goal.at_least}" if goal.at_least else f"at most {goal.at_most}"
            met = "met" if goal.is_met(_median(ratios)) else "missed"
            lines.append(f"| {goal.what} | {goal.concurrent} | {_spread(ratios, 2)} | {wanted} | {met} |")
    return "\n".join(lines)


def _median(values: Iterable[float]) -> float:
    return float(statistics.median(values))


def _spread(values: Sequence[float], digits: int = 1) -> str:
    return f"**{_median(values):.{digits}f}** ({min(values):.{digits}f} to {max(values):.{digits}f})"


def main() -> int:
    """Prints the figures and, if asked, writes them as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--seconds", type=float, default=10, help="how long each load lasts")
    parser.add_argument("--memory", type=int, default=0, help="lives after which memory is read; 0: not at all")
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
    if options.out:
        options.out.write_text(json.dumps(figures, ensure_ascii=False, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    leave(main())
