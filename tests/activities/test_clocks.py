"""Nobody chooses the clock of a filing that stands on another, nor of one that has begun."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from activities.record import Recorder
from cli.demo.filings.filing import Filing
from database.pool import Pool, open_pool
from database.reads.read_model import find_filing
from rules.law.calendar import Calendar
from schemas.acts.act import Act, FilingKind, PassDay
from schemas.standing.answer import (
    DeclarationRecording,
    LicenceRecording,
    PayoutRecording,
    Recorded,
    SettlementRecording,
)
from schemas.standing.legal_clock import LegalClock
from schemas.values.actor import Role
from schemas.values.model import SHANGHAI
from schemas.values.refusal import Refused
from tests.conftest import Database
from tests.lives.declarations import DeclarationLife
from tests.lives.licences import LicenceLife
from tests.lives.payouts import PayoutLife
from tests.lives.settlements import SettlementLife
from tests.lives.world import World

RECORDINGS: dict[FilingKind, Any] = {
    FilingKind.DECLARATION: DeclarationRecording,
    FilingKind.LICENCE: LicenceRecording,
    FilingKind.PAYOUT: PayoutRecording,
    FilingKind.SETTLEMENT: SettlementRecording,
}


class Runs:
    """Runs that say whatever clock they like, on an installation whose days pass by themselves."""

    def __init__(self, pool: Pool) -> None:
        self.pool, self.recorder = pool, Recorder(pool, Calendar.bundled(), "tests")

    async def ask(self, filing: Filing, act: Act, clock: LegalClock) -> str:
        """The stage, or the code with which it is refused."""
        async with self.pool.acquire() as connection:
            known = await find_filing(connection, filing.filing_id)
        expected = known.head if known else 0
        try:
            outcome = await self.recorder.recorded(
                RECORDINGS[filing.kind](workflow_id=filing.workflow_id, expected=expected, legal_clock=clock, act=act)
            )
        except Refused as refused:
            return refused.refusals[0].code
        assert isinstance(outcome, Recorded)
        return outcome.head.stage

    async def clock(self, filing: Filing) -> str:
        async with self.pool.acquire() as connection:
            known = await find_filing(connection, filing.filing_id)
        assert known is not None
        return known.legal_clock


@pytest.fixture
async def runs(database: Database) -> AsyncIterator[Runs]:
    async with await open_pool(database.engine, 4) as pool:
        yield Runs(pool)


def today() -> date:
    return datetime.now(UTC).astimezone(SHANGHAI).date()


async def announced(runs: Runs, seed: str, clock: LegalClock) -> DeclarationLife:
    life = DeclarationLife(await World(f"{seed} {clock}").write(runs.pool))
    await runs.ask(life, life.submit().but(on=today()), clock)
    assert await runs.ask(life, life.announce().but(on=today()), clock) == "in_force"
    return life


@pytest.mark.parametrize(("clock", "other"), [("timer", "acts"), ("acts", "timer")])
async def test_a_licence_has_its_declarations_clock_and_no_other(
    runs: Runs, clock: LegalClock, other: LegalClock
) -> None:
    licence = LicenceLife(await announced(runs, "clock of a licence", clock))
    notice = licence.give_notice().but(on=today())
    assert await runs.ask(licence, notice, other) == "legal_clock_differs"
    assert await runs.ask(licence, notice, clock) == "awaiting_payment"
    assert await runs.clock(licence) == clock


async def test_a_payout_has_the_clock_of_what_it_stands_on(runs: Runs) -> None:
    bonus = PayoutLife(await announced(runs, "clock of a payout", "timer"))
    determined = bonus.determine()
    assert await runs.ask(bonus, determined, "acts") == "legal_clock_differs"
    assert await runs.ask(bonus, determined, "timer") == "waiting_for_facts"


async def test_a_settlement_has_the_clock_of_the_installation(runs: Runs) -> None:
    licence = LicenceLife(DeclarationLife(await World("clock of a settlement").write(runs.pool)))
    settlement = SettlementLife(licence.world)
    assert await runs.ask(settlement, settlement.open_year(), "acts") == "legal_clock_differs"
    runs.recorder = Recorder(runs.pool, Calendar.bundled(), "tests", "acts")
    assert await runs.ask(settlement, settlement.open_year(), "acts") == "open"


async def test_a_declaration_that_begins_has_the_clock_of_the_installation(runs: Runs) -> None:
    life = DeclarationLife(await World("clock of a declaration").write(runs.pool))
    runs.recorder = Recorder(runs.pool, Calendar.bundled(), "tests", "timer")
    assert await runs.ask(life, life.submit().but(on=today()), "acts") == "legal_clock_differs"
    assert await runs.ask(life, life.submit().but(on=today()), "timer") == "submitted"


@pytest.mark.parametrize(
    ("installed", "clock", "answer"),
    [("timer", "acts", "day_not_come"), ("timer", "timer", "day_not_come"), ("acts", "acts", "in_force")],
)
async def test_no_day_passes_before_it_has_come_where_days_pass_by_themselves(
    runs: Runs, installed: LegalClock, clock: LegalClock, answer: str
) -> None:
    life = await announced(runs, f"a day to come {installed}", clock)
    runs.recorder = Recorder(runs.pool, Calendar.bundled(), "tests", installed)
    by = life.world.by(Role.TIMER)
    passed = PassDay(act_id=uuid4(), filing_id=life.filing_id, on=today(), by=by)
    to_come = passed.but(act_id=uuid4(), on=today() + timedelta(days=1))
    assert await runs.ask(life, to_come, clock) == answer
    if installed == "timer":
        assert await runs.ask(life, passed, clock) == "in_force"


async def test_nobody_acts_on_a_day_to_come_in_a_filing_whose_days_are_told(runs: Runs) -> None:
    tomorrow = today() + timedelta(days=1)
    life = await announced(runs, "a person's day to come", "acts")
    runs.recorder = Recorder(runs.pool, Calendar.bundled(), "tests", "timer")
    withdrawn = life.file_withdrawal(tomorrow)
    assert await runs.ask(life, withdrawn, "acts") == "day_in_future"
    announcement = life.announce_withdrawal(tomorrow)
    assert await runs.ask(life, withdrawn.but(on=today()), "acts") == "withdrawal_filed"
    assert await runs.ask(life, announcement, "acts") != "day_in_future", "a fact of the office is never refused for it"
    taken_over = DeclarationLife(await World("taken over ahead").write(runs.pool), begun_by="take_over")
    begins = taken_over.take_over(tomorrow)
    assert await runs.ask(taken_over, begins, "acts") == "day_in_future", "what is taken over lies in the past"
    runs.recorder = Recorder(runs.pool, Calendar.bundled(), "tests", "acts")
    assert await runs.ask(taken_over, begins, "acts") != "day_in_future", "a demonstration has days of its own"


async def test_a_run_that_says_another_clock_dates_nothing_back(runs: Runs) -> None:
    life = DeclarationLife(await World("another run").write(runs.pool))
    submitted = life.submit().but(on=today())
    await runs.ask(life, submitted, "timer")
    taken_back = life.take_back().but(on=today() - timedelta(days=3))
    assert await runs.ask(life, taken_back, "acts") == "day_not_yours"
    runs.recorder = Recorder(runs.pool, Calendar.bundled(), "tests")  # another worker
    assert await runs.ask(life, taken_back, "acts") == "day_not_yours"
    assert await runs.ask(life, taken_back.but(on=today()), "acts") == "abandoned"
    assert await runs.clock(life) == "timer"
