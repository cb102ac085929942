"""What an editor is told of scheme files agrees with what the loader takes."""

import json
from copy import deepcopy
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from cli.rules.scheme_json_schema import scheme_json_schema
from rules.law.loader import PARAMETERS, read_below
from schemas.schemes.scheme import Scheme

FILES = {path[-1]: data for path, data in read_below(PARAMETERS, "schemes")}
VALIDATOR = Draft202012Validator(scheme_json_schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)


def errors_of(data: Any) -> list[str]:
    # An editor sees days as text.
    return [error.json_path for error in VALIDATOR.iter_errors(json.loads(json.dumps(data, default=str)))]


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(scheme_json_schema())


@pytest.mark.parametrize("name", sorted(FILES))
def test_every_scheme_of_the_release_keeps_to_the_schema(name: str) -> None:
    assert errors_of(FILES[name]) == []


@pytest.mark.parametrize(
    ("place", "key", "value"),
    [
        ((), "regoin", "hubei"),
        (("versions", 0), "cap", []),
        (("versions", 0), "mark", "V3"),
        (("versions", 0), "from", "yesterday"),
        (("versions", 0, "base"), "measure", "receipts"),
        (("versions", 0, "amount"), "rate", 0.1),
        (("versions", 0, "amount"), "rate", "10 %"),
        (("versions", 0, "amount"), "each", "5"),
        (("versions", 0, "thresholds", 0), "more_than", "5"),
        (("versions", 0, "thresholds", 0), "at_least", 500000),
        (("versions", 0, "caps", 0), "per", "family"),
        (("versions", 0, "items", 0), "within", "hubei"),
        (("versions", 0, "funding"), "parts", []),
    ],
)
def test_what_the_loader_refuses_the_editor_refuses(place: tuple[str | int, ...], key: str, value: Any) -> None:
    data = deepcopy(FILES["wh_2022_buyer_10pct.yaml"])
    inside = data
    for part in place:
        inside = inside[part]
    inside[key] = value
    assert errors_of(data)
    with pytest.raises(ValidationError):
        Scheme.model_validate(data)
