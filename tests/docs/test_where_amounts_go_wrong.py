"""Every line of the list where amounts go wrong has tests that exist."""

import re

from runtime.settings import ROOT

ROWS = re.findall(
    r"^\| (\d+a?) \| .*? \| (.*) \|$",
    (ROOT / "docs" / "where_amounts_go_wrong.md").read_text(encoding="utf-8"),
    re.MULTILINE,
)


def test_every_line_of_the_list_is_there() -> None:
    assert [number for number, _ in ROWS] == [
        *(str(number) for number in range(1, 18)),
        "17a",
        *(str(number) for number in range(18, 47)),
    ]


def test_every_named_test_exists_and_every_line_names_one_or_a_decision() -> None:
    defined = {
        name
        for path in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"def (test_\w+)\(", path.read_text(encoding="utf-8"))
    }
    for number, where in ROWS:
        named = re.findall(r"`(test_\w+)`", where)
        assert named or "decisions/" in where, number
        assert [name for name in named if name not in defined] == [], number
