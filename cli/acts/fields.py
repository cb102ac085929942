"""Options of a command from the fields of an act's model: what one word can say is an option, the rest a body."""

import types
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, Literal, Union, get_args, get_origin
from uuid import UUID

import click
from pydantic.fields import FieldInfo

from cli.files.body import read_value
from cli.typed.mistakes import mistyped
from schemas.acts.act import Act
from schemas.values.model import ContentHash
from schemas.values.money import Money
from schemas.values.patent_number import PatentNumber
from schemas.wire.json_text import parse_json
from texts.lines import Language, line_text
from texts.words import name_of

_HASH_PATTERN = get_args(ContentHash)[1].pattern
_WORDS: dict[type, str] = {
    UUID: "ID",
    date: "DAY",
    Money: "YUAN",
    Decimal: "NUMBER",
    int: "INTEGER",
    PatentNumber: "PATENT",
    str: "TEXT",
}


def own_fields(model: type[Act]) -> dict[str, FieldInfo]:
    """The fields that this act has beside those of every act."""
    return {name: field for name, field in model.model_fields.items() if name not in Act.model_fields}


def is_nested(field: FieldInfo) -> bool:
    """Whether the field's value cannot be said in one word, or in several of the same kind."""
    kind, _ = _shape(field.annotation)
    return kind is None


class FieldOption(click.Option):
    """``--licensee ID``: a field as an option; its text is judged by the model, which tells every defect at once."""

    def __init__(self, name: str, field: FieldInfo) -> None:
        kind, many = _shape(field.annotation)
        assert kind is not None
        self._field, self._kind = field, kind
        flags = [f"--{name.removesuffix('_id').replace('_', '-')}", f"--{name.replace('_', '-')}"]
        if kind is bool:
            super().__init__([f"{flags[0]}/--no-{flags[0][2:]}", name], default=None)
        else:
            metavar = "HASH" if _is_hash(field) else _word(kind)
            super().__init__([*dict.fromkeys(flags), name], default=None, multiple=many, metavar=metavar)

    def about(self, language: Language) -> str:
        """What the field is called, how it is written, and whether it must be there."""
        assert self.name is not None
        notes = [name_of("fields", self.name, language)]
        if self._kind is Money:
            notes.append(line_text("sentences", "like_yuan", language))
        if self._kind is date:
            notes.append(line_text("sentences", "like_day", language))
        if self.name == "n":
            notes.append(line_text("sentences", "looked_up", language))
        elif self._field.is_required():
            notes.append(line_text("sentences", "required_or_body", language))
        elif self._field.default not in (None, ()):
            default = getattr(self._field.default, "value", self._field.default)
            if isinstance(default, bool):
                default = line_text("sentences", "yes" if default else "no", language)
            notes.append(line_text("sentences", "default", language, value=default))
        return ("；" if language == "zh" else "; ").join(notes)


def with_fields(given: dict[str, Any], texts: tuple[str, ...]) -> dict[str, Any]:
    """``given`` with every ``NAME=VALUE`` set; a name with points goes into objects.

    A value is text, or JSON where it begins with ``{``, ``[`` or a quotation mark, or ``@FILE``.
    """
    made = dict(given)
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals:
            raise mistyped("field_without_value", "--field", given=text)
        *above, last = name.split(".")
        node = made
        for part in above:
            inner = node.get(part, {})
            node[part] = dict(inner) if isinstance(inner, dict) else {}
            node = node[part]
        node[last] = _value(value, name)
    return made


def _value(text: str, name: str) -> Any:
    if text.startswith("@"):
        return read_value(text[1:])
    return parse_json(text, name) if text[:1] in ("{", "[", '"') else text


def _shape(annotation: Any) -> tuple[Any, bool]:
    """The scalar behind an annotation (None when there is none) and whether several of it are taken."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _shape(inner[0])
    if origin in (Union, types.UnionType):
        real = [one for one in inner if one is not type(None)]
        return _shape(real[0]) if len(real) == 1 else (None, False)
    if origin is tuple:
        kind, many = _shape(inner[0])
        return (None, False) if many else (kind, True)
    if origin is Literal:
        return annotation, False
    is_scalar = isinstance(annotation, type) and (annotation is bool or issubclass(annotation, (Enum, *_WORDS)))
    return (annotation, False) if is_scalar else (None, False)


def _word(kind: Any) -> str:
    if get_origin(kind) is Literal:
        return "|".join(str(one) for one in get_args(kind))
    if issubclass(kind, Enum):
        return "|".join(str(one.value) for one in kind)
    return next(word for known, word in _WORDS.items() if issubclass(kind, known))


def _is_hash(field: FieldInfo) -> bool:
    # The pattern stands in the field's own metadata, or deeper where the field can be left out or is repeated.
    return _HASH_PATTERN in f"{field.metadata}{field.annotation}"
