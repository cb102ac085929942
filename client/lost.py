"""What runs tell of acts that they were asked for and granted, and that the log has not: it was set back since."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter, ValidationError
from temporalio.api.common.v1 import Payloads
from temporalio.client import Client, WorkflowExecution

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


@dataclass(frozen=True)
class Granted:
    """An act to which a run said yes, when it did, and under which clock."""

    filing_kind: FilingKind
    act: Act
    at: datetime
    legal_clock: LegalClock


async def granted_by(client: Client, run: WorkflowExecution) -> list[Granted]:
    """What one run granted: what it was asked for, and the first act that it did by itself.

    Days that it passed come again with its timer, and news with its messages. What no model of ours can read any more
    is left out.
    """
    kind = FilingKind(run.workflow_type.lower())
    asked: dict[int, tuple[bytes, datetime]] = {}
    granted: list[Granted] = []
    first: Act | None = None
    clock: LegalClock = "timer"
    async for event in client.get_workflow_handle(run.id, run_id=run.run_id).fetch_history_events():
        at = event.event_time.ToDatetime().astimezone()
        if event.HasField("workflow_execution_started_event_attributes"):
            given = _INPUTS[kind].model_validate_json(_one(event.workflow_execution_started_event_attributes.input))
            clock = given.legal_clock
            if (first := _first_of(given)) is not None:
                granted.append(Granted(kind, first, at, clock))
        elif event.HasField("workflow_execution_update_accepted_event_attributes"):
            accepted = event.workflow_execution_update_accepted_event_attributes
            asked[event.event_id] = _one(accepted.accepted_request.input.args), at
        elif event.HasField("workflow_execution_update_completed_event_attributes"):
            done = event.workflow_execution_update_completed_event_attributes
            if done.outcome.HasField("success") and done.accepted_event_id in asked:
                body, at = asked[done.accepted_event_id]
                try:
                    granted.append(Granted(kind, _ACTS[kind].validate_json(body), at, clock))
                except ValidationError:
                    continue
        elif event.HasField("workflow_execution_failed_event_attributes") and len(granted) == 1:
            granted = [one for one in granted if one.act is not first]  # a run whose first act is refused fails
    return [one for one in granted if not isinstance(one.act, SurroundingsChanged)]


async def not_in_log(pool: Pool, granted: list[Granted]) -> list[Granted]:
    """Those whose act the log has not, each once, in the order in which they were granted."""
    async with pool.acquire() as connection:
        known = await answers_of(connection, [one.act.act_id for one in granted])
    lost = {one.act.act_id: one for one in granted if one.act.act_id not in known}
    return sorted(lost.values(), key=lambda one: one.at)


def _first_of(given: FilingInput) -> Act | None:
    if given.head is not None:
        return None
    if isinstance(given, PayoutInput) and given.start is not None:
        return determination_of(given.start)
    return given.opened if isinstance(given, SettlementInput) else None


def _one(payloads: Payloads) -> bytes:
    return payloads.payloads[0].data
