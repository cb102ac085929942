"""How a program asks for an act: the one way from a model to its answer, whatever was running, closed or down."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from secrets import token_hex
from typing import Any
from uuid import UUID

import asyncpg
import structlog
from pydantic import TypeAdapter
from temporalio.client import (
    Client,
    WithStartWorkflowOperation,
    WorkflowUpdateFailedError,
    WorkflowUpdateRPCTimeoutOrCancelledError,
)
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.service import RPCError

from client.failed_updates import is_passing_by, meaning_of
from client.found_by import FoundBy
from client.kept_lines import KeptLines, Line
from client.memo import memo_of
from database.pool import AWAY
from database.reads.read_model import FilingSummary, find_filing
from database.record.event_log import find_act
from runtime.connection import MEANINGS, Meaning, is_passing
from schemas.acts.act import Act, FilingKind
from schemas.acts.beginning import is_beginning, parent_id_of, workflow_id_of
from schemas.acts.declaration import TakeOverDeclaration
from schemas.standing.answer import Answer
from schemas.standing.legal_clock import LegalClock
from schemas.standing.workflow import FilingInput, PayoutInput, SettlementInput
from schemas.values.identifiers import workflow_id
from schemas.values.money import STORED
from schemas.values.refusal import Fault, Refused, refuse
from schemas.wire.same_act import identity_hash, update_id
from workflows.declaration import DeclarationWorkflow
from workflows.licence import LicenceWorkflow
from workflows.options import TASK_QUEUE
from workflows.payout import PayoutWorkflow
from workflows.settlement import SettlementWorkflow

_WORKFLOWS: dict[FilingKind, tuple[Any, type[FilingInput]]] = {
    FilingKind.DECLARATION: (DeclarationWorkflow, FilingInput),
    FilingKind.LICENCE: (LicenceWorkflow, FilingInput),
    FilingKind.PAYOUT: (PayoutWorkflow, PayoutInput),
    FilingKind.SETTLEMENT: (SettlementWorkflow, SettlementInput),
}
Ask = Callable[[FilingKind, Act], Awaitable[Answer]]
"""Asks for an act: what a program hands to those who ask for many, with whatever it tells its people beside."""
log = structlog.get_logger()
_ANSWER = TypeAdapter(Answer)
_REMEMBERED_NAMES = 10_000
_LINE_PATIENCE = 10.0
"""Seconds for a line of the audit log: whoever was refused waits for it."""
_FIRST_PAUSE, _LONGEST_PAUSE = 0.05, 2.0


@dataclass
class _Question:
    """One asking of an act; Temporal knows it by ``name``, and answers a name that it knows from its own memory."""

    begins: bool
    name: str = ""
    proves_itself: bool = True
    """No try under this name was cut off: what answers it has happened since it was asked."""
    summary: FilingSummary | None = None

    def __post_init__(self) -> None:
        self.renew()

    def renew(self) -> None:
        """Asks as if for the first time; that the act has one answer is the log's business."""
        self.name, self.proves_itself = token_hex(8), True


@dataclass
class Asker:
    """Asks on behalf of one program. ``patience`` bounds how long a server that is down is waited for."""

    client: Client
    pool: asyncpg.Pool
    legal_clock: LegalClock | None = None
    """What is asked for filings that begin; None: whatever they inherit."""
    patience: timedelta = timedelta(seconds=120)
    task_queue: str = TASK_QUEUE
    kept: KeptLines | None = None
    installed_clock: LegalClock | None = None
    """Of filings that have no parent; None: of a program that stands for no installation, the clock it asks for."""
    _names: dict[UUID, str] = field(default_factory=dict, repr=False)
    _found_by: FoundBy = field(default_factory=FoundBy, repr=False)
    _unanswered: dict[bytes, _Question] = field(default_factory=dict, repr=False)
    """Where patience ended; asked again, it is the same question, or each repeat would wait in the run beside it."""

    async def ask(self, kind: FilingKind, act: Act) -> Answer:
        """The answer to the act, the first one if it was granted before; raises Refused, or Fault when patience ends.

        A refusal is written to the audit log by whoever asked, since a rejected update leaves no trace in a history.
        """
        asked = identity_hash(act)
        question = self._unanswered.pop(asked, None) or _Question(begins=is_beginning(act))
        try:
            # Not wait_for: in Python 3.11 it drops a cancellation that comes with the answer, and whoever was told to
            # stop goes on with the next act.
            async with asyncio.timeout(self.patience.total_seconds()):
                return await self._asked(kind, act, question)
        except TimeoutError as error:
            question.proves_itself = False
            if len(self._unanswered) >= _REMEMBERED_NAMES:
                self._unanswered.clear()
            self._unanswered[asked] = question
            what = f"no answer to {act.kind} {act.act_id} within {self.patience}; the same act can be sent again"
            raise Fault("temporal", what, retry=True) from error
        except Refused as refused:
            await self._audit(act, refused)
            raise

    async def _asked(self, kind: FilingKind, act: Act, question: _Question) -> Answer:
        pause = _FIRST_PAUSE
        while True:
            try:
                answer = await self._tried(kind, act, question)
                if answer is not None:
                    return answer
            except AWAY:
                pass  # it is only read here, so nothing was half done: it is waited for, as the recording activity does
            if _is_given_up():
                # The client tells a call that we gave up as one that was cut off; asked again it would never end.
                raise asyncio.CancelledError
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)

    async def _tried(self, kind: FilingKind, act: Act, question: _Question) -> Answer | None:
        """The answer; None where asking again can help. Raises Refused, or Fault where it cannot."""
        name = workflow_id_of(act) if is_beginning(act) else await self._workflow_id(kind, act)
        try:
            if question.begins:
                answer = await self._begin(kind, name, act, question)
            else:
                answer = await self._update(kind, name, act, question)
            return answer if question.proves_itself else await self._proved(act, question)
        except WorkflowUpdateFailedError as error:
            known = await self._known(act)
            if known is not None or is_passing_by(error):
                return known
            if question.proves_itself:
                raise meaning_of(error, act) from error
            question.renew()  # this no may be one of before; its reason may have gone since
        except WorkflowUpdateRPCTimeoutOrCancelledError as error:
            # The SDK wraps a call that was cut off, which is asked again, and our own cancellation, which ends.
            question.proves_itself = False
            if isinstance(error.__cause__, asyncio.CancelledError):
                raise asyncio.CancelledError from error
        except RPCError as error:
            if MEANINGS[error.status] is Meaning.NOT_THERE:
                # Closed, expired or lost: the log knows, and a new run takes its head over.
                known = await self._known(act)
                question.summary = None if known else await self._summary(kind, act)
                question.begins = True
                return known
            question.proves_itself = False
            if not is_passing(error):
                if await self._found_by.is_lost(self.client):
                    return None
                raise Fault("temporal", f"Temporal refused the call: {error.message}", retry=False) from error
            # Ten askings at once are what a run takes: of the same act told a hundred times the log answers the others.
            return None if _is_given_up() else await self._known(act)
        return None

    async def _proved(self, act: Act, question: _Question) -> Answer | None:
        """What was asked before can be answered from Temporal's memory, though the log has been set back since."""
        known = await self._known(act)
        if known is None:
            question.renew()
        return known

    async def _update(self, kind: FilingKind, name: str, act: Act, question: _Question) -> Answer:
        workflow, _ = _WORKFLOWS[kind]
        handle = self.client.get_workflow_handle_for(workflow.run, name)
        answer: Answer = await handle.execute_update(workflow.perform, act, id=update_id(act, question.name))
        return answer

    async def _begin(self, kind: FilingKind, name: str, act: Act, question: _Question) -> Answer:
        workflow, given = _WORKFLOWS[kind]
        clock = question.summary.legal_clock if question.summary else await self._clock(kind, act)
        start = WithStartWorkflowOperation(
            workflow.run,
            given(filing_id=act.filing_id, legal_clock=clock),
            id=name,
            task_queue=self.task_queue,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
            memo=await memo_of(self.pool, act),
            search_attributes=await self._found_by.attributes(self.client, act.filing_id),
        )
        try:
            answer: Answer = await self.client.execute_update_with_start_workflow(
                workflow.perform, act, start_workflow_operation=start, id=update_id(act, question.name)
            )
        except RPCError:
            with suppress(RPCError):
                if not _is_given_up():
                    # The error stands there too, and is complained of when nobody takes it.
                    await start.workflow_handle()
            raise
        return answer

    async def _clock(self, kind: FilingKind, act: Act) -> LegalClock:
        """The filing's own where it is there already, else its parent's, else the one that is asked for."""
        above = parent_id_of(act)
        if kind is FilingKind.DECLARATION:
            return self._of_a_declaration(act)
        async with self.pool.acquire() as connection:
            own = await find_filing(connection, act.filing_id)
            parent = await find_filing(connection, above) if above else None
        if own is not None:
            return own.legal_clock
        if parent is None:
            return self.legal_clock or self.installed_clock or "timer"
        if self.legal_clock not in (None, parent.legal_clock):
            raise refuse("legal_clock_differs", "legal_clock", asked=self.legal_clock, clock=parent.legal_clock)
        return parent.legal_clock

    def _of_a_declaration(self, act: Act) -> LegalClock:
        """The installation's; only what is taken over, which lies in the past, may have another."""
        asked, installed = self.legal_clock, self.installed_clock
        if asked and installed and asked != installed and not isinstance(act, TakeOverDeclaration):
            raise refuse("legal_clock_differs", "legal_clock", asked=asked, clock=installed)
        return asked or installed or "timer"

    async def _workflow_id(self, kind: FilingKind, act: Act) -> str:
        if kind is FilingKind.DECLARATION:
            return workflow_id("declaration", act.filing_id)
        name = self._names.get(act.filing_id)
        if name is None:
            name = (await self._summary(kind, act)).workflow_id
            if len(self._names) >= _REMEMBERED_NAMES:
                self._names.clear()
            self._names[act.filing_id] = name  # a filing's workflow id never changes
        return name

    async def _summary(self, kind: FilingKind, act: Act) -> FilingSummary:
        async with self.pool.acquire() as connection:
            summary = await find_filing(connection, act.filing_id)
        if summary is None:
            raise refuse("filing_unknown", "filing_id", filing_id=act.filing_id)
        if summary.kind != kind:
            # Its workflow could not even read the act, and a declaration's would begin beside it.
            raise refuse("filing_of_another_kind", "filing_id", filing_id=act.filing_id, found=summary.kind, kind=kind)
        return summary

    async def _known(self, act: Act) -> Answer | None:
        """After a continue-as-new or a closed run the repeat of a granted act must get the first answer."""
        async with self.pool.acquire() as connection:
            stored = await find_act(connection, act.act_id)
        if stored is None or stored.filing_id != act.filing_id or stored.body_hash != identity_hash(act):
            return None
        return _ANSWER.validate_python(stored.answer, context=STORED)

    async def _audit(self, act: Act, refused: Refused) -> None:
        """The no is told even where its line cannot be written; then the line waits."""
        line = Line.refused(act, refused.refusals)
        try:
            async with asyncio.timeout(_LINE_PATIENCE):
                await line.write(self.pool)
        except (*AWAY, asyncpg.PostgresError) as error:
            try:
                if self.kept is None:
                    raise OSError("this program has no place to keep it") from error
                self.kept.keep(line)
                log.warning("audit_line_waits", act_id=str(act.act_id), error=repr(error))
            except OSError as unkept:
                log.error("audit_line_lost", line=line.said(), error=repr(error), kept=repr(unkept))


def _is_given_up() -> bool:
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0
