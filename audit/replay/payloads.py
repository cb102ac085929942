"""Payload by payload: what a history says was asked, answered and recorded, against the event log.

Temporal's replayer compares commands, and never what stands in them: a history whose amounts were edited replays
without a complaint. Here each payload has its counterpart: an update's act the event it became, an answer the one that
the table of answers has and what the event says of itself, a head the one of its version, a child's input what an act
called for.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from pydantic import ValidationError
from temporalio.api.history.v1 import History, HistoryEvent

from audit.replay.differing import MOST, places
from audit.replay.log import ACTS, ANSWER, INPUTS, OUTCOME, Fact, FilingLog
from audit.replay.openings import compare_opening
from audit.replay.told import ended_at, named_in, no_of, only, own_first_act, said_by
from schemas.acts.act import PassDay, SurroundingsChanged
from schemas.acts.beginning import workflow_id_of
from schemas.standing.answer import Answer, Behind, Head, Start
from schemas.standing.workflow import FilingInput, FilingResult, PayoutInput
from schemas.values.actor import ENGINE, Role
from schemas.values.identifiers import act_id_of
from schemas.values.model import SHANGHAI
from schemas.wire.same_act import identity_hash
from workflows.options import PASS_DAY_PAUSE, PAYOUT_WORKFLOW
from workflows.procedure import determination_of

_TASK_LASTS = timedelta(minutes=2)
"""A timer is counted from the task that set it; a task that waits for the database goes on for a while."""


def compared(frame: dict[str, Any], history: bytes, log: bytes) -> dict[str, Any]:
    """For the child process: the differences and counts of one history."""
    del frame
    found = compare_payloads(History.FromString(history).events, FilingLog.from_bytes(log) if log != b"-" else None)
    return {
        "differences": [[where, str(one), str(other)] for where, one, other in found.differences],
        "counts": found.counts,
    }


@dataclass
class Found:
    """(where in the history, proved, found) of every difference; counts of what was compared."""

    differences: list[tuple[str, Any, Any]] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def compare(self, event: HistoryEvent, what: str, proved: Any, found: Any) -> None:
        """Notes every place where the two differ, after the number of the history's event."""
        self.counts["payloads"] = self.counts.get("payloads", 0) + 1
        if proved is found or (type(proved) is type(found) and proved == found):
            return
        for path, one, other in list(places(proved, found))[:MOST]:
            self.differences.append((f"{event.event_id}.{what}{path}", one, other))


def compare_payloads(events: Any, log: FilingLog | None) -> Found:
    """Every payload of one run; ``log``: None for a run of no filing."""
    found = Found()
    if log is None:
        compare_opening(found, events)
        return found
    walk = Walk(log, found)
    for event in events:
        try:
            walk.take(event)
        except (ValidationError, ValueError, KeyError, IndexError) as error:
            found.differences.append((f"{event.event_id}.payload", "one that can be read", f"{error}"[:500]))
    return found


class Walk:
    """Goes through one run as its workflow did: the head that it knew, and what it was asked."""

    def __init__(self, log: FilingLog, found: Found) -> None:
        self._log, self._compare = log, found.compare
        self._found = found
        self._given: FilingInput | None = None
        self._head = Head()
        self._asked: dict[int, tuple[Any, HistoryEvent]] = {}
        """Updates that were accepted, by the number of that event."""
        self._answered: dict[UUID, tuple[Answer, int]] = {}
        """Answers by act, with the version that the run knew before."""
        self._no: dict[str, Any] | None = None
        """The last no that recording gave."""
        self._told = b""
        self._tasks: dict[int, datetime] = {}

    def take(self, event: HistoryEvent) -> None:
        """Compares what one event carries."""
        for name, take in _TAKERS.items():
            if event.HasField(name):  # type: ignore[arg-type]  # a name of the table below
                take(self, event, getattr(event, name))
                return

    def started(self, event: HistoryEvent, told: Any) -> None:
        given = INPUTS[self._log.kind].model_validate_json(only(told.input))
        self._given = given
        self._compare(event, "workflow_type", self._log.kind.value, told.workflow_type.name.lower())
        self._compare(event, "input.filing_id", self._log.filing_id, given.filing_id)
        self._compare(event, "input.legal_clock", self._log.legal_clock, given.legal_clock)
        if given.head is not None:
            self._compare_head(event, "input.head", given.head)
            self._head = given.head
        first = self._log.by_version.get(1)
        own = own_first_act(given)
        if own is not None and first is not None and identity_hash(own) != identity_hash(first.act):
            self._compare(event, "input.first_act", first.act, own)  # whoever told it first may have told who, and why
        if isinstance(given, PayoutInput) and given.start is not None:
            self._compare(event, "input.start.payout_id", self._log.filing_id, given.start.payout_id)
        self._compare_names(event, "", self._log.filing_id, told)

    def accepted(self, event: HistoryEvent, told: Any) -> None:
        request = told.accepted_request
        act = ACTS[self._log.kind].validate_json(only(request.input.args))
        self._asked[event.event_id] = act, event
        self._compare(event, "update.name", "perform", request.input.name)
        self._compare(event, "update.id", f"{act.kind}:{act.act_id}", request.meta.update_id.rpartition(":")[0])

    def marked(self, event: HistoryEvent, told: Any) -> None:
        """What the recording activity answered."""
        if told.marker_name != "core_local_activity":
            return
        notes = json.loads(only(told.details["data"]))
        self._compare(event, "activity", "record", notes["activity_type"])
        if told.HasField("failure"):
            self._no = no_of(told.failure)
            return
        outcome = OUTCOME.validate_json(only(told.details["result"]))
        self._compare_head(event, "result.head", outcome.head)
        if isinstance(outcome, Behind):
            for start in outcome.starts:
                self._compare_start(event, "result.starts", start)
            self._head = outcome.head
            return
        answer, known = outcome.answer, self._head.version
        self._compare_answer(event, "result.answer", answer)
        if answer.head.version > known:
            self._compare(event, "result.answer.version", known + 1, answer.head.version)
        if not self._is_later(ended_at(notes, event), answer.head, outcome.head):
            self._compare(event, "result.head", answer.head, outcome.head)
        self._answered[answer.act_id] = answer, known
        self._told = only(told.details["result"])
        fact = self._log.by_act.get(answer.act_id)
        if not any(act.act_id == answer.act_id for act, _ in self._asked.values()):
            self._compare_own(event, fact)
        self._head = outcome.head

    def completed_update(self, event: HistoryEvent, told: Any) -> None:
        act, asked_at = self._asked.pop(told.accepted_event_id)
        if told.outcome.HasField("failure"):
            self._refused(event, act, told.outcome.failure)
            return
        given, known = self._answered.get(act.act_id, (None, 0))
        text = only(told.outcome.success)
        # As it stands in the result before it, which has been compared: reading it again would cost as much once more.
        answer = given if given is not None and text in self._told else ANSWER.validate_json(text)
        self._compare(event, "answer.act_id", act.act_id, answer.act_id)
        self._compare(event, "answer", given, answer)
        fact = self._log.by_act.get(act.act_id)
        if fact is None:
            is_news = isinstance(act, SurroundingsChanged)
            self._compare(event, "act", "no news" if is_news else "an event", "no news" if is_news else None)
            self._compare(asked_at, "act.identity", answer.content_hash, identity_hash(act).hex())
        elif fact.act != act:
            is_repeat = answer.head.version <= known and identity_hash(act) == identity_hash(fact.act)
            if is_repeat:
                self._found.counts["told_again"] = self._found.counts.get("told_again", 0) + 1
            else:
                self._compare(asked_at, "act", fact.act, act)

    def _refused(self, event: HistoryEvent, act: Any, failure: Any) -> None:
        no = no_of(failure)
        if self._no is not None:
            self._compare(event, "refusal", self._no, no)
        if no["details"]:
            self._compare(event, "refusal.type", no["details"][0].get("code"), no["type"])
        written = self._log.refusals.get(str(act.act_id), [])
        if written and no["details"] not in written:  # a line of the audit log can be lost with the disk it waits on
            self._compare(event, "refusal", written[-1], no["details"])
        self._no = None

    def timer(self, event: HistoryEvent, told: Any) -> None:
        """A timer fires at midnight after the head's day; a moment late where it was set late, never early."""
        rest = told.start_to_fire_timeout.ToTimedelta()
        began = self._tasks.get(told.workflow_task_completed_event_id)
        if began is None or rest <= PASS_DAY_PAUSE:
            return
        self._compare(event, "timer.day", self._head.due_by, self._day_of(began + rest))

    def _day_of(self, fires_at: datetime) -> str:
        due_by = date.fromisoformat(self._head.due_by) if self._head.due_by else date.min
        midnight = datetime.combine(due_by + timedelta(days=1), time(), tzinfo=SHANGHAI)
        if timedelta(0) <= fires_at - midnight + timedelta(seconds=1) <= _TASK_LASTS:
            return due_by.isoformat()
        return fires_at.astimezone(SHANGHAI).isoformat()

    def child(self, event: HistoryEvent, told: Any) -> None:
        given = PayoutInput.model_validate_json(only(told.input))
        self._compare(event, "child.type", PAYOUT_WORKFLOW, told.workflow_type.name)
        if given.start is None:
            self._compare(event, "child.input.start", "a start", None)
            return
        self._compare_start(event, "child.input.start", given.start)
        self._compare(event, "child.input.filing_id", given.start.payout_id, given.filing_id)
        self._compare(event, "child.input.legal_clock", self._given and self._given.legal_clock, given.legal_clock)
        self._compare(event, "child.input.head", None, given.head)
        self._compare(event, "child.workflow_id", workflow_id_of(determination_of(given.start)), told.workflow_id)
        self._compare_names(event, "child.", given.start.payout_id, told)

    def continued(self, event: HistoryEvent, told: Any) -> None:
        given = INPUTS[self._log.kind].model_validate_json(only(told.input))
        before = self._given
        self._compare(event, "next.input", before and before.but(head=self._head), given)

    def completed(self, event: HistoryEvent, told: Any) -> None:
        result = FilingResult.model_validate_json(only(told.result))
        self._compare(event, "result.head", self._head, result.head)

    def task_started(self, event: HistoryEvent, told: Any) -> None:
        del told
        self._tasks[event.event_id] = event.event_time.ToDatetime(UTC)

    def task_completed(self, event: HistoryEvent, told: Any) -> None:
        if told.started_event_id in self._tasks:
            self._tasks = {event.event_id: self._tasks[told.started_event_id]}

    def _compare_head(self, event: HistoryEvent, what: str, head: Head) -> None:
        self._compare(event, what, self._log.head(head.version), head)

    def _is_later(self, ended_at: datetime, answered: Head, head: Head) -> bool:
        """Of an act that was asked again the head is of today: one that the filing had come to by then."""
        fact = self._log.by_version.get(head.version)
        if fact is None or head.version <= answered.version:
            return False
        return datetime.fromisoformat(fact.event.recorded_at) <= ended_at

    def _compare_start(self, event: HistoryEvent, what: str, start: Start) -> None:
        called = self._log.starts.get(start.payout_id, [])
        if start not in called:
            self._compare(event, what, called[-1] if called else None, start)

    def _compare_answer(self, event: HistoryEvent, what: str, answer: Answer) -> None:
        fact = self._log.by_act.get(answer.act_id)
        self._compare(event, f"{what}.filing_id", self._log.filing_id, answer.filing_id)
        self._compare(event, f"{what}.filing_kind", self._log.kind, answer.filing_kind)
        if fact is None:  # news that was none: its head is one of the log's
            self._compare_head(event, f"{what}.head", answer.head)
            return
        self._compare(event, what, fact.answer, answer)
        for name, proved in said_by(fact):
            self._compare(event, f"{what}.{name}", proved, getattr(answer, name))
        self._compare(event, f"{what}.head.version", fact.event.version, answer.head.version)

    def _compare_names(self, event: HistoryEvent, whose: str, filing_id: UUID, told: Any) -> None:
        """Under which filing Temporal finds a run; what else its memo says is shown, and nobody goes by it."""
        for name, found in named_in(told):
            self._compare(event, f"{whose}{name}", str(filing_id), found)

    def _compare_own(self, event: HistoryEvent, fact: Fact | None) -> None:
        """An act that nobody asked for: the workflow's own, by its timer or as its first."""
        if fact is None:
            self._compare(event, "act", "an event", None)
            return
        act = fact.act
        self._compare(event, "act.by", (Role.TIMER.value, str(ENGINE)), (act.by.role.value, str(act.by.party_id)))
        if isinstance(act, PassDay):
            self._compare(event, "act.act_id", act_id_of("pass_day", act.filing_id, act.on), act.act_id)
        elif fact.event.version != 1 or self._given is None or own_first_act(self._given) is None:
            self._compare(event, "act.kind", "one that was asked for", act.kind)


_TAKERS: dict[str, Callable[[Walk, HistoryEvent, Any], None]] = {
    "workflow_execution_started_event_attributes": Walk.started,
    "workflow_execution_update_accepted_event_attributes": Walk.accepted,
    "marker_recorded_event_attributes": Walk.marked,
    "workflow_execution_update_completed_event_attributes": Walk.completed_update,
    "timer_started_event_attributes": Walk.timer,
    "start_child_workflow_execution_initiated_event_attributes": Walk.child,
    "workflow_execution_continued_as_new_event_attributes": Walk.continued,
    "workflow_execution_completed_event_attributes": Walk.completed,
    "workflow_task_started_event_attributes": Walk.task_started,
    "workflow_task_completed_event_attributes": Walk.task_completed,
}
