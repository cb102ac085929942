"""Every act that a person or a program may ask for, an operation each: made from the models of acts."""

from collections.abc import Awaitable, Callable, Iterator
from datetime import date
from functools import cache
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Header, Request
from starlette.responses import JSONResponse

from database.reads.matching import recorded_act
from database.reads.read_model import find_filing
from schemas.acts.act import Act, FilingKind
from schemas.acts.all import models_of
from schemas.acts.beginning import BEGINNINGS
from schemas.acts.licence import GiveNotice
from schemas.examples.bodies import examples_of, schema_of
from schemas.standing.answer import Answer
from schemas.values.actor import BACK_DATING
from texts.words import name_of
from web.api.bodies import object_body
from web.api.caller import Forbidden, Writer
from web.api.described import KEY, SESSION, body_of, noes
from web.asking import ask, stated
from web.rights.table import may, rights
from web.rights.whose import see
from web.visit import NotFound, Visit

_NEVER_STATED = frozenset({"act_id", "filing_id", "by", "origin", "kind"})
"""Who asks, and how, is said by the call itself."""
_DAY = "pass_day"
"""That a day has passed is told by the clock; who could say so by a program would end the law of a filing."""
_UUID = "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$"
IdempotencyKey = Annotated[
    str,  # generators of clients put a text into a header, and forget to write an id as one
    Header(
        alias="Idempotency-Key",
        pattern=_UUID,
        description=(
            "Names the act where nothing in it does; sent again, it gets the first answer. "
            "行为本身没有自然编号时，以此为行为编号；重复提交得到首次的答复。"
        ),
    ),
]


class Operation:
    """One operation: what it asks for, and whether it begins a filing."""

    def __init__(self, kind: FilingKind, act: str, model: type[Act], *, begins: bool) -> None:
        self.kind, self.act, self.model, self.begins = kind, act, model, begins

    @property
    def path(self) -> str:
        word = self.act.replace("_", "-")
        return f"/{self.kind.value}s/{word}" if self.begins else f"/{self.kind.value}s/{{filing_id}}/{word}"

    @property
    def operation_id(self) -> str:
        return f"{self.kind.value}_{self.act}" + ("" if self.begins or self.model not in BEGINNINGS else "_of_draft")

    def endpoint(self) -> Callable[..., Awaitable[JSONResponse]]:
        async def begin(request: Request, visit: Writer, idempotency_key: IdempotencyKey) -> JSONResponse:
            return await _asked(self, request, visit, UUID(idempotency_key), None)

        async def go_on(
            request: Request, visit: Writer, idempotency_key: IdempotencyKey, filing_id: UUID
        ) -> JSONResponse:
            return await _asked(self, request, visit, UUID(idempotency_key), filing_id)

        return begin if self.begins else go_on

    def body(self) -> dict[str, Any]:
        schema = schema_of(self.model, _NEVER_STATED)
        # The legal day is today for most; a notice's number follows from what is recorded.
        left = {"on"} | ({"n"} if self.model is GiveNotice else set())
        schema["title"] = f"{self.kind.value.capitalize()}{self.model.__name__}"
        schema["required"] = [one for one in schema["required"] if one not in left]
        return body_of(schema, examples_of(self.model))


@cache
def operations() -> tuple[Operation, ...]:
    """All of them, in the order of the document."""
    return tuple(_operations())


def _operations() -> Iterator[Operation]:
    """Of each kind the acts that anybody may ask for; a draft goes on as the submission of its own filing."""
    asked = {(one.kind, one.act) for one in rights()} - {(kind, _DAY) for kind in FilingKind}
    for kind in FilingKind:
        for act, model in models_of(kind).items():
            if (kind, act) not in asked:
                continue
            beginning = BEGINNINGS.get(model)
            if beginning is not None:
                yield Operation(kind, act, model, begins=True)
            if beginning is None or (kind is FilingKind.DECLARATION and not act.startswith("take_over")):
                yield Operation(kind, act, model, begins=False)


async def permit(operation: Operation, visit: Visit, filing_id: UUID | None) -> None:
    """Raises Forbidden where the role asks for no such act, and NotFound where the filing is not theirs to see."""
    if not may(visit.membership.role, operation.kind, operation.act):
        raise Forbidden(filing_id, operation.act)
    async with visit.console.pool.acquire() as connection:
        if filing_id is not None:
            await see(visit, connection, filing_id)
            filing = await find_filing(connection, filing_id)
            if filing is None or filing.kind != operation.kind:
                raise NotFound(filing_id, operation.act)


async def act_of(operation: Operation, visit: Visit, body: dict[str, Any], key: UUID, filing_id: UUID | None) -> Act:
    """The act that a body states; raises Refused."""
    act = await stated(visit, operation.model, body, key, filing_id)
    if visit.membership.role not in BACK_DATING or "on" not in body:
        # What was granted on another day, and is sent again, is that act and not one of today.
        async with visit.console.pool.acquire() as connection:
            before = await recorded_act(connection, act.act_id)
        act = act.but(on=date.fromisoformat(before["on"])) if before else act
    return act


async def _asked(
    operation: Operation, request: Request, visit: Visit, key: UUID, filing_id: UUID | None
) -> JSONResponse:
    await permit(operation, visit, filing_id)
    act = await act_of(operation, visit, await object_body(request), key, filing_id)
    answer = await ask(visit, operation.kind, act)
    return JSONResponse(answer.model_dump(mode="json"))


def _router() -> APIRouter:
    made = APIRouter()
    for one in operations():
        full = f"{one.kind.value}.{one.act}"
        made.add_api_route(
            one.path,
            one.endpoint(),
            methods=["POST"],
            response_model=Answer,
            operation_id=one.operation_id,
            summary=f"{name_of('acts', full, 'en')} {name_of('acts', full, 'zh')}",
            description=one.model.__doc__ or "",
            tags=[one.kind.value],
            responses=noes(401, 403, 404, 409),
            openapi_extra={"requestBody": one.body(), "security": [{KEY: []}, {SESSION: []}]},
        )
    return made


router = _router()
