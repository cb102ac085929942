"""After a server came back from an older copy: what does not agree, and what makes it agree again."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Literal, NamedTuple
from uuid import UUID

from temporalio.client import WorkflowExecutionStatus
from temporalio.service import RPCError

from client.keeping.lost import Granted, lost_acts, not_in_log
from client.keeping.runs import RUNNING, list_runs
from client.keeping.wake import NotBegun, Waker
from client.together import together
from database.reads.standing_filings import StandingFiling, unknown_workflows
from database.record.granted_before import GrantedBefore, bring
from runtime.connection import MEANINGS, Meaning
from schemas.acts.beginning import parent_id_of
from schemas.values.actor import ENGINE, Actor, Role
from schemas.values.refusal import Fault, Refusal, Refused
from schemas.wire.same_act import identity_hash

_TOGETHER = 8
_SETTLED = 2.0
"""Seconds after which a run that was just begun has its filing."""
_PATIENCE = timedelta(seconds=60)


@dataclass
class Survey:
    """What does not agree. The log is the truth: runs follow it, and what it lost can only be told again."""

    astray: list[tuple[StandingFiling, str]] = field(default_factory=list)
    """Filings whose run is gone, closed too early, or stands elsewhere than the log; and how."""
    not_begun: Sequence[NotBegun] = ()
    """Payouts that are called for and have no filing."""
    unknown: list[str] = field(default_factory=list)
    """Workflow ids of runs that go on for a filing which the log has not."""
    lost: list[Granted] = field(default_factory=list)
    """Acts that were acknowledged and are not in the log, in the order in which they were granted."""

    @property
    def ok(self) -> bool:
        """Whether nothing is to be done."""
        return not (self.astray or self.not_begun or self.unknown or self.lost)


class Left(NamedTuple):
    """What is left for a person, and why: an act that is refused today, a run that does not wake."""

    what: str
    code: Literal["not_asked", "number_told", "run_sleeps", "payout_sleeps", "run_goes_on", "refused", "broken"]
    facts: Mapping[str, str] = MappingProxyType({})
    refusals: Sequence[Refusal] = ()


@dataclass
class Repaired:
    """What was done about it, and what is left for a person."""

    woken: list[UUID] = field(default_factory=list)
    begun: list[UUID] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)
    asked_again: list[Granted] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)


class Repairer:
    """Surveys and repairs by way of a waker, beside running workers."""

    def __init__(self, waker: Waker) -> None:
        self._waker, self._asker = waker, waker.asker

    async def survey(self, since: datetime | None = None) -> Survey:
        """Asks every run and reads every history, of ended runs only those that ended ``since``."""
        ended = f"CloseTime >= '{since.isoformat()}'" if since else "ExecutionStatus != 'Running'"
        which = f"({RUNNING} OR {ended})"
        runs = [run async for run in list_runs(self._asker.client, self._asker.task_queue, which)]
        survey = Survey(lost=await lost_acts(self._asker.client, self._asker.pool, runs))
        if survey.lost:
            running = {run.id for run in runs if run.status is WorkflowExecutionStatus.RUNNING}
            survey.unknown = sorted(await self._unknown(running))
        survey.astray = await self._astray()
        survey.not_begun = await self._waker.not_begun()
        if survey.not_begun or survey.lost:
            await asyncio.sleep(_SETTLED)
            survey.lost = await not_in_log(self._asker.pool, survey.lost)
            survey.unknown = sorted(await self._unknown(set(survey.unknown)))
            survey.not_begun = await self._waker.not_begun()
        return survey

    async def repair(self, survey: Survey, *, ask_again: bool = False, by: Actor | None = None) -> Repaired:
        """Ends runs of filings that the log has not, asks again what it lost if told so, wakes and begins.

        What was told with a lost act holds: a notice gets the receipt number that it was answered with, and no other
        notice gets it. ``by``: an operator who vouches that each act was received when its history says so; without
        one an act whose legal day must be the day of recording is refused on a later day, and left.
        """
        done = Repaired()
        for workflow_id in sorted(await self._unknown(set(survey.unknown))):  # some were begun again meanwhile
            await self._end(workflow_id, done)
        if ask_again:
            taken = await self._bring(survey.lost, by or Actor(role=Role.TIMER, party_id=ENGINE))
            for lost in survey.lost:
                if (other := taken.get(lost.act.act_id)) is None:
                    await self._ask_again(lost, done)
                else:
                    facts = {"number": str(lost.receipt_number), "licence": str(other)}
                    done.left.append(Left(_named(lost), "number_told", facts))
        else:
            done.left += [Left(_named(one), "not_asked") for one in survey.lost]
        astray = await self._waker.astray(filing for filing, _ in survey.astray)
        each = await together(_TOGETHER, lambda one: self._waker.wake(*one), astray)
        for (filing, why), woken in zip(astray, each, strict=True):
            done.woken += [filing.filing_id] if woken else []
            done.left += [] if woken else [Left(str(filing.filing_id), "run_sleeps", {"run": why})]
        for missing in await self._waker.not_begun():
            begun = await self._waker.begin(missing)
            done.begun += [missing.start.payout_id] if begun else []
            done.left += [] if begun else [Left(str(missing.start.payout_id), "payout_sleeps")]
        return done

    async def _astray(self) -> list[tuple[StandingFiling, str]]:
        found: list[tuple[StandingFiling, str]] = []
        async for batch in self._waker.every_filing():
            found += await self._waker.astray(batch)
        return found

    async def _unknown(self, workflow_ids: set[str]) -> set[str]:
        async with self._asker.pool.acquire() as connection:
            return await unknown_workflows(connection, sorted(workflow_ids))

    async def _end(self, workflow_id: str, done: Repaired) -> None:
        try:
            await self._asker.client.get_workflow_handle(workflow_id).terminate("the log has no such filing")
        except RPCError as error:
            if MEANINGS[error.status] is not Meaning.NOT_THERE:
                done.left.append(Left(workflow_id, "run_goes_on", {"said": error.message}))
                return
        done.ended.append(workflow_id)

    async def _bring(self, lost: list[Granted], by: Actor) -> dict[UUID, UUID]:
        """Keeps what proves each; act id -> the licence that has its receipt number, of those that are not kept."""
        taken: dict[UUID, UUID] = {}
        for one in lost:
            proof = GrantedBefore(
                one.act.act_id,
                identity_hash(one.act),
                one.act.filing_id,
                one.at,
                one.workflow_id,
                one.run_id,
                one.receipt_number,
                parent_id_of(one.act),
            )
            async with self._asker.pool.acquire() as connection, connection.transaction():
                if (other := await bring(connection, proof, by.party_id, by.role)) is not None:
                    taken[one.act.act_id] = other
        return taken

    async def _ask_again(self, lost: Granted, done: Repaired) -> None:
        asker = replace(self._asker, legal_clock=lost.legal_clock, patience=_PATIENCE)
        try:
            await asker.ask(lost.filing_kind, lost.act)
        except Refused as no:
            done.left.append(Left(_named(lost), "refused", refusals=no.refusals))
        except Fault as fault:
            done.left.append(Left(_named(lost), "broken", {"said": fault.what}))
        else:
            done.asked_again.append(lost)


def _named(lost: Granted) -> str:
    return f"{lost.act.kind} {lost.act.act_id} of {lost.filing_kind.value} {lost.act.filing_id}"
