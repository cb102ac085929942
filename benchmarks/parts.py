"""The audits of a sealed record, each in a process of its own, so that its memory is its own: ``benchmarks.audit``."""

import asyncio
import os
import random
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from audit.conform import conform_filings
from audit.recompute import recompute_filings
from audit.reconcile import reconcile
from audit.sealing.folder import LogFolder
from audit.sealing.proving import consistency_since, proof_of_entry, published
from audit.transparency.proofs import see_proof
from audit.verify.everything import verifier_known, verify
from benchmarks.machine import Processes
from database.evidence.log import entries_from
from database.pool import Pool, open_pool
from runtime.settings import Settings
from runtime.stack import Stack

_PROOFS, _CONSISTENCIES = 1_000, 200


@dataclass(frozen=True)
class Cost:
    """``done``: of what the part counts; seconds of processor here and in Postgres, and on the clock; MiB at most."""

    done: int
    differences: int
    here: float
    postgres: float
    clock: float
    memory: float

    def row(self, part: str, what: str, filings: int) -> str:
        """A line of the table that is printed."""
        pace = self.done / self.here
        spent = f"{self.here:.1f} | {self.postgres:.1f} | {self.clock:.1f}"
        return f"| {part} | {filings:,} | {self.done:,} {what} | {pace:,.0f} | {spent} | {self.memory:.0f} |"


HEADING = """| part | filings | done | a cpu-second here | cpu s here | cpu s of Postgres | clock s | MiB at most |
|---|---|---|---|---|---|---|---|"""


async def _verify(pool: Pool, settings: Settings) -> tuple[int, int]:
    report = await verify(pool, settings)
    return report.counts["events"], len(report.differences)


async def _recompute(pool: Pool, settings: Settings) -> tuple[int, int]:
    del settings
    report = await recompute_filings(pool)
    return report.counts["determinations"], len(report.differences)


async def _conform(pool: Pool, settings: Settings) -> tuple[int, int]:
    del settings
    found = await conform_filings(pool)
    return found.counts["events"], len(found.deviations)


async def _reconcile(pool: Pool, settings: Settings) -> tuple[int, int]:
    del settings
    report = await reconcile(pool, None)
    return report.counts["events"], len(report.differences)


async def _proofs(pool: Pool, settings: Settings) -> tuple[int, int]:
    """Made from the published files, and seen."""
    verifier, folder, chance = verifier_known(settings), LogFolder(settings.log_folder), random.Random(1)
    assert verifier is not None  # the record is sealed
    size = published(folder, verifier).size
    async with pool.acquire() as connection:
        for _ in range(_PROOFS):
            at = chance.randrange(size)
            (entry,) = [one async for one in entries_from(connection, at, at + 1)]
            proof = await proof_of_entry(folder, published(folder, verifier), entry)
            see_proof(proof, proof.extra, verifier)
    for _ in range(_CONSISTENCIES):
        await consistency_since(folder, verifier, chance.randrange(size) + 1)
    return _PROOFS + _CONSISTENCIES, 0


Part = Callable[[Pool, Settings], Awaitable[tuple[int, int]]]
PARTS: dict[str, tuple[str, Part]] = {
    "verify": ("events", _verify),
    "recompute": ("determinations", _recompute),
    "conform": ("events", _conform),
    "reconcile": ("events", _reconcile),
    "proofs": ("proofs", _proofs),
}
"""Name -> what it counts, and what it does."""


def measured(stack: Stack, part: str) -> Cost:
    """One part in a new process, as the auditor, who can only read."""
    server = stack.postgres.process_id
    assert server is not None  # whoever asks has started it
    with ProcessPoolExecutor(1, get_context("spawn")) as one:
        return one.submit(_measure, part, stack.postgres.url("auditor"), stack.home, server).result()


def _measure(part: str, url: str, home: Path, server: int) -> Cost:
    return asyncio.run(_measured(part, url, Settings(var=home), Processes({"postgres": server})))


async def _measured(part: str, url: str, settings: Settings, servers: Processes) -> Cost:
    async with await open_pool(url, 2) as pool:
        before, began, at = servers.cpu_seconds()["postgres"], time.process_time(), time.monotonic()
        done, differences = await PARTS[part][1](pool, settings)
        here, clock = time.process_time() - began, time.monotonic() - at
        # Read before the pool is closed: a server process that has ended is counted by its parent, but later.
        postgres = servers.cpu_seconds()["postgres"] - before
    return Cost(done, differences, here, postgres, clock, _most_resident())


def _most_resident() -> float:
    """Of this process alone: ``getrusage`` also tells what its parent had when it was started."""
    lines = Path(f"/proc/{os.getpid()}/status").read_text().splitlines()
    (kib,) = [line.split()[1] for line in lines if line.startswith("VmHWM")]
    return int(kib) / 1024
