"""What a filing is, field by field: names of fields and words of values in the reader's language."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from cli.output import put_pairs, put_table
from cli.reads.recorded import path_said, recorded
from cli.typed.language import spoken
from schemas.standing.position import BasePosition
from texts.words import name_of, name_rows

_OF_ALL = frozenset({*BasePosition.model_fields, "kind"})


def label(field: str) -> str:
    """A field by its name."""
    return name_of("contents", field, spoken()) if field in name_rows("contents") else path_said(field)


def own_fields(position: BasePosition) -> dict[str, Any]:
    """What the kind of filing has beside what all have, as JSON has it."""
    return position.model_dump(mode="json", exclude=set(_OF_ALL))


def in_words(value: Any, field: str = "") -> str:
    """An object or a list in one line, each field by its name; what was not said is left out."""
    if isinstance(value, Mapping):
        told = ((name, one) for name, one in value.items() if one not in (None, [], {}))
        return ", ".join(f"{label(name)} {in_words(one, name)}" for name, one in told)
    if isinstance(value, list):
        return "; ".join(in_words(one, field) for one in value)
    return recorded(field, value)


def ids_in(value: Any) -> Iterator[UUID]:
    """Every id in it; some are those of parties."""
    if isinstance(value, Mapping):
        for one in value.values():
            yield from ids_in(one)
    elif isinstance(value, list):
        for one in value:
            yield from ids_in(one)
    elif isinstance(value, str):
        try:
            yield UUID(value)
        except ValueError:
            return


def put_content(position: BasePosition, names: Mapping[UUID, str]) -> None:
    """Single values as pairs, and a table for each list of objects; parties with their names."""
    own = own_fields(position)
    put_pairs("content", {label(name): _cell(name, one, names) for name, one in own.items() if not _is_nested(one)})
    for name, rows in own.items():
        if isinstance(rows, list) and rows and isinstance(rows[0], dict):
            filled = [column for column in rows[0] if any(row[column] is not None for row in rows)]
            columns = [column for column in filled if not any(_is_nested(row[column]) for row in rows)]
            cells = [[_cell(column, row[column], names) for column in columns] for row in rows]
            put_table(label(name), [label(column) for column in columns], cells)


def _cell(field: str, value: Any, names: Mapping[UUID, str]) -> str:
    name = next((names[one] for one in ids_in(value) if one in names), None)
    return f"{name}  {value}" if name else recorded(field, value)


def _is_nested(value: Any) -> bool:
    return isinstance(value, list | dict)
