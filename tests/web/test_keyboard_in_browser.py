"""The main tasks without a mouse: by Tab, Enter, Space and the arrows between choices, and nothing else."""

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from uuid import uuid4

from playwright.async_api import Page, expect

from schemas.values.actor import Role
from tests.browser.fixtures import DESKTOP, NewPage
from tests.web.house import Guest, House
from tests.web.people import PASSWORD, account_named, granted, organisation
from tests.web.told import declared_fields
from texts.words import name_of
from web.words import word

if TYPE_CHECKING:
    from uuid import UUID

_MOST_STOPS = 200
_IS_THERE = """([fits, text]) => {
    const one = document.activeElement;
    return one.matches(fits) && (text === null || one.textContent.trim() === text);
}"""


class Keys:
    """Hands on a keyboard, in front of one page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        # Somebody listens from the start: begun when the key is pressed, it may come after the dialog has opened.
        page.on("filechooser", lambda _: None)

    async def to(self, fits: str, text: str | None = None) -> None:
        """Tabs forward until what has the focus fits; whoever does not get there is kept out."""
        for _ in range(_MOST_STOPS):
            await self.page.keyboard.press("Tab")
            if await self.page.evaluate(_IS_THERE, [fits, text]):
                return
        raise AssertionError(f"no tab leads to {fits} {text or ''} of {self.page.url}")

    async def type(self, name: str, text: str) -> None:
        """Into the field of that name, or chooses."""
        field = self.page.locator(f'[name="{name}"]')
        if await field.first.get_attribute("type") == "radio":
            await self.to(f'[name="{name}"]')
            await self.page.keyboard.press("Space")
            for _ in range(await field.count()):
                if await self.page.locator(f'[name="{name}"][value="{text}"]').is_checked():
                    return
                await self.page.keyboard.press("ArrowDown")
            raise AssertionError(f"no arrow leads to {text} of {name}")
        if await field.input_value() != text:
            await self.to(f'[name="{name}"]')
            await self.page.keyboard.type(text)

    async def press(self, text: str, fits: str = "button", key: str = "Enter", leads_to: str = "") -> None:
        """The button or link of that text."""
        await self.to(fits, text)
        await self.page.keyboard.press(key)
        await self.at(leads_to)

    async def at(self, path: str) -> None:
        """Waits for a page whose path has that in it; what is asked for behind the path is none of it."""
        await self.page.wait_for_url(lambda url: re.search(path, urlsplit(url).path) is not None)

    async def choose_file(self, name: str, file: str) -> None:
        """By the dialog that the space key opens."""
        await self.to(f'[name="{name}"]')
        async with self.page.expect_file_chooser() as opened:
            await self.page.keyboard.press("Space")
        await (await opened.value).set_files({"name": file, "mimeType": "text/plain", "buffer": uuid4().hex.encode()})


async def signed_in(new_page: NewPage, house: House, guest: Guest, path: str) -> Keys:
    """Somebody who is signed in already, at that page."""
    page: Page = await new_page(DESKTOP, "zh")
    await page.context.add_cookies([{"name": "session", "value": guest.cookie, "url": house.address}])
    await page.goto(f"{house.address}{path}")
    return Keys(page)


async def licensor_with_password(house: House) -> tuple[str, "UUID"]:
    """A sign-in name, and the organisation that is acted for."""
    name = f"keys-{uuid4().hex[:12]}"
    account_id = await account_named(house.console.sessions.door, name, is_demo=True)
    async with house.pool.acquire() as connection:
        unit = await organisation(connection, "某大学")
        await granted(connection, account_id, Role.LICENSOR, unit)
    return name, unit


async def test_the_main_tasks_are_done_by_keyboard_alone(house: House, new_page: NewPage) -> None:
    (name, unit), number = await licensor_with_password(house), await house.patent()
    keys = Keys(await new_page(DESKTOP, "zh"))
    await keys.page.goto(f"{house.address}/sign-in?next=/declare")
    await keys.type("name", name)
    await keys.type("password", PASSWORD)
    await keys.press(word("sign_in", "zh"), leads_to="/declare$")
    await keys.press(word("declare_begin", "zh"), key="Space", leads_to="/patent$")
    for step, fields in declared_fields(number, unit).items():
        await keys.at(f"/{step}$")
        for field, text in fields.items():
            await keys.type(field, text)
        await keys.press(word("save_and_go_on", "zh"))
    await keys.at("/check$")
    await keys.press(word("submit_declaration", "zh"), leads_to="/acts/")
    await keys.press(word("to_the_filing", "zh"), fits="a, button", leads_to="/filings/")
    declaration = keys.page.url.rpartition("/")[2]

    announce = name_of("acts", "declaration.announce", "zh")
    keys = await signed_in(new_page, house, await house.guest(Role.OFFICE), f"/filings/{declaration}")
    await keys.press(announce, fits="a, button", leads_to="/acts/announce")
    await keys.type("declaration_number", f"KF{number[4:12]}")
    await keys.type("gazette.issue", f"42-{number[4:12]}")
    await keys.press(announce, leads_to="/acts/[0-9a-f-]{36}")

    licensee = await house.guest(Role.LICENSEE)
    keys = await signed_in(new_page, house, licensee, f"/offers/{declaration}")
    await keys.press(word("give_notice", "zh"), fits="a, button", leads_to="/notice")
    await keys.press(word("give_notice", "zh"), key="Space", leads_to="/acts/")
    await keys.press(word("to_the_filing", "zh"), fits="a, button", leads_to="/filings/")
    pay = name_of("acts", "licence.pay", "zh")
    await keys.press(pay, fits="a, button", leads_to="/acts/pay")
    await keys.type("amount", "10000.00")
    await keys.choose_file("voucher@file", "voucher.txt")
    await keys.press(pay, leads_to="/acts/[0-9a-f-]{36}")
    receipt = keys.page.url.rpartition("/")[2]

    code = await house.pool.fetchval("SELECT answer->>'content_hash' FROM acts WHERE act_id = $1::uuid", receipt)
    keys = Keys(await new_page(DESKTOP, "zh"))
    await keys.page.goto(f"{house.address}/verify")
    await keys.type("code", f"{receipt}/{code}")
    await keys.page.keyboard.press("Enter")
    await keys.at(f"/verify/{receipt}/")
    await expect(keys.page.locator("main")).to_contain_text(name_of("stages", "licence.effective", "zh"))
