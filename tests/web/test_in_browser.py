"""The main way through the console in a real browser: each page as somebody sees it, and nothing wrong with any."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from schemas.values.actor import Role
from tests.browser.fixtures import DESKTOP, PHONE, NewPage
from tests.browser.seeing import axe, overflow
from tests.web.house import Guest, House
from tests.web.told import declared_fields
from texts.lines import Language
from texts.words import name_of
from web.words import word

if TYPE_CHECKING:
    from playwright.async_api import Page

Look = Callable[["Page"], Awaitable[None]]


async def open_as(new_page: NewPage, house: House, guest: Guest | None, width: int, language: Language) -> "Page":
    """A browser in which that person is signed in."""
    page = await new_page(width, language)
    if guest is not None:
        await page.context.add_cookies([{"name": "session", "value": guest.cookie, "url": house.address}])
    return page


async def look(page: "Page") -> None:
    """Nobody is kept out of the page, and it fits its window."""
    assert await axe(page) == []
    assert await overflow(page) == []


@pytest.mark.parametrize(("width", "language"), [(DESKTOP, "zh"), (PHONE, "en")])
async def test_a_declaration_is_filed_announced_and_taken_up(
    house: House, new_page: NewPage, width: int, language: Language
) -> None:
    licensor, licensee = await house.guest(Role.LICENSOR, "某大学"), await house.guest(Role.LICENSEE, "某通信公司")
    office, number = await house.guest(Role.OFFICE, "国家知识产权局"), await house.patent()

    page = await open_as(new_page, house, licensor, width, language)
    await page.goto(f"{house.address}/declare")
    await page.get_by_role("button", name=word("declare_begin", language)).click()
    for step, fields in declared_fields(number, licensor.organisation_id).items():
        await page.wait_for_url(re.compile(f"/{step}$"))
        await look(page)
        for name, value in fields.items():
            await fill(page, name, value)
        await page.get_by_role("button", name=word("save_and_go_on", language)).click()
    await page.wait_for_url(re.compile("/check$"))
    assert word("what_will_happen", language) in await page.content()
    await look(page)
    await page.get_by_role("button", name=word("submit_declaration", language)).click()
    await page.wait_for_url(re.compile("/acts/"))
    await look(page)
    await page.get_by_role("button", name=word("to_the_filing", language)).click()
    await look(page)
    filing = page.url.rpartition("/")[2]

    page = await open_as(new_page, house, office, width, language)
    await page.goto(f"{house.address}/filings/{filing}")
    await page.get_by_role("button", name=name_of("acts", "declaration.announce", language), exact=True).click()
    await look(page)
    await fill(page, "declaration_number", f"KF{number[4:12]}")
    await page.get_by_role("button", name=name_of("acts", "declaration.announce", language)).click()
    assert await page.locator(".govuk-error-summary").is_visible()
    await look(page)
    await fill(page, "gazette.issue", f"42-{number[4:12]}")
    assert await page.locator('[name="declaration_number"]').input_value() == f"KF{number[4:12]}"
    await page.get_by_role("button", name=name_of("acts", "declaration.announce", language)).click()
    await page.wait_for_url(re.compile("/acts/"))

    page = await open_as(new_page, house, licensee, width, language)
    await page.goto(f"{house.address}/offers?q={number}")
    await page.get_by_role("link", name="一种用于检验的装置").click()
    await page.get_by_role("button", name=word("give_notice", language)).click()
    await look(page)
    await page.get_by_role("button", name=word("give_notice", language)).click()
    await page.wait_for_url(re.compile("/acts/"))
    await look(page)


async def fill(page: "Page", name: str, value: str) -> None:
    """Types into the field, or chooses."""
    field = page.locator(f'[name="{name}"]')
    if await field.first.get_attribute("type") == "radio":
        await page.locator(f'[name="{name}"][value="{value}"]').check()
    else:
        await field.fill(value)


async def test_a_draft_that_two_pages_change_loses_nothing(house: House, new_page: NewPage) -> None:
    licensor = await house.guest(Role.LICENSOR)
    begun = await licensor.post("/declare")
    address = f"{house.address}/declare/{begun.headers['location'].split('/')[2]}/explanation"
    first, second = [await open_as(new_page, house, licensor, DESKTOP, "zh") for _ in range(2)]
    for page in (first, second):
        await page.goto(address)
    await fill(first, "offer.fee_explanation", "第一页写的")
    await first.get_by_role("button", name=word("save_and_go_on", "zh")).click()
    await first.wait_for_url(re.compile("/contact$"))
    await fill(second, "offer.fee_explanation", "第二页写的")
    await second.get_by_role("button", name=word("save_and_go_on", "zh")).click()
    await second.get_by_text(word("draft_moved", "zh")).first.wait_for()
    assert await second.locator('[name="offer.fee_explanation"]').input_value() == "第二页写的"
    await look(second)
    await second.get_by_role("button", name=word("save_and_go_on", "zh")).click()
    await second.wait_for_url(re.compile("/contact$"))


async def test_what_is_typed_is_kept_when_a_field_is_left_and_overwrites_nothing(
    house: House, new_page: NewPage
) -> None:
    licensor = await house.guest(Role.LICENSOR)
    begun = await licensor.post("/declare")
    draft = begun.headers["location"].split("/")[2]
    address = f"{house.address}/declare/{draft}/explanation"
    first, second = [await open_as(new_page, house, licensor, DESKTOP, "zh") for _ in range(2)]
    for page in (first, second):
        await page.goto(address)
    saved = re.compile(word("draft_saved_at", "zh", at=r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d"))
    for name, value in (("offer.fee_explanation", "第一页写的"), ("offer.other_matters", "第一页另写的")):
        await fill(first, name, value)
        await first.locator(f'[name="{name}"]').blur()
    await first.locator("#kept").get_by_text(saved).wait_for()
    kept = "SELECT fields FROM drafts WHERE draft_id = $1"
    async with asyncio.timeout(60):
        while "offer.other_matters" not in await house.pool.fetchval(kept, UUID(draft)):  # noqa: ASYNC110  (the page does it)
            await asyncio.sleep(0.05)
    await look(first)

    await fill(second, "offer.fee_explanation", "第二页写的")
    await second.locator('[name="offer.fee_explanation"]').blur()
    await second.locator("#kept").get_by_text(word("draft_moved_kept", "zh")).wait_for()
    fields = await house.pool.fetchval(kept, UUID(draft))
    assert fields["offer.fee_explanation"] == "第一页写的"
    assert fields["offer.other_matters"] == "第一页另写的"
    await look(second)

    again = await open_as(new_page, house, licensor, DESKTOP, "zh")
    await again.goto(address)
    assert await again.locator('[name="offer.other_matters"]').input_value() == "第一页另写的"
