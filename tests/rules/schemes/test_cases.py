"""Every case of every scheme gives exactly what it expects, and every scheme has its cases."""

from pathlib import Path
from typing import Any

import pytest

from rules.loader import parse_yaml
from rules.schemes.cases import recompute, run_scheme_case
from rules.schemes.catalogue import bundled_schemes, find_scheme
from runtime.settings import ROOT
from schemas.money import Money
from schemas.refusal import Refused

FOLDER = ROOT / "tests" / "rules" / "cases"


def _documents() -> list[tuple[Path, dict[str, Any]]]:
    read = [(path, parse_yaml(path.read_text(encoding="utf-8"), path.name)) for path in sorted(FOLDER.glob("*.yaml"))]
    return [(path, data) for path, data in read if "scheme" in data]


CASES = [
    pytest.param(data["scheme"], case, id=f"{data['scheme']}: {case['case']}")
    for _, data in _documents() for case in data["cases"]
]


@pytest.mark.parametrize(("scheme_id", "case"), CASES)
def test_a_case_gives_what_it_expects(scheme_id: str, case: dict[str, Any]) -> None:
    expected = case["expect"]
    assert expected.keys() <= {"result", "answers", "unknown", "refused"}
    if "refused" in expected:
        with pytest.raises(Refused) as refused:
            run_scheme_case(find_scheme(scheme_id), case["facts"], case["as_of"])
        assert [one.code for one in refused.value.refusals] == [expected["refused"]]
        return
    made = run_scheme_case(find_scheme(scheme_id), case["facts"], case["as_of"])
    amounts = {line.name: line.amount for line in made.result}
    for name, yuan in expected.get("result", {}).items():
        assert amounts[name] == Money.of(yuan), name
    assert made.unknown == tuple(expected.get("unknown", ()))
    for name, answer in expected.get("answers", {}).items():
        assert made.answers[name] == answer
    assert recompute(made) == made


def test_every_scheme_has_cases() -> None:
    assert {data["scheme"] for _, data in _documents()} == set(bundled_schemes())


def test_a_case_file_has_the_name_of_its_scheme() -> None:
    assert [path.stem for path, data in _documents() if path.stem != data["scheme"].lower().replace("-", "_")] == []
