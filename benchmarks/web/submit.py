"""The same act through HTTP and through the command line's client, in turn and in one run: what it costs besides.

    .venv/bin/python -m benchmarks.web.submit                   four rounds of a hundred acts each way; two minutes

HTTP is the console's last page of a declaration: session, draft, form, act, receipt's address. The other way is
``client/ask.py``, which every program of ours asks by. The browser of this program is not counted: nobody serves it.
"""

import argparse
import asyncio
import json
import statistics
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from benchmarks.life import SharedWorld
from benchmarks.machine import machine
from benchmarks.web.served import Served, serving, submitted
from cli.demo.filings.declaration import Declaration
from client.today import today
from runtime.leave import leave
from schemas.acts.act import Act, FilingKind
from schemas.values.actor import Role

GOAL = 1.5
_FIRST, _WARM_UP = 3_000_000, 30
Cost = dict[str, float]
One = Callable[[], Awaitable[None]]


async def measured(served: Served, acts: Sequence[One], at_once: int) -> Cost:
    """Milliseconds: ``p50`` of one act, and of processor per act by role."""
    timed: list[float] = []
    left = iter(acts)

    async def one_after_another() -> None:
        for one in left:
            began = time.monotonic()
            await one()
            timed.append(time.monotonic() - began)

    before = served.processes.cpu_seconds()
    await asyncio.gather(*(one_after_another() for _ in range(at_once)))
    after = served.processes.cpu_seconds()
    cpu = {role: (after[role] - before[role]) * 1_000 / len(timed) for role in after}
    return {"p50": statistics.median(timed) * 1_000, **cpu}


async def run(options: argparse.Namespace) -> dict[str, object]:
    """Every round, printed as it comes."""
    acts, rounds = options.acts, options.rounds
    seeds = [f"web-{_FIRST + number}" for number in range(2 * acts * rounds + 2 * _WARM_UP)]
    async with serving(seeds) as served, served.browser() as browser:
        unit = SharedWorld(seeds[0]).party("unit")
        person = await served.sign_in(Role.LICENSOR, unit)
        drafts = iter(await served.drafts(person, seeds[: acts * rounds + _WARM_UP]))
        others = iter(seeds[acts * rounds + _WARM_UP :])

        def through_http(number: int) -> list[One]:
            return [partial(submitted, browser, person, next(drafts)) for _ in range(number)]

        def through_client(number: int) -> list[One]:
            made = [Declaration(SharedWorld(next(others))).submit(on=today()) for _ in range(number)]
            return [partial(_asked, served, act) for act in made]

        await measured(served, through_http(_WARM_UP), 2)
        await measured(served, through_client(_WARM_UP), 2)
        found: list[dict[str, Cost]] = []
        for number in range(rounds):
            ways = {"http": through_http(acts), "client": through_client(acts)}
            order = list(ways) if number % 2 else list(reversed(ways))
            one = {way: await measured(served, ways[way], options.at_once) for way in order}
            found.append(one)
            print(json.dumps({way: {role: round(value, 2) for role, value in one[way].items()} for way in ways}))
    return summary(found, options.at_once)


async def _asked(served: Served, act: Act) -> None:
    await served.asker.ask(FilingKind.DECLARATION, act)


def summary(rounds: Sequence[dict[str, Cost]], at_once: int) -> dict[str, object]:
    """The ratios of each round and their medians; what asked by the client's way pays for its own process."""
    wall = [one["http"]["p50"] / one["client"]["p50"] for one in rounds]
    cpu = [_cpu(one["http"], "client") / _cpu(one["client"], "console") for one in rounds]
    return {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": machine(),
        "at_once": at_once,
        "wall_ratio": round(statistics.median(wall), 2),
        "cpu_ratio": round(statistics.median(cpu), 2),
        "goal": GOAL,
        "met": max(statistics.median(wall), statistics.median(cpu)) < GOAL,
        "medians": {
            way: {name: round(statistics.median(one[way][name] for one in rounds), 2) for name in rounds[0][way]}
            for way in ("http", "client")
        },
    }


def _cpu(cost: Cost, not_counted: str) -> float:
    return sum(value for role, value in cost.items() if role not in ("p50", not_counted))


def main() -> int:
    """Prints the figures; 1 where the goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--acts", type=int, default=100, help="acts of a round each way")
    parser.add_argument("--at-once", type=int, default=1)
    parser.add_argument("--out", type=Path, help="write the figures there as JSON")
    options = parser.parse_args()
    import uvloop

    figures = uvloop.run(run(options))
    print(json.dumps(figures, indent=2))
    if options.out:
        options.out.write_text(json.dumps(figures, ensure_ascii=False, indent=2) + "\n")
    return 0 if figures["met"] else 1


if __name__ == "__main__":
    leave(main())
