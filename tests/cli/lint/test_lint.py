"""The lint finds what is wrong or odd about the parameters, and says what to do."""

from datetime import date
from pathlib import Path

import pytest

from cli.lint.command import lint
from cli.lint.finding import Finding
from rules.law.loader import PARAMETERS
from tests.cli.shell import Rules

CITE = "cite: {provision: Law art. 1, instrument: Decision of 2020-01-01}"
ON = date(2026, 11, 20)
CHECKED_ON = date(2026, 11, 30)
"""When the values of this release were last looked up."""


def value(
    since: str, *, until: str | None = None, status: str = "in_force", mark: str = "V1", checked_on: str = "2026-11-15"
) -> str:
    ends = f"    until: {until}\n" if until else ""
    return (
        f"  - from: {since}\n{ends}    value: 3\n    {CITE}\n    status: {status}\n    mark: {mark}\n"
        f"    checked_on: {checked_on}\n"
    )


def folder(tmp_path: Path, *values: str, name: str = "period") -> Path:
    inside = tmp_path / "cn" / "national"
    inside.mkdir(parents=True, exist_ok=True)
    text = "description: A period\nunit: months\nvalues:\n" + "".join(values)
    (inside / f"{name}.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def codes(found: list[Finding]) -> list[tuple[str, str]]:
    return [(one.code, one.level) for one in found]


def test_the_bundled_parameters_have_no_errors() -> None:
    assert [one for one in lint(PARAMETERS, CHECKED_ON) if one.level == "error"] == []


def test_values_that_touch_and_were_checked_lately_are_clean(tmp_path: Path) -> None:
    root = folder(tmp_path, value("2020-01-01", until="2020-12-31"), value("2021-01-01"))
    assert lint(root, ON) == []


def test_a_hole_between_two_values_is_an_error_that_names_its_days(tmp_path: Path) -> None:
    root = folder(tmp_path, value("2020-01-01", until="2020-12-31"), value("2021-01-02"))
    (found,) = lint(root, ON)
    assert found.level == "error"
    assert "2020-01-01" in found.en
    assert "2021-01-02" in found.en


def test_every_file_that_does_not_load_is_named(tmp_path: Path) -> None:
    folder(tmp_path, value("2020-01-01", until="2021-01-01"), value("2021-01-01"), name="overlapping")
    root = folder(tmp_path, value("2020-01-01", status="valid"), name="strange")
    found = lint(root, ON)
    assert [(one.level, one.where) for one in found] == [
        ("error", "cn/national/overlapping.yaml"),
        ("error", "cn/national/strange.yaml: values.0.status"),
    ]
    assert "still holds" in found[0].en


@pytest.mark.parametrize(("as_of", "expected"), [(date(2027, 11, 15), []), (date(2027, 11, 16), ["warning"])])
def test_a_value_must_have_been_checked_within_a_year(tmp_path: Path, as_of: date, expected: list[str]) -> None:
    found = lint(folder(tmp_path, value("2020-01-01")), as_of)
    assert [one.level for one in found] == expected
    assert all("Law art. 1" in one.remedy_en for one in found)


def test_values_from_memory_or_not_in_force_are_listed(tmp_path: Path) -> None:
    root = folder(tmp_path, value("2020-01-01", mark="M"), value("2027-01-01", status="planned"))
    assert codes(lint(root, ON)) == [("from_memory", "information"), ("not_in_force", "information")]


@pytest.mark.slow  # lints every scheme of this release, four times
def test_errors_come_first_and_exit_with_2(rules: Rules, monkeypatch: pytest.MonkeyPatch) -> None:
    assert rules("lint", "--as-of", CHECKED_ON).code == 0
    later = rules("lint", "--as-of", "2027-11-16", "--json")
    assert later.code == 0, "what nobody checked is a warning"
    assert {"calendar 2026"} <= {one["where"] for one in later.json["findings"] if one["level"] == "warning"}
    odd = Finding("tier_never_reached", "error", "SZ", "不可达", "never reached", "请更正", "correct it")
    monkeypatch.setattr(
        "cli.lint.command.lint_scheme", lambda scheme, as_of: [odd] if scheme.id.startswith("SZ-2021") else []
    )
    ended = rules("lint", "--as-of", CHECKED_ON, "--json")
    assert (ended.code, ended.json["errors"]) == (2, 1)
    assert "tier_never_reached @ SZ" in rules("lint", "--as-of", CHECKED_ON).out


def test_without_a_day_it_is_asked_for_today(rules: Rules) -> None:
    assert date.fromisoformat(rules("lint", "--json").json["as_of"]) >= date(2026, 11, 1)
