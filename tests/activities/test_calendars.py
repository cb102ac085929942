"""A holiday table that two people put in use: every day that it decides is derived again, and what moved is listed."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from audit.rebuild import rebuild_and_compare
from client import holidays
from database.pool import Pool, open_pool
from database.reads.calendar_reads import Moved, moved_by, tells_left
from database.registers.calendar_tables import approve_calendar, propose_calendar
from schemas.standing.answer import Answer
from schemas.values.calendar import YearTable
from tests.conftest import Database
from tests.database.registers.people import somebody
from tests.faults.set_back import copy_of
from tests.lives.declarations import DeclarationLife
from tests.lives.desk import Desk
from tests.lives.licences import LicenceLife
from tests.lives.world import World

CITE = {"provision": "Notice on holidays of 2027", "instrument": "made up"}
TABLE = YearTable.model_validate(
    {
        "year": 2027,
        "rest": [{"first": "2027-01-01", "last": "2027-01-01"}, {"first": "2027-02-05", "last": "2027-02-12"}],
        "worked": ["2027-01-02", "2027-01-03"],
        "cite": CITE,
        "mark": "V2",
        "checked_on": "2026-11-15",
    }
)
PAID = date(2026, 11, 9)
"""Three months later is a Tuesday in what becomes the Spring Festival."""
SUBMITTED, CHECK = date(2026, 12, 28), "pre_check:2026-12-28"
"""The fifth working day after it is a Monday, and a worked Sunday once the table is known."""


class Killed(Exception):
    """The process that was telling is gone."""


@dataclass
class Year:
    """One recordal and one pre-check that the table of 2027 decides, and a life that it does not concern."""

    pool: Pool
    desk: Desk
    licence: LicenceLife
    submitted: DeclarationLife

    async def approve(self, table: YearTable = TABLE) -> int:
        async with self.pool.acquire() as connection:
            await propose_calendar(connection, table.year, table.model_dump(mode="json"), await somebody(connection))
            return (await approve_calendar(connection, table.year, await somebody(connection))).number

    async def moved(self, number: int = 1) -> dict[tuple[UUID, str], Moved]:
        async with self.pool.acquire() as connection:
            return {(one.filing_id, one.key): one for one in await moved_by(connection, number)}

    async def position(self, filing_id: UUID) -> dict[str, Any]:
        position: dict[str, Any] = await self.pool.fetchval(
            "SELECT position FROM filings WHERE filing_id = $1", filing_id
        )
        return position

    async def days(self, filing_id: UUID) -> dict[str, tuple[str, bool]]:
        position = await self.position(filing_id)
        return {one["key"]: (one["by"], one["provisional"]) for one in position["deadlines"]}

    async def versions(self) -> dict[UUID, int]:
        return {row["filing_id"]: row["head"] for row in await self.pool.fetch("SELECT filing_id, head FROM filings")}


@pytest.fixture
async def year(fresh_database: Database) -> AsyncIterator[Year]:
    async with await open_pool(fresh_database.engine, 4) as pool:
        desk, world = Desk(pool), await World("calendar").write(pool)
        declaration = DeclarationLife(world)
        for act in declaration.announced():
            await desk.ask(declaration, act)
        licence = LicenceLife(declaration)
        await desk.ask(licence, licence.give_notice(PAID))
        await desk.ask(licence, licence.pay(on=PAID))
        other = DeclarationLife(await World("calendar, submitted").write(pool))
        await desk.ask(other, other.submit(SUBMITTED))
        await desk.tell_all()
        yield Year(pool, desk, licence, other)


async def test_what_a_table_decides_moves_later_and_earlier_and_is_certain_then(year: Year) -> None:
    recordal, check = year.licence.filing_id, year.submitted.filing_id
    assert (await year.days(recordal))["recordal"] == ("2027-02-09", True)
    assert (await year.days(check))[CHECK] == ("2027-01-04", True)

    assert await year.approve() == 1
    await year.desk.tell_all()
    assert (await year.days(recordal))["recordal"] == ("2027-02-15", False)
    assert (await year.days(check))[CHECK] == ("2027-01-03", False)
    due = await year.pool.fetchval("SELECT due_by FROM filings WHERE filing_id = $1", check)
    assert due == date(2027, 1, 3)

    moved = await year.moved()
    assert moved[recordal, "recordal"][4:] == ("file_recordal", date(2027, 2, 9), True, date(2027, 2, 15), False)
    assert (moved[check, CHECK].was, moved[check, CHECK].now) == (date(2027, 1, 4), date(2027, 1, 3))
    async with year.pool.acquire() as connection:
        assert await tells_left(connection, 1) == 0


async def test_a_task_that_was_overdue_by_the_old_day_is_closed_by_the_table(year: Year) -> None:
    licence = year.licence
    await year.desk.ask(licence, licence.pass_day(date(2027, 2, 9)))
    tasks = "SELECT closed_how FROM tasks WHERE filing_id = $1 AND key = 'recordal'"
    assert [row["closed_how"] for row in await year.pool.fetch(tasks, licence.filing_id)] == [None]
    await year.approve()
    await year.desk.tell_all()
    assert [row["closed_how"] for row in await year.pool.fetch(tasks, licence.filing_id)] == ["moot"]
    assert (await year.days(licence.filing_id))["recordal"] == ("2027-02-15", False)
    assert (await rebuild_and_compare(year.pool)).as_json()["differences"] == []


async def test_until_a_filing_is_told_it_is_pending_and_no_difference(year: Year) -> None:
    assert (await rebuild_and_compare(year.pool)).pending == []
    await year.approve()
    report = await rebuild_and_compare(year.pool)
    assert report.ok
    assert {(one.filing_id, one.key, one.was, one.now) for one in report.pending} >= {
        (year.licence.filing_id, "recordal", date(2027, 2, 9), date(2027, 2, 15))
    }
    assert year.submitted.filing_id in [one.filing_id for one in report.pending]
    await year.desk.tell_all()
    after = await rebuild_and_compare(year.pool)
    assert (after.as_json()["differences"], after.pending) == ([], [])


async def test_what_a_table_does_not_move_gets_no_fact(year: Year) -> None:
    before = await year.versions()
    await year.approve(TABLE.but(year=2045, rest=[{"first": "2045-01-01", "last": "2045-01-03"}], worked=()))
    await year.desk.tell_all()
    assert await year.versions() == before
    await year.approve()
    await year.desk.tell_all()
    moved = {filing_id for filing_id, _ in await year.moved(2)}
    assert {filing_id for filing_id, head in (await year.versions()).items() if head != before[filing_id]} == moved


async def test_an_act_after_the_approval_is_derived_by_the_new_table_whoever_records_it(year: Year) -> None:
    await year.approve()
    licence, other_worker = year.licence, Desk(year.pool)
    await other_worker.ask(licence, licence.apply(date(2026, 11, 12)))
    assert (await year.days(licence.filing_id))["recordal"] == ("2027-02-15", False)
    head = (await year.versions())[licence.filing_id]
    await year.desk.tell_all()
    assert (await year.versions())[licence.filing_id] == head  # told again, it knows already
    assert (licence.filing_id, "recordal") in await year.moved()


async def test_filings_are_told_in_batches_that_go_on_after_a_killed_sender(
    year: Year, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(holidays, "_BATCH", 1)
    killed: list[int] = []
    asked = year.desk.ask

    async def dies_at_the_second(filing: Any, act: Any) -> Answer:
        answer = await asked(filing, act)
        killed.append(1)
        if len(killed) == 2:
            raise Killed  # after the fact was recorded, before the message was marked as sent
        return answer

    monkeypatch.setattr(year.desk, "ask", dies_at_the_second)
    await year.approve()
    with pytest.raises(Killed):
        await year.desk.tell_all()
    await year.pool.execute("UPDATE outbox SET next_try_at = clock_timestamp() WHERE sent_at IS NULL")
    await year.desk.tell_all()
    assert (await year.days(year.licence.filing_id))["recordal"] == ("2027-02-15", False)
    assert (await year.days(year.submitted.filing_id))[CHECK] == ("2027-01-03", False)
    report = await rebuild_and_compare(year.pool)
    assert (report.as_json()["differences"], report.pending) == ([], [])
    keys = [row["key"] for row in await year.pool.fetch("SELECT key FROM outbox WHERE topic = 'tell_calendar'")]
    assert len(keys) == len(set(keys)) > 2


async def test_one_table_after_another_moves_each_day_by_itself(year: Year) -> None:
    await year.approve(TABLE.but(year=2026, worked=(), rest=[{"first": "2026-12-29", "last": "2026-12-30"}]))
    await year.approve()
    await year.desk.tell_all()
    check = year.submitted.filing_id
    first, second = (await year.moved(1))[check, CHECK], (await year.moved(2))[check, CHECK]
    assert (first.was, first.now) == (date(2027, 1, 4), date(2027, 1, 6))
    assert (second.was, second.now) == (date(2027, 1, 6), date(2027, 1, 5))


async def test_a_table_that_has_the_number_of_one_that_was_lost_is_not_taken_for_it(
    year: Year, fresh_database: Database
) -> None:
    copy = await copy_of(fresh_database)
    await year.approve(TABLE.but(rest=[{"first": "2027-01-01", "last": "2027-01-01"}], worked=()))
    await year.desk.tell_all()
    assert (await year.days(year.licence.filing_id))["recordal"] == ("2027-02-09", False)
    await copy.set_back()
    assert await year.approve() == 1
    await year.desk.tell_all()
    assert (await year.days(year.licence.filing_id))["recordal"] == ("2027-02-15", False)
    report = await rebuild_and_compare(year.pool)
    assert (report.as_json()["differences"], report.pending) == ([], [])
