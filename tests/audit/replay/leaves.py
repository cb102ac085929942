"""Every value that a history carries in a payload, and the same history with that one value changed."""

import json
from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import Any, NamedTuple

from temporalio.api.common.v1 import Payload
from temporalio.api.history.v1 import HistoryEvent

Path = tuple[str | int, ...]
NOT_COMPARED = {
    "marker_recorded_event_attributes.details.data": "the SDK's own notes of an activity: tries, instants, its number",
    "child_workflow_execution_completed_event_attributes.result": "the payout's own history ends with it",
    "memo.fields.patent_number": "shown to whoever looks at runs, and nobody goes by it",
    "memo.fields.title": "as the patent's number",
    "memo.fields.scheme": "as the patent's number",
    "memo.fields.year": "as the patent's number",
}
"""Where a payload stands whose values prove nothing about the filing, and why."""


class Change(NamedTuple):
    """A history with one value of one payload changed; ``place``: event, kind of payload, path in it."""

    place: str
    events: list[HistoryEvent]


def payloads_of(message: Any, name: str = "") -> Iterator[tuple[str, Payload]]:
    """(where, payload) of each payload below a protobuf message, wherever it is; to be changed in place."""
    if isinstance(message, Payload):
        yield name, message
        return
    for field, value in message.ListFields():
        below = f"{name}.{field.name}"
        if field.message_type is None:
            continue
        if field.message_type.GetOptions().map_entry:
            if field.message_type.fields_by_name["value"].message_type is not None:
                for key in sorted(value):
                    yield from payloads_of(value[key], f"{below}.{key}")
        elif field.is_repeated:
            for one in value:
                yield from payloads_of(one, below)
        else:
            yield from payloads_of(value, below)


def leaves(document: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """(path, value) of everything in a JSON document that is no list and no object."""
    if isinstance(document, dict):
        for name, value in document.items():
            yield from leaves(value, (*path, name))
    elif isinstance(document, list):
        for place, value in enumerate(document):
            yield from leaves(value, (*path, place))
    else:
        yield path, document


def other(value: Any) -> Any:
    """Another value of the same type."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if isinstance(value, str):
        return (value[:-1] + ("0" if value[-1] != "0" else "1")) if value else "1"
    return "1"


def changes(events: Sequence[HistoryEvent]) -> Iterator[Change]:
    """The history with each value in turn changed, of every payload but those of ``NOT_COMPARED``."""
    for at, event in enumerate(events):
        for number, (where, payload) in enumerate(payloads_of(event)):
            if any(one in where for one in NOT_COMPARED):
                continue
            for path, value in leaves(json.loads(payload.data)):
                edited = deepcopy(event)
                told = list(payloads_of(edited))[number][1]
                told.data = json.dumps(_put(json.loads(told.data), path, other(value))).encode()
                place = ".".join(map(str, (event.event_id, where.lstrip("."), *path)))
                yield Change(place, [*events[:at], edited, *events[at + 1 :]])


def _put(document: Any, path: Path, value: Any) -> Any:
    if not path:
        return value
    document[path[0]] = _put(document[path[0]], path[1:], value)
    return document
