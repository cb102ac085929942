"""Small things that a history and an event say of themselves."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from temporalio.api.common.v1 import Payloads
from temporalio.api.history.v1 import HistoryEvent

from audit.replay.log import Fact
from schemas.standing.workflow import FilingInput, PayoutInput, SettlementInput
from schemas.values.determination import travelling
from workflows.options import FILING_ID
from workflows.procedure import determination_of


def said_by(fact: Fact) -> Iterator[tuple[str, Any]]:
    """What an event itself says of the answer to its act, beside what stands in the table of answers."""
    yield "legal_on", fact.event.legal_on
    yield "recorded_at", fact.event.recorded_at
    yield "content_hash", fact.content_hash
    yield "receipt_number", fact.body["made"].get("receipt_number")
    yield "determinations", travelling(fact.determinations)


def own_first_act(given: FilingInput) -> Any:
    """The act with which a workflow begins by itself; None where it waits to be asked."""
    if isinstance(given, PayoutInput) and given.start is not None:
        return determination_of(given.start)
    return given.opened if isinstance(given, SettlementInput) else None


def no_of(failure: Any) -> dict[str, Any]:
    """Recording's own no, however it was wrapped on its way; what it was raised from stands below it."""
    while failure.HasField("cause") and not failure.application_failure_info.HasField("details"):
        failure = failure.cause
    info = failure.application_failure_info
    return {"type": info.type, "details": [json.loads(one.data) for one in info.details.payloads]}


def only(payloads: Payloads) -> bytes:
    """The text of the one payload that there is."""
    return payloads.payloads[0].data


def ended_at(notes: dict[str, Any], event: HistoryEvent) -> datetime:
    """When an activity of a run's own had ended, by the SDK's notes; else when its task had."""
    told = notes.get("complete_time")
    if told is None:
        return event.event_time.ToDatetime(UTC)
    return datetime.fromtimestamp(told["seconds"], UTC) + timedelta(microseconds=told["nanos"] // 1_000)


def named_in(told: Any) -> Iterator[tuple[str, Any]]:
    """What filing the memo and the search attributes of a start name, where they name one."""
    for where, fields, name in (
        ("memo.filing_id", told.memo.fields, "filing_id"),
        ("search_attributes.FilingId", told.search_attributes.indexed_fields, FILING_ID.name),
    ):
        if name in fields:
            yield where, json.loads(fields[name].data)
