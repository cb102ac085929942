"""What audits find, and how fast. Each part has servers of its own, which are removed again.

python -m benchmarks.audit tamper [--runs 1000] [--seed 1]     tamperings by a superuser that audit verify finds
python -m benchmarks.audit replay [--histories 1000 20000]     stored histories, beside Temporal's own replayer
python -m benchmarks.audit verify|recompute|conform|reconcile|proofs|all [--filings 1000 20000]
                                                               the audits over a record of so many filings
"""

import argparse
import asyncio
import os
import random
import tempfile
import time
from collections import Counter
from pathlib import Path

from benchmarks.machine import machine
from benchmarks.parts import HEADING, PARTS, measured
from benchmarks.record import sealed, told
from benchmarks.stored import replay
from database.migrate import migrate
from runtime.postgres import DATABASE
from runtime.settings import Settings
from runtime.stack import Stack
from tests.audit.sealed import record_of
from tests.audit.tampering.all_kinds import FILES, WAYS, is_found, tried
from tests.audit.tampering.kind import NothingToDo
from tests.conftest import Database
from tests.lives.all_stories import STORIES

EACH = 4
"""Every so manieth story is told: their shapes are what counts, not how many there are."""


async def tamper(stack: Stack, runs: int, seed: int) -> int:
    """Tells stories, seals after each of them, and tampers that often by chance; how many were not found."""
    postgres = stack.postgres
    urls = (postgres.url("engine"), postgres.url("owner"), postgres.url("auditor"), postgres.url(database=DATABASE))
    database = Database(DATABASE, *urls)
    await migrate(database.owner)
    async with record_of(database, stack.home) as record:
        for story in list(STORIES.values())[::EACH]:
            await record.tell(story)
            await record.seal()
        await record.add_rows()
        size = (await record.seal()).checkpoint
        untouched = await record.verify()
        print(f"untouched: {dict(sorted(untouched.counts.items()))}, {len(untouched.differences)} differences")
        ways, done, began = sorted((*WAYS, *FILES)), Counter[str](), time.monotonic()
        missed = []
        while done.total() < runs:
            way, chance = ways[done.total() % len(ways)], random.Random(f"{seed} {done.total()}")
            try:
                place, report = await tried(record, way, chance)
            except NothingToDo:
                ways.remove(way)
                continue
            done[way] += 1
            if not is_found(place, report):
                missed.append((done.total(), way, place, [one.where for one in report.differences][:5]))
        seconds = time.monotonic() - began
        for way in ways:
            print(f"{done[way]:5} {way.replace('_', ' ')}")
        print(*missed, sep="\n")
        found = done.total() - len(missed)
        each = f"{seconds / done.total():.2f} s each, log of {size and size.size} entries"
        print(f"{found} of {done.total()} found and located, {each}")
        print(f"after them: {len((await record.verify()).differences)} differences; {machine()}")
        return len(missed)


async def read_by(stack: Stack, parts: list[str], sizes: list[int]) -> int:
    """The parts over a record of each size, the smaller first; how many differences they found, and should not have."""
    await migrate(stack.postgres.url("owner"))
    print(f"{machine()}; load {os.getloadavg()[0]:.1f}", HEADING, sep="\n\n", flush=True)
    differences = 0
    for filings in sorted(sizes):
        size = await told(stack, filings)
        await sealed(stack, Settings(var=stack.home))
        for part in parts:
            cost = measured(stack, part)
            print(cost.row(part, PARTS[part][0], size.filings), flush=True)
            differences += cost.differences
    print(f"{differences} differences; load {os.getloadavg()[0]:.1f}")
    return differences


def main() -> int:
    """0 only if everything was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parts = parser.add_subparsers(dest="part", required=True)
    tampering = parts.add_parser("tamper")
    tampering.add_argument("--runs", type=int, default=1_000)
    tampering.add_argument("--seed", type=int, default=1)
    replaying = parts.add_parser("replay")
    replaying.add_argument("--histories", type=int, nargs="+", default=[1_000])
    for part in (*PARTS, "all"):
        parts.add_parser(part).add_argument("--filings", type=int, nargs="+", default=[1_000, 20_000])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="open-licence-bench-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o711)  # root's Postgres runs as another user, who must get in
        stack = Stack(Path(folder))
        try:
            if options.part == "replay":
                return 1 if asyncio.run(replay(stack, options.histories)) else 0
            stack.postgres.start()
            if options.part == "tamper":
                return 1 if asyncio.run(tamper(stack, options.runs, options.seed)) else 0
            names = list(PARTS) if options.part == "all" else [options.part]
            return 1 if asyncio.run(read_by(stack, names, options.filings)) else 0
        finally:
            stack.destroy()


if __name__ == "__main__":
    raise SystemExit(main())
