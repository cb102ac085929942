"""Passkeys on their pages, without a browser: what is asked for again, and what is not found."""

import json
import re
from collections.abc import Callable
from html import unescape
from typing import Any

import httpx2

from database.sign_in.passkeys import MOST
from schemas.values.actor import Role
from tests.web.pages.signing.browser import Browser
from tests.web.pages.signing.test_entrance import somebody
from tests.web.people import PASSWORD, with_second_factor
from tests.web.sign_in.ways.authenticator import Authenticator, b64
from web.console import Console

Browsers = Callable[[], Browser]
PAGE = "/account/passkeys"


def device() -> Authenticator:
    return Authenticator("http://console.example", "console.example")


def options_of(browser: Browser) -> dict[str, Any]:
    """What the page tells its script to ask for."""
    found = re.search(r'data-options="([^"]*)"', browser.text)
    assert found is not None, browser.text
    options: dict[str, Any] = json.loads(unescape(found[1]))
    return options


async def with_passkey(console: Console, browsers: Browsers, *roles: Role) -> tuple[Browser, Authenticator]:
    """Somebody who has signed in by name and password, and added his device."""
    browser, name, mine = browsers(), await somebody(console, *roles), device()
    await browser.sign_in(name, PASSWORD)
    await browser.get(PAGE)
    await browser.send(PAGE, action=PAGE, before=PASSWORD)
    options = options_of(browser)
    await browser.send(f"{PAGE}/new", action=f"{PAGE}/new", credential=mine.makes(options))
    assert "通行密钥已添加" in browser.text
    return browser, mine


async def sign_in_with(browser: Browser, mine: Authenticator, to: str = PAGE) -> str:
    """From the page of signing in on."""
    await browser.get(f"/sign-in?next={to}")
    asked = (await browser.client.get("/sign-in/passkey")).json()
    signed = mine.signs(asked["options"])
    return await browser.send("/sign-in/passkey", action="/sign-in/passkey", kept=asked["kept"], credential=signed)


async def test_a_passkey_is_added_by_who_knows_the_password_and_signs_in_on_another_device(
    console: Console, browsers: Browsers
) -> None:
    _, mine = await with_passkey(console, browsers, Role.LICENSOR)
    elsewhere = browsers()
    assert await sign_in_with(elsewhere, mine) == "通行密钥"
    assert await elsewhere.get("/account") == "王小明"


async def test_at_a_screen_that_was_left_open_nobody_adds_one(console: Console, browsers: Browsers) -> None:
    browser, name = browsers(), await somebody(console, Role.LICENSOR)
    await browser.sign_in(name, PASSWORD)
    await browser.get(PAGE)
    assert await browser.send(PAGE, action=PAGE, before="wrong") == "通行密钥"
    assert "现口令不正确" in browser.text
    assert "data-options" not in browser.text


async def test_who_has_a_second_factor_needs_no_code_beside_a_passkey(console: Console, browsers: Browsers) -> None:
    browser, mine = await with_passkey(console, browsers, Role.LICENSOR)
    entered = await console.sessions.entered(browser.client.cookies["session"])
    assert entered is not None
    await with_second_factor(console.sessions.door, entered.account_id)
    assert await sign_in_with(browsers(), mine, "/account") == "王小明"


async def test_the_staff_sets_up_a_second_factor_all_the_same(console: Console, browsers: Browsers) -> None:
    """Their password would else open by itself what the passkey protects."""
    _, mine = await with_passkey(console, browsers, Role.OPERATOR)
    assert await sign_in_with(browsers(), mine, "/tasks") == "第二因素"


async def test_an_answer_that_is_none_is_refused_on_the_page_of_signing_in(
    console: Console, browsers: Browsers
) -> None:
    browser = browsers()
    mine = device()
    assert await sign_in_with(browser, mine) == "登录"
    assert "该通行密钥不属于任何账户" in browser.text
    await browser.get("/sign-in?language=en")
    await browser.send("/sign-in/passkey?language=en", action="/sign-in/passkey", credential="{}", kept="")
    assert browser.page.status_code == 422
    assert "Sign in" in browser.heading
    await browser.client.post("/sign-in/passkey", data={"credential": "{}"})


async def test_a_question_is_new_each_time_and_kept_by_no_cache(browsers: Browsers) -> None:
    browser = browsers()
    answers: list[httpx2.Response] = [await browser.client.get("/sign-in/passkey") for _ in range(2)]
    assert {one.headers["cache-control"] for one in answers} == {"no-store"}
    challenges = {one.json()["options"]["challenge"] for one in answers}
    assert len(challenges) == len(answers)
    assert {one.json()["options"]["userVerification"] for one in answers} == {"required"}


async def test_a_removed_passkey_signs_nobody_in_and_what_is_not_mine_is_not_found(
    console: Console, browsers: Browsers
) -> None:
    browser, mine = await with_passkey(console, browsers, Role.LICENSOR)
    _, theirs = await with_passkey(console, browsers, Role.LICENSOR)
    for foreign in (b64(theirs.credential_id) + "=", "é", "not-base64!"):
        await browser.get(PAGE)
        await browser.send(f"{PAGE}/remove", action=f"{PAGE}/remove", passkey=foreign)
        assert browser.page.status_code == 404
    await browser.get(PAGE)
    await browser.send(f"{PAGE}/remove", action=f"{PAGE}/remove")
    assert "通行密钥已删除" in browser.text
    assert "还没有通行密钥" in browser.text
    assert await sign_in_with(browsers(), mine) == "登录"
    assert await sign_in_with(browsers(), theirs) == "通行密钥"


async def test_the_page_says_when_there_are_enough_and_when_a_device_is_known(
    console: Console, browsers: Browsers
) -> None:
    browser, mine = await with_passkey(console, browsers, Role.LICENSOR)
    for one in (mine, *(device() for _ in range(MOST - 1))):
        await browser.get(PAGE)
        await browser.send(PAGE, action=PAGE, before=PASSWORD)
        await browser.send(f"{PAGE}/new", action=f"{PAGE}/new", credential=one.makes(options_of(browser)))
        assert ("该通行密钥已添加过" in browser.text) == (one is mine)
    assert "请先删除不用的" in browser.text
    assert 'name="before"' not in browser.text


async def test_where_the_console_is_opened_by_a_number_no_passkey_is_offered(
    console: Console, browsers: Browsers
) -> None:
    browser, name = browsers(), await somebody(console, Role.LICENSOR)
    browser.client.base_url = "http://127.0.0.1:8080"
    await browser.get("/sign-in?language=en")
    assert "passkey" not in browser.text.replace("passkeys.js", "")
    await browser.sign_in(name, PASSWORD)
    await browser.get(f"{PAGE}?language=en")
    assert "such as localhost" in browser.text
    assert 'name="before"' not in browser.text
