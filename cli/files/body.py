"""Bodies of acts: one object from a JSON or YAML file, or from standard input, every defect named with its place."""

from pathlib import Path
from typing import Any

from cli.files.given import read_file
from database.registers.documents import LARGEST_DOCUMENT
from schemas.values.refusal import refuse
from schemas.wire.json_text import decoded, parse_json
from schemas.wire.reading import kind_of

_YAML = (".yaml", ".yml")


def read_body(name: str) -> dict[str, Any]:
    """The object in a file, ``-`` being standard input; raises Refused."""
    given = read_value(name)
    if not isinstance(given, dict):
        raise refuse("not_an_object", name, found=kind_of(given))
    return given


def read_value(name: str) -> Any:
    """Whatever the file says. In YAML every value is text, so that no number, day or *no* changes on its way."""
    text = decoded(read_bytes(name), name)
    if Path(name).suffix.lower() not in _YAML:
        return parse_json(text, name)
    from rules.law.yaml_text import parse_yaml  # loads the library, which few commands need

    return parse_yaml(text, name)


def read_bytes(name: str) -> bytes:
    """The bytes of a file of at most 10 MB; a larger one is refused before it is read."""
    return read_file(name, LARGEST_DOCUMENT)
