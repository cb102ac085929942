"""Two hundred people who read beside twenty who file, each at his own pace: errors, times and memory.

    .venv/bin/python -m benchmarks.web.load                      five minutes after one of warming up
    .venv/bin/python -m benchmarks.web.load --seconds 60 --readers 200 --filers 20 --offers 300

A reader opens a page every five seconds, a filer sends a whole declaration every ten. Half of the readers are the
public (bulletin, searches, offers), half are signed in (lists, filings, tasks, drafts). Times are what a browser waits,
so what this program itself takes of the machine is in them.
"""

import argparse
import asyncio
import json
import random
import statistics
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from httpx2 import AsyncClient, HTTPError

from benchmarks.life import SharedWorld
from benchmarks.machine import machine
from benchmarks.web.served import Person, Served, serving, submitted
from cli.demo.filings.declaration import Declaration
from cli.demo.filings.filing import tell
from runtime.leave import leave
from schemas.values.actor import Role

READ_EVERY, FILE_EVERY = 5.0, 10.0
GOAL_P95_MS, GOAL_GROWTH = 300.0, 0.05
"""Memory is flat where the last fifth of the run needs at most so much more than the first."""
_FIRST = 4_000_000
_SEARCHES = ("装置", "电池", "一种用于", "测试的装置", "2019")
_SAMPLE_EVERY = 2.0


@dataclass
class Seen:
    """What came back: seconds by kind of page, and what was no answer."""

    reads: dict[str, list[float]] = field(default_factory=dict)
    acts: list[float] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)
    memory: dict[str, list[float]] = field(default_factory=lambda: {"console": [], "worker": []})

    def clear(self) -> None:
        """After warming up."""
        self.reads, self.acts, self.errors = {}, [], Counter()
        self.memory = {role: [] for role in self.memory}


Pages = dict[str, Callable[[], str]]


def public_pages(chance: random.Random, filings: Sequence[UUID]) -> Pages:
    """What anybody opens."""
    return {
        "bulletin": lambda: "/offers",
        "search": lambda: f"/offers?q={chance.choice(_SEARCHES)}",
        "offer": lambda: f"/offers/{chance.choice(filings)}",
    }


def licensor_pages(chance: random.Random, filings: Sequence[UUID]) -> Pages:
    """What a licensor opens."""
    return {
        "filings": lambda: "/filings",
        "filing": lambda: f"/filings/{chance.choice(filings)}",
        "tasks": lambda: "/tasks",
        "drafts": lambda: "/declare",
    }


async def paced(every: float, until: float, chance: random.Random, one: Callable[[], Awaitable[None]]) -> None:
    """Does it again and again, begun anywhere within the first pause; what takes longer is not made up for."""
    due = time.monotonic() + chance.random() * every
    while due < until:
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        await one()
        due = max(due + every, time.monotonic())


async def reader(
    browser: AsyncClient, seen: Seen, until: float, chance: random.Random, pages: Pages, person: Person | None
) -> None:
    """One person with a browser."""
    headers = person.headers if person else {}

    async def one() -> None:
        what = chance.choice(list(pages))
        began = time.monotonic()
        try:
            answer = await browser.get(pages[what](), headers=headers)
        except HTTPError as error:
            seen.errors[f"{what}: {type(error).__name__}"] += 1
            return
        if answer.status_code != 200:
            seen.errors[f"{what}: {answer.status_code}"] += 1
        seen.reads.setdefault(what, []).append(time.monotonic() - began)

    await paced(READ_EVERY, until, chance, one)


async def filer(
    browser: AsyncClient, seen: Seen, until: float, chance: random.Random, person: Person, drafts: list[UUID]
) -> None:
    """One person who files what was drafted."""

    async def one() -> None:
        began = time.monotonic()
        try:
            await submitted(browser, person, drafts.pop())
        except (HTTPError, AssertionError) as error:
            seen.errors[f"act: {error}"[:200]] += 1
            return
        seen.acts.append(time.monotonic() - began)

    await paced(FILE_EVERY, until, chance, one)


async def watch(served: Served, seen: Seen, until: float) -> None:
    """Memory of console and worker, in MiB."""
    while time.monotonic() < until:
        for role, sizes in seen.memory.items():
            sizes.append(served.processes.resident_mib(role))
        await asyncio.sleep(_SAMPLE_EVERY)


async def announced(served: Served, seeds: Sequence[str]) -> list[UUID]:
    """Offers in force, twenty at a time."""
    left = iter(seeds)

    async def one_after_another() -> None:
        for seed in left:
            declaration = Declaration(SharedWorld(seed))
            await tell(lambda filing, act: served.asker.ask(filing.kind, act), declaration, *declaration.announced())

    await asyncio.gather(*(one_after_another() for _ in range(20)))
    return [Declaration(SharedWorld(seed)).filing_id for seed in seeds]


async def run(options: argparse.Namespace) -> dict[str, object]:
    """Warms up, loads, and tells."""
    whole = options.warm_up + options.seconds
    acts = int(options.filers * (whole / FILE_EVERY + 2))
    seeds = [f"web-{_FIRST + number}" for number in range(options.offers + acts)]
    async with serving(seeds) as served, served.browser() as browser:
        filings = await announced(served, seeds[: options.offers])
        unit = SharedWorld(seeds[0]).party("unit")
        filing_one = await served.sign_in(Role.LICENSOR, unit)
        drafts = await served.drafts(filing_one, seeds[options.offers :])
        # A session each: what is looked up and written for one is not shared by all.
        people = [await served.again(filing_one) for _ in range(options.readers // 2)]
        seen, began = Seen(), time.monotonic()
        until = began + whole
        tasks = [asyncio.create_task(watch(served, seen, until))]
        for number in range(options.readers):
            chance = random.Random(number)
            person = people[number // 2] if number % 2 and number // 2 < len(people) else None
            pages = licensor_pages(chance, filings) if person else public_pages(chance, filings)
            tasks.append(asyncio.create_task(reader(browser, seen, until, chance, pages, person)))
        tasks += [
            asyncio.create_task(filer(browser, seen, until, random.Random(-number), filing_one, drafts))
            for number in range(1, options.filers + 1)
        ]
        await asyncio.sleep(options.warm_up)
        before = served.processes.cpu_seconds()
        if seen.errors:
            print(f"while warming up: {dict(seen.errors)}", flush=True)
        seen.clear()
        await asyncio.gather(*tasks)
        after = served.processes.cpu_seconds()
        return summary(seen, {role: (after[role] - before[role]) / options.seconds for role in after})


def summary(seen: Seen, cores: dict[str, float]) -> dict[str, object]:
    """Everything in milliseconds and MiB; ``cores``: how much of one each program used."""
    reads = [one for times in seen.reads.values() for one in times]
    growth = {role: _growth(sizes) for role, sizes in seen.memory.items()}
    p95 = _p95(reads)
    return {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": machine(),
        "reads": len(reads),
        "acts": len(seen.acts),
        "errors": dict(seen.errors),
        "reads_p50_ms": round(statistics.median(reads) * 1_000, 1),
        "reads_p95_ms": p95,
        "by_page_p95_ms": {what: _p95(times) for what, times in sorted(seen.reads.items())},
        "acts_p95_ms": _p95(seen.acts),
        "cores": {role: round(value, 2) for role, value in cores.items()},
        "memory_mib": {role: [round(min(sizes)), round(max(sizes))] for role, sizes in seen.memory.items()},
        "memory_growth": {role: round(value, 3) for role, value in growth.items()},
        "met": not seen.errors and p95 < GOAL_P95_MS and growth["console"] < GOAL_GROWTH,
    }


def _p95(times: Sequence[float]) -> float:
    return round(statistics.quantiles(times, n=20)[18] * 1_000, 1) if len(times) > 1 else 0.0


def _growth(sizes: Sequence[float]) -> float:
    """How much more the last fifth needs than the first, as a share."""
    fifth = max(1, len(sizes) // 5)
    return statistics.mean(sizes[-fifth:]) / statistics.mean(sizes[:fifth]) - 1


def main() -> int:
    """Prints the figures; 1 where a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--warm-up", type=float, default=60)
    parser.add_argument("--readers", type=int, default=200)
    parser.add_argument("--filers", type=int, default=20)
    parser.add_argument("--offers", type=int, default=300, help="in force before it begins")
    parser.add_argument("--out", type=Path, help="write the figures there as JSON")
    options = parser.parse_args()
    import uvloop

    figures = uvloop.run(run(options))
    print(json.dumps(figures, ensure_ascii=False, indent=2))
    if options.out:
        options.out.write_text(json.dumps(figures, ensure_ascii=False, indent=2) + "\n")
    return 0 if figures["met"] else 1


if __name__ == "__main__":
    leave(main())
