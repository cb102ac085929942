"""The cases: sentences with facts, a day and what must come out, run through the registry of rules."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rules.determinations import RULES
from rules.loader import read_yaml
from rules.recompute import differences, recompute
from schemas.canonical import plain
from schemas.money import Money
from schemas.refusal import Refused

CASES = sorted((Path(__file__).parent / "cases").glob("*.yaml"))


def _cases() -> Iterator[Any]:
    for path in CASES:
        file = read_yaml(path)
        if file.get("rule") in RULES:
            for one in file["cases"]:
                yield pytest.param(file["rule"], one, id=f"{path.stem}: {one['case']}")


@pytest.mark.parametrize(("rule", "case"), list(_cases()))
def test_a_case_comes_out_as_it_says(rule: str, case: dict[str, Any]) -> None:
    facts = RULES[rule].facts.model_validate_json(json.dumps(plain(case["facts"])))
    expect = case["expect"]
    if "refused" in expect:
        with pytest.raises(Refused) as refused:
            RULES[rule].determine(facts, case["as_of"])
        assert [one.code for one in refused.value.refusals] == [expect["refused"]]
        return
    made = RULES[rule].determine(facts, case["as_of"])
    amounts = {line.name: line.amount for line in made.result}
    assert list(made.unknown) == expect.get("unknown", [])
    assert {name: amounts.get(name) for name in expect.get("result", {})} == {
        name: Money.of(amount) for name, amount in expect.get("result", {}).items()
    }
    assert {name: made.answers.get(name) for name in expect.get("answers", {})} == {
        name: str(answer) for name, answer in expect.get("answers", {}).items()
    }
    assert differences(made, recompute(made)) == ()


def test_every_rule_has_cases() -> None:
    assert set(RULES) <= {read_yaml(path).get("rule") for path in CASES}
