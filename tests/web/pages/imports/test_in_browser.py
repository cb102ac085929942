"""Sending a table in a real browser: progress by itself, what is wrong at its row, and the rest filed."""

import pytest

from schemas.values.actor import Role
from tests.browser.fixtures import DESKTOP, PHONE, NewPage
from tests.web.house import House
from tests.web.pages.imports.tables import as_csv, row
from tests.web.test_in_browser import look, open_as
from texts.lines import Language
from web.words import word

_WAIT = 120_000


@pytest.mark.parametrize(("width", "language"), [(DESKTOP, "zh"), (PHONE, "en")])
async def test_a_table_is_sent_checked_and_taken(
    house: House, new_page: NewPage, width: int, language: Language
) -> None:
    licensor = await house.guest(Role.LICENSOR, f"某表格单位{width}")
    owner = str(licensor.organisation_id)
    body = as_csv(row(await house.patent(), owner), row(await house.patent(), owner, amount="?"))
    page = await open_as(new_page, house, licensor, width, language)
    await page.goto(f"{house.address}/imports")
    await look(page)
    await page.locator("#file").set_input_files({"name": "declarations.csv", "mimeType": "text/csv", "buffer": body})
    await page.get_by_role("button", name=word("imports_send", language)).click()
    take = page.get_by_role("button", name=word("imports_take", language, good=1))
    await take.wait_for(timeout=_WAIT)
    await look(page)
    await take.click()
    await page.get_by_role("link", name=word("to_the_filing", language)).wait_for(timeout=_WAIT)
    await page.get_by_text(word("imports_done", language, refused=1)).wait_for(timeout=_WAIT)
    await look(page)
    await page.get_by_role("link", name=word("to_the_filing", language)).click()
    await page.wait_for_url("**/filings/*")
