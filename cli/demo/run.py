"""One run of the demo on servers that stand: the world is written, every case carried, the record reconciled."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from audit.reconcile import reconcile
from audit.report import Report
from cli.demo.carry import carry
from cli.demo.examples.cases import Example, read_examples
from cli.demo.examples.claims import YearToSettle, read_settlements
from cli.demo.figures import Figures, filings_of, read_figures, settlements_of
from cli.demo.lives.desk import Desk
from cli.demo.lives.settlements import receipts_of, settle
from cli.demo.lives.world import TODAY, WORLD, write_world
from cli.demo.progress import Progress
from cli.demo.servers import working
from client.ask import Asker
from database.migrate import migrate
from database.pool import open_pool
from database.reads.read_model import FilingSummary
from runtime.connection import connect
from runtime.settings import Settings
from runtime.stack import Addresses
from schemas.acts.act import FilingKind, PassDay
from schemas.acts.beginning import natural_act_id
from schemas.values.actor import Role
from schemas.values.identifiers import derived_id
from schemas.values.refusal import Refusal

_TOGETHER = 16
"""Cases carried at the same time."""
_CONNECTIONS = 12
_PATIENCE = timedelta(seconds=150)
"""A killed worker's successor needs ten seconds, a restarted server less; the rest is for a busy machine."""


@dataclass(frozen=True)
class NotFiled:
    """A patent that cannot be offered, and why."""

    case: str
    number: str
    """As printed."""
    reasons: tuple[Refusal, ...]


@dataclass(frozen=True)
class Outcome:
    """What a run ended in."""

    examples: tuple[Example, ...]
    desk: Desk
    figures: Figures
    report: Report
    seconds: float

    @property
    def refused(self) -> tuple[NotFiled, ...]:
        """In the order of the examples."""
        asked = ((one.case, one.number, self.desk.refused.get(one.case)) for one in self.examples)
        return tuple(NotFiled(case, number, reasons) for case, number, reasons in asked if reasons)

    @property
    def acts(self) -> int:
        """How many acts were asked for and granted, in this run or in an earlier one that was killed."""
        return self.desk.acts + self.figures.passed


async def run(settings: Settings, known: Addresses, progress: Progress) -> Outcome:
    """Carries every example; goes on where an earlier run was killed, and ends in the same figures."""
    began = time.monotonic()
    progress.phase("preparing")
    await migrate(known.for_migrations())
    pool = await open_pool(known.database_url, _CONNECTIONS)
    try:
        client = await connect(settings, known)
        examples = read_examples()
        years = read_settlements()
        await write_world(pool, settings.master_key(), examples, years)
        desk = Desk(Asker(client, pool, legal_clock="acts", patience=_PATIENCE), pool, progress.act_done)
        async with working(settings):
            progress.phase("carrying", len(examples))
            await _carry_all(desk, examples, progress)
            progress.phase("settling", len(years))
            receipts = await receipts_of(desk, examples)
            for year in years:
                await settle(desk, year, receipts)
                progress.case_done()
            await desk.is_settled()
            progress.phase("passing", on=TODAY)
            await _pass_today(desk, examples, years)
            await desk.is_sequenced()
            progress.phase("reconciling")
            report = await reconcile(pool, client)
        figures = await read_figures(pool, examples, years)
    finally:
        await pool.close()
    return Outcome(examples, desk, figures, report, time.monotonic() - began)


async def _carry_all(desk: Desk, examples: Sequence[Example], progress: Progress) -> None:
    limit = asyncio.Semaphore(_TOGETHER)

    async def one(example: Example) -> None:
        async with limit:
            await carry(desk, example)
        progress.case_done()

    try:
        async with asyncio.TaskGroup() as group:
            # The long ones first, so that none of them is left alone at the end.
            for example in sorted(examples, key=lambda example: -example.licensees):
                group.create_task(one(example))
    except ExceptionGroup as errors:
        raise errors.exceptions[0] from None
    await desk.is_settled()


async def _pass_today(desk: Desk, examples: Sequence[Example], years: Sequence[YearToSettle]) -> None:
    """Opens what is overdue and ends what is over: no timer runs, the day is told from outside."""
    cases = await filings_of(desk.pool, examples)
    settlements = await settlements_of(desk.pool, years)
    for kind in FilingKind:  # what a declaration's day changes, its licences hear before their own day passes
        waiting = [
            one
            for filings in (*cases.values(), settlements)
            for one in filings
            if one.kind == kind.value and one.due_by is not None and one.due_by <= TODAY
        ]
        await asyncio.gather(*(_pass(desk, one) for one in waiting))
        await desk.is_settled()


async def _pass(desk: Desk, filing: FilingSummary) -> None:
    act = PassDay(act_id=derived_id("pass_day"), filing_id=filing.filing_id, by=WORLD.by(Role.TIMER), on=TODAY)
    await desk.asker.ask(FilingKind(filing.kind), act.but(act_id=natural_act_id(act)))
