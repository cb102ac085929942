"""The API's own document: every act has its operation, every reference leads somewhere, every example is a body."""

import ast
import re
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any, cast

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from schemas.acts.act import FilingKind
from schemas.acts.all import models_of
from tests.architecture.sources import ROOT
from tests.parsing import parsed
from web.api.acts import router
from web.api.described import document_of
from web.api.routes import api_of
from web.console import Console
from web.rights.table import rights


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return document_of(api_of(cast("Console", SimpleNamespace())))


def _operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path}", operation


def _references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        for value in node.values():
            yield from _references(value)
    elif isinstance(node, list):
        for one in node:
            yield from _references(one)


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    known = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}
    assert set(_references(document)) <= known


def test_every_act_that_somebody_may_ask_for_has_its_operation(document: dict[str, Any]) -> None:
    asked = {(kind.value, act) for kind in FilingKind for act in models_of(kind)}
    wanted = {(one.kind.value, one.act) for one in rights() if one.act != "pass_day"}
    there = {name for name, _ in _operations(document)}
    assert wanted <= asked
    for kind, act in wanted:
        word = act.replace("_", "-")
        assert {f"POST /{kind}s/{word}", f"POST /{kind}s/{{filing_id}}/{word}"} & there, (kind, act)


def test_every_no_is_a_documented_problem(document: dict[str, Any]) -> None:
    for name, operation in _operations(document):
        noes = {code: one for code, one in operation["responses"].items() if int(code) >= 400 and code != "413"}
        assert {"422", "429", "503"} <= noes.keys(), name
        assert all(list(one["content"]) == ["application/problem+json"] for one in noes.values()), name


def test_every_example_is_a_body_of_its_operation(document: dict[str, Any]) -> None:
    registry = Registry[Any]().with_resource("urn:document", DRAFT202012.create_resource(document))
    looked_at = 0
    for name, operation in _operations(document):
        body = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
        for called, example in body.get("examples", {}).items():
            schema = {"$id": "urn:document", **document, **body["schema"]}
            validator = Draft202012Validator(schema, registry=registry)
            assert [error.message for error in validator.iter_errors(example["value"])] == [], (name, called)
            looked_at += 1
    assert looked_at > len(router.routes)


def test_the_example_of_the_typed_client_names_what_is_described(document: dict[str, Any]) -> None:
    example = re.search(r"```python\n(.*?)```", (ROOT / "docs" / "api.md").read_text(encoding="utf-8"), re.DOTALL)
    assert example is not None
    imported = [one for one in parsed(example[1]).body if isinstance(one, ast.ImportFrom) and one.module]
    named = {(str(one.module), name.name) for one in imported for name in one.names}
    operations = {(tag, one["operationId"]) for _, one in _operations(document) for tag in one["tags"]}
    asked = {(module.rpartition(".")[2], name) for module, name in named if ".api." in module}
    assert len(asked) > 3
    assert asked <= operations
    shapes = document["components"]["schemas"]
    choices = {f"{name}{one.title()}" for name, shape in shapes.items() for one in shape.get("properties", ())}
    assert {name for module, name in named if module.endswith(".models")} <= {*shapes} | choices
