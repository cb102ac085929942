"""In and out, as a browser sees it: in both languages, and never by a form of somebody else."""

import re
from collections.abc import Callable
from typing import Any, cast
from uuid import uuid4

import pytest

from database.pool import Pool
from schemas.values.actor import Role
from tests.web.pages.signing.browser import Browser
from tests.web.people import PASSWORD, Clock, account_named, granted, organisation, with_second_factor
from web.console import Console
from web.watching.metrics import REGISTRY

Browsers = Callable[[], Browser]


async def somebody(console: Console, *roles: Role) -> str:
    """The sign-in name of somebody with these roles."""
    name = f"han-{uuid4().hex[:12]}@example.cn"
    account_id = await account_named(console.sessions.door, name)
    async with console.pool.acquire() as connection:
        for role in roles:
            await granted(connection, account_id, role, await organisation(connection, f"{role.value} 单位"))
    return name


def clock_of(console: Console) -> Clock:
    """The clock of its sessions."""
    return cast(Clock, console.sessions.clock)


async def test_somebody_signs_in_sees_the_own_account_and_signs_out(console: Console, browsers: Browsers) -> None:
    browser, name = browsers(), await somebody(console, Role.LICENSOR)
    await browser.get("/sign-in?next=/account")
    assert await browser.send("/sign-in", name=name, password=PASSWORD) == "王小明"
    assert browser.page.url.path == "/account"
    assert "licensor 单位" in browser.text
    token = browser.hidden("/sign-out")["csrf"]
    assert await browser.send("/sign-out", action="/sign-out") == "专利开放许可"
    assert await browser.get("/account") == "登录"
    browser.page = await browser.client.post("/account/everywhere", data={"csrf": token})
    assert browser.page.status_code == 303, "the token of a session that ended is nobody's"


async def test_a_wrong_password_is_told_beside_its_field_and_the_name_stays(
    console: Console, browsers: Browsers
) -> None:
    browser, name = browsers(), await somebody(console, Role.LICENSOR)
    assert await browser.sign_in(name, "not this password") == "登录"
    assert browser.page.status_code == 422
    assert "登录名或口令不正确" in browser.text
    assert f'value="{name}"' in browser.text
    assert "not this password" not in browser.text
    await browser.get("/sign-in?language=en")
    await browser.send("/sign-in", name=name, password="not this password")
    assert "the sign-in name or the password is wrong" in browser.text
    assert not re.search("[一-鿿]", re.sub(r'<a [^>]*lang="zh-CN".*?</a>', "", browser.text, flags=re.DOTALL))


async def test_after_five_failures_the_page_says_when_to_try_again(console: Console, browsers: Browsers) -> None:
    browser, name = browsers(), await somebody(console, Role.LICENSOR)
    for _ in range(6):
        await browser.sign_in(name, "not this password")
    assert browser.page.status_code == 429
    assert browser.page.headers["retry-after"] == "31"
    assert "31 秒" in browser.text


async def test_a_form_of_somebody_else_signs_nobody_in(console: Console, browsers: Browsers) -> None:
    """A stranger's page cannot sign a victim in as the stranger, nor out, nor change anything of his."""
    stranger, victim, name = browsers(), browsers(), await somebody(console, Role.LICENSOR, Role.LICENSEE)
    await stranger.get("/sign-in")
    forged = {**stranger.hidden(), "name": name, "password": PASSWORD}
    answer = await victim.client.post("/sign-in", data=forged)
    assert answer.status_code == 422
    assert "session" not in victim.client.cookies
    await victim.sign_in(name, PASSWORD)
    await stranger.sign_in(await somebody(console, Role.LICENSEE), PASSWORD)
    await stranger.get("/account")
    token = stranger.hidden("/membership")["csrf"]
    for path in ("/sign-out", "/account/everywhere", "/account/password", "/membership", "/second-factor"):
        for sent in ({}, {"csrf": ""}, {"csrf": token}):
            assert (await victim.client.post(path, data=sent)).status_code == 422, path
    await victim.get("/account")
    mine = {"csrf": victim.hidden("/membership")["csrf"]}
    answer = await victim.client.post("/account/everywhere", data=mine, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 422
    assert await victim.get("/account") == "王小明"


async def test_the_cookie_of_a_session_is_for_this_host_and_no_script(console: Console, browsers: Browsers) -> None:
    browser, name = browsers(), await somebody(console, Role.LICENSOR)
    await browser.get("/sign-in")
    answer = await browser.client.post("/sign-in", data={**browser.hidden(), "name": name, "password": PASSWORD})
    cookies = answer.headers.get_list("set-cookie")
    (session,) = [one for one in cookies if one.startswith("session=")]
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= set(session.split("; "))
    assert "Domain" not in session
    assert "Max-Age" not in session
    answer = await browser.client.get("https://console.example/sign-in?next=/x")
    assert "Secure" in "".join(answer.headers.get_list("set-cookie")) or answer.status_code == 303


@pytest.mark.parametrize("to", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
async def test_a_sign_in_leads_to_no_strangers_page(console: Console, browsers: Browsers, to: str) -> None:
    browser, name = browsers(), await somebody(console, Role.LICENSOR)
    await browser.client.get("/sign-in", params={"next": to})
    await browser.get("/sign-in")
    form = {**browser.hidden(), "name": name, "password": PASSWORD, "next": to}
    assert (await browser.client.post("/sign-in", data=form)).headers["location"] == "/"


async def test_the_second_step_takes_a_code_of_the_authenticator(console: Console, browsers: Browsers) -> None:
    browser, name = browsers(), f"han-{uuid4().hex[:12]}@example.cn"
    account_id = await account_named(console.sessions.door, name)
    async with console.pool.acquire() as connection:
        await granted(connection, account_id, Role.AUDITOR)
    authenticator, codes = await with_second_factor(console.sessions.door, account_id)
    assert await browser.sign_in(name, PASSWORD) == "第二因素"
    assert "session" not in browser.client.cookies
    assert await browser.send("/sign-in/code", code="000000") == "第二因素"
    assert "动态码或恢复码不正确" in browser.text
    clock_of(console).pass_by(seconds=60)
    await browser.send("/sign-in/code", code=authenticator.at(clock_of(console).now))
    assert await browser.get("/account") == "王小明"
    assert "还有 10 个未用的恢复码" in browser.text
    again = browsers()
    await again.sign_in(name, PASSWORD)
    clock_of(console).pass_by(minutes=5)
    assert await again.send("/sign-in/code", code=codes[0]) == "登录"
    assert "五分钟" in again.text


async def test_who_decides_about_others_sets_a_second_factor_up_first(console: Console, browsers: Browsers) -> None:
    browser, name = browsers(), await somebody(console, Role.OPERATOR)
    assert await browser.sign_in(name, PASSWORD) == "第二因素"
    assert browser.page.url.path == "/second-factor"
    assert "该角色须有第二因素" in browser.text
    await browser.get("/filings")
    assert browser.page.url.path == "/second-factor", "nothing else is open before"
    secret = cast(Any, re.search(r"<code>([A-Z2-7]+)</code>", browser.text))[1]
    assert await browser.send("/second-factor", code="000000") == "第二因素"
    assert secret in browser.text, "the picture that was scanned stays true"
    import pyotp

    assert await browser.send("/second-factor", code=pyotp.TOTP(secret).at(clock_of(console).now)) == "恢复码"
    assert len(re.findall(r"<li><code>[A-Z2-9-]{19}</code></li>", browser.text)) == 10
    assert await browser.get("/second-factor") == "王小明", "there is one now"


async def test_who_was_away_for_too_long_is_told_so_and_that_drafts_are_kept(
    console: Console, browsers: Browsers
) -> None:
    browser, name = browsers(), await somebody(console, Role.LICENSOR)
    await browser.sign_in(name, PASSWORD)
    clock_of(console).pass_by(minutes=20)
    assert await browser.get("/account") == "登录"
    assert "因 20 分钟没有操作" in browser.text
    assert "草稿没有丢失" in browser.text


async def test_a_page_knows_how_long_its_session_lasts_and_asking_is_no_use(
    console: Console, browsers: Browsers
) -> None:
    browser, name = browsers(), await somebody(console, Role.LICENSOR)
    await browser.sign_in(name, PASSWORD)
    assert 'data-lasts="1200"' in browser.text
    clock_of(console).pass_by(minutes=18)
    assert (await browser.client.get("/account/lasts")).json() == {"lasts": 120}
    assert (await browser.client.get("/account/lasts")).json() == {"lasts": 120}
    assert (await browser.client.post("/account/lasts")).status_code == 422
    token = cast(Any, re.search(r'data-csrf="(\w+)"', browser.text))[1]
    stays = await browser.client.post("/account/lasts", headers={"X-CSRF-Token": token})
    assert stays.json() == {"lasts": 1200}
    assert (await browsers().client.get("/account/lasts")).json() == {"lasts": 0}


async def test_an_invitation_sets_a_password_once(console: Console, browsers: Browsers, pool: Pool) -> None:
    browser = browsers()
    await browser.get("/invitation/never-made")
    assert await browser.send("/invitation/never-made", password="短") == "设置口令"
    assert "少于 10 个字符" in browser.text
    assert await browser.send("/invitation/never-made", password=PASSWORD) == "设置口令"
    assert "已使用或已过期" in browser.text


def counted() -> dict[str, float]:
    """How often a sign-in came to which outcome, in this process."""
    (family,) = [one for one in REGISTRY.collect() if one.name == "open_licence_console_sign_ins"]
    return {one.labels["outcome"]: one.value for one in family.samples if one.name.endswith("_total")}


async def test_each_sign_in_is_counted_once_by_what_came_of_it(console: Console, browsers: Browsers) -> None:
    browser, name = browsers(), await somebody(console, Role.LICENSOR)
    before = counted()
    await browser.sign_in(name, "not this password")
    await browser.sign_in(name, PASSWORD)
    after = counted()
    new = {one: after[one] - before.get(one, 0) for one in after if after[one] != before.get(one, 0)}
    assert new == {"wrong_name_or_password": 1, "signed_in": 1}
