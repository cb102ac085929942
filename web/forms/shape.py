"""What a form asks for, as data: made from the fields of a model, so that a new act needs no form of its own."""

import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import Enum, StrEnum
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin
from uuid import UUID

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from schemas.acts.act import Act
from schemas.statements.offer import OwnerPart, ShareBasis
from schemas.values.model import HASH_PATTERN, NAMES_PARTY
from schemas.values.money import Money
from schemas.values.patent_number import PatentNumber

_LONG = 1_000
"""Signs from which on a text is written in several lines."""
OURS = frozenset({"act_id", "filing_id", "by", "origin", "kind"})
"""Fields of every act that the console gives; the day and the evidence are asked for where they are needed."""


class Control(StrEnum):
    """How a field is asked for."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    DAY = "day"
    YUAN = "yuan"
    NUMBER = "number"
    CHOICE = "choice"
    YES_NO = "yes_no"
    DOCUMENT = "document"
    PARTY = "party"
    REFERENCE = "reference"  # an act or a filing by its id
    PATENT = "patent"
    GROUP = "group"
    FORM = "form"  # one of several groups, told apart by a field
    SEVERAL = "several"
    OBJECT = "object"  # fields that no model names


_SCALARS: tuple[tuple[type, Control], ...] = (
    (bool, Control.YES_NO),
    (Money, Control.YUAN),
    (PatentNumber, Control.PATENT),
    (date, Control.DAY),
    (UUID, Control.REFERENCE),
    (Decimal, Control.NUMBER),
    (int, Control.NUMBER),
    (str, Control.TEXT),
)


@dataclass(frozen=True)
class Field:
    """One thing that is asked for. ``name`` is its own; where it stands in the form is said by what is around it."""

    name: str
    control: Control
    required: bool = True
    choices: tuple[str, ...] = ()
    inner: tuple["Field", ...] = ()
    """Of a group its fields; of several the one that is repeated."""
    forms: Mapping[str, tuple["Field", ...]] = field(default_factory=dict)
    told_by: str = ""
    """The field that tells which of the forms it is."""
    default: str = ""
    most: int | None = None
    """Of several how many; of a text how many signs."""


_PART = (Field("percent", Control.TEXT), Field("basis", Control.CHOICE, choices=tuple(one.value for one in ShareBasis)))
"""A share is asked for as it was signed, "33.5" or "1/3", and not as the fraction that is kept."""


@cache
def fields_of(model: type[BaseModel]) -> tuple[Field, ...]:
    """The fields of a model in its order; of an act those that the console does not give itself."""
    if model is OwnerPart:
        return _PART
    ours = OURS if issubclass(model, Act) else frozenset()
    made = (_field(name, info) for name, info in model.model_fields.items() if name not in ours)
    return tuple(one for one in made if not (len(one.choices) == 1 and one.default))


def _field(name: str, info: FieldInfo) -> Field:
    # pydantic keeps what tells the forms of a union apart beside the other notes, in the field itself.
    shaped = _shaped(name, info.annotation, (*info.metadata, info))
    default = "" if info.is_required() else _written(info.default)
    return replace(shaped, required=info.is_required(), default=default)


def _written(default: Any) -> str:
    if isinstance(default, bool):
        return str(default).lower()
    if isinstance(default, Enum):
        return str(default.value)
    return str(default) if isinstance(default, str | int) else ""


def _shaped(name: str, annotation: Any, notes: tuple[Any, ...] = ()) -> Field:
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _shaped(name, inner[0], (*notes, *inner[1:]))
    if origin in (Union, types.UnionType):
        return _one_of(name, [one for one in inner if one is not type(None)], notes)
    if origin is tuple:
        most = next((one.max_length for one in _constraints(notes) if getattr(one, "max_length", None)), None)
        return Field(name, Control.SEVERAL, inner=(_shaped(name, inner[0]),), most=most)
    if origin is Literal:
        return Field(name, Control.CHOICE, choices=tuple(str(one) for one in inner))
    if origin is dict or annotation is Any:
        return Field(name, Control.OBJECT)
    assert isinstance(annotation, type), f"{name}: {annotation} cannot be asked for"
    if issubclass(annotation, BaseModel):
        return Field(name, Control.GROUP, inner=fields_of(annotation))
    if issubclass(annotation, Enum):
        return Field(name, Control.CHOICE, choices=tuple(str(one.value) for one in annotation))
    return _scalar(name, annotation, notes)


def _scalar(name: str, kind: type, notes: tuple[Any, ...]) -> Field:
    control = next(control for known, control in _SCALARS if issubclass(kind, known))
    if control is Control.TEXT:
        if any(getattr(one, "pattern", None) == HASH_PATTERN for one in _constraints(notes)):
            return Field(name, Control.DOCUMENT)
        most = next((one.max_length for one in _constraints(notes) if getattr(one, "max_length", None)), None)
        return Field(name, Control.LONG_TEXT if most and most >= _LONG else control, most=most)
    if control is Control.REFERENCE and NAMES_PARTY in notes:
        return Field(name, Control.PARTY)
    return Field(name, control)


def _constraints(notes: tuple[Any, ...]) -> Iterator[Any]:
    for note in notes:
        yield note
        yield from getattr(note, "metadata", ())


def _one_of(name: str, members: list[Any], notes: tuple[Any, ...]) -> Field:
    if len(members) == 1:
        return _shaped(name, members[0], notes)
    models = [one for one in members if isinstance(one, type) and issubclass(one, BaseModel)]
    told_by = next((str(note.discriminator) for note in notes if getattr(note, "discriminator", None)), "")
    if len(models) != len(members) or not told_by:
        return _shaped(name, members[0], notes)
    forms = {
        str(get_args(model.model_fields[told_by].annotation)[0]): tuple(
            one for one in fields_of(model) if one.name != told_by
        )
        for model in models
    }
    return Field(name, Control.FORM, choices=tuple(forms), forms=forms, told_by=told_by)
