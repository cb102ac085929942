"""Everything the commands can call by name, in one place: rules, the scheme engine, published shapes."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from cli.rules.subsidy import scheme_of
from rules.questions import registry as determinations
from rules.questions.determination_rule import Rule
from rules.schemes.cases import run_scheme_case
from schemas.schemes.scheme import Scheme
from schemas.values.determination import Determination
from schemas.values.model import Model
from schemas.values.parameter import Parameter

RULES: Mapping[str, Rule] = determinations.RULES
"""Rule name -> rule. Each has a command, runs in case files, and has its facts published as a schema."""

SchemeCase = Callable[[str, Mapping[str, Any], date], Determination]
"""(scheme id, facts as read from the file, day) -> what the scheme pays; raises Refused for facts it cannot take."""


def _run(scheme: str, facts: Mapping[str, Any], as_of: date) -> Determination:
    return run_scheme_case(scheme_of(scheme), facts, as_of)


RUN_SCHEME_CASE: SchemeCase | None = _run
SHAPES: Mapping[str, type[Model]] = {"parameter": Parameter, "scheme": Scheme}
"""Kinds of files that people write: published as JSON Schemas so that an editor completes them."""
