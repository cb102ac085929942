"""From a body that somebody stated to the answer of the engine; who asks, and when, is said by the session alone."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from pydantic import TypeAdapter

from client.naming import named
from client.today import today
from database.reads.matching import notice_number
from schemas.acts.act import Act, FilingKind
from schemas.acts.all import UNIONS, models_of
from schemas.acts.licence import GiveNotice
from schemas.standing.answer import Answer
from schemas.values.actor import BACK_DATING
from schemas.values.money import STORED
from schemas.wire.form import filled
from web.consents.content import check_consents
from web.visit import NotFound, Visit
from web.watching.metrics import asked

_ACTS: Mapping[FilingKind, TypeAdapter[Any]] = {kind: TypeAdapter(union) for kind, union in UNIONS.items()}
_LATER = UUID(int=0)
"""Stands for an id that is derived once the rest of the act is known to be well formed."""


def request_id(given: object) -> UUID:
    """The id that a form was made with, so that one that is sent twice asks once; a new one where it has none."""
    try:
        return UUID(str(given))
    except ValueError:
        return uuid4()


def model_of(kind: FilingKind, act: str) -> type[Act]:
    """The model of an act; raises NotFound."""
    try:
        return models_of(kind)[act]
    except KeyError:
        raise NotFound from None


def act_shown(kind: FilingKind, stored: dict[str, Any]) -> dict[str, Any]:
    """An act as the log keeps it, in the form of the wire."""
    act: dict[str, Any] = _ACTS[kind].validate_python(stored, context=STORED).model_dump(mode="json")
    return act


async def stated(
    visit: Visit, model: type[Act], body: dict[str, Any], request_id: UUID, filing_id: UUID | None = None
) -> Act:
    """The act that a body states; raises Refused with every defect of the form, and for a consent to other terms.

    Only those who may bring an earlier day state one; what others do is done today. ``request_id``: the act's id where
    nothing else names it, so that a form sent twice asks for one act.
    """
    on = body.get("on") if visit.membership.role in BACK_DATING else None
    lacks_number = model is GiveNotice and "n" not in body
    given = {**body, "on": on or today().isoformat(), "by": visit.actor(), "act_id": _LATER, "filing_id": _LATER}
    act = filled(model, {**({"n": 1} if lacks_number else {}), **given})
    if lacks_number and isinstance(act, GiveNotice):
        async with visit.console.pool.acquire() as connection:
            act = act.but(n=await notice_number(connection, act.declaration_id, act.licensee, act.on))
    made: Act = named(act, filing_id=filing_id, asked_as=request_id)
    await check_consents(visit.console.pool, made)
    return made


async def ask(visit: Visit, kind: FilingKind, act: Act) -> Answer:
    """The answer; raises Refused or Fault. The same act asked again gets the first answer."""
    with asked(act.kind):
        return await visit.console.asker.ask(kind, act)
