"""Reads the YAML of texts strictly: what a hand can get wrong is told with file and key, before anything is shown."""

from collections.abc import Callable, Hashable, Mapping
from pathlib import Path
from string import Formatter
from typing import Any, TypeVar

import yaml

FOLDER = Path(__file__).parent
LANGUAGES = ("zh", "en")

R = TypeVar("R")


class TextFault(Exception):
    """A file of texts is wrong; names the file, the key and the cure."""


class _TextLoader(getattr(yaml, "CBaseLoader", yaml.BaseLoader)):  # type: ignore[misc]  # ten times as fast
    # where libyaml is there
    """YAML of texts alone, in which ``on`` is a word and a key stands once: else the second row would silently win."""


def _mapping(loader: yaml.BaseLoader, node: yaml.MappingNode) -> dict[Hashable, Any]:
    read: dict[Hashable, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node)
        if key in read:
            raise TextFault(f"{key} stands twice, the second time in line {key_node.start_mark.line + 1}; keep one")
        read[key] = loader.construct_object(value_node, deep=True)
    return read


_TextLoader.add_constructor("tag:yaml.org,2002:map", _mapping)


def read_rows(path: Path, row: Callable[[Mapping[str, Any]], R]) -> dict[str, R]:
    """The rows of one file by code, each made by ``row`` from its fields; raises TextFault."""
    try:
        with path.open(encoding="utf-8") as stream:
            given = yaml.load(stream, _TextLoader)  # noqa: S506  # makes texts, lists and mappings only
    except (TextFault, yaml.YAMLError) as error:
        raise TextFault(f"{path.name}: {error}") from error
    if not isinstance(given, dict):
        raise TextFault(f"{path.name}: has no rows; each row is a code with its texts")
    rows = {}
    for code, fields in given.items():
        try:
            if not isinstance(code, str) or not isinstance(fields, dict):
                raise TextFault("is no code with its texts")
            rows[code] = row(fields)
        except TextFault as error:
            raise TextFault(f"{path.name}: {code}: {error}") from error
    return rows


def texts_of(fields: Mapping[str, Any], *names: str) -> tuple[str, ...]:
    """The texts of a row in the order of ``names``, all of them and no other; raises TextFault."""
    unknown = [str(name) for name in fields if name not in names]
    if unknown:
        raise TextFault(f"unknown key {', '.join(unknown)}; correct its spelling or remove it")
    missing = [name for name in names if not isinstance(fields.get(name), str) or not fields[name].strip()]
    if missing:
        raise TextFault(f"{', '.join(missing)} is missing or no text; write it")
    for name in names:
        try:
            tuple(Formatter().parse(fields[name]))
        except ValueError as error:
            raise TextFault(f"{name}: {error}; a brace that is meant as one is written twice") from error
    return tuple(fields[name] for name in names)
