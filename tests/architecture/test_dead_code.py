"""Code that no program reaches goes; what only tests use belongs to the tests."""

import ast
from functools import cache
from pathlib import Path

import vulture
from vulture.core import Item

from tests.architecture.sources import PRODUCT, ROOT
from tests.parsing import parsed, undisturbed

PROGRAMS = ("worker.py", "console.py", "starter.py", "docs/generate.py")

USED_ELSEWHERE = {
    "allow_extra_args": "click reads it",
    "capture_signals": "uvicorn calls it",
    "command_class": "click reads it",
    "create_system": "zipfile writes it",
    "external_attr": "zipfile writes it",
    "format_help": "click calls it",
    "group_class": "click reads it",
    "model_config": "pydantic reads it",
    "should_exit": "uvicorn reads it",
    "get_external_store_context": "the SDK calls it",
    "get_serialization_context": "the SDK calls it",
    "_builtins_restricted": "the SDK reads it",
    "create_instance": "the SDK calls it",
    "command_info": "the signature is the SDK's",
    "workflow_info_on_message": "the SDK reads it",
    "activity_info_on_message": "the SDK reads it",
    "intercept_client": "the SDK calls it",
    "intercept_activity": "the SDK calls it",
    "workflow_interceptor_class": "the SDK calls it",
}
"""Name -> who uses it, where that is not our code."""

_REGISTERED = [
    "@*.command*",
    "@worded_command*",
    "@model_validator*",
    "@field_validator*",
    "@atexit.register",
    "@workflow.*",
    "@activity.*",
    "@router.*",
]
"""What is decorated so is used by the framework."""


def test_no_code_is_out_of_every_programs_reach() -> None:
    dead = [item for item in _unused() if item.name not in USED_ELSEWHERE]
    assert not dead, "\n".join(f"{item.filename}:{item.first_lineno}: {item.message}" for item in dead)


def test_what_counts_as_used_elsewhere_is_used_by_nobody_here() -> None:
    assert {item.name for item in _unused()} >= set(USED_ELSEWHERE)


@cache
def _unused() -> list[Item]:
    search = vulture.Vulture(ignore_decorators=_REGISTERED)
    with undisturbed():
        search.scavenge([ROOT / one for one in (*PRODUCT, *PROGRAMS)])
    found: list[Item] = search.get_unused_code()
    return [item for item in found if not (item.typ == "variable" and item.first_lineno in _data(Path(item.filename)))]


def _data(path: Path) -> set[int]:
    """The lines of fields and members of classes: whoever reads the record, the file or the answer uses them."""
    classes = [node for node in ast.walk(parsed(path.read_text(encoding="utf-8"))) if isinstance(node, ast.ClassDef)]
    return {
        line.lineno
        for one in classes
        for line in one.body
        if isinstance(line, ast.AnnAssign) or (isinstance(line, ast.Assign) and _is_enum(one))
    }


def _is_enum(one: ast.ClassDef) -> bool:
    return any("Enum" in ast.unparse(base) for base in one.bases)
