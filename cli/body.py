"""Bodies of acts: one object from a JSON or YAML file, or from standard input, every defect named with its place."""

import json
import sys
from pathlib import Path
from typing import Any

import yaml

from database.documents import LARGEST_DOCUMENT
from schemas.refusal import refuse

_YAML = (".yaml", ".yml")
_SHOWN_BYTES = 8


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
    try:
        if name == "-":
            body = sys.stdin.buffer.read(LARGEST_DOCUMENT + 1)
            size = len(body)
        else:
            size = Path(name).stat().st_size
            body = b"" if size > LARGEST_DOCUMENT else Path(name).read_bytes()
    except OSError as error:
        raise refuse("file_unreadable", name, name=name, why=error.strerror or error) from error
    if size > LARGEST_DOCUMENT:
        raise refuse("document_too_large", name, size=size, largest=LARGEST_DOCUMENT)
    return body


def decoded(body: bytes, where: str) -> str:
    """UTF-8 text, with or without a byte order mark; names the bytes that are not, and what they may be."""
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        bad = body[error.start : error.start + _SHOWN_BYTES]
        looks = _looks_like_gb18030(body)
        raise refuse(
            "encoding_unknown", where, offset=error.start, bytes=bad.hex(" ").upper(),
            guess_zh="，像是 GB18030" if looks else "", guess_en="; they look like GB18030" if looks else "",
        ) from error


def parse_json(text: str, where: str) -> Any:
    """JSON without what programs read differently: a key twice, NaN and Infinity."""

    def distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for key, value in pairs:
            if key in made:
                raise refuse("field_twice", where, field=key)
            made[key] = value
        return made

    def not_a_number(constant: str) -> Any:
        raise refuse("json_malformed", where, line="?", column="?", why=f"{constant} is no JSON")

    try:
        return json.loads(text, object_pairs_hook=distinct, parse_constant=not_a_number)
    except json.JSONDecodeError as error:
        raise refuse("json_malformed", where, line=error.lineno, column=error.colno, why=error.msg) from error
    except (RecursionError, ValueError) as error:  # nested too deep, or an integer of thousands of digits
        raise refuse("json_malformed", where, line="?", column="?", why=error) from error


def _yaml(text: str, where: str) -> Any:
    try:
        return yaml.load(text, Loader=yaml.BaseLoader)  # it makes text, lists and mappings only
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise refuse(
            "json_malformed", where, line=mark.line + 1 if mark else "?", column=mark.column + 1 if mark else "?",
            why=error.problem,
        ) from error
    except yaml.YAMLError as error:
        raise refuse("json_malformed", where, line="?", column="?", why=error) from error


def _looks_like_gb18030(body: bytes) -> bool:
    try:
        text = body.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return any("\u4e00" <= character <= "\u9fff" for character in text)
