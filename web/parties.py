"""Who is named in what is shown, and who is meant by what was typed."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from client.meant import id_typed, party_meant
from database.pool import Connection
from schemas.values.refusal import Refused
from web.forms.given import place
from web.forms.shape import Control, Field
from web.visit import Visit


def party_ids(*shown: Any) -> tuple[UUID, ...]:
    """Every id in what is shown; those that are no party's have no name, and stay ids."""
    return tuple(dict.fromkeys(_ids(shown)))


def _ids(value: Any) -> Iterator[UUID]:
    if isinstance(value, dict):
        for one in value.values():
            yield from _ids(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _ids(one)
    elif isinstance(value, UUID):
        yield value
    elif isinstance(value, str) and (known := id_typed(value)) is not None:
        yield known


async def with_parties(visit: Visit, fields: Iterable[Field], body: dict[str, Any]) -> dict[str, Any]:
    """The body with the id of every organisation that was typed as its name or credit code.

    Raises Refused, for each that means none or several, with its place in the body.
    """
    refused: list[Refused] = []
    async with visit.console.pool.acquire() as connection:
        found = {
            one.name: await _meant(connection, one, body[one.name], one.name, refused)
            for one in fields
            if one.name in body
        }
    if refused:
        raise Refused(*(one for each in refused for one in each.refusals))
    return {**body, **found}


async def _meant(connection: Connection, field: Field, value: Any, at: str, refused: list[Refused]) -> Any:
    match field.control:
        case Control.PARTY if isinstance(value, str) and id_typed(value) is None:
            try:
                return str((await party_meant(connection, value, at)).party_id)
            except Refused as why:
                refused.append(why)
                return value
        case Control.SEVERAL if isinstance(value, list):
            inner = field.inner[0]
            return [await _meant(connection, inner, one, place(at, str(row)), refused) for row, one in enumerate(value)]
        case Control.GROUP if isinstance(value, dict):
            return await _inside(connection, field.inner, value, at, refused)
        case Control.FORM if isinstance(value, dict):
            return await _inside(connection, field.forms.get(value[field.told_by], ()), value, at, refused)
        case _:
            return value


async def _inside(
    connection: Connection, fields: Iterable[Field], value: dict[str, Any], at: str, refused: list[Refused]
) -> dict[str, Any]:
    found = {
        one.name: await _meant(connection, one, value[one.name], place(at, one.name), refused)
        for one in fields
        if one.name in value
    }
    return {**value, **found}
