"""Whoever was interrupted while it asked asks again and is judged by what is true then, whichever command asked."""

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from temporalio.client import Client

from activities.record import Recorder
from database.pool import Pool
from rules.law.calendar import Calendar
from runtime.settings import ROOT
from schemas.standing.answer import Outcome, Recording
from schemas.values.refusal import Refused
from tests.cli.importing.tables import put, row, table
from tests.cli.offers import NUMBER, TITLE, add_to_register, submit
from tests.cli.shell import Shell
from tests.lives.world import World
from worker import make_worker

_PROGRAM = (
    "import sys, cli.program, cli.session; cli.session.TASK_QUEUE = sys.argv[1]; "
    "sys.exit(cli.program.run(sys.argv[2:]))"
)


class SlowRecorder(Recorder):
    """Does nothing until it is told to go on, and keeps what it refused."""

    def __init__(self, pool: Pool) -> None:
        super().__init__(pool, Calendar.bundled(), "tests")
        self.reached, self.goes_on, self.refused = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def recorded(self, recording: Recording) -> Outcome:
        self.reached.set()
        await self.goes_on.wait()
        try:
            return await super().recorded(recording)
        except Refused:
            self.refused.set()
            raise


@pytest.fixture
async def recorder(surroundings: str, pool: Pool, temporal_client: Client) -> AsyncIterator[SlowRecorder]:
    slow = SlowRecorder(pool)
    async with make_worker(temporal_client, slow, "tests", surroundings):
        yield slow


async def _interrupted(recorder: SlowRecorder, queue: str, by: str, command: tuple[object, ...]) -> None:
    """Runs the command as a program of its own, and ends it while it asks, or before it can say what came of it."""
    reading, writing = os.pipe()
    os.close(reading)
    arguments = ("-c", _PROGRAM, queue, *map(str, command))
    asking = await asyncio.create_subprocess_exec(sys.executable, *arguments, cwd=ROOT, stdout=writing, stderr=DEVNULL)
    os.close(writing)
    await recorder.reached.wait()
    if by == "kill":
        asking.kill()
        await asking.wait()
    recorder.goes_on.set()
    await recorder.refused.wait()
    assert await asking.wait() != 0


@pytest.mark.parametrize("by", ["kill", "broken pipe"])
@pytest.mark.parametrize("asks", ["import", "submit"])
async def test_a_refusal_is_judged_afresh_however_the_first_asking_ended(
    recorder: SlowRecorder,
    surroundings: str,
    people: dict[str, str],
    evidence: str,
    shell: Shell,
    tmp_path: Path,
    asks: str,
    by: str,
) -> None:
    command = submit(people, evidence, tmp_path)
    if asks == "import":
        owner = {"专利权人": people["university"], "专利号": NUMBER, "专利名称": TITLE, "提交日": "2026-11-01"}
        put(tmp_path / "t.csv", table(row(World("one"), 申请日="2019-01-24", 授权公告日="2020-05-05", **owner)))
        command = ("import", tmp_path / "t.csv", "--json")
    await _interrupted(recorder, surroundings, by, command)
    await add_to_register(shell)
    ended = await shell(*command)
    assert ended.code == 0, ended.out
