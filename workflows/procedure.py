"""What every filing's workflow does with an act: lock, one activity, and the copy of the head."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from temporalio import workflow
from temporalio.exceptions import ActivityError, ApplicationError

from activities.record import Recorder
from schemas.acts.act import Act, PassDay
from schemas.acts.beginning import begun
from schemas.acts.payout import Determine
from schemas.standing.answer import Answer, Behind, Head, Recorded, Start
from schemas.standing.legal_clock import LegalClock
from schemas.values.actor import ENGINE, Actor, Role
from schemas.values.identifiers import act_id_of
from schemas.values.model import SHANGHAI
from workflows.options import (
    LOCAL_RETRY_THRESHOLD,
    LONGEST_RUN,
    MOST_BEHIND,
    PASS_DAY_PAUSE,
    RECORD_PATIENCE,
    RECORD_RETRY,
    RECORD_TIMEOUT,
)


def determination_of(start: Start) -> Determine:
    """The first act of a payout that a receipt called for."""
    return begun(
        Determine,
        on=start.on,
        by=Actor(role=Role.TIMER, party_id=ENGINE),
        parent_id=start.parent_id,
        unit=start.unit,
        subject=start.subject,
    )


class Procedure:
    """The state and the acts of one filing's workflow; its memory is only a copy of the log's head."""

    def __init__(self, recording: type[Any], filing_id: UUID, head: Head | None, legal_clock: LegalClock) -> None:
        self.recording, self.filing_id, self.legal_clock = recording, filing_id, legal_clock
        self.head = head or Head()
        self.refused_first = False
        self.starts: list[Start] = []
        """Payouts that are called for and not yet begun."""
        self._lock = asyncio.Lock()

    async def perform(self, act: Act) -> Answer:
        """Records one act; raises the refusal as it came from the activity.

        There is no validator: after a crash this head can be older than the log, and an early no from it would refuse
        what is lawful. Only the recording transaction, which holds the log's head, can say no.
        """
        async with self._lock:  # handlers interleave at every await: two acts must not see the same head
            try:
                if act.filing_id != self.filing_id:
                    raise ApplicationError("this act names another filing", type="filing_unknown", non_retryable=True)
                return await self._record(act)
            except BaseException:
                self.refused_first = self.head.version == 0
                raise

    async def _record(self, act: Act) -> Answer:
        for _ in range(MOST_BEHIND):
            outcome = await workflow.execute_local_activity_method(
                Recorder.record,
                self.recording(
                    workflow_id=workflow.info().workflow_id,
                    expected=self.head.version,
                    legal_clock=self.legal_clock,
                    act=act,
                ),
                start_to_close_timeout=RECORD_TIMEOUT,
                schedule_to_close_timeout=RECORD_PATIENCE,
                retry_policy=RECORD_RETRY,
                local_retry_threshold=LOCAL_RETRY_THRESHOLD,
            )
            if isinstance(outcome, Behind):
                # Another run, or a crash after a commit, knew more than we do: take the head over and ask again.
                self.head = outcome.head
                self._call(outcome.starts)
                continue
            assert isinstance(outcome, Recorded)
            self.head = outcome.head  # also an older one: the log can have been set back
            self._call(outcome.answer.starts)
            return outcome.answer
        what = f"the log's head moved away {MOST_BEHIND} times while {act.kind} {act.act_id} was to be recorded"
        raise ApplicationError(what, type="fault", non_retryable=True)

    def _call(self, starts: Iterable[Start]) -> None:
        self.starts.extend(one for one in starts if one not in self.starts)

    async def carried(self, turn: Callable[[], Awaitable[None]]) -> None:
        """Takes turn after turn until this run is over; never leaves a handler in the middle."""
        if await self.begun():
            while not self.is_over:
                await turn()
        await workflow.wait_condition(workflow.all_handlers_finished)

    @property
    def goes_on(self) -> bool:
        """Whether the filing needs another run; a first act that was refused leaves none."""
        return self.head.version > 0 and not self.head.ended

    async def begun(self) -> bool:
        """Waits for the first act; False when it was refused and nothing else is under way."""
        await workflow.wait_condition(
            lambda: self.head.version > 0 or (self.refused_first and workflow.all_handlers_finished())
        )
        return self.head.version > 0

    async def next_turn(self, called: Callable[[], bool] = lambda: False) -> None:
        """Waits until the head's earliest day has passed, the run is over, or there is something else to do."""
        due_by = self.head.due_by

        def turned() -> bool:
            return self.is_over or self.head.due_by != due_by or called()

        if due_by is None or self.legal_clock == "acts":
            await workflow.wait_condition(turned)
            return
        rest = self._midnight_after(date.fromisoformat(due_by)) - workflow.now()
        try:
            await workflow.wait_condition(turned, timeout=max(rest, timedelta(seconds=1)))
        except TimeoutError:
            await self._pass_day(date.fromisoformat(due_by))

    async def _pass_day(self, on: date) -> None:
        """The timer's only act; whether anything was in time is never the timer's decision."""
        act = PassDay(
            act_id=act_id_of("pass_day", self.filing_id, on),
            filing_id=self.filing_id,
            on=on,
            by=Actor(role=Role.TIMER, party_id=ENGINE),
        )
        try:
            await self.perform(act)
        except (ActivityError, ApplicationError) as error:
            # A defect of ours must not end the filing's run; acts go on, and the day is tried again after a pause.
            workflow.logger.error("day_not_passed", extra={"on": on.isoformat(), "error": repr(error.cause or error)})
            await workflow.sleep(PASS_DAY_PAUSE)

    @property
    def is_over(self) -> bool:
        """Whether this run has to end: the filing is done, or the history long enough for a new run."""
        info = workflow.info()
        return self.head.ended or info.is_continue_as_new_suggested() or workflow.now() - info.start_time > LONGEST_RUN

    @staticmethod
    def _midnight_after(day: date) -> datetime:
        return datetime.combine(day + timedelta(days=1), time(), tzinfo=SHANGHAI)
