"""A declaration and its licence live as long as the patent; every day that matters comes exactly once."""

from collections import Counter
from datetime import date, timedelta
from uuid import UUID

from cli.demo.filings.days import GRANTED_ON
from cli.demo.filings.filing import Filing, tell
from database.pool import Pool
from database.reads.read_model import tasks_of
from schemas.statements.royalty import UntilPatentEnds
from tests.faults.proofs import prove, stage_of
from tests.lives.declarations import RUNNING, DeclarationLife
from tests.lives.desk import Desk
from tests.lives.licences import LicenceLife
from tests.lives.life import Life
from tests.lives.world import World

FROM = GRANTED_ON + timedelta(days=14)
LAST_DAY = date(2039, 1, 22)
"""The day before the twentieth anniversary of the filing."""


class Almanac:
    """Passes every due day, and counts how often each task was opened."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.opened: Counter[tuple[UUID, str]] = Counter()
        self.passed: Counter[tuple[UUID, date]] = Counter()
        self._open: dict[UUID, set[str]] = {}

    async def pass_all(self) -> None:
        while (due := await self._earliest()) is not None:
            life, on = due
            assert isinstance(life, Life)
            await self._desk.ask(life, life.pass_day(on))
            self.passed[life.filing_id, on] += 1
            await self._desk.tell_all()
            for one in self._desk.filings:
                await self._look(one)

    async def _earliest(self) -> tuple[Filing, date] | None:
        row = await self._desk.pool.fetchrow(
            "SELECT filing_id, due_by FROM filings WHERE due_by IS NOT NULL ORDER BY due_by, kind LIMIT 1"
        )
        return None if row is None else (self._desk.filings[row["filing_id"]], row["due_by"])

    async def _look(self, filing_id: UUID) -> None:
        async with self._desk.pool.acquire() as connection:
            tasks = await tasks_of(connection, filing_id)
        known = self._open.get(filing_id, set())
        now = {one.key for one in tasks if one.closed_on is None}
        self.opened.update((filing_id, key) for key in now - known)
        self._open[filing_id] = now

    def numbers(self, life: Life, what: str) -> list[int]:
        """The numbers of one sort of task, as often as they were opened."""
        found = (key.partition(":") for one, key in self.opened.elements() if one == life.filing_id)
        return sorted(int(number) for name, _, number in found if name == what)


async def test_everything_of_a_life_as_long_as_the_patent_comes_exactly_once(pool: Pool) -> None:
    desk, world = Desk(pool), await World("as long as the patent").write(pool)
    declaration = DeclarationLife(world, RUNNING, UntilPatentEnds())
    licence = LicenceLife(declaration)
    submitted = declaration.submit(FROM)
    await tell(desk.ask, declaration, submitted, declaration.mark_filed(FROM), declaration.announce(FROM))
    await tell(desk.ask, licence, licence.give_notice(FROM))
    almanac = Almanac(desk)
    await almanac.pass_all()

    assert set(almanac.passed.values()) == {1}
    assert set(almanac.opened.values()) == {1}
    assert almanac.numbers(declaration, "annual_fee") == list(range(4, 21))  # the fees of 2022 to 2038
    assert almanac.numbers(licence, "report") == list(range(1, 72))
    assert await pool.fetchval("SELECT position->>'term_ends_on' FROM filings WHERE kind = 'licence'") == str(LAST_DAY)
    assert (await stage_of(pool, declaration), await stage_of(pool, licence)) == ("patent_ended", "expired")
    assert sorted({key for _, key in almanac.opened if ":" not in key}) == ["recordal"]
    await prove(pool)
