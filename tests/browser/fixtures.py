"""Pages in a real browser, for tests of the console; each of them counts as a test that needs servers."""

import os
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:  # tests without a browser need not load it
    from playwright.async_api import Browser, Page

DESKTOP, PHONE = 1280, 390
_HEIGHTS = {DESKTOP: 900, PHONE: 844}
_SKIPPED = "NO BROWSER, so the console's pages were NOT tested: "
_ANSWERS = "Failed to load resource: the server responded with a status of 4"
"""What Chromium writes of each refused form; the tests of forms look at the answer itself."""

NewPage = Callable[..., Awaitable["Page"]]
"""``await new_page(width=390, language="en")``: a page with cookies of its own."""


@pytest.fixture(scope="session")
async def browser(server_folder: Path) -> AsyncIterator["Browser"]:
    """One Chromium for all tests of this process; without one they are skipped, loudly, and fail in CI."""
    from playwright.async_api import async_playwright

    from tests.browser.chromium import NoBrowser, find

    try:
        chromium = find()
    except NoBrowser as none:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(f"{_SKIPPED}{none}")
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(
            executable_path=chromium.program,
            env=dict(chromium.environment),
            chromium_sandbox=os.geteuid() != 0,  # it cannot be had as root
        )
        yield started
        await started.close()


@pytest.fixture
async def new_page(browser: "Browser") -> AsyncIterator[NewPage]:
    """Opens pages at a width and in a language; what their scripts or policies complain of fails the test."""
    complaints: list[str] = []
    contexts = []

    async def opened(width: int = DESKTOP, language: str = "zh") -> "Page":
        context = await browser.new_context(
            viewport={"width": width, "height": _HEIGHTS[width]},
            locale="zh-CN" if language == "zh" else "en-GB",
            timezone_id="Asia/Shanghai",
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = await context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
        return page

    yield opened
    for context in contexts:
        await context.close()
    assert [one for one in complaints if not one.startswith(_ANSWERS)] == []


@pytest.fixture
async def page(new_page: NewPage) -> "Page":
    """A page in Chinese on a desk."""
    return await new_page()


@pytest.fixture
async def phone(new_page: NewPage) -> "Page":
    """A page in Chinese on a phone."""
    return await new_page(PHONE)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reasons = {
        str(one.longrepr[2]) for one in terminalreporter.stats.get("skipped", ()) if isinstance(one.longrepr, tuple)
    }
    for reason in sorted(one for one in reasons if _SKIPPED in one):
        terminalreporter.write_line(reason, red=True, bold=True)
