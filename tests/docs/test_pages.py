"""The documentation is true: generated pages are fresh, links resolve, and what a page names in the code is there."""

import re
from pathlib import Path

import pytest

from docs.generate import FOLDER, pages
from runtime.settings import ROOT
from schemas.lifecycle.all import LIFECYCLES

_PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "benchmarks").glob("*.md")])
_DECISIONS = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
_LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
_PATH = re.compile(r"^[\w.-]+(?:/[\w.-]+)*/?$")
_TOP = {path.name for path in ROOT.iterdir()}


def _name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("name", sorted(pages()))
def test_a_generated_page_is_what_the_code_says(name: str) -> None:
    assert (FOLDER / name).read_text(encoding="utf-8") == pages()[name], "run: python -m docs.generate"


@pytest.mark.parametrize("page", _PAGES, ids=_name)
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    links = [link for link in _LINK.findall(page.read_text(encoding="utf-8")) if "://" not in link]
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", [page for page in _PAGES if page.name != "CHANGELOG.md"], ids=_name)
def test_every_file_that_a_page_names_exists(page: Path) -> None:
    quoted = re.findall(r"`([^`\n]+)`", page.read_text(encoding="utf-8"))
    named = [text for text in quoted if "/" in text and _PATH.match(text) and text.split("/")[0] in _TOP - {"var"}]
    assert [text for text in named if not (ROOT / text).exists()] == []


@pytest.mark.parametrize("page", _DECISIONS, ids=_name)
def test_a_decision_names_what_it_decided_in_the_code(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    where = re.search(r"\*\*In the code\.\*\* (.*?)\n\n", text, re.DOTALL)
    assert where is not None
    waiting: list[str] = []
    seen: list[str] = []
    for quoted in re.findall(r"`([^`]+)`", where.group(1).replace("\n", " ")):
        if "/" not in quoted and not quoted.endswith(".py"):
            waiting.append(quoted)
            continue
        code = (ROOT / quoted).read_text(encoding="utf-8") if (ROOT / quoted).is_file() else ""
        missing = [name for name in waiting if name.split(".")[-1] not in code]
        assert missing == [], f"{quoted} has no {missing}"
        seen.append(quoted)
        waiting = []
    assert seen, "no file is named"


def test_the_index_lists_every_decision() -> None:
    index = (ROOT / "docs" / "decisions" / "README.md").read_text(encoding="utf-8")
    assert [page.name for page in _DECISIONS if f"({page.name})" not in index] == []


def test_every_numbered_question_that_the_code_answers_has_its_page() -> None:
    folders = ("schemas", "rules", "activities", "workflows", "database", "cli", "audit")
    code = "".join(path.read_text(encoding="utf-8") for folder in folders for path in (ROOT / folder).rglob("*.py"))
    pages_by_number = {page.name[2:4] for page in _DECISIONS if page.name.startswith("00")}
    assert set(re.findall(r"\bD-(\d\d)\b", code)) - pages_by_number == set()


def test_the_glossary_has_every_role_and_every_kind_of_filing() -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    roles = {role.value for lifecycle in LIFECYCLES.values() for row in lifecycle.rows for role in row.roles}
    names = roles | {kind.value for kind in LIFECYCLES}
    assert sorted(name for name in names if f"`{name}`" not in glossary) == []
