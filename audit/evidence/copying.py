"""Copies histories from Temporal into the evidence store, part by part.

What was copied before is not copied again, so a copying that was cut off is begun again and soon where it was. Each
history is read whole (it has 2,000 events at most) and held alone: memory does not grow with their number.
"""

import json
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any, TypeAlias
from uuid import UUID

from temporalio.api.common.v1 import WorkflowExecution as Execution
from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import HistoryEvent
from temporalio.api.workflowservice.v1 import GetWorkflowExecutionHistoryReverseRequest
from temporalio.client import Client, WorkflowExecution, WorkflowExecutionStatus
from temporalio.service import RPCError

from audit.evidence.packing import as_bytes, packed, todays_dictionary
from client.together import together
from database.evidence.histories import Copy, Kept, Part, filings_of, keep_copy, keep_dictionary, last_copies
from database.pool import Pool
from runtime.connection import MEANINGS, Meaning, is_passing
from runtime.plugin import PASSED_THROUGH
from schemas.values.refusal import Fault

_BATCH = 200
_TOGETHER = 4
"""Histories that are read at once: copying is never in a hurry, and the server has acts to answer."""
_NO_DECISION = (EventType.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED, EventType.EVENT_TYPE_WORKFLOW_TASK_STARTED)
"""The server shows a task that is under way, and may forget it again."""
_BACK = timedelta(days=2)
_LIST_IS_LATE = timedelta(minutes=5)
"""How late a run may appear in Temporal's list; what was copied is only looked at again."""
_ENDS = {
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED: "completed",
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW: "continued_as_new",
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED: "failed",
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED: "canceled",
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED: "terminated",
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TIMED_OUT: "timed_out",
}
Progress: TypeAlias = Callable[[int], None]


@dataclass
class Copied:
    """What a copying did: runs that were looked at, and those of which something was added."""

    runs: int = 0
    copied: int = 0
    events: int = 0
    bytes: int = 0
    """Compressed, of what was added."""
    gone: list[str] = field(default_factory=list)
    """Workflow ids of runs that Temporal listed and then had no more."""
    set_back: list[str] = field(default_factory=list)
    """Workflow ids of runs that went another way than they were copied: Temporal was set back since. Both are kept."""


@dataclass(frozen=True)
class Listed:
    """A run in Temporal's list, which can be a moment old."""

    workflow_id: str
    run_id: UUID
    is_open: bool
    closed_at: datetime | None


class Copier:
    """Copies for one program; ``code_version`` is that program's commit."""

    def __init__(self, pool: Pool, client: Client, task_queue: str, code_version: str) -> None:
        self._pool, self._client, self._task_queue = pool, client, task_queue
        converter = client.data_converter.payload_converter_class.__name__
        self._closed_until: datetime | None = None
        self._plugin = {"code": code_version, "converter": converter, "passed_through": list(PASSED_THROUGH)}

    async def copy(self, which: str = "", progress: Progress = lambda _: None) -> Copied:
        """Copies what is new of every run, or of those that ``which`` names in the words of Temporal's queries.

        Raises a Fault to try again while Temporal is away.
        """
        copied = Copied()
        async with self._pool.acquire() as connection:
            await keep_dictionary(connection, *todays_dictionary())
        async for batch in listed(self._client, self._task_queue, which):
            await self._copy_batch(batch, copied)
            copied.runs += len(batch)
            progress(copied.runs)
        return copied

    async def copy_closed(self) -> None:
        """What has ended since the last call; the first call of a program goes back by some time before it began.

        What it misses, as after an outage of days, the night copies.
        """
        now = datetime.now(UTC)
        since = self._closed_until or now - _BACK
        await self.copy(f"ExecutionStatus != 'Running' AND CloseTime >= '{since.isoformat()}'")
        self._closed_until = now - _LIST_IS_LATE

    async def _copy_batch(self, batch: Sequence[Listed], copied: Copied) -> None:
        async with self._pool.acquire() as connection:
            known = await last_copies(connection, [one.run_id for one in batch])
            filings = await filings_of(connection, [one.workflow_id for one in batch])
        new = [one for one in batch if (last := known.get(one.run_id)) is None or last.closed_as is None]
        await together(
            _TOGETHER, lambda one: self._copy_run(one, known.get(one.run_id), filings.get(one.workflow_id), copied), new
        )

    async def _copy_run(self, run: Listed, last: Kept | None, filing_id: UUID | None, copied: Copied) -> None:
        try:
            if last is not None and run.is_open and await self._newest(run) == last.last_event:
                return
            handle = self._client.get_workflow_handle(run.workflow_id, run_id=str(run.run_id))
            events = list((await handle.fetch_history()).events)
        except RPCError as error:
            if MEANINGS[error.status] is not Meaning.NOT_THERE:
                raise _away(error) from error
            copied.gone.append(run.workflow_id)
            return
        while events[-1].event_type in _NO_DECISION and len(events) > 1:
            events.pop()
        if last is not None and events[-1].event_id == last.last_event and events[-1].event_type not in _ENDS:
            return
        await self._keep(run, events, last, filing_id, copied)

    async def _keep(
        self, run: Listed, events: list[HistoryEvent], last: Kept | None, filing_id: UUID | None, copied: Copied
    ) -> None:
        copy, part = copy_of(run.workflow_id, run.run_id, events, last, self._plugin)
        if last is not None and copy.follows is None:
            copied.set_back.append(run.workflow_id)
        async with self._pool.acquire() as connection:
            if await keep_copy(connection, replace(copy, filing_id=filing_id or copy.filing_id), part):
                copied.copied += 1
                copied.events += copy.last_event - copy.first_event + 1
                copied.bytes += len(part.compressed)

    async def _newest(self, run: Listed) -> int:
        """The number of the run's last event that is there to stay."""
        asked = GetWorkflowExecutionHistoryReverseRequest(
            namespace=self._client.namespace,
            execution=Execution(workflow_id=run.workflow_id, run_id=str(run.run_id)),
            maximum_page_size=1 + len(_NO_DECISION),
        )
        page = await self._client.workflow_service.get_workflow_execution_history_reverse(asked, retry=True)
        return next((one.event_id for one in page.history.events if one.event_type not in _NO_DECISION), 0)


def copy_of(
    workflow_id: str, run_id: UUID, events: Sequence[HistoryEvent], last: Kept | None, plugin: dict[str, Any]
) -> tuple[Copy, Part]:
    """What is kept of a run: the events since its ``last`` copy, or all where they have gone another way."""
    before = last.last_event if last is not None else 0
    whole = sha256(as_bytes(events[:before]))
    if last is not None and whole.digest() != last.history_hash:
        last, before, whole = None, 0, sha256()
    text = as_bytes(events[before:])
    whole.update(text)
    part = packed(text)
    started = events[0].workflow_execution_started_event_attributes
    code_versions, sdk_version = _carried_by(events)
    return Copy(
        workflow_id=workflow_id,
        run_id=run_id,
        workflow_type=started.workflow_type.name,
        filing_id=_filing_in(events[0]),
        first_event=before + 1,
        last_event=events[-1].event_id,
        content_hash=part.content_hash,
        history_hash=whole.digest(),
        follows=last.history_hash if last is not None else None,
        closed_as=_ENDS.get(events[-1].event_type),
        continued_from=UUID(started.continued_execution_run_id) if started.continued_execution_run_id else None,
        first_event_at=events[0].event_time.ToDatetime(UTC),
        last_event_at=events[-1].event_time.ToDatetime(UTC),
        code_versions=code_versions,
        sdk_version=sdk_version,
        plugin=plugin,
    ), part


async def listed(client: Client, task_queue: str, which: str = "") -> AsyncIterator[Sequence[Listed]]:
    """Every run of that queue in batches, of whatever kind; raises a Fault where they are not listed."""
    query = f"TaskQueue = '{task_queue}'" + (f" AND {which}" if which else "")
    batch: list[Listed] = []
    try:
        async for run in client.list_workflows(query, page_size=_BATCH):
            batch.append(_as_listed(run))
            if len(batch) == _BATCH:
                yield batch
                batch = []
    except RPCError as error:
        raise _away(error) from error
    if batch:
        yield batch


def _as_listed(run: WorkflowExecution) -> Listed:
    return Listed(run.id, UUID(run.run_id), run.status is WorkflowExecutionStatus.RUNNING, run.close_time)


def _away(error: RPCError) -> Fault:
    return Fault("temporal", f"Temporal cannot be asked: {error.message}", retry=is_passing(error))


def _filing_in(started: HistoryEvent) -> UUID | None:
    """The filing that a run's input names; None for a run of none."""
    payloads = started.workflow_execution_started_event_attributes.input.payloads
    try:
        given: Any = json.loads(payloads[0].data) if payloads else None
        return UUID(given["filing_id"])
    except (ValueError, TypeError, KeyError):
        return None


def _carried_by(events: Sequence[HistoryEvent]) -> tuple[list[str], str]:
    """The commits of the workers that carried the run, each once, and the last SDK that said its name."""
    versions: dict[str, None] = {}
    sdk = ""
    for event in events:
        if event.HasField("workflow_task_completed_event_attributes"):
            done = event.workflow_task_completed_event_attributes
            versions[done.identity.partition("@")[0]] = None
            if done.sdk_metadata.sdk_version:
                sdk = f"{done.sdk_metadata.sdk_name} {done.sdk_metadata.sdk_version}".strip()
    return list(versions), sdk
