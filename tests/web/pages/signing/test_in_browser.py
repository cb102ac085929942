"""Signed in with a real browser: a warning before the session ends."""

from uuid import uuid4

from playwright.async_api import Page, Route, expect

from schemas.values.actor import Role
from tests.browser.seeing import axe
from tests.web.house import House
from tests.web.people import PASSWORD, account_named, granted


async def somebody(house: House, role: Role) -> str:
    """The sign-in name of a demo person in that role."""
    name = f"han-{uuid4().hex[:12]}"
    account_id = await account_named(house.console.sessions.door, name, is_demo=True)
    async with house.pool.acquire() as connection:
        await granted(connection, account_id, role)
    return name


async def test_a_page_warns_before_its_session_ends_and_lets_it_go_on(house: House, page: Page) -> None:
    name, lasts = await somebody(house, Role.LICENSOR), [119]

    async def told(route: Route) -> None:
        if route.request.method == "POST":
            assert route.request.headers["x-csrf-token"]
            lasts[:] = [1200]
        await route.fulfill(json={"lasts": lasts[0]})

    await page.clock.install()
    await page.goto(f"{house.address}/sign-in?language=en&next=/account")
    await page.fill("#name", name)
    await page.fill("#password", PASSWORD)
    await page.keyboard.press("Enter")
    await expect(page.locator("h1")).to_have_text("王小明")
    warning = page.locator("#session-ends")
    await expect(warning).to_be_hidden()
    await page.route("**/account/lasts", told)
    await page.clock.fast_forward("18:01")
    await expect(warning).to_contain_text("You will be signed out in two minutes")
    assert await axe(page) == []
    await page.get_by_role("button", name="Stay signed in").click()
    await expect(warning).to_be_hidden()
    lasts[:] = [0]
    await page.clock.fast_forward("18:01")
    await expect(warning).to_contain_text("You are signed out")
