"""A browser without scripts: it keeps cookies, finds the fields of forms, and sends them."""

import re
from dataclasses import dataclass, field
from html import unescape

import httpx2


@dataclass
class Browser:
    """``page`` is what it shows."""

    client: httpx2.AsyncClient
    page: httpx2.Response = field(default_factory=lambda: httpx2.Response(200))

    @property
    def text(self) -> str:
        """The page as it came."""
        return self.page.text

    @property
    def heading(self) -> str:
        """Its first heading."""
        found = re.search(r"<h1[^>]*>(.*?)</h1>", self.text, re.DOTALL)
        return unescape(re.sub(r"<[^>]+>", "", found[1])).strip() if found else ""

    def hidden(self, action: str = "") -> dict[str, str]:
        """The hidden fields of the form with that action; of the first form of the content without."""
        forms = re.findall(r"<form([^>]*)>(.*?)</form>", self.text, re.DOTALL)
        inside = next(
            body for head, body in forms if (f'action="{action}"' in head if action else "sign-out" not in head)
        )
        found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', inside)
        return {name: unescape(value) for name, value in found}

    async def get(self, path: str) -> str:
        """Goes there and wherever it leads; the heading of the page."""
        self.page = await self.client.get(path, follow_redirects=True)
        return self.heading

    async def send(self, path: str, *, action: str = "", **fields: str) -> str:
        """Sends a form of the page, with its hidden fields; the heading of the page it leads to."""
        self.page = await self.client.post(path, data={**self.hidden(action), **fields}, follow_redirects=True)
        return self.heading

    async def sign_in(self, name: str, password: str) -> str:
        """From the form to the own account, or to what comes first."""
        await self.get("/sign-in?next=/account")
        return await self.send("/sign-in", name=name, password=password)
