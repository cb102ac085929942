"""Every list of the console is taken along as a file by whoever sees it, and by nobody else."""

import re
from collections.abc import Callable, Sequence
from dataclasses import fields
from itertools import product
from typing import Any
from uuid import UUID

import pytest

from database.record.posting import Message
from database.registers.refused_lines import keep_refused
from database.standing.outbox import put_message
from schemas.acts.act import FilingKind
from schemas.values.actor import Role
from schemas.values.refusal import refusal
from tests.web.lists.files import rows_of, sheet_of
from tests.web.walking.town import SHOWN, Town
from texts.words import name_of
from web.forms.saying import facet_name
from web.lists.exports import inert
from web.lists.listed import Listed
from web.pages.lists import LISTS
from web.words import heading, word

NO_LISTS = {
    "/components": "parts of the design",
    "/dashboard": "counts, which the lists behind them explain",
    "/statistics": "open data has files of its own",
    "/statistics/dictionary": "what the columns of open data mean",
    "/offers/{declaration_id}/cost": "a calculation",
    "/declare/{draft_id}/check": "what would follow from one declaration",
    "/filings/{filing_id}": "one filing; the lists of tasks and filings have its days",
    "/filings/{filing_id}/doing": "what can be done about one filing",
    "/filings/{filing_id}/money/{version}/{ordinal}": "one line, with its clauses",
    "/licences/{licence_id}": "one licence",
    "/parties/{party_id}": "one party",
    "/account/passkeys": "one's own, ten at most",
    "/consents/{draft_id}": "who consents to one draft",
}
"""Pages with tables that are no list, and why."""
NOT_IN_TOWN = {"/filings/{filing_id}/royalties", "/calendars/{year}"}
"""Nobody sells by the piece there, and no holiday has moved a day; their rows are looked at in other tests."""
STRANGERS = (Role.LICENSOR, Role.LICENSEE, Role.FINANCE, Role.INVENTOR, Role.CLAIMANT)
READERS = (Role.LICENSOR, Role.LICENSEE, Role.OPERATOR, Role.ADMINISTRATOR, Role.FINANCE)


@pytest.fixture(scope="module")
async def full(town: Town) -> Town:
    """The town, with something in the lists that are empty where all goes well."""
    operator, pool = town.people[Role.OPERATOR], town.house.pool
    days = {"from_on": "2026-11-30", "until_on": "2036-11-30"}
    await operator.post("/absences", party_id=str(operator.session.party_id), **days)
    await operator.post("/deadlines")
    await town.house.public().post(f"/consent/{town.places['secret']}/ask")
    async with pool.acquire() as connection:
        await put_message(connection, Message("no such topic", "=town", {}), UUID(town.places["filing_id"]))
        await keep_refused(connection, "import", "=town.csv", 1, b"?", (refusal("not_a_day", "day", given="?"),))
    await pool.execute("UPDATE outbox SET quarantined = true, last_error = '=1+1' WHERE key = '=town'")
    return town


def _address(town: Town, path: str) -> str:
    return town.elsewhere.get(path) or path.format(**town.places)


async def test_no_page_shows_a_list_that_cannot_be_taken_along(town: Town) -> None:
    lists, without = {one.path for one in LISTS}, set[str]()
    for route in SHOWN:
        for role in READERS:
            page = await town.people[role].get(town.address(route))
            if page.status_code != 200 or "<html" not in page.text:
                continue
            is_list = "govuk-table " in page.text or "govuk-pagination" in page.text
            assert ('id="take-along"' in page.text) is (route.path in lists), route.path
            if is_list and route.path not in lists:
                without.add(route.path)
            break
    assert without <= set(NO_LISTS), "give it a Listed in web/pages/lists.py, or say here why it is no list"


@pytest.mark.parametrize("one", LISTS, ids=lambda one: one.path)
async def test_every_list_is_taken_along_in_the_language_of_its_reader(full: Town, one: Listed[Any]) -> None:
    address, most = _address(full, one.path), 0
    # As the form above the list is sent where nothing was chosen.
    left_open = {field.name: "" for field in fields(one.asked) if f"{{{field.name}}}" not in one.path}
    for role, language in product(READERS, ("zh", "en")):
        reader = full.people[role]
        page = await reader.get(address, language=language, **left_open)
        assert page.status_code == (await reader.get(address)).status_code
        if page.status_code != 200:
            continue
        taken = re.search(r'id="take-along".*?href="([^"]+)".*?href="([^"]+)"', page.text)
        if taken is None:  # the page is there, and says that the list is not for this role
            assert (await reader.get(f"{address}/export.csv")).status_code == 404
            continue
        table, workbook = [await reader.get(found.replace("&amp;", "&")) for found in taken.groups()]
        head = [heading(key, "en" if language == "en" else "zh") for key, _ in one.columns]
        assert (table.status_code, workbook.status_code) == (200, 200)
        assert len(set(head)) == len(head)
        assert all(re.search("[一-鿿]", text) for text in head if language == "zh"), head
        rows = rows_of(table.content)
        assert rows[0] == head
        most = max(most, len(rows) - 1)
        assert all(len(row) == len(head) for row in rows)
        assert all(inert(cell) == cell for row in rows for cell in row)
        # That the table was taken along is one more line of the audit log when the workbook is.
        assert len(sheet_of(workbook.content)) == len(rows) + (one.path == "/audit-log")
    assert (most > 0) is (one.path not in NOT_IN_TOWN), "the town has some of everything"


@pytest.mark.parametrize("role", STRANGERS)
async def test_a_stranger_takes_nothing_of_anothers_along(town: Town, role: Role) -> None:
    guest = await town.house.guest(role)
    public = town.house.public()
    for one in LISTS:
        address = _address(town, one.path)
        page, table = await guest.get(address), await guest.get(f"{address}/export.csv")
        assert table.status_code == page.status_code, one.path
        at_the_door = (await public.get(f"{address}/export.xlsx")).status_code == 303
        assert at_the_door is not one.is_public, one.path
        if one.is_public or table.status_code != 200 or one.path in ("/parties", "/patents/{number}"):
            continue
        assert rows_of(table.content)[1:] == [], one.path


def _facet(value: str) -> str:
    return str(facet_name("price_form", value, "en"))


NARROWED: tuple[tuple[str, str, Sequence[str], str, Callable[[str], str]], ...] = (
    ("/filings", "kind", tuple(FilingKind), "kind", lambda one: name_of("kinds", one, "en")),
    ("/parties", "name", ("城中licensor", "城中licensee"), "public_name", str),
    ("/audit-log", "outcome", ("granted", "refused", "read"), "outcome", lambda one: word(f"outcome_{one}", "en")),
    ("/offers", "price_form", ("free", "running", "lump_sum", "entry_plus_running"), "facet_price_form", _facet),
)
"""A list, what narrows it and by which values; the column that shows it, and how it says such a value."""


@pytest.mark.parametrize("case", NARROWED, ids=lambda case: f"{case[0]}?{case[1]}")
async def test_a_file_of_a_narrowed_list_has_just_those_rows(full: Town, case: Any) -> None:
    path, field, values, column, told = case
    (listed,) = [one for one in LISTS if one.path == path]
    operator = full.people[Role.OPERATOR]
    place = [key for key, _ in listed.columns].index(column)

    async def rows(**narrowed: str) -> list[list[str]]:
        address = _address(full, path)
        page = await operator.get(address, language="en", **narrowed)
        along = re.search(r'id="take-along".*?href="([^"]+)"', page.text)
        assert along is not None
        return rows_of((await operator.get(along[1].replace("&amp;", "&"))).content)[1:]

    whole, left_out, found = await rows(), 0, 0
    for value in values:
        narrowed, expected = await rows(**{field: value}), [one for one in whole if one[place] == told(value)]
        if path == "/audit-log":  # the reads of this test are lines of it themselves
            narrowed, expected = narrowed[-len(expected) :], expected if expected else narrowed[:0]
        assert narrowed == expected, value
        left_out += len(expected) < len(whole)
        found += bool(expected)
    assert found, "the town has rows that a value finds"
    assert left_out, "and rows that a value leaves out"


async def test_who_took_a_list_along_stands_in_the_audit_log(full: Town) -> None:
    guest, operator = await full.house.guest(Role.LICENSEE), await full.house.guest(Role.OPERATOR)
    paths = ["/filings", f"/filings/{full.places['filing_id']}/documents"]
    for path in [*paths, "/offers"]:
        await operator.get(path)
        for one in (guest, operator):
            await one.get(f"{path}/export.csv")
    written = "SELECT filing_id FROM audit_log WHERE who = $1 AND act_kind = 'take_list' ORDER BY id"
    taken = [
        [row["filing_id"] for row in await full.house.pool.fetch(written, one.session.party_id)]
        for one in (guest, operator)
    ]
    assert taken == [[None], [None, UUID(full.places["filing_id"])]]
