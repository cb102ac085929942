"""What people do who are in a hurry: press twice, press again while nothing seems to happen, stay away too long."""

import asyncio
import re

from playwright.async_api import Page, Route, expect

from schemas.values.actor import Role
from tests.browser.fixtures import DESKTOP, NewPage
from tests.web.house import Guest, House
from web.words import word


async def opened(new_page: NewPage, house: House, guest: Guest) -> Page:
    """A browser in which that person is signed in."""
    page: Page = await new_page(DESKTOP, "zh")
    await page.context.add_cookies([{"name": "session", "value": guest.cookie, "url": house.address}])
    return page


async def test_what_is_pressed_twice_is_done_once_while_the_server_is_slow(house: House, new_page: NewPage) -> None:
    licensor = await house.guest(Role.LICENSOR)
    page, sent, answered = await opened(new_page, house, licensor), list[str](), asyncio.Event()

    async def slow(route: Route) -> None:
        if route.request.method == "POST":
            sent.append(route.request.url)
            await answered.wait()
        await route.continue_()

    await page.route("**/declare", slow)
    await page.goto(f"{house.address}/declare")
    begin = page.get_by_role("button", name=word("declare_begin", "zh"))
    await begin.dblclick(no_wait_after=True)
    answered.set()
    await page.wait_for_url(re.compile("/patent$"))
    assert len(sent) == 1
    drafts = "SELECT count(*) FROM drafts WHERE organisation_id = $1"
    assert await house.pool.fetchval(drafts, licensor.organisation_id) == 1


async def test_what_was_saved_is_there_for_whoever_was_signed_out_meanwhile(house: House, new_page: NewPage) -> None:
    licensor = await house.guest(Role.LICENSOR)
    begun = await licensor.post("/declare")
    address = f"{house.address}/declare/{begun.headers['location'].split('/')[2]}/explanation"
    page = await opened(new_page, house, licensor)
    await page.goto(address)
    await page.fill('[name="offer.fee_explanation"]', "先写下的理由")
    await page.get_by_role("button", name=word("save_and_go_on", "zh")).click()
    await page.wait_for_url(re.compile("/contact$"))
    await house.console.sessions.end_all(licensor.session.account_id)
    await page.get_by_role("button", name=word("save_and_go_on", "zh")).click()
    await page.wait_for_url(re.compile("/sign-in"))
    assert word("ended_drafts", "zh") in await page.content()
    cookie, _ = await house.console.sessions.begin(licensor.session.account_id)
    await page.context.add_cookies([{"name": "session", "value": cookie, "url": house.address}])
    await page.reload()
    await page.wait_for_url(re.compile("/contact$"))
    await page.goto(address)
    await expect(page.locator('[name="offer.fee_explanation"]')).to_have_value("先写下的理由")
