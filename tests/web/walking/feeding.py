"""Every form of a town, as its page offers it, and what is wrong with the answers to what is typed there."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser

import httpx2 as httpx
from fastapi.routing import APIRoute
from starlette.routing import Match

from schemas.values.actor import Role
from tests.web.walking.bad import BAD
from tests.web.walking.reading import Form, forms_of
from tests.web.walking.town import ALL, SHOWN, Town

SECRET = frozenset({"csrf", "asked_as", "ticket"})
"""Fields that say which form it is; they are fed apart."""
_MARKUP = ("<script>alert", "<img src=x", "'layout.html' %}\"'><")
_COMPUTED = "1787569"
_ACT = re.compile(r'(?:href|action)="(/filings/[0-9a-f-]{36}/acts/[a-z_]+)')


@dataclass(frozen=True)
class Fed:
    """One form: who is before it, where, and the route that takes it."""

    role: Role | None
    address: str
    route: APIRoute
    form: Form

    @property
    def names(self) -> list[str]:
        """The fields into which something can be put."""
        return [one for one in self.form.fields if one not in SECRET]


class _Answer(HTMLParser):
    """The ids of a page, where its summary of errors leads, and its language."""

    def __init__(self) -> None:
        super().__init__()
        self.ids, self.leads, self.language = set[str](), list[str](), ""
        self._in_summary = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.language = has.get("lang", "")
        if "id" in has:
            self.ids.add(has["id"])
        if "govuk-error-summary__list" in has.get("class", ""):
            self._in_summary = True
        if tag == "a" and self._in_summary and has.get("href", "").startswith("#"):
            self.leads.append(has["href"][1:])

    def handle_endtag(self, tag: str) -> None:
        self._in_summary = self._in_summary and tag != "ul"


async def forms_there(town: Town, clients: Mapping[Role | None, httpx.AsyncClient]) -> list[Fed]:
    """Each form once, before the first of those people who is shown it."""
    found = dict[tuple[str, frozenset[str]], Fed]()
    for role, client in clients.items():
        left = [town.address(route) for route in SHOWN]
        for address in left:
            answer = await client.get(address)
            if answer.status_code != 200 or "<html" not in answer.text:
                continue
            left += [one for one in dict.fromkeys(_ACT.findall(answer.text)) if one not in left]
            for form in forms_of(answer.text):
                if form.method == "post" and (route := route_of(form.action or address)) is not None:
                    fed = Fed(role, form.action or address, route, form)
                    found.setdefault((_kind_of(fed), frozenset({*form.fields, *form.files})), fed)
    return list(found.values())


def _kind_of(fed: Fed) -> str:
    """The route, and of a route for many acts which one."""
    return fed.address.partition("?")[0] if "{act}" in fed.route.path else fed.route.path


def route_of(address: str) -> APIRoute | None:
    """Which of our routes takes a form that is sent there."""
    scope = {"type": "http", "path": httpx.URL(address).path, "method": "POST"}
    return next(
        (route for route in ALL if "POST" in (route.methods or ()) and route.matches(scope)[0] is Match.FULL), None
    )


def fed_with(fed: Fed, bad: str) -> dict[str, str]:
    """The form with that in every field, besides those that say which form it is."""
    return {**fed.form.fields, **dict.fromkeys(fed.names, bad)}


def several(fields: Mapping[str, str], *bad: str) -> dict[str, list[str]]:
    """Each field as often as there are texts, and one that no form has."""
    return {name: [value] if name in SECRET else list(bad) for name, value in {**fields, "nobody": ""}.items()}


def wrong_with(answer: httpx.Response, language: str, fed: Fed, typed: Mapping[str, str] | None) -> Iterator[str]:
    """What a person would stumble on, or an attacker be glad of. ``typed``: what has to stay where it is a no."""
    if answer.status_code >= 500:
        yield f"answers {answer.status_code}"
    if "evil" in answer.headers.get("set-cookie", "") or "evil" in answer.headers.get("location", ""):
        yield "puts what was typed into its head"
    text = answer.text
    yield from (f"gives back {one!r}" for one in _MARKUP if one in text)
    if _COMPUTED in text:
        yield "computes what was typed"
    if answer.status_code not in (409, 422) or "<html" not in text:
        return
    page = _Answer()
    page.feed(text)
    if not page.language.startswith(language):
        yield f"speaks {page.language}"
    yield from (f"leads to no field: #{one}" for one in page.leads if one not in page.ids)
    if typed is None:
        return
    again = [one for one in forms_of(text) if fed.form.typed <= one.fields.keys()]
    if not again:
        yield "does not show the form again"
    else:
        lost = [one for one in fed.form.typed if again[0].fields[one].strip() != typed[one].strip()]
        yield from (f"loses what was typed into {one}" for one in lost)
        if "govuk-error-message" not in text and "govuk-error-summary" not in text:
            yield "does not say what is wrong"


TEXT = BAD["formula"] + BAD["html"] + BAD["template"] + BAD["sql"]
SIGNS = BAD["header"] + BAD["nul"] + BAD["control"] + BAD["wide"] + BAD["private"]
