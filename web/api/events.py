"""``POST /events``: CloudEvents 1.0 by HTTP, one in its headers or its body, or a batch; each becomes an act."""

from typing import Any
from urllib.parse import unquote

from fastapi import APIRouter, Request
from pydantic import BaseModel
from starlette.responses import JSONResponse

from client.deliver.delivering import Delivered, Deliverer, Outcome
from client.deliver.delivery import Delivery, read_event
from client.deliver.examples import event_example
from client.deliver.types import DELIVERIES
from rules.licence.receipts import allocations_when_unnamed
from schemas.values.actor import Role
from schemas.values.refusal import Refused, refuse
from schemas.wire.reading import kind_of
from texts.words import refusal_json
from web.api.bodies import json_body
from web.api.caller import Writer
from web.api.described import KEY, noes
from web.problems import problem_of
from web.visit import Visit

router = APIRouter()
ONE, BATCH = "application/cloudevents+json", "application/cloudevents-batch+json"
MOST_EVENTS = 500
_PREFIX = "ce-"
_SHAPE: dict[str, Any] = {
    "title": "SentEvent",
    "type": "object",
    "required": ["specversion", "id", "source", "type", "data"],
    "properties": {
        "specversion": {"const": "1.0"},
        "id": {"type": "string", "minLength": 1, "maxLength": 200},
        "source": {"type": "string", "minLength": 1, "maxLength": 200},
        "type": {"enum": list(DELIVERIES)},
        "subject": {"type": "string"},
        "time": {"type": "string", "format": "date-time"},
        "datacontenttype": {"type": "string"},
        "partyid": {"type": "string", "format": "uuid"},
        "data": {"type": "object"},
    },
}
_SHAPES = {"SentEvent": _SHAPE}
_ONE_SHAPE = {"$ref": "#/$defs/SentEvent"}
_BODY: dict[str, Any] = {
    "required": True,
    "content": {
        ONE: {
            "schema": {**_ONE_SHAPE, "$defs": _SHAPES},
            "examples": {name: {"value": event_example(name)} for name in DELIVERIES},
        },
        BATCH: {
            "schema": {
                "title": "SentEvents",
                "type": "array",
                "maxItems": MOST_EVENTS,
                "items": _ONE_SHAPE,
                "$defs": _SHAPES,
            }
        },
        "application/json": {
            "schema": {"title": "EventData", "type": "object", "description": "data; the rest in ce- headers."}
        },
    },
}


class DeliveredEvent(BaseModel):
    """What came of one event; ``number``: its place in the batch, from 1."""

    number: int
    outcome: Outcome
    event_id: str | None
    act_id: str | None
    filing_id: str | None
    findings: list[str]
    refusals: list[dict[str, Any]]


class DeliveredEvents(BaseModel):
    """What came of each, in the order of the batch."""

    events: list[DeliveredEvent]


@router.post(
    "/events",
    operation_id="send_events",
    response_model=DeliveredEvents,
    responses=noes(401, 403, 409)
    | {202: {"model": DeliveredEvents, "description": "Kept: it names no filing that is known. 暂存待认领。"}},
    openapi_extra={"requestBody": _BODY, "security": [{KEY: []}]},
    tags=["events"],
)
async def events(request: Request, visit: Writer) -> JSONResponse:
    """Takes events of authorities, banks and sub-platforms. 接收主管机关、银行和分平台的事件。

    The event's source and id name it, so it can be sent again. Of a batch each event has its own outcome.
    """
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    given = await json_body(request)
    if media_type == BATCH:
        if not isinstance(given, list):
            raise refuse("not_a_list", "body", found=kind_of(given))
        if len(given) > MOST_EVENTS:
            raise refuse("too_long", "body", most=MOST_EVENTS)
        return JSONResponse(_told(await _delivered(visit, given)))
    event = given if media_type == ONE else {**_of_headers(request), "data": given}
    done = await _delivered(visit, [event])
    if done[0].outcome is Outcome.REFUSED:
        return problem_of(done[0].refusals)
    return JSONResponse(_told(done), 202 if done[0].outcome is Outcome.UNMATCHED else 200)


def _of_headers(request: Request) -> dict[str, str]:
    """The attributes of an event whose data is the body; percent-encoded where they are not ASCII."""
    headers = {name: unquote(value) for name, value in request.headers.items() if name.startswith(_PREFIX)}
    found = {name.removeprefix(_PREFIX): value for name, value in headers.items()}
    return found | {"datacontenttype": request.headers.get("content-type", "application/json")}


async def _delivered(visit: Visit, events: list[Any]) -> list[Delivered]:
    by = visit.actor()
    sender = by.organisation_id or by.party_id
    found, waiting = dict[int, Delivered](), list[Delivery]()
    for number, one in enumerate(events, start=1):
        try:
            delivery = read_event(one, number, sender)
            _check_sender(visit, delivery, sender)
            waiting.append(delivery)
        except Refused as why:
            found[number] = Delivered(number, Outcome.REFUSED, refusals=why.refusals)
    console = visit.console
    deliverer = Deliverer(console.pool, console.asker.ask, allocations_when_unnamed, sender, "POST /events")
    return await deliverer.deliver_events(waiting, found)


def _check_sender(visit: Visit, delivery: Delivery, sender: object) -> None:
    """Who runs the whole hands on what others sent; everybody else tells his own facts, in his own name."""
    mine = visit.membership
    if mine.role is Role.OPERATOR and not mine.platform:
        return
    if mine.role is not delivery.type.role or delivery.act.by.party_id != sender:
        raise refuse("event_not_yours", "type", type=delivery.event.type)


def _told(done: list[Delivered]) -> dict[str, Any]:
    return DeliveredEvents(
        events=[
            DeliveredEvent(
                number=one.line,
                outcome=one.outcome,
                event_id=one.event_id,
                act_id=str(one.act_id) if one.act_id else None,
                filing_id=str(one.filing_id) if one.filing_id else None,
                findings=list(one.findings),
                refusals=[refusal_json(reason) for reason in one.refusals],
            )
            for one in done
        ]
    ).model_dump(mode="json")
