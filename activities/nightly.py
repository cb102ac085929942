"""The audits of a night as activities; what they do is handed in by ``worker.py``, since they are the auditor's."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Literal, TypeAlias
from uuid import UUID

from temporalio import activity

from schemas.standing.workflow import NightOutcome, NightStep, NightSteps

Audited: TypeAlias = Callable[[UUID, str], Awaitable[Literal["agrees", "differs", "fault"]]]
_BEAT = 15
"""Seconds."""


class Night:
    """``names``: the steps in their order; ``audited`` does one and leaves its result."""

    def __init__(self, names: Sequence[str], audited: Audited) -> None:
        self._names, self._audited = tuple(names), audited

    @activity.defn(name="night_steps")
    async def steps(self) -> NightSteps:
        """Which there are today; so a program that has one more does it in the next night."""
        return NightSteps(steps=self._names)

    @activity.defn(name="night_step")
    async def step(self, asked: NightStep) -> NightOutcome:
        """Does one; done again it leaves one result. What the step itself found is no error of it."""
        work = asyncio.ensure_future(self._audited(asked.night, asked.step))
        try:
            while not work.done():
                await asyncio.wait({work}, timeout=_BEAT)
                activity.heartbeat()
        finally:
            work.cancel()
        outcome = await work
        gauge = activity.metric_meter().create_gauge(
            "open_licence_audit_disagrees",
            "1 where the last audit of this step found a difference or could not be done",
        )
        gauge.with_additional_attributes({"step": asked.step}).set(int(outcome != "agrees"))
        return NightOutcome(step=asked.step, outcome=outcome)
