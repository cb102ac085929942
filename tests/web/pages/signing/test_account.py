"""One's own account, and what administrators do, as a browser sees it."""

import re
from collections.abc import Callable
from typing import Any, cast
from uuid import uuid4

from schemas.values.actor import Role
from tests.web.pages.signing.browser import Browser
from tests.web.pages.signing.test_entrance import somebody
from tests.web.people import PASSWORD, account_named, granted, organisation
from web.console import Console

Browsers = Callable[[], Browser]


async def test_a_person_acts_in_one_role_at_a_time(console: Console, browsers: Browsers) -> None:
    browser, name = browsers(), await somebody(console, Role.LICENSOR, Role.LICENSEE)
    await browser.sign_in(name, PASSWORD)
    await browser.get("/account")
    before = browser.client.cookies["session"]
    offered = re.findall(r'value="([0-9a-f-]{36})"( checked)?', browser.text)
    assert len(offered) == 2
    (other,) = [one for one, is_chosen in offered if not is_chosen]
    await browser.send("/membership", action="/membership", membership_id=other, next="/account")
    assert browser.client.cookies["session"] != before
    await browser.get("/account")
    assert f'value="{other}" checked' in browser.text


async def test_a_foreign_role_is_not_found(console: Console, browsers: Browsers) -> None:
    browser, name = browsers(), await somebody(console, Role.LICENSEE)
    async with console.pool.acquire() as connection:
        theirs = await account_named(console.sessions.door, f"theirs-{name}")
        foreign = await granted(connection, theirs, Role.OPERATOR)
    await browser.sign_in(name, PASSWORD)
    await browser.get("/account")
    await browser.send("/membership", action="/membership", membership_id=str(foreign))
    assert browser.page.status_code == 404


async def test_a_changed_password_ends_every_other_session(console: Console, browsers: Browsers) -> None:
    here, there, name = browsers(), browsers(), await somebody(console, Role.LICENSOR)
    await here.sign_in(name, PASSWORD)
    await there.sign_in(name, PASSWORD)
    await here.get("/account")
    await here.send("/account/password", action="/account/password", before="wrong", password="another key of mine")
    assert "现口令不正确" in here.text
    await here.send("/account/password", action="/account/password", before=PASSWORD, password="another key of mine")
    assert "口令已修改" in here.text
    assert await there.get("/account") == "登录"
    assert "已在所有设备上退出登录" in there.text
    assert await here.get("/account") == "王小明"
    await here.send("/account/everywhere", action="/account/everywhere")
    assert await here.get("/account") == "登录"


async def administrator(console: Console, browsers: Browsers) -> Browser:
    """Signed in, as a demo person without a second factor."""
    browser, name = browsers(), f"demo-{uuid4()}"
    account_id = await account_named(console.sessions.door, name, is_demo=True)
    async with console.pool.acquire() as connection:
        await granted(connection, account_id, Role.ADMINISTRATOR)
    await browser.sign_in(name, PASSWORD)
    assert await browser.get("/people") == "账户"
    return browser


async def test_two_administrators_let_somebody_in(console: Console, browsers: Browsers) -> None:
    first, second, newcomer = await administrator(console, browsers), await administrator(console, browsers), browsers()
    async with console.pool.acquire() as connection:
        unit = await organisation(connection, "某某研究所")
    name = f"new-{unit.hex[:12]}@example.cn"
    assert await first.send("/people", action="/people", name="韩梅梅", sign_in_name=name) == "账户已建立"
    invitation = cast(Any, re.search(r"http://console.example(/invitation/[\w-]+)", first.text))[1]
    await newcomer.get(invitation)
    assert await newcomer.send(invitation, password=PASSWORD) == "登录"
    assert await newcomer.sign_in(name, PASSWORD) == "韩梅梅"
    assert "还没有生效的角色" in newcomer.text
    page = cast(Any, re.search(r'href="(/people/[0-9a-f-]{36})"', first.text))[1]
    assert "韩梅梅" in await first.get(page)
    await first.send(f"{page}/roles", action=f"{page}/roles", role="licensor", organisation=str(unit))
    assert "等待另一名管理员授予" in first.text
    await first.get("/roles")
    card = first.text[first.text.index(f'href="{page}"') :]
    grant = cast(Any, re.search(r'action="(/roles/[0-9a-f-]{36}/grant)"', card))[1]
    await first.send(grant, action=grant)
    assert first.page.status_code == 422
    assert "不能授予该角色" in first.text
    await second.get("/roles")
    await second.send(grant, action=grant)
    assert second.page.status_code == 200
    await newcomer.sign_in(name, PASSWORD)
    await newcomer.get("/account")
    assert "某某研究所" in newcomer.text


async def test_who_is_no_administrator_finds_no_such_page(console: Console, browsers: Browsers) -> None:
    browser, name = browsers(), await somebody(console, Role.LICENSOR)
    await browser.sign_in(name, PASSWORD)
    for path in ("/people", "/roles"):
        await browser.get(path)
        assert browser.page.status_code == 404
    assert await browsers().get("/people") == "登录"
