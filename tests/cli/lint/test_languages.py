"""Whatever lint says is said whole in each of its two languages: no English sentence in Chinese, nor the reverse."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings

from cli.lint.command import lint
from cli.lint.finding import Finding
from cli.lint.schemes import lint_scheme
from rules.schemes.catalogue import bundled_schemes
from schemas.schemes.scheme import Scheme
from tests.cli.lint.test_lint import folder, value
from tests.cli.shell import Rules
from tests.cli.whatif.worlds import schemes
from texts.lint import cause_rows, lint_rows

LATE = date(2030, 1, 1)
ENGLISH = re.compile(r"[A-Za-z]{2,} +[a-z]{2,}")
"""Two words that follow each other; a key of the file stands alone, in a list, or before a colon."""
CHINESE = re.compile(r"[一-鿿]{3,}")
"""Three characters that follow each other; 以上 and 超过 are quoted from the law."""


def mixed(zh: str, en: str) -> list[str]:
    """What stands in the wrong language."""
    return [*ENGLISH.findall(zh), *CHINESE.findall(en)]


def of_findings(told: list[Finding]) -> Iterator[str]:
    for one in told:
        yield from (f"{one.code}: {what}" for what in mixed(one.zh, one.en))
        yield from (f"{one.code}: {what}" for what in mixed(one.remedy_zh, one.remedy_en))


@pytest.mark.parametrize("code", [*lint_rows(), *cause_rows()])
def test_every_text_of_lint_is_in_one_language(code: str) -> None:
    row = lint_rows().get(code) or cause_rows()[code]
    texts = row[1:] if code in lint_rows() else row
    pairs = list(zip(texts[::2], texts[1::2], strict=True))
    assert [what for zh, en in pairs for what in mixed(str(zh), str(en))] == []


def test_what_is_said_of_the_bundled_schemes_is_in_one_language() -> None:
    told = [one for scheme in bundled_schemes().values() for one in lint_scheme(scheme, LATE)]
    assert {"activation_needed", "not_checked"} <= {one.code for one in told}
    assert list(of_findings(told)) == []


@settings(max_examples=40, deadline=None)
@given(schemes())
def test_what_is_said_of_any_scheme_is_in_one_language(scheme: Scheme) -> None:
    assert list(of_findings(lint_scheme(scheme, LATE))) == []


WRONG_PARAMETERS = {
    "overlap": (value("2020-01-01", until="2021-01-01"), value("2021-01-01")),
    "gap": (value("2020-01-01", until="2020-12-31"), value("2021-01-02")),
    "unordered": (value("2021-01-01"), value("2020-01-01")),
    "ends_before_it_begins": (value("2021-01-01", until="2020-01-01"),),
    "repealed_without_end": (value("2021-01-01", status="repealed"),),
    "not_a_choice": (value("2021-01-01", status="valid"),),
    "not_exact": (value("2021-01-01").replace("value: 3", "value: 3.5"),),
    "bad_key": (value("2021-01-01").replace("value: 3", "value: {Big Key: 3}"),),
    "keys_differ_from_by": (value("2021-01-01").replace("value: 3", "value: {a: 3}"),),
    "field_unknown": (value("2021-01-01").replace("mark:", "marks:"),),
    "twice": (value("2021-01-01").replace("mark: V1", "mark: V1\n    mark: V1"),),
}


@pytest.mark.parametrize("wrong", WRONG_PARAMETERS)
def test_a_parameter_that_does_not_load_says_why_in_each_language(tmp_path: Path, wrong: str) -> None:
    told = lint(folder(tmp_path, *WRONG_PARAMETERS[wrong]), LATE)
    assert {one.code for one in told} == {"parameter_refused"}
    assert list(of_findings(told)) == []
    assert all("code_without_text" not in one.en and "(no text" not in one.en for one in told)


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("cn/national/calendar/2026.yaml", "year: 2025\n"),
        ("cn/national/calendar/2026.yaml", "year: 2026\nrest: []\nholiday: 1\n"),
        ("cn/hubei/schemes/one.yaml", "id: ONE\nversions: []\n"),
        ("cn/hubei/schemes/one.yaml", "id: [ONE\n"),
        ("cn/hubei/big/city/far/period.yaml", "description: A\nunit: months\nvalues:\n" + value("2020-01-01")),
        ("cn/hubei/Period.yaml", "description: A\nunit: months\nvalues:\n" + value("2020-01-01")),
    ],
)
def test_every_file_that_does_not_load_says_why_in_each_language(tmp_path: Path, place: str, text: str) -> None:
    file = tmp_path / place
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    told = lint(tmp_path, LATE)
    assert told, "a file that cannot be read is no clean one"
    assert {one.code for one in told} == {"parameter_refused"}
    assert list(of_findings(told)) == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_terminal_reads_one_language_and_json_has_both(
    rules: Rules, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setattr("cli.lint.command.PARAMETERS", folder(tmp_path, value("2020-01-01", mark="M")))
    monkeypatch.setattr("cli.lint.command.bundled_schemes", dict)
    printed = rules("--lang", language, "lint", "--as-of", "2030-01-01").out
    assert ("仅凭记忆" in printed, "from memory" in printed) == (language == "zh", language == "en")
    assert ("提示: from_memory" in printed) == (language == "zh")
    found = rules("lint", "--as-of", "2030-01-01", "--json").json["findings"]
    assert all(one["zh"] and one["en"] and one["remedy_zh"] and one["remedy_en"] for one in found)
