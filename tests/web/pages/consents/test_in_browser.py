"""A co-owner opens his link in a real browser, types the code, reads, and consents."""

import pytest

from schemas.values.actor import Role
from tests.browser.fixtures import DESKTOP, PHONE, NewPage
from tests.web.house import House
from tests.web.pages.consents.test_consents import code_of, draft_of
from tests.web.test_in_browser import look, open_as
from texts.lines import Language
from web.words import word


@pytest.mark.parametrize(("width", "language"), [(DESKTOP, "en"), (PHONE, "zh")])
async def test_a_co_owner_without_an_account_consents(
    house: House, new_page: NewPage, width: int, language: Language
) -> None:
    licensor, operator = await house.guest(Role.LICENSOR, "某大学"), await house.guest(Role.OPERATOR)
    draft = await draft_of(house, licensor, (await house.guest(Role.LICENSOR, "某共有公司")).organisation_id)
    page = await open_as(new_page, house, licensor, width, language)
    await page.goto(f"{house.address}/consents/{draft}")
    await look(page)
    await page.get_by_role("button", name=word("consent_make_link", language)).click()
    shown = page.get_by_text("/consent/")
    await look(page)
    link = await shown.inner_text()

    co_owner = await open_as(new_page, house, None, width, language)
    await co_owner.goto(link.strip())
    await look(co_owner)
    await co_owner.get_by_role("button", name=word("consent_ask_code", language)).click()
    await look(co_owner)

    page = await open_as(new_page, house, operator, width, language)
    await page.goto(f"{house.address}/consent-codes")
    await look(page)
    code = await code_of(operator, house, draft)

    await co_owner.locator("#code").fill(code)
    await co_owner.get_by_role("button", name=word("go_on", language)).click()
    await co_owner.get_by_role("heading", name=word("consent_decide", language)).wait_for()
    await look(co_owner)
    await co_owner.get_by_role("button", name=word("consent_give", language)).click()
    await co_owner.get_by_text(word("consent_given", language)).wait_for()
    await look(co_owner)

    page = await open_as(new_page, house, licensor, width, language)
    await page.goto(f"{house.address}/consents/{draft}")
    assert await page.get_by_text(word("consent_state_consented", language), exact=True).is_visible()
