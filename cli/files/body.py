"""Bodies of acts: one object from a JSON or YAML file, or from standard input, every defect named with its place."""

from pathlib import Path
from typing import Any

import yaml

from cli.files.given import read_file
from database.registers.documents import LARGEST_DOCUMENT
from schemas.values.refusal import refuse
from schemas.wire.json_text import decoded, parse_json

_YAML = (".yaml", ".yml")


def read_body(name: str) -> dict[str, Any]:
    """The object in a file, ``-`` being standard input; raises Refused."""
    given = read_value(name)
    if not isinstance(given, dict):
        raise refuse("not_an_object", name, found=type(given).__name__)
    return given


def read_value(name: str) -> Any:
    """Whatever the file says. In YAML every value is text, so that no number, day or *no* changes on its way."""
    text = decoded(read_bytes(name), name)
    return _yaml(text, name) if Path(name).suffix.lower() in _YAML else parse_json(text, name)


def read_bytes(name: str) -> bytes:
    """The bytes of a file of at most 10 MB; a larger one is refused before it is read."""
    return read_file(name, LARGEST_DOCUMENT)


def _yaml(text: str, where: str) -> Any:
    try:
        return yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506  # it makes text, lists and mappings only
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise refuse(
            "json_malformed",
            where,
            line=mark.line + 1 if mark else "?",
            column=mark.column + 1 if mark else "?",
            why=error.problem,
        ) from error
    except yaml.YAMLError as error:
        raise refuse("json_malformed", where, line="?", column="?", why=error) from error
