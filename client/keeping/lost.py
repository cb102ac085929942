"""What runs tell of acts that they were asked for and granted, and that the log has not: it was set back since."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter, ValidationError
from temporalio.api.common.v1 import Payloads
from temporalio.api.history.v1 import HistoryEvent
from temporalio.client import Client, WorkflowExecution

from client.together import together
from database.pool import Pool
from database.reads.audit_reads import answers_of
from schemas.acts.act import Act, FilingKind, SurroundingsChanged
from schemas.acts.declaration import DeclarationAct
from schemas.acts.licence import LicenceAct
from schemas.acts.payout import PayoutAct
from schemas.acts.settlement import SettlementAct
from schemas.standing.legal_clock import LegalClock
from schemas.standing.workflow import FilingInput, PayoutInput, SettlementInput
from workflows.procedure import determination_of

_ACTS: dict[FilingKind, TypeAdapter[Any]] = {
    FilingKind.DECLARATION: TypeAdapter(DeclarationAct),
    FilingKind.LICENCE: TypeAdapter(LicenceAct),
    FilingKind.PAYOUT: TypeAdapter(PayoutAct),
    FilingKind.SETTLEMENT: TypeAdapter(SettlementAct),
}
_INPUTS: dict[FilingKind, type[FilingInput]] = {
    FilingKind.DECLARATION: FilingInput,
    FilingKind.LICENCE: FilingInput,
    FilingKind.PAYOUT: PayoutInput,
    FilingKind.SETTLEMENT: SettlementInput,
}
_TOGETHER = 8
_BATCH = 200


@dataclass(frozen=True)
class Granted:
    """An act to which a run said yes, when it did, and under which clock; and the run whose history says so."""

    filing_kind: FilingKind
    act: Act
    at: datetime
    legal_clock: LegalClock
    workflow_id: str
    run_id: str
    answer: dict[str, Any] | None = None
    """As it was told; None of a first act that the run did by itself."""

    @property
    def receipt_number(self) -> str | None:
        """The number with which a notice was answered."""
        return (self.answer or {}).get("receipt_number")


async def lost_acts(client: Client, pool: Pool, runs: Sequence[WorkflowExecution]) -> list[Granted]:
    """What these runs granted and the log has not, in the order in which it was granted; reads every history."""
    lost: list[Granted] = []
    for start in range(0, len(runs), _BATCH):
        batch = await together(_TOGETHER, lambda run: granted_by(client, run), runs[start : start + _BATCH])
        lost += await not_in_log(pool, [granted for each in batch for granted in each])
    return _each_once(lost)


async def granted_by(client: Client, run: WorkflowExecution) -> list[Granted]:
    """What one run granted, as Temporal has its history."""
    handle = client.get_workflow_handle(run.id, run_id=run.run_id)
    events = [event async for event in handle.fetch_history_events()]
    return granted_in(events, FilingKind(run.workflow_type.lower()), run.id, run.run_id)


def granted_in(events: Iterable[HistoryEvent], kind: FilingKind, workflow_id: str, run_id: str) -> list[Granted]:
    """What one history granted: what the run was asked for, and the first act that it did by itself.

    Days that it passed come again with its timer, and news with its messages. What no model of ours can read any more
    is left out.
    """
    asked: dict[int, tuple[bytes, datetime]] = {}
    granted: list[Granted] = []
    first: Act | None = None
    clock: LegalClock = "timer"
    for event in events:
        at = event.event_time.ToDatetime(UTC)
        if event.HasField("workflow_execution_started_event_attributes"):
            given = _INPUTS[kind].model_validate_json(_one(event.workflow_execution_started_event_attributes.input))
            clock = given.legal_clock
            if (first := _first_of(given)) is not None:
                granted.append(Granted(kind, first, at, clock, workflow_id, run_id))
        elif event.HasField("workflow_execution_update_accepted_event_attributes"):
            accepted = event.workflow_execution_update_accepted_event_attributes
            asked[event.event_id] = _one(accepted.accepted_request.input.args), at
        elif event.HasField("workflow_execution_update_completed_event_attributes"):
            done = event.workflow_execution_update_completed_event_attributes
            if done.outcome.HasField("success") and done.accepted_event_id in asked:
                body, at = asked[done.accepted_event_id]
                try:
                    act, answer = _ACTS[kind].validate_json(body), json.loads(_one(done.outcome.success))
                    granted.append(Granted(kind, act, at, clock, workflow_id, run_id, answer))
                except ValidationError:
                    continue
        elif event.HasField("workflow_execution_failed_event_attributes") and len(granted) == 1:
            granted = [one for one in granted if one.act is not first]  # a run whose first act is refused fails
    return [one for one in granted if not isinstance(one.act, SurroundingsChanged)]


async def not_in_log(pool: Pool, granted: list[Granted]) -> list[Granted]:
    """Those whose act the log has not, each once, in the order in which they were granted."""
    async with pool.acquire() as connection:
        known = await answers_of(connection, [one.act.act_id for one in granted])
    return _each_once(one for one in granted if one.act.act_id not in known)


def _each_once(granted: Iterable[Granted]) -> list[Granted]:
    """As it was granted first: what a log lost twice was answered twice, and the first answer is the one to keep."""
    first: dict[UUID, Granted] = {}
    for one in sorted(granted, key=lambda each: each.at):
        first.setdefault(one.act.act_id, one)
    return list(first.values())


def _first_of(given: FilingInput) -> Act | None:
    if given.head is not None:
        return None
    if isinstance(given, PayoutInput) and given.start is not None:
        return determination_of(given.start)
    return given.opened if isinstance(given, SettlementInput) else None


def _one(payloads: Payloads) -> bytes:
    return payloads.payloads[0].data
