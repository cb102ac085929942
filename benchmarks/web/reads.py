"""What the console's reads cost with a million filings, made by SQL in a server of their own.

python -m benchmarks.web.reads [FILINGS [FOLDER]]   1,000,000 by default; in FOLDER they are made once and kept

Milliseconds as the console waits for them, with every round trip; and beside them what the database's processor took,
which is the same on a busy machine.
"""

import asyncio
import os
import random
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from benchmarks.machine import machine
from benchmarks.million import fill
from database.bulletin.asked import Asked
from database.bulletin.pages import Place
from database.bulletin.search import counted, facets, search
from database.console.mine import Narrowed, counted_of, mine
from database.console.whose import Whose, may_see
from database.dashboard.counts import ageing, standing, throughput
from database.dashboard.risks import due_within, open_tasks, stuck
from database.migrate import migrate
from database.pool import Connection, open_pool
from runtime.postgres import PostgresServer

GOAL_MS = 150
"""At p95 (issue: the console and the API)."""
_TIMES, _WARM = 60, 5
_TODAY, _NOW = date(2026, 11, 30), datetime(2026, 11, 30, 4, tzinfo=UTC)
_FORMS = ("free", "running", "lump_sum", "entry_plus_running")
_STAGES = (
    *(("declaration", stage) for stage in ("in_force", "returned", "submitted", "withdrawn", "withdrawal_filed")),
    ("licence", "effective"),
    ("licence", "awaiting_payment"),
)
Ask = Callable[[Connection], Awaitable[Any]]


@dataclass
class Samples:
    """What people ask for: taken from what is there, by chance, the same in every run."""

    chance: random.Random
    titles: list[str]
    patentees: list[str]
    regions: list[str]
    classes: list[str]
    numbers: list[str]
    filings: list[UUID]
    parties: list[tuple[UUID, Any]]
    platforms: list[str]

    def part(self, length: int) -> str:
        """So many characters of a title."""
        while True:
            title = self.chance.choice(self.titles)
            place = self.chance.randrange(max(1, len(title) - length + 1))
            if len(found := title[place : place + length]) == length and found.isalnum():
                return found

    def theirs(self) -> Whose:
        """One of the largest parties, or any."""
        largest = self.parties[:20] if self.chance.random() < 0.5 else self.parties
        party_id, name = self.chance.choice(largest)
        return Whose(name, party_id)

    def narrowed(self) -> Narrowed:
        """Some filters at once, or none."""
        kind, stage = self.chance.choice(_STAGES)
        return Narrowed(
            kind=self.chance.choice([None, kind]),
            stage=self.chance.choice([None, stage]),
            region=self.chance.choice([None, self.chance.choice(self.regions)]),
            due_on=self.chance.choice([None, date(2026, 12, 10), date(2027, 6, 1)]),
        )


async def _samples(connection: Connection) -> Samples:
    rows = await connection.fetch(
        """SELECT title, patentees, region, classification, patent_number, declaration_id FROM listings
           WHERE status = 'offered' ORDER BY sha256(uuid_send(declaration_id)) LIMIT 500"""
    )
    parties = await connection.fetch(
        """SELECT party_id, relation FROM filing_parties GROUP BY 1, 2 ORDER BY count(*) DESC, party_id, relation"""
    )
    platforms = await connection.fetch("SELECT DISTINCT platform FROM filing_counts WHERE platform <> '' ORDER BY 1")
    return Samples(
        random.Random(7),
        titles=[row["title"] for row in rows],
        patentees=[row["patentees"] for row in rows],
        regions=[row["region"] for row in rows],
        classes=[row["classification"] for row in rows],
        numbers=[row["patent_number"] for row in rows],
        filings=[row["declaration_id"] for row in rows],
        parties=[(row["party_id"], row["relation"]) for row in parties],
        platforms=[row["platform"] for row in platforms],
    )


def _searches(of: Samples) -> Iterator[tuple[str, Callable[[], Ask]]]:
    some, pick = of.chance.randrange, of.chance.choice

    def asking(read: Callable[..., Awaitable[Any]], make: Callable[[], Asked]) -> Callable[[], Ask]:
        def ask() -> Ask:
            asked = make()
            return lambda connection: read(connection, asked)

        return ask

    def at_a_place() -> Ask:
        place = Place(date.fromordinal(date(2021, 6, 1).toordinal() + some(2_000)), pick(of.filings))
        asked, back = Asked(text=pick([None, of.part(2), of.part(3)])), of.chance.random() < 0.5
        return lambda connection: search(connection, asked, place=place, direction="newer" if back else "older")

    def filtered() -> Asked:
        return Asked(
            region=pick(of.regions), price_form=pick([None, *_FORMS]), classification=pick([None, pick(of.classes)[:4]])
        )

    def of_length(length: int) -> Callable[[], Asked]:
        return lambda: Asked(text=of.part(length))

    for length in (2, 3, 4, 6):
        yield f"search, {length} characters", asking(search, of_length(length))
    yield "search, two words", asking(search, lambda: Asked(text=f"{of.part(2)} {of.part(2)}"))
    yield "search, what nobody has", asking(search, lambda: Asked(text=of.part(2) + of.part(2)))
    yield (
        "search, text, region and price",
        asking(search, lambda: Asked(text=of.part(3), region=pick(of.regions), price_form=pick(_FORMS))),
    )
    yield "search, patentee", asking(search, lambda: Asked(patentee=pick(of.patentees)[: pick([2, 3, 4, 20])]))
    yield (
        "search, number or its beginning",
        asking(search, lambda: Asked(text="ZL" + pick(of.numbers)[: pick([8, 10, 14])])),
    )
    yield "search, class", asking(search, lambda: Asked(classification=pick(of.classes)[: pick([1, 3, 4, 6])]))
    yield "search, region, price, class", asking(search, filtered)
    yield "search, a page somewhere, both ways", at_a_place
    for length in (2, 3):
        yield f"count to 1,000, {length} characters", asking(counted, of_length(length))
        yield f"facets of 2,000, {length} characters", asking(facets, of_length(length))
    yield "count to 1,000, filters", asking(counted, filtered)
    yield "facets of 2,000, filters", asking(facets, filtered)
    yield "facets of 2,000, nothing asked", asking(facets, Asked)


def _lists(of: Samples) -> Iterator[tuple[str, Callable[[], Ask]]]:
    pick = of.chance.choice

    def listing(
        read: Callable[..., Awaitable[Any]], whose: Callable[[], Whose], make: Callable[[], Narrowed]
    ) -> Callable[[], Ask]:
        def ask() -> Ask:
            one, narrowed = whose(), make()
            return lambda connection: read(connection, [one], narrowed)

        return ask

    def text() -> Narrowed:
        return Narrowed(text=of.part(pick([2, 3, 4])), kind=pick([None, "licence"]))

    for name, whose in (
        ("a party's", of.theirs),
        ("a platform's", lambda: Whose("platform", pick(of.platforms))),
        ("all", lambda: Whose("all")),
    ):
        yield f"{name} filings", listing(mine, whose, Narrowed)
        yield f"{name} filings, narrowed", listing(mine, whose, of.narrowed)
        yield f"{name} filings, by text", listing(mine, whose, text)
        yield f"{name} filings, counted to 1,000", listing(counted_of, whose, of.narrowed)
    yield (
        "all filings of a patent",
        listing(mine, lambda: Whose("all"), lambda: Narrowed(patent_number=pick(of.numbers))),
    )
    yield "may one see it", lambda: _see(pick(of.filings), [of.theirs(), Whose("platform", pick(of.platforms))])


def _see(filing_id: UUID, whose: list[Whose]) -> Ask:
    return lambda connection: may_see(connection, filing_id, whose)


def _dashboard() -> Iterator[tuple[str, Callable[[], Ask]]]:
    reads: tuple[tuple[str, Ask], ...] = (
        ("standing by stage", standing),
        ("standing by region and platform", lambda connection: standing(connection, ("region", "platform"))),
        ("ageing", lambda connection: ageing(connection, _TODAY)),
        ("throughput, 30 days", lambda connection: throughput(connection, _TODAY)),
        ("due within 30 days", lambda connection: due_within(connection, _TODAY, 30)),
        ("open tasks by role", lambda connection: open_tasks(connection, _TODAY)),
        ("stuck filings", lambda connection: stuck(connection, _NOW)),
    )
    for name, read in reads:
        yield f"dashboard: {name}", partial(_same, read)


def _same(read: Ask) -> Ask:
    return read


async def _tell(url: str) -> None:
    async with await open_pool(url, 1) as pool, pool.acquire() as connection:
        of = await _samples(connection)
        ran_for = Path(f"/proc/{connection.get_server_pid()}/schedstat")
        print("| read | p50 | p95 | p99 | goal at p95 | CPU p50 | CPU p95 |\n|---|---|---|---|---|---|---|")
        for name, make in (*_searches(of), *_lists(of), *_dashboard()):
            taken, used = list[float](), list[float]()
            for ask in [make() for _ in range(_WARM + _TIMES)]:
                began, before = time.perf_counter(), _nanoseconds(ran_for)
                await ask(connection)
                taken.append((time.perf_counter() - began) * 1_000)
                used.append((_nanoseconds(ran_for) - before) / 1_000_000)
            half, most, nearly = _at(taken, 50, 95, 99)
            processor, most_processor = _at(used, 50, 95)
            met = "met" if most < GOAL_MS else "**missed**"
            print(
                f"| {name} | {half:.1f} | {most:.1f} | {nearly:.1f} | {met} | {processor:.1f} | {most_processor:.1f} |",
                flush=True,
            )


def _nanoseconds(ran_for: Path) -> int:
    """How long a process of the database has run on a processor."""
    return int(ran_for.read_text(encoding="ascii").split()[0])


def _at(measured: list[float], *parts: int) -> list[float]:
    """So many per cent of what was measured after the warming up are at most that."""
    warm = sorted(measured[_WARM:])
    return [warm[len(warm) * part // 100] for part in parts]


async def _reads(filings: int, folder: Path | None) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        home = folder or Path(temporary)
        home.mkdir(parents=True, exist_ok=True)
        home.chmod(0o711)  # root's Postgres runs as another user, who must get in
        server = PostgresServer(home / "postgres")
        is_made = (home / "made").exists()
        try:
            server.start()
            if not is_made:
                await migrate(server.url("owner"))
                began = time.perf_counter()
                await fill(server.url("owner"), filings)
                print(f"{filings} filings made in {time.perf_counter() - began:.0f} s")
                (home / "made").touch()
            print(f"{machine()}; load {os.getloadavg()[0]:.1f}\n", flush=True)
            await _tell(server.url("engine"))
            print(f"\nload {os.getloadavg()[0]:.1f}")
        finally:
            if folder is None:
                server.destroy()
            else:
                server.stop()


def main() -> None:
    """See the module."""
    filings = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    asyncio.run(_reads(filings, Path(sys.argv[2]) if len(sys.argv) > 2 else None))


if __name__ == "__main__":
    main()
