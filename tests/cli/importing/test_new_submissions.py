"""Rows that are new submissions, imported on a platform whose days pass by themselves."""

from pathlib import Path
from uuid import UUID

import pytest
from temporalio.client import Client

from activities.record import Recorder
from database.pool import Pool
from rules.law.calendar import Calendar
from schemas.values.identifiers import workflow_id
from tests.cli.importing.tables import put, row, table
from tests.cli.offers import NUMBER, TITLE, add_to_register
from tests.cli.shell import Shell
from tests.lives.world import World
from worker import make_worker


async def test_a_row_that_is_a_new_submission_has_the_clock_of_the_installation_and_its_run_is_known_by_the_patent(
    surroundings: str,
    pool: Pool,
    temporal_client: Client,
    people: dict[str, str],
    shell: Shell,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    owner = {"专利权人": people["university"], "专利号": NUMBER, "专利名称": TITLE, "提交日": "2026-11-01"}
    put(tmp_path / "t.csv", table(row(World("one"), 申请日="2019-01-24", 授权公告日="2020-05-05", **owner)))
    monkeypatch.setenv("OPEN_LICENCE_LEGAL_CLOCK", "timer")
    recorder = Recorder(pool, Calendar.bundled(), "tests", "timer")
    async with make_worker(temporal_client, recorder, "tests", surroundings):
        await add_to_register(shell)
        imported = await shell("import", tmp_path / "t.csv", "--json")
        assert imported.code == 0, imported.out
        [filing] = (await shell("list", "--json")).json
        shown = (await shell("show", filing["filing_id"], "--json")).json
        assert shown["legal_clock"] == "timer"
        run = temporal_client.get_workflow_handle(workflow_id("declaration", UUID(filing["filing_id"])))
        memo = await (await run.describe()).memo()
    assert memo == {"filing_id": filing["filing_id"], "patent_number": NUMBER, "title": TITLE}
