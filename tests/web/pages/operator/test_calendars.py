"""A year's holiday table is loaded by one person and put in use by another; what it moved can be read."""

from datetime import date
from uuid import UUID

import pytest

from database.reads.calendar_reads import Moved
from schemas.values.actor import Role
from tests.web.house import House
from texts.words import name_of
from web.pages.operator.calendars import MOVED
from web.words import word

YEAR = "2150"
"""Nothing in these tests has a day in it."""
TABLE = {
    "year": YEAR,
    "rest.0.first": f"{YEAR}-10-01",
    "rest.0.last": f"{YEAR}-10-07",
    "cite.provision": "国庆节",
    "cite.instrument": "演示通知",
    "mark": "M",
    "checked_on": "2026-11-30",
}


async def test_two_people_load_the_table_of_a_year(house: House) -> None:
    first, second = await house.guest(Role.OPERATOR), await house.guest(Role.OPERATOR)
    wrong = await first.post("/calendars/new", **{**TABLE, "rest.0.last": f"{YEAR}-09-01"})
    assert (wrong.status_code, f'value="{YEAR}-09-01"' in wrong.text) == (422, True)
    longer = await first.post("/calendars/new", **{**TABLE, "add": "rest"})
    assert 'name="rest.1.first"' in longer.text
    assert (await first.post("/calendars/new", **TABLE)).headers["location"] == "/calendars?done=proposed"
    assert (await first.post("/calendars/new", **TABLE)).status_code == 422
    mine, theirs = (await first.get("/calendars")).text, (await second.get("/calendars")).text
    assert f"/calendars/{YEAR}/approve" not in mine
    assert f"/calendars/{YEAR}/approve" in theirs
    assert (await first.post(f"/calendars/{YEAR}/approve")).status_code == 422
    assert (await second.get(f"/calendars/{YEAR}")).status_code == 404
    assert (await second.post(f"/calendars/{YEAR}/approve")).headers["location"] == "/calendars?done=approved"
    await house.office.tell_all()
    moved = await second.get(f"/calendars/{YEAR}")
    assert (moved.status_code, word("nothing_moved", "zh") in moved.text) == (200, True)


async def test_a_proposal_is_taken_back_and_the_tables_of_the_program_are_shown(house: House) -> None:
    operator = await house.guest(Role.OPERATOR)
    table = {name: value.replace(YEAR, "2151") for name, value in TABLE.items()}
    await operator.post("/calendars/new", **table)
    assert (await operator.post("/calendars/2151/withdraw")).status_code == 303
    page = (await operator.get("/calendars")).text
    assert word("calendar_withdrawn", "zh") in page
    assert word("calendar_bundled", "zh") in page
    assert (await operator.post("/calendars/2151/withdraw")).status_code == 422


@pytest.mark.parametrize("path", ["/calendars/new", "/calendars/2150/approve", "/calendars/2150/withdraw"])
async def test_an_auditor_reads_the_tables_and_loads_none(house: House, path: str) -> None:
    auditor = await house.guest(Role.AUDITOR)
    assert (await auditor.get("/calendars")).status_code == 200
    assert (await auditor.post(path, **TABLE)).status_code == 404


def test_what_a_table_moved_is_taken_along_with_both_days() -> None:
    moved = Moved(UUID(int=3), "licence", 2, "recordal", "file_recordal", date(2026, 12, 4), True, None, False)
    cells = {key: cell(moved, "zh") for key, cell in MOVED.columns}
    assert (cells["was"], cells["now"], cells["filing_id"]) == (date(2026, 12, 4), None, UUID(int=3))
    assert cells["kind"] == name_of("kinds", "licence", "zh")
