"""What filings cost that wait for years: as many declarations in force as asked for, beside one worker.

    .venv/bin/python -m benchmarks.open_filings --filings 100000       an hour and a half; 5000 take five minutes

They are taken over and countersigned (two acts each), and told how the pace and each process go along. Then nothing
happens for a while; then a new worker, which remembers none of them, lets a day pass in some, and all are reconciled.
"""

import argparse
import asyncio
import os
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterable
from datetime import date
from pathlib import Path

from audit.reconcile import reconcile
from benchmarks.life import SharedWorld
from benchmarks.machine import WORKER, Processes, machine, program
from cli.demo.filings.declaration import Declaration
from cli.demo.filings.world import World
from client.ask import Asker
from client.together import together
from database.migrate import migrate
from database.pool import Pool, open_pool
from database.reads.read_model import FilingSummary, filings_due
from database.registers.patents import put_patents
from runtime.connection import connect
from runtime.settings import Settings
from runtime.stack import Addresses, Stack
from schemas.acts.act import Countersign, FilingKind, PassDay
from schemas.acts.declaration import TakeOverDeclaration
from schemas.values.actor import ENGINE, Actor, Role
from schemas.values.identifiers import derived_id

_AT_ONCE = 10
_SHARED = "benchmark"
_ANNOUNCED_ON, _TAKEN_ON, _PASSED = date(2026, 4, 1), date(2026, 5, 1), date(2099, 1, 1)


class Platform(World):
    """Everybody, and a second person who countersigns."""

    persons = (*World.persons, "second_operator")


async def prepare(pool: Pool, filings: int) -> None:
    """Parties, papers and the patents."""
    brought_by = (await Platform(_SHARED).write(pool)).by(Role.OPERATOR).party_id
    async with pool.acquire() as connection:
        for start in range(0, filings, 1_000):
            numbers = range(start, min(start + 1_000, filings))
            rows = [row for one in numbers for row in SharedWorld(f"open-{one}").patents()]
            await put_patents(connection, rows, brought_by)


async def take_over(asker: Asker, number: int) -> int:
    """One declaration in force; the number of acts."""
    declaration = Declaration(SharedWorld(f"open-{number}"), begun_by="take_over")
    taken = declaration.act(
        TakeOverDeclaration,
        Role.OPERATOR,
        _TAKEN_ON,
        act_id=declaration.first_act_id,
        stage="in_force",
        regime="statutory",
        offer=declaration.offered(),
        announced_on=_ANNOUNCED_ON,
        declaration_number=f"K{number:012d}",
    )
    second = declaration.act(Countersign, Role.OPERATOR, _TAKEN_ON, by="second_operator", countersigns=taken.act_id)
    for act in (taken, second):
        await asker.ask(FilingKind.DECLARATION, act)
    return 2


async def pass_day(asker: Asker, due: FilingSummary) -> int:
    """The day that ends what the filing waits for; one act."""
    act_id = derived_id("open filings", due.filing_id)
    by = Actor(role=Role.TIMER, party_id=ENGINE)
    await asker.ask(FilingKind(due.kind), PassDay(act_id=act_id, filing_id=due.filing_id, on=_PASSED, by=by))
    return 1


class Told:
    """Pace and cost since the last line."""

    def __init__(self, processes: Processes) -> None:
        self._processes = processes
        self._again()

    def _again(self) -> None:
        self._began, self._cpu = time.monotonic(), self._processes.cpu_seconds()

    def tell(self, what: str, acts: int) -> None:
        """One line: acts per second, processor time per act and memory of each process."""
        seconds, cpu = time.monotonic() - self._began, self._processes.cpu_seconds()
        each = {role: round((cpu[role] - self._cpu[role]) * 1_000 / max(acts, 1), 1) for role in cpu}
        memory = {role: round(self._processes.resident_mib(role)) for role in cpu}
        print(
            f"{what}: {acts} acts in {seconds:.1f} s, {acts / seconds:.1f} acts/s, CPU ms/act {each}, MiB {memory}",
            flush=True,
        )
        self._again()


async def each(
    told: Told, what: str, items: Iterable[object], work: Callable[..., Awaitable[int]], slice_: int
) -> None:
    """Does the work for each item, some at once, and tells of every slice."""
    found = list(items)
    for start in range(0, len(found), slice_):
        batch = found[start : start + slice_]
        acts = sum(await together(_AT_ONCE, work, batch))
        told.tell(f"{what} {start + len(batch)}", acts)


async def run(options: argparse.Namespace, stack: Stack, addresses: Addresses) -> None:
    """All figures, printed as they come."""
    await migrate(addresses.for_migrations())
    pool = await open_pool(addresses.database_url, 8)
    client = await connect(Settings(var=stack.home), addresses)
    asker = Asker(client, pool, legal_clock="acts")
    await prepare(pool, options.filings)
    servers = {
        "temporal": stack.temporal.process_id or 0,
        "postgres": stack.postgres.process_id or 0,
        "client": os.getpid(),
    }
    print(machine(), flush=True)
    with program(WORKER, stack.home) as process:
        told = Told(Processes({**servers, "worker": process.pid}))
        await each(told, "open", range(options.filings), lambda one: take_over(asker, one), options.slice)
        await asyncio.sleep(options.idle)
        told.tell(f"idle for {options.idle:.0f} s, cached", 0)
    with program(WORKER, stack.home) as process:
        told = Told(Processes({**servers, "worker": process.pid}))
        async with pool.acquire() as connection:
            due = await filings_due(connection, _PASSED, "acts", options.passed)
        await asyncio.sleep(options.idle)
        told.tell(f"idle for {options.idle:.0f} s, a new worker", 0)
        await each(told, "pass a day in", due, lambda one: pass_day(asker, one), options.slice)
        report = await reconcile(pool, client)
        told.tell(f"reconcile (ok: {report.ok}) of {options.filings}", 0)
        print(*report.differences[:5], sep="\n", end="\n" if report.differences else "", flush=True)
    async with pool.acquire() as connection:
        postgres = await connection.fetchval("SELECT pg_database_size(current_database())")
    temporal = sum(one.stat().st_size for one in stack.home.rglob("temporal*") if one.is_file())
    a_filing = options.filings * 1_024
    print(f"on disk, KiB a filing: Temporal {temporal / a_filing:.1f}, Postgres {postgres / a_filing:.1f}")
    await pool.close()


def main() -> None:
    """Prints the figures as they come."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--filings", type=int, default=5_000)
    parser.add_argument("--passed", type=int, default=1_000, help="in how many of them a day passes")
    parser.add_argument("--slice", type=int, default=500, help="filings between two lines")
    parser.add_argument("--idle", type=float, default=20, help="seconds in which nothing happens")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="open-licence-bench-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o711)  # root's Postgres runs as another user, who must get in
        stack = Stack(Path(folder))
        addresses = stack.start()
        try:
            import uvloop

            uvloop.run(run(options, stack, addresses))
        finally:
            stack.stop()


if __name__ == "__main__":
    main()
