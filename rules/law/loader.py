"""Reads the dated parameters: the only place in ``rules`` that opens files.

``parameters/<country>/<province>/<name>.yaml`` is the parameter ``<province>.<name>``, and what lies in a city's folder
below is ``<province>.<city>.<name>``; ``national`` stands in the place of a province. Folders named ``calendar`` and
``schemes`` have shapes of their own; they are read by their rules through ``read_yaml`` and count in the hash.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from rules.law.yaml_text import parse_yaml, typed
from schemas.values.parameter import Parameter
from schemas.values.refusal import Fault, Refusal, Refused, refusal
from schemas.wire.form import form_defects, form_refusals

PARAMETERS = Path(__file__).parents[1] / "parameters"

_APART = ("calendar", "schemes")
_SNAKE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


class ParameterFault(Fault):
    """A parameter file is wrong, or a value was asked for that no file gives; names what and the cure.

    ``defects``: what is wrong in a file, for whoever writes it; their texts are in both languages.
    """

    def __init__(self, what: str, *defects: Refusal) -> None:
        self.defects = defects
        super().__init__("ours", what, retry=False)


@dataclass(frozen=True)
class ParameterSet:
    """All parameters of a folder, by dotted name, and the hash of everything in that folder."""

    parameters: Mapping[str, Parameter]
    content_hash: str
    contents: Mapping[str, Any]
    """What every file says, as parsed, by its path below the folder; what the lock of past values is made of."""


def read_yaml(path: Path) -> Any:
    """The data of a YAML file below the parameters; raises ParameterFault."""
    try:
        return parse_yaml(path.read_text(encoding="utf-8"), _place(path), typed)
    except Refused as refused:
        (no,) = refused.refusals
        facts = no.facts
        why = facts["why_en"] if "why_en" in facts else f"the key {facts['field']} stands twice; remove one"
        raise ParameterFault(f"{_place(path)} line {facts['line']}: {why}", no) from refused


def parse_parameter(data: Any, where: str) -> Parameter:
    """The parameter that ``data`` describes; raises ParameterFault naming the key and the cure."""
    try:
        return Parameter.model_validate(data)
    except ValidationError as error:
        defects = form_refusals(error, data, Parameter)
        raise ParameterFault(f"{where}: {form_defects(error, data, Parameter)}", *defects) from error


def load_parameters(root: Path) -> ParameterSet:
    """Reads every file below ``root``; raises ParameterFault for the first that is wrong."""
    parameters: dict[str, Parameter] = {}
    contents: dict[str, Any] = {}
    for path in sorted(path for path in root.rglob("[!.]*") if path.is_file()):
        inside = path.relative_to(root)
        if path.suffix != ".yaml":
            no = refusal("parameter_no_yaml", _place(path))
            raise ParameterFault(f"{_place(path)}: only .yaml files are read here; rename or remove it", no)
        data = read_yaml(path)
        contents[inside.as_posix()] = data
        if not any(part in _APART for part in inside.parts[:-1]):
            name = _name(inside, _place(path))
            if name in parameters:
                no = refusal("parameter_twice", _place(path), name=name)
                raise ParameterFault(f"{_place(path)}: there is already a parameter {name}; rename one of them", no)
            parameters[name] = parse_parameter(data, _place(path))
    return ParameterSet(parameters, hashlib.sha256(parameters_text(contents).encode("ascii")).hexdigest(), contents)


def parameters_text(contents: Mapping[str, Any]) -> str:
    """The one text of all files, whose hash a determination records.

    As parsed, so that a comment or a line break does not look like a change of law.
    """
    return json.dumps(contents, sort_keys=True, ensure_ascii=True, separators=(",", ":"), default=str)


def _name(inside: Path, where: str) -> str:
    regions = inside.parts[1:-1]
    if len(regions) not in (1, 2) or (regions[0] == "national" and len(regions) == 2):
        raise ParameterFault(
            f"{where}: a parameter lies in the folder of the nation, of a province, or of a city in its province;"
            " move it",
            refusal("parameter_misplaced", where),
        )
    for part in (*regions, inside.stem):
        if not _SNAKE.fullmatch(part):
            no = refusal("parameter_misnamed", where, part=part)
            raise ParameterFault(f"{where}: {part} is no name in snake_case; rename it", no)
    return ".".join((*regions, inside.stem))


def read_below(root: Path, folder: str) -> list[tuple[tuple[str, ...], Any]]:
    """The data of every YAML file in a folder of that name at any depth, with the folders above it from ``root`` on."""
    return [(path.relative_to(root).parts, read_yaml(path)) for path in sorted(root.rglob(f"{folder}/*.yaml"))]


@cache
def bundled_parameters() -> ParameterSet:
    """The parameters that come with this release; read on first use."""
    return load_parameters(PARAMETERS)


def _place(path: Path) -> str:
    return path.relative_to(PARAMETERS.parent.parent).as_posix() if path.is_relative_to(PARAMETERS) else path.name
