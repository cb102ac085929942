"""A desk without Temporal that also tells filings what changed elsewhere, in the batches of the outbox sender."""

from typing import cast
from uuid import UUID

from temporalio.client import Client

from client.ask import Asker
from client.tell import send_due
from database.pool import Pool
from rules.schemes.catalogue import automatic_schemes
from schemas.acts.act import Act, FilingKind
from schemas.standing.answer import Answer
from tests.lives.desk import Desk, Life


class TellingDesk(Desk):
    """Remembers the lives it was asked about, since messages name filings only."""

    def __init__(self, pool: Pool) -> None:
        super().__init__(pool)
        self.pool, self.lives = pool, dict[UUID, Life]()

    async def ask(self, life: Life, act: Act) -> Answer:
        self.lives[life.filing_id] = life
        return await super().ask(life, act)

    async def tell_all(self) -> None:
        """Delivers every message of the outbox, and those that follow from them."""
        asker = _DeskAsker(self)
        while await send_due(asker, automatic_schemes()):
            pass


class _DeskAsker(Asker):
    def __init__(self, desk: TellingDesk) -> None:
        super().__init__(cast(Client, None), desk.pool)
        self._desk = desk

    async def ask(self, kind: FilingKind, act: Act) -> Answer:
        life = self._desk.lives[act.filing_id]
        assert kind is life.kind
        return await self._desk.ask(life, act)
