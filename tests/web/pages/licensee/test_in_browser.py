"""Giving notice as impatient people do it: twice at once, again after going back, and from a second tab."""

import re
from typing import TYPE_CHECKING

from schemas.values.actor import Role
from tests.browser.fixtures import PHONE, NewPage
from tests.browser.seeing import axe, overflow
from tests.web.house import House
from tests.web.told import announce, declare
from web.words import word

if TYPE_CHECKING:  # tests without a browser need not load it
    from playwright.async_api import FilePayload


async def test_however_often_a_notice_is_sent_there_is_one_licence_with_one_payment(
    house: House, new_page: NewPage
) -> None:
    licensee, offer = await house.guest(Role.LICENSEE), await declare(house, await house.guest(Role.LICENSOR))
    await announce(await house.guest(Role.OFFICE), offer, "KF2026-clicks")
    page = await new_page(PHONE, "zh")
    await page.context.add_cookies([{"name": "session", "value": licensee.cookie, "url": house.address}])
    other = await page.context.new_page()
    voucher: FilePayload = {"name": "voucher.txt", "mimeType": "text/plain", "buffer": f"付款凭证 {offer}".encode()}
    for tab in (page, other):
        await tab.goto(f"{house.address}/offers/{offer}")
        await tab.get_by_role("button", name=word("give_notice", "zh")).click()
        await tab.locator('[name="payment.amount"]').fill("10000.00")
        await tab.locator('[name="payment.voucher@file"]').set_input_files(voucher)
    await page.get_by_role("button", name=word("give_notice", "zh")).dblclick()
    await page.wait_for_url(re.compile("/acts/"))
    receipt = page.url
    await other.get_by_role("button", name=word("give_notice", "zh")).click()
    await other.wait_for_url(re.compile("/acts/"))
    assert other.url == receipt
    await page.go_back()
    await page.reload()
    assert word("notice_given", "zh") in await page.content()
    assert await house.pool.fetchval("SELECT count(*) FROM licences WHERE declaration_id = $1", offer) == 1
    licence = await house.pool.fetchval("SELECT licence_id FROM licences WHERE declaration_id = $1", offer)
    assert await house.pool.fetchval("SELECT count(*) FROM events WHERE filing_id = $1", licence) == 2

    for path in (f"/offers/{offer}/notice", f"/offers/{offer}/cost", "/licences", f"/licences/{licence}"):
        await page.goto(f"{house.address}{path}")
        assert await axe(page) == []
        assert await overflow(page) == []
