"""Persons and documents do not travel: what an act names must have been written before."""

from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, get_args, get_origin
from uuid import UUID

from pydantic import BaseModel

from database.pool import Connection
from database.registers.documents import missing_documents
from database.registers.parties import missing_parties
from schemas.acts.act import Act
from schemas.values.actor import Actor, Role
from schemas.values.model import NAMES_DOCUMENT
from schemas.values.refusal import Refused, refusal

_SEEN_MOST = 100_000
_seen: dict[object, None] = {}


async def check_named(connection: Connection, act: Act) -> None:
    """Raises Refused ``document_unknown`` or ``party_unknown`` for each that is missing.

    Both tables are insert-only, so what was found once need not be looked for again.
    """
    documents = tuple(dict.fromkeys(one for one in documents_of(act) if one not in _seen))
    parties = tuple(dict.fromkeys(one for one in parties_of(act) if one not in _seen))
    refusals = []
    if documents:
        missing = await missing_documents(connection, documents)
        refusals += [refusal("document_unknown", content_hash=one) for one in missing]
    if parties:
        refusals += [refusal("party_unknown", party_id=one) for one in await missing_parties(connection, parties)]
    if refusals:
        raise Refused(*refusals)
    if len(_seen) > _SEEN_MOST:
        _seen.clear()
    _seen.update(dict.fromkeys((*documents, *parties)))


def documents_of(model: BaseModel) -> Iterator[str]:
    """Every content hash the act names, wherever in it."""
    hashes = _hash_fields(type(model))
    for name in type(model).model_fields:
        value = getattr(model, name)
        if name in hashes:
            yield from (value if isinstance(value, tuple) else (value,) if value is not None else ())
        else:
            for inner in value if isinstance(value, tuple) else (value,):
                if isinstance(inner, BaseModel):
                    yield from documents_of(inner)


_PARTY_FIELDS = frozenset(
    {
        "party_id",
        "organisation_id",
        "licensee",
        "contact",
        "payer",
        "successor",
        "unit",
        "party",
        "leaders",
        "attorneys",
        "agency",
        "authority",
        "claimant",
    }
)


def parties_of(model: BaseModel) -> Iterator[UUID]:
    """Every party the act names, but for the engine's own timer."""
    for name in type(model).model_fields:
        value = getattr(model, name)
        for inner in value if isinstance(value, tuple) else (value,):
            if isinstance(inner, Actor) and inner.role is Role.TIMER:
                continue  # the engine itself is no party
            if isinstance(inner, BaseModel):
                yield from parties_of(inner)
            elif isinstance(inner, UUID) and name in _PARTY_FIELDS:
                yield inner


def _is_hash(annotation: Any, metadata: tuple[Any, ...]) -> bool:
    if NAMES_DOCUMENT in metadata:
        return True
    if get_origin(annotation) is Annotated:
        inner, *extra = get_args(annotation)
        return _is_hash(inner, tuple(extra))
    return any(_is_hash(part, ()) for part in get_args(annotation))


@cache
def _hash_fields(model: type[BaseModel]) -> frozenset[str]:
    # One look per class: an act is recorded far more often than its class changes.
    return frozenset(
        name for name, field in model.model_fields.items() if _is_hash(field.annotation, tuple(field.metadata))
    )
