"""Runs that began no filing: their first act was refused, so that the event log has nothing of them."""

from temporalio.api.history.v1 import History, HistoryEvent


def began_nothing(history: bytes) -> bool:
    """Whether a run began of itself, and neither an update nor the recording activity ever said yes in it."""
    return not any(_shows_a_filing(event) for event in History.FromString(history).events)


def _shows_a_filing(event: HistoryEvent) -> bool:
    started = event.workflow_execution_started_event_attributes
    recorded = event.marker_recorded_event_attributes
    answered = event.workflow_execution_update_completed_event_attributes
    return (
        bool(started.continued_execution_run_id)
        or (event.HasField("marker_recorded_event_attributes") and not recorded.HasField("failure"))
        or answered.outcome.HasField("success")
    )
