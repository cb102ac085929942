"""A list that is taken along is text, whatever somebody wrote into it, and tells where it is not whole."""

import pytest
from icalendar import Calendar

from schemas.values.actor import Role
from tests.web.house import House
from tests.web.lists.files import rows_of, sheet_of, whole
from tests.web.told import declare
from web.lists import listed
from web.lists.exports import Format, as_file, inert
from web.lists.listed import at_once
from web.words import word

FORMULAS = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "＝1+1", "＋1", "＠x", "\t=1", "\r=1", "-1\n=1", "--1"]


async def _sent(form: Format, *rows: list[object]) -> bytes:
    return await whole(as_file(form, "x", ["a"], at_once(rows)))


@pytest.mark.parametrize("text", FORMULAS)
async def test_no_cell_is_computed(text: str) -> None:
    assert rows_of(await _sent("csv", [text]))[1] == [f"'{text}"]
    assert str(sheet_of(await _sent("xlsx", [text]))[1][0]).strip() == text.strip()


@pytest.mark.parametrize("text", ["一种装置", "KF001", "0123", "a=b", "-3", "-10.50", ""])
def test_what_is_no_formula_stays_as_it_is(text: str) -> None:
    assert inert(text) == text


async def test_a_workbook_keeps_what_of_a_long_text_it_can() -> None:
    assert len(sheet_of(await _sent("xlsx", ["字" * 40_000]))[1][0]) == 32_767


async def test_ones_filings_and_their_deadlines_are_taken_along(house: House) -> None:
    licensor = await house.guest(Role.LICENSOR)
    declaration, other = await declare(house, licensor), await declare(house, await house.guest(Role.LICENSOR))
    table = (await licensor.get("/filings/export.csv")).content
    assert [row[0] for row in rows_of(table)][1:] == [str(declaration)]
    assert str(other) not in table.decode()
    feed = Calendar.from_ical((await licensor.get("/filings/deadlines.ics")).content)
    assert [str(event["url"]).rpartition("/")[2] for event in feed.walk("VEVENT")] == [str(declaration)]


async def test_more_than_one_reading_is_taken_along_and_the_bound_is_told(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    licensor = await house.guest(Role.LICENSOR)
    made = {str(await declare(house, licensor)) for _ in range(3)}
    monkeypatch.setattr("web.pages.filings.BATCH", 2)
    assert {row[0] for row in rows_of((await licensor.get("/filings/export.csv")).content)[1:]} == made
    assert {row[0] for row in sheet_of((await licensor.get("/filings/export.xlsx")).content)[1:]} == made
    monkeypatch.setattr(listed, "MOST", 2)
    for language in ("zh", "en"):
        found = rows_of((await licensor.get("/filings/export.csv", language=language)).content)
        assert len(found) == 1 + 2 + 1
        assert found[-1] == [word("taken_along_in_part", language, most="2")]
        assert word("take_along_most", language, most="2") in (await licensor.get("/filings", language=language)).text


async def test_what_cannot_be_searched_for_is_told_and_no_file_begins(house: House) -> None:
    answer = await (await house.guest(Role.LICENSOR)).get("/filings/export.csv", q="一")
    assert (answer.status_code, answer.headers["content-type"]) == (422, "text/html; charset=utf-8")


async def test_a_list_that_its_page_cuts_is_whole_in_its_file(house: House) -> None:
    licensor = await house.guest(Role.LICENSOR)
    await house.pool.execute(
        """INSERT INTO drafts (draft_id, account_id, organisation_id, act_kind, updated_by)
           SELECT gen_random_uuid(), $1, $2, 'submit', $1 FROM generate_series(1, 60)""",
        licensor.session.account_id,
        licensor.organisation_id,
    )
    assert len(rows_of((await licensor.get("/declare/export.csv")).content)) == 1 + 60
