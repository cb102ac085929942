"""The page of keys as somebody sees it: before, with what is wrong, and with the key that is shown once."""

import pytest

from schemas.values.actor import Role
from tests.browser.fixtures import DESKTOP, PHONE, NewPage
from tests.browser.seeing import axe, overflow
from tests.web.house import House
from texts.lines import Language
from web.words import word


@pytest.mark.parametrize(("width", "language"), [(DESKTOP, "zh"), (PHONE, "en")])
async def test_a_key_is_made_without_a_barrier(house: House, new_page: NewPage, width: int, language: Language) -> None:
    maker = await house.guest(Role.LICENSOR)
    page = await new_page(width, language)
    await page.context.add_cookies([{"name": "session", "value": maker.cookie, "url": house.address}])
    await page.goto(f"{house.address}/keys")
    make = page.get_by_role("button", name=word("key_make", language))
    await make.click()
    await page.get_by_role("alert").wait_for()
    assert (await axe(page), await overflow(page)) == ([], [])
    await page.get_by_label(word("key_name", language)).fill("x")
    await make.click()
    await page.get_by_text(word("shown_once", language)).wait_for()
    assert (await axe(page), await overflow(page)) == ([], [])
