"""What a hand can get wrong in a file of texts is told with its file and its key before anything is shown."""

from pathlib import Path

import pytest

from texts.rows import TextFault, read_rows, texts_of

GOOD = "approve:\n  zh: 审批\n  en: approve it\n"


def _read(path: Path, text: str) -> dict[str, tuple[str, ...]]:
    file = path / "tasks.yaml"
    file.write_text(text, encoding="utf-8")
    return read_rows(file, lambda fields: texts_of(fields, "zh", "en"))


def test_a_good_file_is_read(tmp_path: Path) -> None:
    assert _read(tmp_path, GOOD) == {"approve": ("审批", "approve it")}


def test_words_that_yaml_takes_for_something_else_are_words(tmp_path: Path) -> None:
    assert _read(tmp_path, "on:\n  zh: 2026\n  en: no\n") == {"on": ("2026", "no")}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (GOOD + GOOD, "tasks.yaml: approve stands twice, the second time in line 4"),
        (GOOD + "  zh: 又\n", "tasks.yaml: zh stands twice"),
        (GOOD.replace("en:", "english:"), "tasks.yaml: approve: unknown key english"),
        ("approve:\n  zh: 审批\n", "tasks.yaml: approve: en is missing"),
        (GOOD.replace("approve it", "[approve it]"), "tasks.yaml: approve: en is missing or no text"),
        (GOOD.replace("审批", '" "'), "tasks.yaml: approve: zh is missing or no text"),
        (GOOD.replace("approve it", "'{on'"), "tasks.yaml: approve: en: "),
        ("approve: 审批\n", "tasks.yaml: approve: is no code with its texts"),
        ("- approve\n", "tasks.yaml: has no rows"),
        ("approve: [", "tasks.yaml: "),
    ],
)
def test_a_wrong_file_is_told_with_its_key(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(TextFault) as fault:
        _read(tmp_path, text)
    assert str(fault.value).startswith(says)
