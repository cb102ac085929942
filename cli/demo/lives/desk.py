"""How the demo asks: nothing after today, and it waits where the next act rests on news.

Every act can be asked again: a repeat gets the first answer. What an act says depends on the examples and on earlier
answers alone, never on where a filing stands now; so a run that was killed goes on in the next one.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from cli.demo.filings.filing import Filing
from cli.demo.lives.world import TODAY, WORLD
from client.ask import Asker
from database.pool import Pool
from database.reads.read_model import find_filing
from database.record.sequencer import count_unsequenced
from database.registers.documents import add_document
from database.standing.outbox import count_unsent
from schemas.acts.act import Act
from schemas.standing.answer import Answer, Start
from schemas.values.actor import Role
from schemas.values.refusal import Fault, Refusal

_PAUSE = 0.02
_PATIENCE = 150.0
"""Seconds for the engine's own work: a message that a killed sender had taken is free again after its lease."""


class NotYet(Exception):
    """The next act has its day after the demo's today."""


@dataclass
class Desk:
    """Asks for all cases of one run and keeps what the summary needs; ``told`` is called after every answer."""

    asker: Asker
    pool: Pool
    told: Callable[[], None]
    acts: int = 0
    refused: dict[str, tuple[Refusal, ...]] = field(default_factory=dict)
    """Case -> why its patent was not filed."""

    async def ask(self, filing: Filing, act: Act) -> Answer:
        """The answer; raises Refused, and NotYet for an act of a day to come."""
        if act.on > TODAY:
            raise NotYet
        answer = await self.asker.ask(filing.kind, act)
        for start in answer.starts:
            # What a payout begins with must not depend on how fast it begins, or the number of events would.
            await self.is_begun(start)
        self.acts += 1
        self.told()
        return answer

    async def hand_in(self, body: bytes) -> None:
        """Writes a paper that the next act names; again changes nothing."""
        added_by = WORLD.by(Role.OPERATOR).party_id
        async with self.pool.acquire() as connection:
            await add_document(connection, body, name="voucher.txt", media_type="text/plain", added_by=added_by)

    async def is_begun(self, start: Start) -> None:
        """Waits until the workflow has begun the payout that an act called for."""

        async def begun() -> bool:
            async with self.pool.acquire() as connection:
                return await find_filing(connection, start.payout_id) is not None

        await self._until(begun, f"payout {start.payout_id} was called for and did not begin")

    async def is_settled(self, *filings: UUID) -> None:
        """Waits until everybody has been told of what changed in these filings."""

        async def settled() -> bool:
            async with self.pool.acquire() as connection:
                return await count_unsent(connection, filings or None) == 0

        await self._until(settled, "messages of the outbox are not delivered")

    async def is_sequenced(self) -> None:
        """Waits until every event has its place in the order over all filings."""

        async def sequenced() -> bool:
            async with self.pool.acquire() as connection:
                return await count_unsequenced(connection) == 0

        await self._until(sequenced, "events are not put in order")

    async def _until(self, holds: Callable[[], Any], otherwise: str) -> None:
        give_up_at = time.monotonic() + _PATIENCE
        while not await holds():
            if time.monotonic() > give_up_at:
                raise Fault("ours", otherwise, retry=True)
            await asyncio.sleep(_PAUSE)
