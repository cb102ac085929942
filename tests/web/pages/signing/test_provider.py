"""By an identity provider that is there: another program, to which the browser goes and from which it comes back."""

import re
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import httpx2
import pytest

from schemas.values.actor import Role
from tests.browser.seeing import axe
from tests.web.pages.signing.browser import Browser
from tests.web.pages.signing.test_entrance import somebody
from tests.web.people import PASSWORD
from tests.web.serving import served
from tests.web.sign_in.ways.identity_provider import CLIENT, SECRET, IdentityProvider
from web.app import create_app
from web.console import Console
from web.words import word

if TYPE_CHECKING:
    from playwright.async_api import Page

BACK = "http://console.example/sign-in/provider/back"
Browsers = Callable[[], Browser]


@pytest.fixture
async def there() -> AsyncIterator[IdentityProvider]:
    """The provider, at an address of another site than the console's."""
    provider = IdentityProvider(subject=uuid4().hex)
    async with served(provider.app) as port:
        provider.address = f"http://localhost:{port}"
        yield provider


@pytest.fixture
def console(console: Console, there: IdentityProvider) -> Console:
    """The console that knows it."""
    known = replace(console.settings, oidc_issuer=there.address, oidc_client_id=CLIENT, oidc_client_secret=SECRET)
    return replace(console, settings=known)


@pytest.fixture
async def browsers(console: Console, there: IdentityProvider) -> AsyncIterator[Browsers]:
    """Each goes to the console in this process, and to the provider over the network."""
    app, made = create_app(console), list[httpx2.AsyncClient]()

    def make() -> Browser:
        ours, theirs = httpx2.ASGITransport(app=app, raise_app_exceptions=True), httpx2.AsyncHTTPTransport()
        mounts = {there.address: theirs}
        made.append(httpx2.AsyncClient(transport=ours, mounts=mounts, base_url="http://console.example"))
        return Browser(made[-1])

    yield make
    for one in made:
        await one.aclose()


async def linked(console: Console, browser: Browser) -> str:
    """Somebody who has linked his account with the provider, and is still signed in; his sign-in name."""
    name = await somebody(console, Role.LICENSOR)
    await browser.sign_in(name, PASSWORD)
    (way,) = re.findall(r'href="(/account/identity\?csrf=[0-9a-f]+)"', browser.text)
    await browser.get(way)
    assert browser.page.status_code == 200
    assert str(browser.page.url).endswith("/account?done=identity")
    return name


async def test_whom_the_provider_names_is_let_in_once_his_account_is_linked(
    console: Console, browsers: Browsers, there: IdentityProvider
) -> None:
    browser, stranger = browsers(), browsers()
    await stranger.get("/sign-in/provider?next=/account")
    assert "的该身份尚未关联任何账户" in stranger.text
    assert "请先用登录名和口令登录" in stranger.text
    assert "session" not in stranger.client.cookies

    await linked(console, browser)
    before = browser.client.cookies["session"]
    await browser.send("/sign-out", action="/sign-out")
    assert await browser.get("/sign-in/provider?next=/account") == "王小明"
    assert browser.client.cookies["session"] != before
    assert "provider" not in browser.client.cookies

    elsewhere = browsers()
    await elsewhere.get("/sign-in/provider?next=https://evil.example/")
    assert elsewhere.page.url.host == "console.example"
    await elsewhere.get("/account")
    await elsewhere.send("/account/everywhere", action="/account/everywhere")
    assert await browser.get("/account") == "登录", "everywhere is also where the provider let him in"


async def test_nobody_chooses_the_session_of_who_signs_in(console: Console, browsers: Browsers) -> None:
    attacker, victim = browsers(), browsers()
    await linked(console, victim)
    await victim.send("/sign-out", action="/sign-out")
    await attacker.sign_in(await somebody(console, Role.LICENSEE), PASSWORD)
    planted = attacker.client.cookies["session"]
    victim.client.cookies.set("session", planted, domain="console.example")
    await victim.get("/sign-in/provider?next=/account")
    assert victim.heading == "王小明"
    assert victim.client.cookies["session"] != planted
    assert await attacker.get("/account") == "登录", "what was planted ends with the sign-in"


async def test_the_way_back_is_for_one_browser_and_one_time(
    console: Console, browsers: Browsers, there: IdentityProvider
) -> None:
    browser, other = browsers(), browsers()
    await linked(console, browser)
    await browser.send("/sign-out", action="/sign-out")
    begun = await browser.client.get("/sign-in/provider", follow_redirects=False)
    asked = parse_qs(urlsplit(begun.headers["location"]).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"] == [BACK]
    assert {"state", "nonce", "code_challenge"} <= asked.keys()
    came = await browser.client.get(begun.headers["location"], follow_redirects=False)
    back = came.headers["location"]

    stolen = await other.client.get(back, follow_redirects=False)
    assert (stolen.status_code, "session" in other.client.cookies) == (422, False)
    kept = browser.client.cookies["provider"]
    assert (await browser.client.get(back, follow_redirects=False)).status_code == 303
    for again in (None, kept):
        if again is not None:
            other.client.cookies.set("provider", again, domain="console.example")
        replayed = await other.client.get(back, follow_redirects=False)
        assert (replayed.status_code, "session" in other.client.cookies) == (422, False)
    assert "身份提供方没有确认该身份" in replayed.text


@pytest.mark.parametrize(
    "lie",
    [
        {"claims": {"iss": "https://other.example"}},
        {"claims": {"aud": "another console"}},
        {"claims": {"exp": 1_700_000_000}},
        {"claims": {"nonce": "of another sign-in"}},
        {"refuses": "access_denied"},
    ],
    ids=str,
)
async def test_what_is_not_for_this_sign_in_is_refused_in_plain_words(
    console: Console, browsers: Browsers, there: IdentityProvider, lie: dict[str, Any]
) -> None:
    browser = browsers()
    await linked(console, browser)
    await browser.send("/sign-out", action="/sign-out")
    for name, value in lie.items():
        setattr(there, name, value)
    for language, said in (
        ("zh", "身份提供方没有确认该身份"),
        ("en", "the identity provider did not confirm who you are"),
    ):
        await browser.client.get("/", params={"language": language})
        await browser.get("/sign-in/provider")
        assert (browser.page.status_code, said in browser.text) == (422, True), browser.text[:300]
        assert "session" not in browser.client.cookies


async def test_a_provider_that_changes_its_keys_or_is_away_is_no_riddle(
    console: Console, browsers: Browsers, there: IdentityProvider
) -> None:
    browser = browsers()
    await linked(console, browser)
    await browser.send("/sign-out", action="/sign-out")
    there.turn_keys()
    assert await browser.get("/sign-in/provider?next=/account") == "王小明"
    nowhere = replace(console, settings=replace(console.settings, oidc_issuer="http://localhost:1"))
    transport = httpx2.ASGITransport(app=create_app(nowhere), raise_app_exceptions=False)
    async with httpx2.AsyncClient(transport=transport, base_url="http://console.example") as client:
        answer = await client.get("/sign-in/provider")
    assert answer.status_code == 503
    assert "localhost" not in answer.text


async def test_a_real_browser_goes_there_and_comes_back(
    console: Console, there: IdentityProvider, page: "Page", browsers: Browsers
) -> None:
    """Over two sites, so that a cookie that other sites do not send, or a policy of ours, would be seen."""
    name = await linked(console, browsers())
    async with served(create_app(console)) as port:
        home = f"http://127.0.0.1:{port}"
        await page.goto(f"{home}/sign-in?next=/account")
        await page.get_by_role("link", name=word("sign_in_provider", "zh")).click()
        await page.wait_for_url(f"{home}/account")
        assert await axe(page) == []
        await page.get_by_role("button", name=word("parts.sign_out", "zh"), exact=True).click()
        await page.wait_for_url(f"{home}/")
        there.subject = f"not {name}"
        await page.goto(f"{home}/sign-in/provider")
        assert "尚未关联任何账户" in await page.content()
        assert await axe(page) == []
