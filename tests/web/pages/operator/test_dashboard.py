"""The dashboard: a count leads to what it counts."""

import re
from datetime import timedelta

import pytest

from schemas.values.actor import Role
from tests.web.house import House
from tests.web.told import announce, declare
from web.pages.operator import dashboard

_LISTED = re.compile(r'<a class="govuk-link" href="/filings/([0-9a-f-]{36})"')


async def test_a_day_leads_to_the_filings_that_are_due_on_it(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    licensor, operator = await house.guest(Role.LICENSOR), await house.guest(Role.OPERATOR)
    due, other = [await declare(house, licensor) for _ in range(2)]
    await announce(await house.guest(Role.OFFICE), due, "KF2026-due")
    day = await house.pool.fetchval("SELECT due_by FROM filings WHERE filing_id = $1", due)
    then = await house.pool.fetch("SELECT filing_id FROM filings WHERE due_by = $1", day)
    monkeypatch.setattr(dashboard, "today", lambda: day - timedelta(days=3))
    page = (await operator.get("/dashboard")).text
    row = re.search(rf'href="(/filings\?due_on={day})".*?<span class="console-number">(\d+)</span>', page, re.DOTALL)
    assert row is not None
    listed = (await operator.get(row[1])).text
    found = set(_LISTED.findall(listed))
    assert found == {str(one["filing_id"]) for one in then}
    assert len(found) == int(row[2])
    assert str(other) not in found
    assert f"最早期限为 {day} 的事项" in listed
    assert 'href="/filings"' in listed, "and back to all"
    assert f'name="due_on" value="{day}"' in listed, "narrowed further, it stays a list of that day"
    assert _LISTED.findall((await operator.get(f"/filings?due_on={day + timedelta(days=1)}")).text) == []
    rows = (await operator.get(f"/filings/export.csv?due_on={day}")).text
    assert all((one in rows) for one in found)
    assert str(other) not in rows


async def test_a_bulk_of_all_that_is_due_on_a_day_has_no_other_filing(house: House) -> None:
    licensor, operator = await house.guest(Role.LICENSOR), await house.guest(Role.OPERATOR)
    due, other = [await declare(house, licensor) for _ in range(2)]
    await announce(await house.guest(Role.OFFICE), due, "KF2026-due-bulk")
    day = await house.pool.fetchval("SELECT due_by FROM filings WHERE filing_id = $1", due)
    form = {"csrf": operator.session.csrf, "kind": "", "stage": "", "q": "", "all": "1"}
    begun = await operator.http.post("/bulks", data={**form, "due_on": str(day)})
    bulk_id = begun.headers["location"].rpartition("/")[2]
    rows = await house.pool.fetch("SELECT filing_id FROM bulk_items WHERE bulk_id = $1", bulk_id)
    assert due in {row["filing_id"] for row in rows}
    assert other not in {row["filing_id"] for row in rows}
    assert (await operator.http.post("/bulks", data={**form, "due_on": "someday"})).status_code == 404
