"""Small things that a history and an event say of themselves."""

import json
from collections.abc import Iterator
from typing import Any

from temporalio.api.common.v1 import Payloads

from audit.replay.log import Fact
from schemas.standing.workflow import FilingInput, PayoutInput, SettlementInput
from schemas.values.determination import travelling
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


def memo_of(memo: Any, name: str) -> Any:
    """What a memo says under that name; None where it says nothing."""
    return json.loads(memo.fields[name].data) if name in memo.fields else None
