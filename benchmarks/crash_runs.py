"""Ten thousand payment orders through random crashes of whoever records them; none may be written twice.

.venv/bin/python -m benchmarks.crash_runs --runs 10000 --seed 1
"""

import argparse
import tempfile
import time
from pathlib import Path

import uvloop

from database.migrate import migrate
from database.pool import open_pool
from runtime.leave import leave
from runtime.stack import Stack
from tests.faults.crash_runs import MEMBERS, crash_runs


async def run(stack: Stack, runs: int, seed: int) -> None:
    """Prints how many orders were written and where the recorder died."""
    addresses = stack.start()
    await migrate(addresses.for_migrations())
    pool, began = await open_pool(addresses.database_url, 4), time.monotonic()
    done, crashes = await crash_runs(pool, seed, -(-runs // MEMBERS))
    await pool.close()
    print(f"{done} orders, each written once; crashes {dict(crashes)}; {time.monotonic() - began:.0f} s")


def main() -> int:
    """On servers of its own, which are removed afterwards."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="open-licence-crash-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o711)  # root's Postgres runs as another user, who must get in
        stack = Stack(Path(folder))
        try:
            uvloop.run(run(stack, options.runs, options.seed))
        finally:
            stack.stop()
    return 0


if __name__ == "__main__":
    leave(main())
