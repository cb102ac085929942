"""How long each list takes with a million filings, made by SQL in a server of their own that is removed again.

python -m benchmarks.lists [FILINGS]        1,000,000 by default; some minutes and 3 GB of disk
"""

import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

from benchmarks.machine import machine
from benchmarks.million import fill
from database.migrate import migrate
from database.pool import Pool, open_pool
from runtime.postgres import PostgresServer
from runtime.settings import ROOT
from tests.database.reads.test_plans import Read, lists, ways

_TIMES = 3
_ANSWERED_WITHIN = 60.0
_PARTY = UUID("c4ca4238-a0b9-2382-0dcc-509a6f75849b")  # md5 of '1'
SAMPLES = {
    "kind": "licence", "stage": "in_force", "party": _PARTY, "name": "理工大学", "title": "盾构机的转子",
    "role": "licensee", "patent_number": "202010000007.9", "declaration_number": "KF7", "by": date(2026, 12, 1),
    "legal_clock": "acts", "list_parties.kind": "organisation", "upcoming_until": date(2026, 12, 1),
    "limit": 200, "outcome": "refused",
}  # fmt: skip
"""What is asked for, by the name of the filter; of the others what the test of the plans asks for."""
COMMANDS = (
    ("--help",), ("list",), ("list", "--limit", "10000"), ("list", "--patent", "ZL202010000007.9"),
    ("list", "--title", "盾构机的转子"), ("tasks",), ("tasks", "--upcoming", "30"), ("findings",), ("party", "list"),
)  # fmt: skip


async def main() -> None:
    filings = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    print(f"{machine()}; load {os.getloadavg()[0]:.1f}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        server = PostgresServer(_reachable(folder) / "postgres")
        try:
            server.start()
            await migrate(server.url("owner"))
            began = time.perf_counter()
            await fill(server.url("owner"), filings)
            print(f"{filings} filings made in {time.perf_counter() - began:.0f} s\n", flush=True)
            async with await open_pool(server.url("engine"), 2) as pool:
                await _tell_queries(pool)
            _tell_commands(server.url("engine"))
        finally:
            server.destroy()


def _reachable(folder: str) -> Path:
    path = Path(folder)
    path.chmod(0o711)  # root's Postgres runs as another user, who must get in
    return path


async def _tell_queries(pool: Pool) -> None:
    print("| list | filters | rows | ms |\n|---|---|---|---|")
    for read in lists():
        for way in _ways(read):
            taken = []
            async with pool.acquire() as connection:
                for _ in range(_TIMES):
                    began = time.perf_counter()
                    found = await asyncio.wait_for(read(connection, **way), _ANSWERED_WITHIN)
                    taken.append((time.perf_counter() - began) * 1000)
            filters = ", ".join(name for name in way if name != "limit") or "-"
            rows = found if isinstance(found, int) else len(found)
            print(f"| `{read.__name__}` | {filters} | {rows} | {statistics.median(taken):.1f} |", flush=True)


def _ways(read: Read) -> Iterator[dict[str, object]]:
    """Without filters and with each alone; all at once find nothing here."""
    asked = list(ways(read))
    for way in asked if len(asked) < 3 else asked[:-1]:
        yield {name: SAMPLES.get(f"{read.__name__}.{name}", SAMPLES.get(name, value)) for name, value in way.items()}


def _tell_commands(url: str) -> None:
    print("\n| command | s | CPU s |\n|---|---|---|")
    for command in COMMANDS:
        taken = []
        for _ in range(_TIMES):
            began, before = time.perf_counter(), os.times()
            subprocess.run(
                [sys.executable, "starter.py", *command],
                cwd=ROOT,
                env={**os.environ, "DATABASE_URL": url, "COLUMNS": "120"},
                stdout=subprocess.DEVNULL,
                check=True,
            )
            after = os.times()
            used = after.children_user + after.children_system - before.children_user - before.children_system
            taken.append((time.perf_counter() - began, used))
        seconds, processor = (statistics.median(one) for one in zip(*taken, strict=True))
        print(f"| `{' '.join(command)}` | {seconds:.2f} | {processor:.2f} |", flush=True)


if __name__ == "__main__":
    asyncio.run(main())
