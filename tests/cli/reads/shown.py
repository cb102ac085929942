"""Everything that ``show`` can print of a position: its fields, and the words that its values are."""

from collections.abc import Iterator
from enum import Enum
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from schemas.acts.act import Act, FilingKind
from schemas.examples.bodies import acts_of
from schemas.standing.position import BasePosition
from schemas.standing.positions import position_type
from schemas.statements.offer import TermsVersion

NEVER = frozenset({*BasePosition.model_fields, "kind"})
"""Fields of every position, which have places of their own on the page."""


def _parts(form: Any) -> Iterator[Any]:
    """What a value can be: the members of unions, what tuples hold, what is annotated."""
    origin, inner = get_origin(form), get_args(form)
    if origin is Annotated:
        yield from _parts(inner[0])
    elif origin in (Union, UnionType, tuple):
        for one in inner:
            yield from _parts(one)
    elif form not in (type(None), Ellipsis):
        yield form


def is_nested(form: Any) -> bool:
    """Whether it is an object, or a list of something, which a cell of a table does not hold."""
    return get_origin(form) is tuple or any(
        isinstance(one, type) and issubclass(one, BaseModel) for one in _parts(form)
    )


def _words(form: Any) -> Iterator[str]:
    for one in _parts(form):
        if get_origin(one) is Literal:
            yield from map(str, get_args(one))
        elif isinstance(one, type) and issubclass(one, Enum):
            yield from (str(word.value) for word in one)


def _whole(model: type[BaseModel]) -> Iterator[tuple[str, str | None]]:
    """The fields of what is shown to its depths: the royalty and the term."""
    for name, field in model.model_fields.items():
        yield name, None
        yield from ((name, word) for word in _words(field.annotation))
        for part in _parts(field.annotation):
            if isinstance(part, type) and issubclass(part, BaseModel):
                yield from _whole(part)


def asked_inside() -> Iterator[tuple[str, str | None]]:
    """Each field inside the body of an act, and every word that a field of an act can be."""
    for kind in FilingKind:
        for act in acts_of(kind):
            for name, field in act.model_fields.items():
                if name not in Act.model_fields:
                    yield from ((name, word) for word in _words(field.annotation))
                    for part in _parts(field.annotation):
                        if isinstance(part, type) and issubclass(part, BaseModel):
                            yield from _whole(part)


def shown() -> Iterator[tuple[str, str | None]]:
    """Each field, with None and then with every word that it can be."""
    for position in map(position_type, FilingKind):
        for name, field in position.model_fields.items():
            if name in NEVER:
                continue
            items = [one for one in _parts(field.annotation) if isinstance(one, type) and issubclass(one, BaseModel)]
            if not is_nested(field.annotation) or (items and get_origin(field.annotation) is tuple):
                yield name, None
            if not is_nested(field.annotation):
                yield from ((name, word) for word in _words(field.annotation))
            elif get_origin(field.annotation) is tuple:
                for item in items:
                    for inner, one in item.model_fields.items():
                        if not is_nested(one.annotation):
                            yield inner, None
                            yield from ((inner, word) for word in _words(one.annotation))
    for name in ("royalty", "term"):
        for part in _parts(TermsVersion.model_fields[name].annotation):
            yield from _whole(part)
