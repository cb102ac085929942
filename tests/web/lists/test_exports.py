"""A list that is taken along is text, whatever somebody wrote into it."""

import csv
from io import BytesIO, StringIO

import pytest
from icalendar import Calendar
from python_calamine import CalamineWorkbook

from schemas.values.actor import Role
from tests.web.house import House
from tests.web.told import declare
from web.lists.exports import as_csv, as_workbook, inert

FORMULAS = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "＝1+1", "＋1", "＠x", "\t=1", "\r=1"]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_is_computed(text: str) -> None:
    read = list(csv.reader(StringIO(bytes(as_csv("x", ["a"], [[text]]).body).decode("utf-8-sig"), newline="")))
    assert read[1] == [f"'{text}"]
    sheet = CalamineWorkbook.from_filelike(BytesIO(as_workbook("x", ["a"], [[text]]).body)).get_sheet_by_index(0)
    assert str(sheet.to_python()[1][0]).strip() == text.strip()


@pytest.mark.parametrize("text", ["一种装置", "KF001", "0123", "a=b", ""])
def test_what_is_no_formula_stays_as_it_is(text: str) -> None:
    assert inert(text) == text


async def test_ones_filings_and_their_deadlines_are_taken_along(house: House) -> None:
    licensor = await house.guest(Role.LICENSOR)
    declaration, other = await declare(house, licensor), await declare(house, await house.guest(Role.LICENSOR))
    table = (await licensor.get("/filings/export.csv")).content.decode("utf-8-sig")
    assert [row[0] for row in csv.reader(StringIO(table))][1:] == [str(declaration)]
    assert str(other) not in table
    feed = Calendar.from_ical((await licensor.get("/filings/deadlines.ics")).content)
    assert [str(event["url"]).rpartition("/")[2] for event in feed.walk("VEVENT")] == [str(declaration)]
