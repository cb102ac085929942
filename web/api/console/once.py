"""A write that comes twice: the second gets the answer of the first, and nothing is done twice (decision 0260)."""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from fastapi import Request
from pydantic import BaseModel

from database.work.requests import keep_answer, take_request
from schemas.examples.bodies import schema_of
from schemas.examples.samples import sample
from schemas.values.refusal import Refused, refuse
from web.api.caller import Forbidden
from web.api.described import KEY, SESSION, body_of, noes
from web.registers.writing import may_write
from web.visit import NotFound, Visit

Answer = Mapping[str, Any]
Doing = Callable[[Visit], Awaitable[Answer]]
"""What is done, in the transaction of the visit that it is given; the answer without secrets."""
Secrets = Callable[[Visit], Mapping[str, str]]
"""The secrets of the answer, which are made of the request each time and kept by nobody."""


class Done(BaseModel):
    """It is done, now or when the request came first."""

    done: bool = True


DONE: Answer = Done().model_dump()


async def once(
    request: Request, visit: Visit, key: UUID, body: Any, doing: Doing, secrets: Secrets | None = None
) -> dict[str, Any]:
    """The answer to a request, from what is done now or was done when it came first.

    Everything is one transaction. A no is no answer: what was refused is tried anew, and its line in the log stays.

    Raises Refused ``act_id_reused`` where the key came with another content, and whatever ``doing`` raises.
    """
    mine, session, keys = visit.membership, visit.session, visit.console.sessions.door.keys
    assert session is not None
    who = (session.party_id.bytes, str(mine.organisation_id), mine.role.value, key.bytes)
    key_hash = keys.hashed("request", "key", *who)
    said = json.dumps(body, sort_keys=True, default=str)
    body_hash = keys.hashed("request", "body", request.method, request.url.path, said)
    no: Refused | NotFound | Forbidden | None = None
    answer: Answer = {}
    async with visit.console.pool.acquire() as connection, connection.transaction():
        inner = replace(visit.within(connection), asked_as=keys.hashed("request", "made", *who))
        before = await take_request(connection, key_hash)
        if before is not None and before.body_hash != body_hash:
            raise refuse("act_id_reused", act_id=key)
        if before is not None:
            answer = before.answer
        else:
            try:
                answer = await doing(inner)
                operation = request.scope["route"].operation_id or request.scope["route"].name
                await keep_answer(connection, key_hash, body_hash, session.party_id, operation, dict(answer))
            except (Refused, NotFound, Forbidden) as error:
                no = error
    if no is not None:
        raise no
    return {**answer, **(secrets(inner) if secrets else {})}


async def done_once(
    request: Request, visit: Visit, key: str, body: Any, work: Callable[[Visit], Awaitable[object]]
) -> Done:
    """The same for what answers only that it is done."""

    async def doing(inner: Visit) -> Answer:
        await work(inner)
        return DONE

    return Done(**await once(request, visit, UUID(key), body, doing))


def permit(visit: Visit, act: str) -> None:
    """Raises Forbidden where the role writes nothing of that into any register, whatever it is about."""
    if not may_write(visit, act):
        raise Forbidden


def takes(
    model: type[BaseModel] | None, *tags: str, in_person: bool = False, codes: tuple[int, ...] = (), **example: Any
) -> dict[str, Any]:
    """How an operation that writes is described: its body, who calls it, and its noes."""
    by: list[dict[str, list[str]]] = [{SESSION: []}] if in_person else [{KEY: []}, {SESSION: []}]
    extra: dict[str, Any] = {"security": by}
    if model is not None:
        extra["requestBody"] = body_of(schema_of(model, frozenset()), {"usual": sample(model, **example)})
    return {"responses": noes(401, 403, 404, 409, *codes), "openapi_extra": extra, "tags": list(tags)}
