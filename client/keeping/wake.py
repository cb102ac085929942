"""Wakes filings whose run is gone, closed too early, or stands elsewhere than the log.

A run is a copy of the log's head; Temporal can be set back to an older copy, lose a run, or have lost an answer in a
crash. What changed since the last look is looked at, and back from there until a whole step is in order: a Temporal
that was set back has lost exactly what happened last. So a look costs what has changed, however many filings there are.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

import structlog

from client.ask import Asker
from client.keeping.runs import RUNNING, list_runs, run_of
from client.together import together
from database.pool import alone
from database.reads.filters import BEFORE_ALL
from database.reads.standing_filings import StandingFiling, Step, changed_before, standing_among, standing_filings
from schemas.acts.act import FilingKind, SurroundingsChanged
from schemas.standing.answer import Start
from schemas.values.actor import ENGINE, Actor, Role
from schemas.values.identifiers import derived_id
from schemas.values.model import SHANGHAI
from schemas.values.refusal import Fault, Refused
from workflows.procedure import determination_of

EVENTS_AT_FIRST = 1_000
"""How far back a program looks when it begins, since one that died before it may have lost answers."""
EVENTS_A_STEP, _MOST_A_STEP = 20, 2_000
"""Of one look back, and of one when all of those before found something: a Temporal that lost everything."""
_MOST_SILENT = 50
"""Steps in which every filing has ended, or was seen already: no need to go on through years of them."""
WHOLE = timedelta(hours=1)
"""How often all filings are compared with the list of runs: a single run that was ended by hand, or lost."""
LOOK_EVERY = timedelta(minutes=1)
PATIENCE = timedelta(seconds=30)
MENDED_WITHIN = LOOK_EVERY + 2 * PATIENCE
"""Until a run that is behind the log was woken: a look that is under way, the pause after it, and the next one."""
_TOGETHER = 8
_MOST_WAKINGS = 5
"""Looks after which a filing that does not wake holds up no other; it is then tried with the comparison of all."""
_TRIES, _PAUSE = 5, 0.2
"""While the engine works, a run can be a moment behind the log; only what stays so is woken."""

log = structlog.get_logger()


class NotBegun(Protocol):
    """A payout that its licence calls for and that has no filing."""

    @property
    def start(self) -> Start: ...
    @property
    def legal_clock(self) -> Any: ...


@dataclass
class Waker:
    """Looks and wakes; of several programs one at a time. ``not_begun``: the payouts that never began."""

    asker: Asker
    not_begun: Callable[[], Awaitable[Sequence[NotBegun]]]
    _looked_at: int | None = None
    """The newest event of the last look that was finished."""
    _whole_at: float | None = None
    _not_woken: dict[UUID, int] = field(default_factory=dict)
    """How often each filing that is astray did not wake."""

    async def look(self) -> int:
        """One look; how many filings were woken or begun. Raises a Fault to try again while Temporal is away."""
        async with self.asker.pool.acquire() as connection, alone(connection, "waking") as mine:
            if not mine:
                return 0
            now = time.monotonic()
            woken = await self.wake_changed()
            if self._whole_at is None or now - self._whole_at > WHOLE.total_seconds():
                woken += await self.wake_given_up() + await self.wake_lost() + await self.begin_payouts()
                self._whole_at = now
            return woken

    async def wake_changed(self, at_first: int = EVENTS_AT_FIRST) -> int:
        """What changed since the last look, and back from there to where everything is in order.

        A look at which something did not wake is not finished: the next one goes back as far.
        """
        woken, silent, seen, is_finished = 0, 0, set[UUID](), True
        step, events = await self._step(None, EVENTS_A_STEP), EVENTS_A_STEP
        newest = step.newest if step else 0
        looked_at = max(newest - at_first, 0) if self._looked_at is None else self._looked_at
        while step is not None:
            # One that changed later was seen already, and mended where it had to be: it says nothing of this step.
            filings = [one for one in step.filings if one.filing_id not in seen]
            filings = [one for one in filings if self._not_woken.get(one.filing_id, 0) < _MOST_WAKINGS]
            seen.update(one.filing_id for one in step.filings)
            found = await self._wake_each(filings)
            # One that has ended can have a run that missed its end; without a run it says nothing of this step.
            goes_on = [one for one in filings if not one.ended]
            woken, silent = woken + found, 0 if goes_on or found else silent + 1
            if any(one.filing_id in self._not_woken for one in filings):
                is_finished = False
                if not found:
                    break  # nothing wakes just now, and each try costs patience
            if step.oldest <= looked_at and not found and (goes_on or silent > _MOST_SILENT):
                break
            events = min(events * 2, _MOST_A_STEP) if found else EVENTS_A_STEP
            step = await self._step(step.oldest, events)
        self._looked_at = newest if is_finished else looked_at
        return woken

    async def _step(self, before: int | None, events: int) -> Step | None:
        async with self.asker.pool.acquire() as connection:
            return await changed_before(connection, before, events)

    async def wake_lost(self) -> int:
        """Every filing that goes on and is not in the list of running ones, or has ended and is."""
        running = {one.id async for one in list_runs(self.asker.client, self.asker.task_queue, RUNNING)}
        woken = 0
        async for batch in self.every_filing():
            woken += await self._wake_each(one for one in batch if one.ended == (one.workflow_id in running))
        return woken

    async def every_filing(self) -> AsyncIterator[Sequence[StandingFiling]]:
        """All filings of the log by id, in batches."""
        after = BEFORE_ALL
        while True:
            async with self.asker.pool.acquire() as connection:
                batch = await standing_filings(connection, after)
            if not batch:
                return
            yield batch
            after = batch[-1].filing_id

    async def wake_given_up(self) -> int:
        """Once more those that did not wake; one that the log has no more is forgotten."""
        async with self.asker.pool.acquire() as connection:
            found = await standing_among(connection, list(self._not_woken))
        self._not_woken.clear()
        return await self._wake_each(found)

    async def begin_payouts(self) -> int:
        """Payouts that were called for and have no filing."""
        first = {one.start.payout_id for one in await self.not_begun()}
        if not first:
            return 0
        await asyncio.sleep(_TRIES * _PAUSE)  # what is just beginning has begun by now
        return sum([await self.begin(one) for one in await self.not_begun() if one.start.payout_id in first])

    async def begin(self, missing: NotBegun) -> bool:
        """Asks for the payout's first act."""
        asker = replace(self.asker, legal_clock=missing.legal_clock, patience=PATIENCE)
        return await _tried(
            missing.start.payout_id, "not begun", asker.ask(FilingKind.PAYOUT, determination_of(missing.start))
        )

    async def wake(self, filing: StandingFiling, why: str) -> bool:
        """Its run looks at the log; begins it where there is none."""
        act = SurroundingsChanged(
            act_id=derived_id("woken", filing.filing_id),
            filing_id=filing.filing_id,
            on=datetime.now(SHANGHAI).date(),
            cause=filing.filing_id,
            by=Actor(role=Role.TIMER, party_id=ENGINE),
        )
        asker = replace(self.asker, patience=PATIENCE)
        return await _tried(filing.filing_id, why, asker.ask(FilingKind(filing.kind), act))

    async def _wake_each(self, filings: Iterable[StandingFiling]) -> int:
        found = list(filings)
        astray = await self.astray(found)
        woken = await together(_TOGETHER, lambda one: self.wake(*one), astray)
        asleep = {one.filing_id for (one, _), is_woken in zip(astray, woken, strict=True) if not is_woken}
        for one in found:
            if one.filing_id in asleep:
                self._not_woken[one.filing_id] = self._not_woken.get(one.filing_id, 0) + 1
            else:
                self._not_woken.pop(one.filing_id, None)
        return sum(woken)

    async def astray(self, filings: Iterable[StandingFiling]) -> list[tuple[StandingFiling, str]]:
        """Those whose run does not carry them on, and why, after the moments that it may take to follow the log.

        They wait together: if each waited by itself, a hundred thousand lost runs would take hours.
        """
        astray: list[tuple[StandingFiling, str]] = []
        left = list(filings)
        for tried in range(_TRIES):
            if tried:
                await asyncio.sleep(_PAUSE)
                async with self.asker.pool.acquire() as connection:
                    left = await standing_among(connection, [one.filing_id for one in left])
            reasons = await together(_TOGETHER, self._why, left)
            astray = [(one, why) for one, why in zip(left, reasons, strict=True) if why is not None]
            left = [one for one, _ in astray]
            if not left:
                break
        return astray

    async def _why(self, filing: StandingFiling) -> str | None:
        return (await run_of(self.asker.client, filing.workflow_id)).misses(filing)


async def _tried(filing_id: UUID, why: str, asked: Awaitable[object]) -> bool:
    try:
        await asked
    except (Fault, Refused) as error:
        log.error("filing_not_woken", filing_id=str(filing_id), run=why, error=str(error))
        return False
    log.warning("filing_woken", filing_id=str(filing_id), run=why)
    return True
