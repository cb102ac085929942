"""Every task and every finding that the rules can open has a text for people, and no text is left over."""

import ast
import re
from pathlib import Path

from runtime.settings import ROOT
from tests.parsing import parsed
from texts.words import closing_rows, finding_rows, task_rows

_SOURCES = sorted(Path(ROOT / "rules").rglob("*.py"))
_PREFIX = {"report_transfer_without_withdrawal", "report_abandonment_without_withdrawal"}  # made from the act's kind


def _codes(place: int, *names: str) -> set[str]:
    """The literal codes that calls of these functions have in that place."""
    found = set()
    for source in _SOURCES:
        for node in ast.walk(parsed(source.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in names and len(node.args) > place:
                argument = node.args[place]
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    found.add(argument.value)
    return found


def _literals() -> set[str]:
    sources = (*_SOURCES, ROOT / "database" / "reads" / "lists.py")  # what audits of the night found
    return {text for source in sources for text in re.findall(r'"([a-z_]+)"', source.read_text())}


def test_every_task_that_is_opened_has_a_text() -> None:
    opened = _codes(1, "Watch", "at_once")
    assert len(opened) > 30
    assert sorted(opened - set(task_rows())) == []


def test_every_finding_that_is_opened_has_a_text() -> None:
    opened = _codes(0, "finding", "_finding")
    assert len(opened) > 20
    assert sorted(opened - set(finding_rows())) == []


def test_every_finding_says_what_closes_it() -> None:
    assert set(closing_rows()) == set(finding_rows())


def test_no_text_is_for_nothing() -> None:
    literals = _literals()
    assert sorted(set(task_rows()) - literals) == []
    assert sorted(set(finding_rows()) - literals - _PREFIX) == []


def test_texts_are_in_both_languages() -> None:
    for zh, en in (*task_rows().values(), *finding_rows().values(), *(one.said for one in closing_rows().values())):
        assert re.search("[\u4e00-\u9fff]", zh)
        assert en.isascii()
