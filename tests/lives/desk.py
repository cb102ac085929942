"""Records acts on a real Postgres without Temporal, for tests of what stands in the log and in the read model."""

from typing import Any, cast
from uuid import UUID

from temporalio.client import Client

from activities.record import Recorder
from cli.demo.filings.filing import Filing
from client.ask import Asker
from client.tell import send_due
from database.pool import Pool
from rules.law.calendar import Calendar
from rules.schemes.catalogue import automatic_schemes
from schemas.acts.act import Act, FilingKind
from schemas.standing.answer import (
    Answer,
    Behind,
    DeclarationRecording,
    LicenceRecording,
    PayoutRecording,
    Recorded,
    SettlementRecording,
)
from tests.lives.licences import hand_in

RECORDINGS: dict[FilingKind, Any] = {
    FilingKind.DECLARATION: DeclarationRecording,
    FilingKind.LICENCE: LicenceRecording,
    FilingKind.PAYOUT: PayoutRecording,
    FilingKind.SETTLEMENT: SettlementRecording,
}


class Desk:
    """As the workflows do it: keeps each filing's head and takes over the one that it did not know."""

    def __init__(self, pool: Pool, calendar: Calendar | None = None) -> None:
        self.pool, self.recorder = pool, Recorder(pool, calendar or Calendar.bundled(), "tests", "acts")
        self.filings: dict[UUID, Filing] = {}
        """Those it was asked about, since messages name filings only."""
        self._heads: dict[UUID, int] = {}

    async def ask(self, filing: Filing, act: Act) -> Answer:
        """The answer to one act; raises Refused."""
        self.filings[filing.filing_id] = filing
        await hand_in(self.pool, act)
        while True:
            outcome = await self.recorder.recorded(
                RECORDINGS[filing.kind](
                    workflow_id=filing.workflow_id,
                    expected=self._heads.get(filing.filing_id, 0),
                    legal_clock="acts",
                    act=act,
                )
            )
            self._heads[filing.filing_id] = outcome.head.version
            if not isinstance(outcome, Behind):
                assert isinstance(outcome, Recorded)
                return outcome.answer

    async def tell_all(self) -> None:
        """Delivers every message of the outbox, in the sender's batches, and those that follow from them."""
        asker = _DeskAsker(self)
        while await send_due(asker, automatic_schemes()):
            pass


class _DeskAsker(Asker):
    def __init__(self, desk: Desk) -> None:
        super().__init__(cast(Client, None), desk.pool)
        self._desk = desk

    async def ask(self, kind: FilingKind, act: Act) -> Answer:
        filing = self._desk.filings[act.filing_id]
        assert kind is filing.kind
        return await self._desk.ask(filing, act)
