"""The console's parts as a page shows them, without the console."""

from collections.abc import Mapping
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from runtime.settings import ROOT
from texts.lines import Language, Said, said_of
from texts.rows import read_rows
from web.components.samples import sample_facts

WEB = ROOT / "web"
STATIC = WEB / "static"
OWN = Path(__file__).parent / "templates"
"""Pages that only these tests have."""


@cache
def environment() -> Environment:
    """As strict as the console's own: what is shown is escaped, and a name that nobody gave is an error."""
    return Environment(
        loader=FileSystemLoader([WEB / "components", WEB / "templates", OWN]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def words() -> Mapping[str, Said]:
    """The console's words by key."""
    rows: dict[str, Said] = {}
    for path in sorted((WEB / "locale").glob("*.yaml")):
        rows |= read_rows(path, said_of)
    return rows


def context(language: Language) -> dict[str, Any]:
    """What every page is given."""

    def t(key: str, **facts: object) -> str:
        said: str = getattr(words()[key], language)
        return said.format(**facts) if facts else said

    session = SimpleNamespace(name=t("samples.person"), organisation=t("samples.company"))
    return {
        "t": t,
        "language": language,
        "visit": SimpleNamespace(session=session, csrf="a\"b'c<d"),
        "path": "/components",
        "navigation": [("/components", t("samples.title"), True), ("/form", t("samples.forms"), False)],
    }


def components(language: Language, **more: Any) -> str:
    """The page of all parts."""
    shown = context(language)
    t = shown["t"]
    shown |= {
        "breadcrumbs": [("/", t("parts.product")), ("", t("samples.title"))],
        "phase": t("samples.demo"),
        "phase_note": t("samples.about"),
        "flashes": [{"text": t("samples.sent"), "kind": "success"}],
        "errors": [
            {"text": t("samples.number_wrong"), "href": "#wrong"},
            {"text": t("samples.day_wrong"), "href": "#paid"},
        ],
    }
    return environment().get_template("components.html").render({**shown, **sample_facts(), **more})


def macro(file: str, call: str, language: Language = "zh", **facts: Any) -> str:
    """What one call of a macro makes; ``facts`` are the names in the call."""
    name = call.partition("(")[0]
    source = f'{{% from "{file}" import {name} with context %}}{{{{ {call} }}}}'
    return environment().from_string(source).render({**context(language), **facts})


class Parsed(HTMLParser):
    """The elements and the texts of some HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, tuple[str, ...]]] = []
        self.texts: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, tuple(name for name, _ in attrs)))
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append(data.strip())
