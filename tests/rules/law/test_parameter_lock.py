"""What was once released stays: values are added after the last, and a changed or vanished one is named."""

from pathlib import Path
from typing import Any

import pytest

from cli.rules.lock import LOCK, main
from rules.law.loader import bundled_parameters
from rules.law.parameter_lock import lock_breaks, lock_of, read_lock, write_lock
from rules.law.yaml_text import parse_yaml, typed

FILE = "cn/national/thing.yaml"
THING = """\
description: A thing
unit: months
values:
  - {from: 2011-08-01, value: 2, cite: {provision: art. 1, instrument: Order 1}, status: in_force, mark: V2,
     checked_on: 2026-11-15}
  - {from: 2024-01-20, value: 3, cite: {provision: art. 2, instrument: Order 2}, status: in_force, mark: M,
     checked_on: 2026-11-15}
  - {from: 2027-01-01, value: 4, cite: {provision: draft, instrument: Draft}, status: planned, mark: M,
     checked_on: 2026-11-15}
"""
ADDED = """\
  - {from: NEW, value: 5, cite: {provision: art. 3, instrument: Order 3}, status: in_force, mark: V1,
     checked_on: 2026-11-15}
"""


def contents(text: str, name: str = FILE) -> dict[str, Any]:
    return {name: parse_yaml(text, name, typed)}


def breaks(before: str, after: str, name: str = FILE) -> tuple[str, ...]:
    return lock_breaks(read_lock(write_lock(lock_of(contents(before, name)))), contents(after, name))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("description: A thing", "# remark\ndescription: Another word for it"),
        ("mark: M", "mark: V1"),
        ("checked_on: 2026-11-15", "checked_on: 2027-11-15"),
        ("instrument: Order 2}, status: in_force", "instrument: Order 2}, status: repealed, until: 2026-12-31"),
        (
            "cite: {provision: draft, instrument: Draft}, status: planned",
            "cite: {provision: art. 9, instrument: Order 9}, status: in_force",
        ),
        (THING, THING + ADDED.replace("NEW", "2028-01-01")),
        (THING, THING + ADDED.replace("NEW", "2025-01-01")),
        (THING, THING + ADDED.replace("NEW", "2001-01-01")),
    ],
)
def test_checking_confirming_ending_and_adding_break_nothing(old: str, new: str) -> None:
    assert breaks(THING, THING.replace(old, new)) == ()


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("value: 2", "value: 1", "2011-08-01: the locked value says something else"),
        ("unit: months", "unit: years", "2011-08-01: the locked value says something else"),
        ("value: 4", "value: 6", "2027-01-01: the locked value says something else"),
        ("from: 2024-01-20", "from: 2024-02-20", "2024-01-20: the locked value has vanished"),
        ("instrument: Order 2", "instrument: Order 7", "2024-01-20: the locked value cites something else"),
        ("provision: draft", "provision: another", "2027-01-01: the locked value cites something else"),
        (
            "instrument: Order 2}, status: in_force",
            "instrument: Order 2}, status: planned",
            "2024-01-20: what was in_force is now planned",
        ),
        (THING, THING + ADDED.replace("NEW", "2015-01-01"), "2015-01-01: a new value would change what held"),
    ],
)
def test_the_past_is_not_rewritten(old: str, new: str, says: str) -> None:
    found = breaks(THING, THING.replace(old, new))
    assert found
    assert found[0].startswith(f"{FILE} {says}")


def test_a_last_day_that_became_known_stays() -> None:
    ended = THING.replace("instrument: Order 2}", "instrument: Order 2}, until: 2026-12-31")
    assert breaks(THING, ended) == ()
    assert breaks(ended, THING) == (f"{FILE} 2024-01-20: the last day was 2026-12-31 and is now missing; put it back",)


def test_a_file_that_vanished_is_named() -> None:
    assert len(lock_breaks(lock_of(contents(THING)), {})) == 3


CALENDAR = "cn/national/calendar/2027.yaml"
YEAR = "year: 2027\nrest:\n  - {first: 2027-01-01, last: 2027-01-03}\ncite: {provision: a, instrument: b}\nmark: V2\n"


def test_a_year_may_get_its_tax_days_and_keeps_its_rest_days() -> None:
    assert breaks(YEAR, YEAR + "tax_record_days: [2027-01-15]\n", CALENDAR) == ()
    assert breaks(YEAR + "tax_record_days: [2027-01-15]\n", YEAR, CALENDAR)[0].startswith(f"{CALENDAR} 2027 tax: ")
    assert breaks(YEAR, YEAR.replace("2027-01-03", "2027-01-02"), CALENDAR)


SCHEME = "cn/hubei/wuhan/schemes/buyer.yaml"
VERSIONS = """\
id: buyer
versions:
  - {from: 2020-01-01, rate: "0.02", status: repealed, until: 2021-12-31}
  - {from: 2022-01-01, rate: "0.1", status: in_force}
"""


def test_a_version_of_a_scheme_is_locked_by_its_first_day() -> None:
    later = '  - {from: 2025-01-01, rate: "0.05", status: in_force}\n'
    assert breaks(VERSIONS, VERSIONS + later, SCHEME) == ()
    assert [line.split(": ")[0] for line in breaks(VERSIONS, VERSIONS.replace('"0.1"', '"0.2"'), SCHEME)] == [
        f"{SCHEME} 2022-01-01"
    ]
    assert breaks("id: a\nrate: 1\n", "id: a\nrate: 2\n", SCHEME)[0].startswith(f"{SCHEME} all: ")


def test_no_released_value_was_changed_and_every_value_is_locked(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check"]) == 0, capsys.readouterr().err
    assert read_lock(LOCK.read_text(encoding="utf-8")) == lock_of(bundled_parameters().contents)


def test_the_command_adds_what_is_new_and_never_hides_a_break(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lock = tmp_path / "parameters.lock"
    assert main(["--check"], lock) == 1
    assert main([], lock) == 0
    assert main(["--check"], lock) == 0
    whole = lock_of(bundled_parameters().contents)
    first = next(iter(whole))
    broken = {**whole, first: {"1999-01-01": next(iter(whole[first].values()))}}
    lock.write_text(write_lock(broken), encoding="utf-8")
    before = lock.read_text(encoding="utf-8")
    capsys.readouterr()
    assert main([], lock) == 1
    assert f"{first} 1999-01-01: the locked value has vanished" in capsys.readouterr().err
    assert lock.read_text(encoding="utf-8") == before
