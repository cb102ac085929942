"""Who goes back after a form was taken, and sends it again: nothing is done twice, and the page says what stands."""

import re
from typing import TYPE_CHECKING
from uuid import UUID

from schemas.values.actor import Role
from tests.browser.fixtures import DESKTOP, NewPage
from tests.web.house import House
from tests.web.pages.bulk.test_bulk import RETURNED, WHY, becomes, bulk_of, facts_of
from tests.web.test_in_browser import fill, open_as
from tests.web.told import announce, declare, declared_fields
from tests.web.walking.reading import forms_of
from texts.words import name_of
from web.words import word

if TYPE_CHECKING:  # tests without a browser need not load it
    from playwright.async_api import Page

RECEIPT = re.compile(r"/acts/[0-9a-f-]{36}$")


async def press(page: "Page", button: str) -> None:
    """Twice, as impatient people do."""
    await page.get_by_role("button", name=button, exact=True).dblclick(no_wait_after=True)


async def test_what_was_declared_and_announced_is_so_once_for_who_goes_back(house: House, new_page: NewPage) -> None:
    licensor, office = await house.guest(Role.LICENSOR, "某大学"), await house.guest(Role.OFFICE)
    number = await house.patent()
    draft = (await licensor.post("/declare")).headers["location"].split("/")[2]
    for step, fields in declared_fields(number, licensor.organisation_id).items():
        await licensor.post(f"/declare/{draft}/{step}", **fields)
    page = await open_as(new_page, house, licensor, DESKTOP, "zh")
    await page.goto(f"{house.address}/declare/{draft}/check")
    await press(page, word("submit_declaration", "zh"))
    await page.wait_for_url(RECEIPT)
    receipt = page.url
    await page.go_back()
    await page.wait_for_url(RECEIPT)
    assert page.url == receipt, "what was filed has its receipt where its form was"
    declaration = await house.pool.fetchval("SELECT filing_id FROM acts WHERE act_id = $1", UUID(draft))
    assert await facts_of(house, declaration) == 1

    button = name_of("acts", "declaration.announce", "zh")
    page = await open_as(new_page, house, office, DESKTOP, "zh")
    path, receipts = f"/filings/{declaration}/acts/announce", list[str]()
    await page.goto(f"{house.address}{path}")
    for _ in range(2):  # what an authority tells again is the same, and no contradiction
        await fill(page, "declaration_number", f"KF{number[4:12]}")
        await fill(page, "gazette.issue", f"42-{number[4:12]}")
        await press(page, button)
        await page.wait_for_url(RECEIPT)
        receipts.append(page.url)
        await page.go_back()
        await page.wait_for_url(f"**{path}")
    assert receipts[0] == receipts[1]
    assert await facts_of(house, declaration) == 2


async def test_a_correction_that_is_asked_for_again_from_a_new_form_is_the_first_one(house: House) -> None:
    office, declaration = await house.guest(Role.OFFICE), await declare(house, await house.guest(Role.LICENSOR))
    await announce(office, declaration, "KF2026-BACK1")
    announced = "SELECT act_id FROM events WHERE filing_id = $1 AND body->'act'->>'kind' = 'announce'"
    path = f"/filings/{declaration}/corrections/{await house.pool.fetchval(announced, declaration)}"
    papers = {"reason@file": ("reason.txt", "打字错误".encode()), "evidence.0@file": ("g.txt", "公报再印".encode())}
    receipts = set[str]()
    for _ in range(2):
        (form,) = [one for one in forms_of((await office.get(path)).text) if "asked_as" in one.fields]
        typed = {**form.fields, "replacement.declaration_number": "KF2026-BACK2"}
        receipts.add((await office.post(path, files=papers, **typed)).headers["location"])
    assert len(receipts) == 1
    assert await facts_of(house, declaration) == 3


async def test_what_was_done_for_many_is_done_once_for_who_goes_back(house: House, new_page: NewPage) -> None:
    operator = await house.guest(Role.OPERATOR)
    filing = await declare(house, await house.guest(Role.LICENSOR))
    bulk = await bulk_of(operator, filing)
    await operator.post(f"/bulks/{bulk}/act?act=declaration.return", **RETURNED, **WHY)
    await becomes(house, bulk, "tried")
    page, do = await open_as(new_page, house, operator, DESKTOP, "zh"), f'form[action="/bulks/{bulk}/do"]'
    await page.goto(f"{house.address}/bulks/{bulk}")
    await page.locator(f"{do} button").dblclick(no_wait_after=True)
    await becomes(house, bulk, "done")
    await page.go_back()
    await page.goto(f"{house.address}/bulks/{bulk}")
    await page.locator('#bulk-results a[href^="/acts/"]').wait_for()
    assert await page.locator(do).count() == 0
    await operator.post(f"/bulks/{bulk}/do")
    await operator.post(f"/bulks/{bulk}/act?act=declaration.return", **RETURNED, **WHY)
    await becomes(house, bulk, "done")
    assert await facts_of(house, filing) == 2
