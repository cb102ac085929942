"""Persons and documents do not travel: what an act names must have been written before."""

from collections.abc import Collection, Iterator
from functools import cache
from typing import Annotated, Any, NamedTuple, get_args, get_origin
from uuid import UUID

from pydantic import BaseModel

from database.pool import Connection
from database.registers.documents import missing_names
from schemas.acts.act import Act
from schemas.values.actor import ENGINE, Actor, Role
from schemas.values.model import NAMES_DOCUMENT, NAMES_PARTY
from schemas.values.refusal import Refused, refusal


class Named(NamedTuple):
    """What acts name, each once: content hashes, party ids."""

    documents: tuple[str, ...]
    parties: tuple[UUID, ...]


def named_by(*acts: Act) -> Named:
    """All documents and parties that the acts name."""
    documents = dict.fromkeys(one for act in acts for one in documents_of(act))
    parties = dict.fromkeys(one for act in acts for one in parties_of(act))
    return Named(tuple(documents), tuple(parties))


async def check_named(
    connection: Connection, act: Act, missing: Collection[str | UUID], made: tuple[Act, ...] = ()
) -> None:
    """Raises Refused ``document_unknown`` or ``party_unknown`` for each name that is missing.

    ``missing``: of what the act names, as it was told when the filing was opened. ``made``: what a correction would
    make of another act, which is asked for here. The tables are insert-only, and yet nothing is remembered of them: a
    database that was set back has lost what was written since.
    """
    named = named_by(act, *made)
    if made:
        missing = await missing_names(connection, *named)
    refusals = [refusal("document_unknown", content_hash=one) for one in named.documents if one in missing]
    refusals += [refusal("party_unknown", party_id=one) for one in named.parties if one in missing]
    if refusals:
        raise Refused(*refusals)


def documents_of(act: Act) -> Iterator[str]:
    """Every content hash the act names, wherever in it."""
    return _named_in(act, NAMES_DOCUMENT)


def parties_of(act: Act) -> Iterator[UUID]:
    """Every party the act names, but for the engine's own timer."""
    return _named_in(act, NAMES_PARTY)


def _named_in(model: BaseModel, marker: str) -> Iterator[Any]:
    if isinstance(model, Actor) and model.role is Role.TIMER and model.party_id == ENGINE:
        return
    marked = _marked_fields(type(model), marker)
    for name in type(model).model_fields:
        value = getattr(model, name)
        for inner in value if isinstance(value, tuple) else (value,):
            if isinstance(inner, BaseModel):
                yield from _named_in(inner, marker)
            elif name in marked and inner is not None:
                yield inner


@cache
def _marked_fields(model: type[BaseModel], marker: str) -> frozenset[str]:
    # One look per class: an act is recorded far more often than its class changes.
    return frozenset(
        name
        for name, field in model.model_fields.items()
        if marker in field.metadata or _is_marked(field.annotation, marker)
    )


def _is_marked(annotation: Any, marker: str) -> bool:
    if get_origin(annotation) is Annotated:
        inner, *extra = get_args(annotation)
        return marker in extra or _is_marked(inner, marker)
    return any(_is_marked(part, marker) for part in get_args(annotation))
