"""Pictures of the main pages for the documentation, in both languages and widths: ``make screenshots``."""

import asyncio
import os
import tempfile
from pathlib import Path
from typing import NamedTuple

from playwright.async_api import async_playwright

from database.migrate import migrate
from runtime.connection import connect
from runtime.postgres import DATABASE
from runtime.settings import ROOT, Settings
from runtime.stack import Addresses, Stack
from schemas.values.actor import Role
from tests.browser.chromium import find
from tests.conftest import Database
from tests.web.house import Guest, House, housed
from tests.web.told import announce, declare, declared_fields, give_notice

FOLDER = ROOT / "docs" / "screenshots"
_WIDTHS = {1280: 900, 390: 844}
_LOCALES = {"zh": "zh-CN", "en": "en-GB"}


class Picture(NamedTuple):
    """One page as somebody sees it; nobody: the public."""

    name: str
    path: str
    guest: Guest | None


async def pictures(house: House) -> list[Picture]:
    """A small life, and the pages that show it."""
    licensor, licensee = await house.guest(Role.LICENSOR, "演示大学"), await house.guest(Role.LICENSEE, "演示科技公司")
    office, operator = await house.guest(Role.OFFICE, "专利局（演示）"), await house.guest(Role.OPERATOR, "演示平台")
    titles = ("一种平台升降式独管通讯塔", "一种锂电池热管理装置", "一种图像降噪方法")
    declarations = [await declare(house, licensor, await house.patent(title)) for title in titles]
    for number, one in enumerate(declarations[:2], start=1):
        await announce(office, one, f"KF202600{number}")
    licence = await give_notice(licensee, declarations[0])
    voucher = {"voucher@file": ("voucher.txt", f"付款凭证 {licence}".encode())}
    paid = await licensee.post(f"/filings/{licence}/acts/pay", files=voucher, amount="10000.00")
    begun = await licensor.post("/declare")
    draft = begun.headers["location"].split("/")[2]
    for step, fields in declared_fields(await house.patent("一种节水灌溉系统"), licensor.organisation_id).items():
        await licensor.post(f"/declare/{draft}/{step}", **fields)
    await house.office.tell_all()
    return [
        Picture("bulletin", "/offers", None),
        Picture("offer", f"/offers/{declarations[0]}", licensee),
        Picture("cost", f"/offers/{declarations[0]}/cost", None),
        Picture("statistics", "/statistics", None),
        Picture("licences", "/licences", licensee),
        Picture("sign-in", "/sign-in", None),
        Picture("declare", f"/declare/{draft}/price", licensor),
        Picture("check", f"/declare/{draft}/check", licensor),
        Picture("filings", "/filings", licensor),
        Picture("filing", f"/filings/{declarations[0]}", licensor),
        Picture("licence", f"/filings/{licence}", licensee),
        Picture("receipt", paid.headers["location"], licensee),
        Picture("announce", f"/filings/{declarations[2]}/acts/announce", office),
        Picture("dashboard", "/dashboard", operator),
    ]


async def draw(house: House) -> None:
    """Every picture, in both languages and widths."""
    FOLDER.mkdir(exist_ok=True)
    chromium, shown = find(), await pictures(house)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=chromium.program,
            env=dict(chromium.environment),
            chromium_sandbox=os.geteuid() != 0,  # it cannot be had as root
        )
        for width, height in _WIDTHS.items():
            for language, locale in _LOCALES.items():
                for one in shown:
                    context = await browser.new_context(viewport={"width": width, "height": height}, locale=locale)
                    if one.guest is not None:
                        await context.add_cookies(
                            [{"name": "session", "value": one.guest.cookie, "url": house.address}]
                        )
                    page = await context.new_page()
                    await page.goto(f"{house.address}{one.path}")
                    body = await page.screenshot(full_page=True, type="jpeg", quality=70)
                    (FOLDER / f"{one.name}-{width}-{language}.jpg").write_bytes(body)
                    await context.close()
        await browser.close()


def main() -> None:
    """On servers of its own, which are removed again."""
    with tempfile.TemporaryDirectory(prefix="open-licence-pictures-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o711)  # root's Postgres runs as another user, who must get in
        stack = Stack(Path(folder))
        addresses = stack.start()
        try:
            asyncio.run(_drawn(stack, addresses))
        finally:
            stack.stop()


async def _drawn(stack: Stack, addresses: Addresses) -> None:
    await migrate(addresses.for_migrations())
    postgres = stack.postgres
    urls = (postgres.url("engine"), postgres.url("owner"), postgres.url("auditor"), postgres.url(database=DATABASE))
    database = Database(DATABASE, *urls)
    settings = Settings(var=stack.home)
    async with housed(await connect(settings, addresses), database, settings) as house:
        await draw(house)


if __name__ == "__main__":
    main()
