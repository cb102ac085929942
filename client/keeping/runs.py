"""Where the run of a filing stands, as far as Temporal still holds it."""

import json
from collections.abc import AsyncIterator
from typing import Literal, NamedTuple

from pydantic import TypeAdapter
from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import HistoryEvent
from temporalio.api.workflowservice.v1 import GetWorkflowExecutionHistoryReverseRequest
from temporalio.client import Client
from temporalio.client import WorkflowExecution as ListedRun
from temporalio.service import RPCError

from database.reads.standing_filings import StandingFiling
from runtime.connection import MEANINGS, Meaning, is_passing
from schemas.standing.answer import Behind, Head, Outcome, Recorded
from schemas.standing.workflow import FilingResult
from schemas.values.refusal import Fault

_OUTCOME: TypeAdapter[Recorded | Behind] = TypeAdapter(Outcome)
_EVENTS_A_PAGE = 12
"""An act leaves some eight; its answer is among them."""
_CUT_OFF = (
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED,
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TIMED_OUT,
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED,
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED,
)


RUNNING = "ExecutionStatus = 'Running'"
_OURS = "WorkflowType IN ('Declaration', 'Licence', 'Payout', 'Settlement')"


class Run(NamedTuple):
    """The last run of a filing."""

    status: Literal["running", "closed", "gone"]
    head: Head | None = None
    """The last head that it was told, or ended with."""

    def misses(self, filing: StandingFiling) -> str | None:
        """Why it does not carry the filing on from where the log has it; None if it does."""
        if self.status != "running":
            return None if filing.ended else self.status
        head = self.head or Head()
        stands = (filing.version, filing.stage, filing.due_by and filing.due_by.isoformat(), filing.ended)
        if (head.version, head.stage, head.due_by, head.ended) == stands:
            return None
        return "behind" if head.version < filing.version else "ahead" if head.version > filing.version else "beside"


async def run_of(client: Client, workflow_id: str) -> Run:
    """What the end of its history says; raises a Fault to try again while Temporal is away.

    Not what a worker says: one that lives on remembers a run as it was, though Temporal was set back since.
    """
    try:
        return await _read_back(client, workflow_id)
    except RPCError as error:
        if MEANINGS[error.status] is Meaning.NOT_THERE:
            return Run("gone")
        # Who could not be asked has said nothing different; the client has already tried for some seconds.
        what = f"Temporal cannot be asked: {error.message}"
        raise Fault("temporal", what, retry=is_passing(error)) from error


async def _read_back(client: Client, workflow_id: str) -> Run:
    asked = GetWorkflowExecutionHistoryReverseRequest(
        namespace=client.namespace,
        execution=WorkflowExecution(workflow_id=workflow_id),
        maximum_page_size=_EVENTS_A_PAGE,
    )
    status: Literal["running", "closed"] | None = None
    while True:
        page = await client.workflow_service.get_workflow_execution_history_reverse(asked, retry=True)
        for event in page.history.events:
            if event.event_type in _CUT_OFF:
                return Run("closed")
            is_over = event.event_type == EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED
            status = status or ("closed" if is_over else "running")
            if (head := head_in(event)) is not None:
                return Run(status, head)
        if not page.next_page_token:
            return Run(status or "running", Head())
        asked.next_page_token = page.next_page_token


def head_in(event: HistoryEvent) -> Head | None:
    """A run knows a head from its input, and from each answer of the recording activity."""
    if event.HasField("workflow_execution_completed_event_attributes"):
        result = event.workflow_execution_completed_event_attributes.result
        return FilingResult.model_validate_json(result.payloads[0].data).head
    if event.HasField("marker_recorded_event_attributes"):
        marker = event.marker_recorded_event_attributes
        if "result" in marker.details:
            return _OUTCOME.validate_json(marker.details["result"].payloads[0].data).head
    if event.HasField("workflow_execution_started_event_attributes"):
        given = json.loads(event.workflow_execution_started_event_attributes.input.payloads[0].data)
        return Head.model_validate(given["head"]) if given.get("head") else Head()
    return None


async def list_runs(client: Client, task_queue: str, which: str) -> AsyncIterator[ListedRun]:
    """The runs of filings in Temporal's list, which can be a moment old; ``which``: in the words of its queries.

    Raises a Fault where they are not listed.
    """
    try:
        query = f"TaskQueue = '{task_queue}' AND {_OURS} AND {which}"
        async for run in client.list_workflows(query, page_size=1_000):
            yield run
    except RPCError as error:
        raise Fault("temporal", f"Temporal does not list its runs: {error.message}", retry=is_passing(error)) from error
