"""The page on schemes is enough to write one: what it shows is run, and it leaves out no key."""

import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from pydantic import BaseModel

from cli.lint.schemes import lint_scheme
from cli.rules.subsidy import command
from docs.generate import FOLDER
from rules.law.yaml_text import parse_yaml, typed
from rules.schemes.cases import run_scheme_case
from rules.schemes.catalogue import read_scheme
from schemas.schemes.inputs import CallInputs, YearInputs
from schemas.schemes.scheme import Scheme
from schemas.values.money import Money
from schemas.values.refusal import Refused

PAGE = (FOLDER / "schemes.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


def test_the_worked_example_prints_what_the_page_says(tmp_path: Path) -> None:
    (tmp_path / "example.yaml").write_text(blocks("yaml")[0], encoding="utf-8")
    (tmp_path / "facts.json").write_text(blocks("json")[0], encoding="utf-8")
    ran = CliRunner().invoke(
        command, [str(tmp_path / "facts.json"), "--as-of", "2026-03-31", "--scheme", str(tmp_path / "example.yaml")]
    )
    assert ran.exit_code == 0, ran.output
    assert blocks("text")[0] in ran.output


def test_the_worked_example_has_nothing_suspicious_but_its_borders() -> None:
    found = {one.code for one in lint_scheme(read_scheme(blocks("yaml")[0], "example.yaml"))}
    # Contracts of 10,000 begin at the floor, and a base of any size gets the floor.
    assert found == {"cliff_jumps"}


def test_the_rates_by_counterparty_can_stand_in_the_example() -> None:
    by_kind = parse_yaml(blocks("yaml")[1], "page", typed)["amount"]
    example = parse_yaml(blocks("yaml")[0], "page", typed)
    example["versions"][0] |= {"amount": by_kind, "thresholds": [], "floors": [], "caps": []}
    scheme = Scheme.model_validate(example)
    facts = {
        "items": [
            {
                "item_id": kind,
                "contract_kind": "licence",
                "related": "no",
                "received": "1000001",
                "received_on": "2025-01-01",
                "counterparty_kind": kind,
            }
            for kind in ("enterprise", "university", "person")
        ]
    }
    made = run_scheme_case(scheme, facts, parse_yaml("2025-12-31", "day", typed))
    # 1,000,001 x (5 % + 3 % + 1 %), each cut off only at the end: 50,000.05 + 30,000.03 + 10,000.01
    assert made.result[0].amount == Money.of("90000.09")


@pytest.mark.parametrize("case", parse_yaml(blocks("yaml")[2], "page", typed)["cases"], ids=lambda case: case["case"])
def test_the_cases_of_the_page_hold(case: dict[str, Any]) -> None:
    scheme, expected = read_scheme(blocks("yaml")[0], "example.yaml"), case["expect"]
    if "refused" in expected:
        with pytest.raises(Refused, match=expected["refused"]):
            run_scheme_case(scheme, case["facts"], case["as_of"])
        return
    made = run_scheme_case(scheme, case["facts"], case["as_of"])
    assert {line.name: line.amount for line in made.result} == {
        name: Money.of(yuan) for name, yuan in expected.get("result", {}).items()
    }
    assert list(made.unknown) == expected.get("unknown", [])


def _keys(model: type[BaseModel], seen: set[type[BaseModel]]) -> set[str]:
    seen.add(model)
    keys = {field.alias or name for name, field in model.model_fields.items()}
    for field in model.model_fields.values():
        for inner in _models(field.annotation):
            if inner not in seen:
                keys |= _keys(inner, seen)
    return keys


def _models(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [found for part in getattr(annotation, "__args__", ()) for found in _models(part)]


@pytest.mark.parametrize("model", [Scheme, YearInputs, CallInputs])
def test_the_page_has_every_key(model: type[BaseModel]) -> None:
    keys = _keys(model, set())
    assert len(keys) > 10
    assert sorted(key for key in keys if f"`{key}`" not in PAGE) == []
