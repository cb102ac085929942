"""A real browser makes a passkey with a device of its own, and signs in by it."""

from playwright.async_api import CDPSession, Page, expect

from schemas.values.actor import Role
from tests.browser.seeing import axe
from tests.web.house import House
from tests.web.pages.signing.test_in_browser import somebody
from tests.web.people import PASSWORD


async def with_device(page: Page) -> tuple[CDPSession, str]:
    """A device that always sees its owner, as Chromium has it for such tests."""
    session = await page.context.new_cdp_session(page)
    await session.send("WebAuthn.enable")
    made = await session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
            }
        },
    )
    return session, made["authenticatorId"]


async def test_a_passkey_is_made_and_signs_in_and_a_device_that_says_no_is_told(house: House, page: Page) -> None:
    named = house.address.replace("127.0.0.1", "localhost")
    name = await somebody(house, Role.LICENSOR)
    session, device = await with_device(page)
    await page.goto(f"{named}/sign-in?language=en&next=/account%3Flanguage=en")
    await page.fill("#name", name)
    await page.fill("#password", PASSWORD)
    await page.keyboard.press("Enter")
    await page.get_by_role("button", name="Passkeys").click()
    assert await axe(page) == []
    await page.fill("#before", PASSWORD)
    await page.get_by_role("button", name="Go on").click()
    make = page.get_by_role("button", name="Make it with this device")
    await expect(make).to_be_visible()
    assert await axe(page) == []
    await make.click()
    await expect(page.locator("main")).to_contain_text("The passkey is added")
    kept = await session.send("WebAuthn.getCredentials", {"authenticatorId": device})
    assert [one["rpId"] for one in kept["credentials"]] == ["localhost"]
    assert await axe(page) == []

    await page.get_by_role("button", name="Sign out").click()
    await page.goto(f"{named}/sign-in?next=/account/passkeys")
    by_passkey = page.get_by_role("button", name="Sign in with a passkey")
    said_no = page.get_by_text("The device gave no passkey")
    await expect(said_no).to_be_hidden()
    await page.evaluate(
        """() => {
            const { get } = navigator.credentials;
            navigator.credentials.get = (asked) => {
                navigator.credentials.get = get;
                return Promise.reject(new DOMException("the owner said no", "NotAllowedError"));
            };
        }"""
    )
    await by_passkey.click()
    await expect(said_no).to_be_visible()
    assert await axe(page) == []
    # Not by the button: a second click within a second is a double click, which it takes for one.
    await page.locator("form[data-passkey]").evaluate("form => form.requestSubmit()")
    await expect(page.locator("h1")).to_have_text("Passkeys")


async def test_a_browser_that_knows_no_passkeys_is_offered_none(house: House, page: Page) -> None:
    await page.add_init_script("delete window.PublicKeyCredential")
    await page.goto(f"{house.address.replace('127.0.0.1', 'localhost')}/sign-in?language=en")
    await expect(page.locator("#name")).to_be_visible()
    await expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()
