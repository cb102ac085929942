"""What is wrong with a page as people meet it: for those who cannot see it, on a phone, by keyboard."""

import json
from importlib.resources import files

from playwright.async_api import Page

_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_SCRIPT = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


async def axe(page: Page) -> list[str]:
    """What axe finds on the page: rule, how grave, where; empty for a good page."""
    await page.evaluate(_SCRIPT)
    options = json.dumps({"resultTypes": ["violations"], "runOnly": _RULES})
    found = await page.evaluate(f"axe.run({options}).then(result => result.violations)")
    return [
        f"{one['id']} ({one['impact']}): {node['html'][:160]}: {node['failureSummary']}"
        for one in found
        for node in one["nodes"]
    ]


async def overflow(page: Page) -> list[str]:
    """What makes the page wider than the window, so that it must be pushed sideways; empty for a good page."""
    found: list[str] = await page.evaluate(
        """() => {
        const width = document.documentElement.clientWidth;
        if (document.documentElement.scrollWidth <= width) return [];
        return [...document.querySelectorAll("body *")]
            .filter(one => one.getBoundingClientRect().right > width + 1)
            .map(one => `${one.tagName} ${one.getAttribute("class") ?? ""}`);
        }"""
    )
    return found


async def stops(page: Page, most: int = 300) -> list[str]:
    """What the tab key reaches from the top of the page, in order, until it leaves the page or comes back."""
    reached: list[str] = []
    await page.evaluate("document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex')")
    for _ in range(most):
        await page.keyboard.press("Tab")
        name: str | None = await page.evaluate(
            """() => {
            const one = document.activeElement;
            if (!one || one === document.body || one.dataset.reached) return null;
            one.dataset.reached = "yes";
            return `${one.tagName}#${one.id || one.name || one.textContent.trim().slice(0, 30)}`;
            }"""
        )
        if name is None:
            return reached
        reached.append(name)
    return reached
