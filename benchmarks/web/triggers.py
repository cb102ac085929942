"""What recording pays for the console's lists and statistics, which triggers keep (decisions 0215 and 0233).

    .venv/bin/python -m benchmarks.web.triggers         the stories of the tests, three ways in turn; four minutes

The same stories are told with all triggers, without those of the statistics, and without any but those that place a
filing (its region and age may not be missing). Nothing waits for the disk. Acts are recorded without Temporal, so that
Postgres does nothing else.
"""

import argparse
import asyncio
import statistics
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import asyncpg

from benchmarks.machine import Processes, machine
from benchmarks.record import size_of, tell_all, wait_for_no_disk
from database.migrate import migrate
from database.pool import open_pool
from runtime.postgres import DATABASE
from runtime.stack import Stack

Triggers = tuple[tuple[str, str], ...]
_OF_STATISTICS: Triggers = (
    *(("listings", "count_listing"), ("stated_terms", "count_terms")),
    *(("filings", "keep_terms_new"), ("filings", "keep_terms_changed")),
)
_OF_LISTS: Triggers = (
    *(("events", "count_act"), ("beneficiary_profiles", "move_filings"), ("filings", "move_below")),
    *(("filings", f"{what}_{when}") for what in ("keep_parties", "keep_listing") for when in ("new", "changed")),
    *(("filings", "count_new"), ("filings", "count_moved")),
)
WAYS: dict[str, Triggers] = {
    "with all triggers": (),
    "without those of the statistics": _OF_STATISTICS,
    "without any but those that place a filing": (*_OF_STATISTICS, *_OF_LISTS),
}


@asynccontextmanager
async def _without(stack: Stack, triggers: Triggers) -> AsyncIterator[None]:
    superuser = await asyncpg.connect(stack.postgres.url(database=DATABASE))
    try:
        for table, trigger in triggers:
            await superuser.execute(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}")
        yield
        for table, trigger in triggers:
            await superuser.execute(f"ALTER TABLE {table} ENABLE TRIGGER {trigger}")
    finally:
        await superuser.close()


async def _cost(stack: Stack, filings: int, seed: str) -> float:
    """Milliseconds of Postgres' processor per act."""
    url, processes = stack.postgres.url("engine"), Processes({"postgres": stack.postgres.process_id or 0})
    async with await open_pool(url, 1) as pool:
        before, spent = await size_of(pool), processes.cpu_seconds()["postgres"]
        await tell_all(url, seed, filings)
        after = await size_of(pool)
    return (processes.cpu_seconds()["postgres"] - spent) * 1_000 / (after.events - before.events)


async def run(stack: Stack, filings: int, rounds: int) -> None:
    """Each way in turn, after stories that nobody counts."""
    await migrate(stack.postgres.url("owner"))
    await wait_for_no_disk(stack)
    await tell_all(stack.postgres.url("engine"), "warm up", filings)
    found: dict[str, list[float]] = {way: [] for way in WAYS}
    for number in range(rounds):
        for way, triggers in WAYS.items():
            async with _without(stack, triggers):
                found[way].append(await _cost(stack, filings, f"{way} {number}"))
    for way, costs in found.items():
        each = ", ".join(f"{one:.2f}" for one in costs)
        print(f"{way}: {statistics.median(costs):.2f} ms of Postgres' processor per act ({each})")


def main() -> None:
    """Servers of its own, which are removed again."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--filings", type=int, default=600)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    print(machine())
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o711)  # root's Postgres runs as another user, who must get in
        stack = Stack(Path(folder) / "triggers")
        stack.postgres.start()
        try:
            asyncio.run(run(stack, options.filings, options.rounds))
        finally:
            stack.destroy()


if __name__ == "__main__":
    main()
