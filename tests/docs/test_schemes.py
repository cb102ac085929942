"""The page on schemes is enough to write one: what it shows is run, and it leaves out no key."""

import re
from datetime import date
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


@pytest.mark.parametrize("case", parse_yaml(blocks("yaml")[-1], "page", typed)["cases"], ids=lambda case: case["case"])
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


def _example_with(block: str, **facts: Any) -> str:
    example = parse_yaml(blocks("yaml")[0], "page", typed)
    elements = {
        "thresholds": [],
        "floors": [],
        "caps": [],
        "amount": {"rate": "0.05"},
        **parse_yaml(block, "page", typed),
    }
    example["versions"][0] |= elements
    if "starts_on" in elements.get("window", {}):
        example["versions"][0]["from"] = elements["window"]["starts_on"]
    usual = {
        "contract_kind": "licence",
        "related": "no",
        "received_on": "2024-08-01",
        "contract": "C",
        "counterparty": "N",
    }
    items = [{"item_id": f"A{n}", **usual, **one} for n, one in enumerate(facts.pop("items"))]
    made = run_scheme_case(Scheme.model_validate(example), {"year": 2024, "items": items, **facts}, LAST)
    return str(made.result[0].amount)


LAST = date(2024, 12, 31)
INVENTION = {"patent_kind": "invention", "counterparty_kind": "enterprise", "patents": [{"patent": "P"}]}


@pytest.mark.parametrize(
    ("number", "items", "amount"),
    [
        (0, [{"received": "3000000"}], "90000.00"),
        (1, [{"received": "799999.99"}], "16000.00"),
        (2, [{"received": "500000", **INVENTION}], "20000.00"),
        # 12,000,000 x 5 % = 600,000 -> 500,000; two contracts, one with an enterprise: 5,000
        (
            3,
            [
                {"received": "6000000", "counterparty_kind": "enterprise"},
                {"received": "6000000", "counterparty_kind": "person", "contract": "D"},
            ],
            "505000.00",
        ),
        # three contracts of two licensees; 8,000,000 x 3 % = 240,000 -> 200,000, and 100 x 3 %
        (
            4,
            [
                {"received": "4000000", "contract": "C"},
                {"received": "4000000", "contract": "D"},
                {"received": "100", "contract": "E", "counterparty": "M"},
            ],
            "200003.00",
        ),
        (5, [{"received": "1000000"}], "50000.00"),  # one criterion by itself, and the credit of the claimant
        (6, [{"received": "100", "received_on": "2024-06-30"}, {"received": "100"}], "5.00"),
        # 50,000,000 x 30 % and an award of 1,500,000
        (
            7,
            [
                {"event": "pilot_plant", "investment": "50000000"},
                {"event": "shared_use_assessment", "awarded": "1500000"},
            ],
            "16500000.00",
        ),
        (8, [{"received": "3000000"}], "200000.00"),  # 10 % would be 300,000
    ],
)
def test_what_stands_one_within_another_gives_what_the_page_says(
    number: int, items: list[dict[str, Any]], amount: str
) -> None:
    section = PAGE[PAGE.index("### One within another") : PAGE.index("### Budget, funding")]
    block = re.findall(r"```yaml\n(.*?)```", section, re.DOTALL)[number]
    claimant = {"claimant": "university", "kind": "university", "region": "hubei.wuhan", "good_credit": "yes"}
    assert _example_with(block, items=items, claimant=claimant) == amount


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
