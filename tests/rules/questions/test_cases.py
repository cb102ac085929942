"""Every case file that comes with the rules: one test per sentence."""

from pathlib import Path

import pytest

from cli.rules.case_file import PlacedCase, case_paths, read_cases
from cli.rules.cases import BUNDLED_CASES, run_case

FILES = case_paths((BUNDLED_CASES,))
CASES = [one for path in FILES for one in read_cases(path)[0]]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_case_file_has_no_defects(path: Path) -> None:
    assert read_cases(path)[1] == []


@pytest.mark.parametrize("placed", CASES, ids=lambda one: f"{one.path.stem}: {one.case.case}")
def test_a_case_is_as_its_sentence_says(placed: PlacedCase) -> None:
    outcome = run_case(placed)
    assert outcome.differences == (), outcome.where
