"""Every page in a real browser, in both languages and at both widths: nobody is kept out, and all of it fits."""

from typing import TYPE_CHECKING

import pytest

from schemas.values.actor import Role
from tests.browser.fixtures import DESKTOP, PHONE, NewPage
from tests.browser.seeing import axe, overflow
from tests.web.walking.town import SHOWN, Town

if TYPE_CHECKING:
    from playwright.async_api import Page

WALKERS = (Role.LICENSOR, Role.LICENSEE, Role.OPERATOR, Role.OFFICE, Role.FINANCE, Role.ADMINISTRATOR, None)
LISTS_OF_ALL = ("/filings", "/tasks")
"""Whoever sees what belongs to others has more in them than whoever was there before him."""
NOWHERE = "/nowhere"
MOST_BYTES = 60 * 1024


@pytest.mark.slow  # every page twice
async def test_every_page_keeps_nobody_out_fits_and_is_small(town: Town, new_page: NewPage) -> None:
    """A page that several see is looked at as the first of them."""
    house = town.house
    left, wrong = {route.path: town.address(route) for route in SHOWN}, list[str]()
    for role in WALKERS:
        pages = [await _opened(town, new_page, role, *how) for how in ((DESKTOP, "zh"), (PHONE, "en"))]
        client = town.people[role].http if role else house.public()
        for path, address in list(left.items()):
            answer = await client.get(address)
            if answer.status_code != 200:
                continue
            del left[path]
            if "<html" not in answer.text:  # a part of a page, or a file
                continue
            if len(answer.content) > MOST_BYTES:
                wrong.append(f"{path} has {len(answer.content)} bytes")
            wrong += await _looked_at(pages, f"{house.address}{address}", path)
        for path in LISTS_OF_ALL if role is Role.OPERATOR else (NOWHERE,) if role is None else ():
            wrong += await _looked_at(pages, f"{house.address}{path}", path)
        for page in pages:
            await page.context.close()
    assert wrong == []
    assert left == {}, "nobody of those who walk sees them"


async def _looked_at(pages: "list[Page]", address: str, path: str) -> list[str]:
    """What keeps somebody out of that page, or does not fit."""
    wrong = list[str]()
    for page in pages:
        await page.goto(address)
        wrong += [f"{path}: {one}" for one in (*await axe(page), *await overflow(page))]
    return wrong


async def _opened(town: Town, new_page: NewPage, role: Role | None, width: int, language: str) -> "Page":
    page: Page = await new_page(width, language)
    if role is not None:
        cookie = town.people[role].cookie
        await page.context.add_cookies([{"name": "session", "value": cookie, "url": town.house.address}])
    return page
