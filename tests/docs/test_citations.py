"""Every short form in which code or data cites the law is explained in docs/references.md, and leads somewhere."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from docs.generate import FOLDER
from schemas.lifecycle.all import LIFECYCLES
from tests.architecture.sources import PRODUCT, ROOT

_ROWS = re.findall(r"^\| ([^|]+) \| .* \|$", (FOLDER / "references.md").read_text(encoding="utf-8"), re.MULTILINE)
EXPLAINED = [form.strip() for row in _ROWS for form in row.split(", ")]
NUMBERED = re.compile(r"\b(?:L-\d\d|R[1-9]|E[1-9])\b")
NAMED = re.compile(
    r"\b(?:PL-|IR-|GL-|GL V-|Civil Code|Patent Law|Implementing Regulations|Guidelines|Transformation Law"
    r"|Order \d+(?: of \d{4})?|Announcement \d+ of \d{4}|Measures \d{4}|Rules \d{4}|Draft \d{4}|July \d{4} notice"
    r"|SPC technology contracts|(?:Regulations art)|[A-Z][a-z]+ \d{4} no\. \d+)|[\u4e00-\u9fff]+〔\d{4}〕\d+号"
)
NOWHERE = re.compile(r"\b(?:[Dd]omain|[Ll]ifecycles|[Pp]romises?) \d")
"""Documents that are not in the repository."""


def _files(*folders: str) -> Iterator[Path]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in (".py", ".yaml") and "golden" not in path.parts and path != Path(__file__):
                yield path


def _numbers_explained() -> set[str]:
    """``L-20 to L-22`` explains three."""
    found = set()
    for form in EXPLAINED:
        match re.fullmatch(r"([A-Z]-?)(\d+) to [A-Z]-?(\d+)", form):
            case None:
                found.add(form)
            case ends:
                width = len(ends[2])
                found |= {f"{ends[1]}{number:0{width}}" for number in range(int(ends[2]), int(ends[3]) + 1)}
    return found


def _is_explained(name: str) -> bool:
    return any(form == name or form.startswith((f"{name} ", f"{name}n", f"{name}.")) for form in EXPLAINED)


def _unexplained(text: str) -> set[str]:
    text = " ".join(text.split())
    return (set(NUMBERED.findall(text)) - _numbers_explained()) | {
        name for name in NAMED.findall(text) if not _is_explained(name)
    }


@pytest.mark.parametrize("folder", PRODUCT)
def test_every_short_form_of_a_citation_is_explained(folder: str) -> None:
    # Values of law cite their instruments in full, so their names need no row.
    found = {
        path.relative_to(ROOT).as_posix(): wrong
        for path in _files(folder)
        if (wrong := {one for one in _unexplained(path.read_text(encoding="utf-8")) if not _in_full(path, one)})
    }
    assert found == {}


def _in_full(path: Path, form: str) -> bool:
    cites_in_full = "parameters" in path.parts or path.name == "instruments.yaml"
    return cites_in_full and not NUMBERED.fullmatch(form)


def test_every_article_of_a_lifecycle_begins_with_a_short_form() -> None:
    forms = [re.split(r"\bn\b| to ", form)[0] for form in EXPLAINED]
    numbered = ("R", "L-", "D-", "PL-", "IR-", "GL-", "GL V-")
    for lifecycle in LIFECYCLES.values():
        for row in lifecycle.rows:
            for part in row.article.split("; "):
                assert part.startswith((*numbered, *(form for form in forms if len(form) > 3))), (row.act, part)


def test_every_decision_stands_once_in_the_index() -> None:
    index = (FOLDER / "decisions" / "README.md").read_text(encoding="utf-8")
    numbers = re.findall(r"^\| \[([^\]]+)\]", index, re.MULTILINE)
    assert sorted(numbers) == sorted(set(numbers))


def test_nothing_cites_a_document_that_is_not_here() -> None:
    found = {
        path.relative_to(ROOT).as_posix(): NOWHERE.findall(text)
        for path in _files(*PRODUCT, "tests", "docs", "benchmarks")
        if "refusals" not in path.parts and NOWHERE.search(text := path.read_text(encoding="utf-8"))
    }
    assert found == {}


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("(L-21; IR-15; Civil Code 846)", set()),
        ("(L-99)", {"L-99"}),
        ("R9; Order 63 art. 2", {"R9", "Order 63"}),
        ("Caishui 1999 no. 1", {"Caishui 1999 no. 1"}),
        ("财税〔1999〕1号", {"财税〔1999〕1号"}),
    ],
)
def test_a_form_that_no_row_explains_is_found(text: str, wrong: set[str]) -> None:
    assert _unexplained(text) == wrong
