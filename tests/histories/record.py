"""Records the golden histories and both locks anew: ``make histories``.

    python -m tests.histories.record --add           only those that are not there yet
    python -m tests.histories.record --release 1.0   keeps today's for a version that is released

A conscious change: every difference in the files is a difference that a running workflow would have met. Once the
CHANGELOG has a version, histories are only added; what a released version has left behind must still be replayed.
"""

import argparse
import asyncio
import re
import shutil
import sys
import tempfile
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Literal
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from temporalio.client import Client, WorkflowExecutionStatus, WorkflowUpdateFailedError

from activities.nightly import Night
from activities.record import Recorder
from cli.demo.filings.filing import Ask, Filing, tell
from client.ask import Asker
from database.migrate import migrate
from database.pool import open_pool
from rules.law.calendar import Calendar
from runtime.leave import leave
from runtime.plugin import open_licence_plugin
from runtime.settings import ROOT
from runtime.stack import Stack
from runtime.temporal_server import NAMESPACE, TemporalServer
from schemas.acts.act import Act, Origin, PassDay
from schemas.standing.answer import Answer, Outcome, Recording
from schemas.standing.workflow import FilingResult, Opening
from schemas.values.money import Money
from schemas.values.refusal import Refused
from tests.conftest import Database
from tests.contracts import shapes
from tests.histories import golden
from tests.lives.all_stories import STORIES
from tests.lives.declarations import FREE, DeclarationLife
from tests.lives.licences import LicenceLife
from tests.lives.office import Office, opened
from tests.lives.settlements import SettlementLife
from tests.lives.stories import announced
from tests.lives.world import World
from worker import make_worker
from workflows.nightly import NightlyWorkflow
from workflows.settlement import OpeningWorkflow

_LONG = ("inventors_are_paid", "a_subsidy_is_claimed_and_paid")
_EARLY = 40
"""Events after which the second server suggests to continue as new."""


class Listener:
    """Notes which acts each filing had, so that every shape of life is kept once."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self.lives: dict[UUID, Filing] = {}
        self.told: dict[UUID, list[str]] = {}

    async def ask(self, filing: Filing, act: Act) -> Answer:
        self.lives[filing.filing_id] = filing
        self.told.setdefault(filing.filing_id, []).append(act.kind)
        return await self._office.ask(filing, act)


async def record_stories(office: Office, kept: set[tuple[str, ...]]) -> None:
    """Every story; a filing whose acts another story has told already is not kept again."""
    for name, story in STORIES.items():
        listener = Listener(office)
        await story(listener.ask, await World(f"golden {name}").write(office.pool))
        for filing_id, life in listener.lives.items():
            shape = (life.kind.value, *listener.told[filing_id])
            if shape not in kept:
                kept.add(shape)
                await _keep(office, life, f"{name}.{life.kind.value}")


async def record_refusals(office: Office) -> None:
    """A first act that is refused, and a later one, which the handler and not the validator refuses."""
    refused = DeclarationLife(await World("golden refused").write(office.pool), offer_changes={"commitments": False})
    await _refused(office.ask, refused, refused.submit())
    await _keep(office, refused, "a_first_act_is_refused.declaration")
    world = await World("golden refused later").write(office.pool)
    life = DeclarationLife(world)
    await office.ask(life, life.submit())
    await _refused(office.ask, life, life.mark_filed(bars=()))
    await _keep(office, life, "a_later_act_is_refused.declaration")


async def record_timers(office: Office) -> None:
    """A filing on the legal clock: its timer moves with its acts; and one that passed a day by its timer."""
    today = datetime.now(UTC).astimezone(ZoneInfo("Asia/Shanghai")).date()
    life = DeclarationLife(await World("golden timer").write(office.pool))
    await tell(office.ask, life, life.submit(today), life.mark_filed(today), life.announce(today))
    await _keep(office, life, "a_timer_moves.declaration")
    late = DeclarationLife(await World("golden passed").write(office.pool))
    answer = await office.ask(late, late.submit(origin=Origin.IMPORTED))
    while (await office.run_of(late).query("head"))["version"] == answer.head.version:  # noqa: ASYNC110  # its timer tells nobody
        await asyncio.sleep(0.2)
    await _keep(office, late, "a_timer_passes_a_day.declaration")


async def record_openings(office: Office) -> None:
    """What a schedule starts, and the settlement that it begins."""
    settlement = SettlementLife(await World("golden opening").write(office.pool), datetime.now(UTC).year - 1)
    opening = Opening(authority=settlement.authority, scheme=settlement.scheme, legal_clock="acts")
    name = await office.client.execute_workflow(
        OpeningWorkflow.run, opening, id="golden opening", task_queue=office.asker.task_queue
    )
    assert name == settlement.workflow_id
    while not (await office.run_of(settlement).query("head"))["version"]:  # noqa: ASYNC110  # it tells nobody
        await asyncio.sleep(0.2)
    opened_by = office.client.get_workflow_handle("golden opening")
    golden.write("a_schedule_opens_a_year.opening", await opened_by.fetch_history())
    await _keep(office, settlement, "a_schedule_opens_a_year.settlement")


async def record_what_others_ask(office: Office) -> None:
    """An act that names another filing than the run's: no program of ours sends one."""
    life = DeclarationLife(await World("golden another").write(office.pool))
    await office.ask(life, life.submit())
    act = life.mark_filed().but(filing_id=uuid4())
    with suppress(WorkflowUpdateFailedError):
        await office.run_of(life).execute_update("perform", act)
    await _keep(office, life, "an_act_of_another_filing_is_refused.declaration")


async def record_a_day_that_cannot_pass(client: Client, database: Database) -> None:
    """A defect of ours, once: acts go on, and the day is tried again after a pause."""
    async with await open_pool(database.engine, 4) as pool:
        recorder, queue = BrokenDays(pool, Calendar.bundled(), "tests", "timer"), "broken days"
        asker = Asker(client, pool, "timer", task_queue=queue)
        async with make_worker(client, recorder, "tests", queue):
            office = Office(client, pool, asker, recorder)
            life = DeclarationLife(await World("golden not passed").write(pool))
            await office.ask(life, life.submit(origin=Origin.IMPORTED))
            while recorder.broken < 1:  # noqa: ASYNC110  # it tells nobody
                await asyncio.sleep(0.2)
            await asyncio.sleep(2)  # for the task that sets the pause
            await _keep(office, life, "a_day_cannot_be_passed.declaration")


class BrokenDays(Recorder):
    """Records everything but that a day has passed."""

    broken = 0

    async def recorded(self, recording: Recording) -> Outcome:
        if isinstance(recording.act, PassDay):
            self.broken += 1
            raise RuntimeError("a defect of ours")
        return await super().recorded(recording)


async def record_a_night(client: Client, recorder: Recorder) -> None:
    """The audits of a night, one of which differs."""

    async def audited(night: UUID, step: str) -> Literal["agrees", "differs", "fault"]:
        del night
        return "differs" if step == "replay" else "agrees"

    queue = "golden night"
    async with make_worker(client, recorder, "tests", queue, Night(("archive", "replay"), audited)):
        await client.execute_workflow(NightlyWorkflow.run, id=queue, task_queue=queue)
    golden.write("a_night_is_audited.nightly", await client.get_workflow_handle(queue).fetch_history())


async def record_continued_of_every_kind(office: Office) -> None:
    """A declaration, a payout and a settlement that go on in a new run."""
    listener = Listener(office)
    for name in _LONG:
        await STORIES[name](listener.ask, await World(f"golden long {name}").write(office.pool))
    declaration = await announced(listener.ask, DeclarationLife(await World("golden long offer").write(office.pool)))
    for days in range(_EARLY // 8):
        await listener.ask(declaration, declaration.check_status(date(2026, 6, 1) + timedelta(days=days)))
    wanted = {"declaration", "payout", "settlement"}
    for life in listener.lives.values():
        async for run in office.client.list_workflows(f"WorkflowId = '{life.workflow_id}'"):
            if life.kind.value in wanted and run.status is WorkflowExecutionStatus.CONTINUED_AS_NEW:
                handle = office.client.get_workflow_handle(life.workflow_id, run_id=run.run_id)
                golden.write(f"a_run_is_continued.{life.kind.value}", await handle.fetch_history())
                wanted.discard(life.kind.value)
    assert not wanted, f"nothing was continued of {wanted}"


async def record_continued(office: Office) -> None:
    """A run that goes on in a new one, and the new one with the head that it was given."""
    life = await announced(office.ask, DeclarationLife(await World("golden long").write(office.pool)))
    licence = LicenceLife(life)
    await office.ask(licence, licence.give_notice())
    first = (await office.run_of(licence).describe()).run_id
    for number in range(_EARLY // 3):
        await office.ask(licence, licence.pay(Money.of("1.00"), again=number))
    handle = office.client.get_workflow_handle(licence.workflow_id, run_id=first, result_type=FilingResult)
    golden.write("a_run_is_continued.licence", await handle.fetch_history())
    await _keep(office, licence, "a_run_is_continued_by.licence")
    behind = LicenceLife(
        await announced(office.ask, DeclarationLife(await World("golden behind").write(office.pool), FREE))
    )
    await office.ask(behind, behind.give_notice())
    await office.run_of(behind).terminate("to be begun again")
    await office.ask(behind, behind.file_recordal(payment_proof="free"))
    await _keep(office, behind, "a_new_run_takes_over.licence")


def _home() -> Path:
    home = Path(tempfile.mkdtemp(prefix="open-licence-histories-"))
    home.chmod(0o711)  # root's Postgres runs as another user, who must get in
    return home


async def _refused(ask: Ask, life: Filing, act: Act) -> None:
    try:
        await ask(life, act)
    except Refused:
        return
    raise AssertionError(f"{act.kind} should have been refused")


async def _keep(office: Office, life: Filing, name: str) -> None:
    golden.write(name, await office.run_of(life).fetch_history())


async def main(*, add: bool) -> int:
    """Rewrites everything; refuses to once a version has been released and a locked shape would be lost.

    ``add``: what is there stays as it is.
    """
    broken = shapes.breaking(shapes.read_lock(), shapes.shapes()) if shapes.LOCK.exists() else []
    if broken and re.search(r"^## \[\d", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE):
        sys.stderr.write("\n".join(["a released version depends on these shapes; keep them:", *broken, ""]))
        return 1
    shapes.write_lock()
    home = _home()
    stack, early = Stack(home / "stack"), TemporalServer(home / "early", continue_as_new_after=_EARLY)
    try:
        known = stack.start()
        early.start()
        await migrate(known.for_migrations())
        database = Database("histories", known.database_url, "", "", "")
        client = await Client.connect(stack.temporal.address, namespace=NAMESPACE, plugins=[open_licence_plugin()])
        golden.adds_only = add
        if not add:
            shutil.rmtree(golden.FOLDER, ignore_errors=True)
        async with opened(client, database) as office:
            await record_stories(office, set())
            await record_refusals(office)
            await record_openings(office)
            await record_what_others_ask(office)
            await record_a_night(client, office.recorder)
        async with opened(client, database, "timer") as office:
            await record_timers(office)
        await record_a_day_that_cannot_pass(client, database)
        client = await Client.connect(early.address, namespace=NAMESPACE, plugins=[open_licence_plugin()])
        async with opened(client, database) as office:
            await record_continued(office)
            await record_continued_of_every_kind(office)
    finally:
        early.destroy()
        stack.destroy()
        shutil.rmtree(home, ignore_errors=True)
    golden.write_lock()
    return 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--add", action="store_true")
    parser.add_argument("--release", metavar="VERSION")
    given = parser.parse_args()
    if given.release:
        golden.release(given.release)
        golden.write_lock()
        sys.exit()
    leave(asyncio.run(main(add=given.add)))
