"""Histories with one payload edited, as whoever owns the machine could do it, hashes recomputed and all."""

import json
from collections.abc import Callable, Sequence
from copy import deepcopy
from typing import Any, Final, NamedTuple

from temporalio.api.common.v1 import Payload, Payloads
from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import HistoryEvent

STARTED = "workflow_execution_started_event_attributes"
ACCEPTED = "workflow_execution_update_accepted_event_attributes"
MARKER: Final = "marker_recorded_event_attributes"
ANSWERED: Final = "workflow_execution_update_completed_event_attributes"
CHILD = "start_child_workflow_execution_initiated_event_attributes"
NEXT = "workflow_execution_continued_as_new_event_attributes"
COMPLETED = "workflow_execution_completed_event_attributes"
TIMER = "timer_started_event_attributes"
OTHER = "00000000-0000-4000-8000-000000000001"


def _found(events: Sequence[HistoryEvent], name: str, has: bytes = b"") -> Any:
    """The first event of that kind whose bytes have that text."""
    # the name of a field is any of its literals
    return next(getattr(one, name) for one in events if one.HasField(name) and has in one.SerializeToString())  # type: ignore[arg-type]


def _payload(told: Any, name: str) -> Payload:
    found: Payload = {
        STARTED: lambda: told.input.payloads[0],
        ACCEPTED: lambda: told.accepted_request.input.args.payloads[0],
        MARKER: lambda: told.details["result"].payloads[0],
        ANSWERED: lambda: told.outcome.success.payloads[0],
        CHILD: lambda: told.input.payloads[0],
        NEXT: lambda: told.input.payloads[0],
        COMPLETED: lambda: told.result.payloads[0],
    }[name]()
    return found


def put(name: str, path: str, value: Any, has: bytes = b"") -> Callable[[Sequence[HistoryEvent]], None]:
    """An edit of one value in the JSON of a payload; ``path``: ``answer.head.stage``."""

    def edit(events: Sequence[HistoryEvent]) -> None:
        payload = _payload(_found(events, name, has), name)
        document = json.loads(payload.data)
        *above, last = [int(part) if part.isdigit() else part for part in path.split(".")]
        place = document
        for part in above:
            place = place[part]
        before = place[last]
        place[last] = value(before) if callable(value) else value
        assert place[last] != before, "the edit changes nothing"
        payload.data = json.dumps(document).encode()

    return edit


def _rename_update(events: Sequence[HistoryEvent]) -> None:
    request = _found(events, ACCEPTED).accepted_request
    request.meta.update_id = request.meta.update_id.replace(":", f":{OTHER}", 1)


def _other_child(events: Sequence[HistoryEvent]) -> None:
    _found(events, CHILD).workflow_id = "payout:other:one:here"


def _child_memo(events: Sequence[HistoryEvent]) -> None:
    _found(events, CHILD).memo.fields["filing_id"].data = json.dumps(OTHER).encode()


def _refusal(events: Any) -> None:
    """The same in both places, so that the history agrees with itself."""
    for event in events:
        for name in (MARKER, ANSWERED):
            if not event.HasField(name):
                continue
            told = getattr(event, name)
            failure = told.failure if name == MARKER else told.outcome.failure
            while not failure.application_failure_info.HasField("details") and failure.HasField("cause"):
                failure = failure.cause
            for one in failure.application_failure_info.details.payloads:
                document = json.loads(one.data)
                one.data = json.dumps(document | {"code": "stage_wrong"}).encode()
                failure.application_failure_info.type = "stage_wrong"


def _refusal_once(events: Any) -> None:
    failure = next(one for one in events if one.HasField(ANSWERED) and b"failure" in str(one).encode())
    told = failure.workflow_execution_update_completed_event_attributes.outcome.failure
    while not told.application_failure_info.HasField("details"):
        told = told.cause
    told.application_failure_info.type = "stage_wrong"


def _without_an_act(events: Any) -> None:
    """The second act is taken out, with its answer."""
    del events[[place for place, one in enumerate(events) if one.HasField(MARKER)][1]]


def _yuan(before: str) -> str:
    return "0.01" if before != "0.01" else "0.02"


class Edit(NamedTuple):
    """What is edited in the history of that kind of filing, and where the difference is found."""

    kind: str
    edit: Callable[[Any], None]
    where: str


EDITS = {
    "the filing of a run": Edit("declaration", put(STARTED, "filing_id", OTHER), "input.filing_id"),
    "the clock of a run": Edit("declaration", put(STARTED, "legal_clock", "timer"), "input.legal_clock"),
    "the day of the act that begins it": Edit("payout", put(STARTED, "start.on", "2026-01-02"), "input.first_act"),
    "whose payout it is": Edit("payout", put(STARTED, "start.unit", OTHER), "input.first_act"),
    "the subject of a payout": Edit("payout", put(STARTED, "start.subject", OTHER), "input.first_act"),
    "an amount that was asked for": Edit("licence", put(ACCEPTED, "line_amount", _yuan, b"book_receipt"), "act"),
    "a legal day that was asked for": Edit("licence", put(ACCEPTED, "on", "2026-01-02", b"book_receipt"), "act.on"),
    "who asked": Edit("declaration", put(ACCEPTED, "by.party_id", OTHER), "act.by.party_id"),
    "in what role somebody asked": Edit("declaration", put(ACCEPTED, "by.role", "operator"), "act.by.role"),
    "the evidence of an act": Edit("declaration", put(ACCEPTED, "evidence", []), "act.evidence"),
    "the id of an act": Edit("licence", put(ACCEPTED, "act_id", OTHER, b"book_receipt"), "answer.act_id"),
    "the kind of an act": Edit("licence", put(ACCEPTED, "kind", "no_such_act", b"book_receipt"), "payload"),
    "the name of an update": Edit("declaration", _rename_update, "update.id"),
    "the filing of an act": Edit("licence", put(ACCEPTED, "filing_id", OTHER, b"book_receipt"), "act"),
    "an amount in an answer": Edit(
        "payout",
        put(ANSWERED, "determinations.0.result.0.amount", _yuan, b'"amount"'),
        "answer.determinations.0.result.0.amount",
    ),
    "a step of the arithmetic": Edit(
        "payout", put(ANSWERED, "determinations.0.steps.0.result", "1", b'"steps":[{'), "answer.determinations.0.steps"
    ),
    "the stage in an answer": Edit("declaration", put(ANSWERED, "head.stage", "revoked"), "answer.head.stage"),
    "a deadline in an answer": Edit("declaration", put(ANSWERED, "head.due_by", "2031-01-01"), "answer.head.due_by"),
    "the hash of a receipt": Edit("declaration", put(ANSWERED, "content_hash", "0" * 64), "answer.content_hash"),
    "when an act was recorded": Edit(
        "declaration", put(ANSWERED, "recorded_at", "2020-01-01T00:00:00.000000Z"), "answer.recorded_at"
    ),
    "the number of a receipt": Edit("licence", put(ANSWERED, "receipt_number", "R-1"), "answer.receipt_number"),
    "an amount in a result": Edit(
        "payout",
        put(MARKER, "answer.determinations.0.result.0.amount", _yuan, b'"amount"'),
        "result.answer.determinations.0.result.0.amount",
    ),
    "the version in a result": Edit("declaration", put(MARKER, "head.version", 3), "result.head"),
    "the deadline in a result": Edit("declaration", put(MARKER, "head.due_by", "2031-01-01"), "result.head.due_by"),
    "a payout that a result calls for": Edit(
        "licence", put(MARKER, "answer.starts.0.on", "2026-01-02", b'"starts":[{'), "result.answer.starts.0.on"
    ),
    "a result that is gone": Edit("declaration", _without_an_act, "answer"),
    "what a child is begun with": Edit("licence", put(CHILD, "start.on", "2026-01-02"), "child.input.start"),
    "whose payout a child is": Edit("licence", put(CHILD, "filing_id", OTHER), "child.input.filing_id"),
    "the clock of a child": Edit("licence", put(CHILD, "legal_clock", "timer"), "child.input.legal_clock"),
    "the name of a child": Edit("licence", _other_child, "child.workflow_id"),
    "the memo of a child": Edit("licence", _child_memo, "child.memo.filing_id"),
    "why an act was refused": Edit("refused", _refusal, "refusal"),
    "a refusal in one of its two places": Edit("refused", _refusal_once, "refusal"),
    "where a run ended": Edit("payout", put(COMPLETED, "head.stage", "cancelled"), "result.head.stage"),
    "where a run goes on": Edit("continued", put(NEXT, "head.version", 1), "next.input.head"),
    "the filing of the next run": Edit("continued", put(NEXT, "filing_id", OTHER), "next.input.filing_id"),
}


def edited(events: Sequence[HistoryEvent], edit: Callable[[Any], None]) -> list[HistoryEvent]:
    """A copy of the events with the edit in it."""
    changed = [deepcopy(one) for one in events]
    edit(changed)
    return changed


def continued(events: Sequence[HistoryEvent], head: dict[str, Any]) -> list[HistoryEvent]:
    """The same run, as if it had gone on in a new one with this head."""
    given = json.loads(_payload(_found(events, STARTED), STARTED).data) | {"head": head}
    last = HistoryEvent(
        event_id=events[-1].event_id + 1, event_type=EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW
    )
    last.workflow_execution_continued_as_new_event_attributes.input.CopyFrom(
        Payloads(payloads=[Payload(data=json.dumps(given).encode())])
    )
    return [*events, last]
