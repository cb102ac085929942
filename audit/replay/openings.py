"""The run by which a schedule opens a year: what it began follows from its own input and the day on which it fired."""

from collections.abc import Sequence
from datetime import UTC
from typing import Any, Protocol

from temporalio.api.history.v1 import HistoryEvent

from schemas.acts.beginning import begun, workflow_id_of
from schemas.acts.settlement import OpenYear
from schemas.standing.workflow import Opening, SettlementInput
from schemas.values.actor import ENGINE, Actor, Role
from schemas.values.model import SHANGHAI
from workflows.options import OPENING_WORKFLOW


class Compares(Protocol):
    """Who notes differences."""

    def compare(self, event: HistoryEvent, what: str, proved: Any, found: Any) -> None: ...


def compare_opening(found: Compares, events: Sequence[HistoryEvent]) -> None:
    """The settlement that was begun; a run of another type that belongs to no filing has nothing to compare."""
    started = events[0].workflow_execution_started_event_attributes
    if started.workflow_type.name != OPENING_WORKFLOW:
        return
    given = Opening.model_validate_json(started.input.payloads[0].data)
    fired_at = next((one for one in events if one.HasField("workflow_task_started_event_attributes")), events[0])
    today = fired_at.event_time.ToDatetime(UTC).astimezone(SHANGHAI).date()
    opened = begun(
        OpenYear,
        on=today,
        by=Actor(role=Role.TIMER, party_id=ENGINE),
        authority=given.authority,
        scheme=given.scheme,
        year=today.year - given.years_back,
    )
    begins = SettlementInput(filing_id=opened.filing_id, opened=opened, legal_clock=given.legal_clock)
    for event in events:
        if event.HasField("start_child_workflow_execution_initiated_event_attributes"):
            child = event.start_child_workflow_execution_initiated_event_attributes
            found.compare(event, "child.workflow_id", workflow_id_of(opened), child.workflow_id)
            asked = SettlementInput.model_validate_json(child.input.payloads[0].data)
            found.compare(event, "child.input", begins, asked)
        elif event.HasField("workflow_execution_completed_event_attributes"):
            result = event.workflow_execution_completed_event_attributes.result.payloads[0].data
            found.compare(event, "result", f'"{workflow_id_of(opened)}"', result.decode())
