"""Records acts on a real Postgres without Temporal, for tests of what stands in the log and in the read model."""

from typing import Any
from uuid import UUID

from activities.record import Recorder
from database.pool import Pool
from rules.law.calendar import Calendar
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
from tests.lives.declarations import DeclarationLife
from tests.lives.licences import LicenceLife
from tests.lives.payouts import PayoutLife
from tests.lives.settlements import SettlementLife

Life = DeclarationLife | LicenceLife | PayoutLife | SettlementLife
_RECORDINGS: dict[FilingKind, Any] = {
    FilingKind.DECLARATION: DeclarationRecording,
    FilingKind.LICENCE: LicenceRecording,
    FilingKind.PAYOUT: PayoutRecording,
    FilingKind.SETTLEMENT: SettlementRecording,
}


class Desk:
    """As the workflows do it: keeps each filing's head and takes over the one that it did not know."""

    def __init__(self, pool: Pool, calendar: Calendar | None = None) -> None:
        self.recorder = Recorder(pool, calendar or Calendar.bundled(), "tests")
        self._heads: dict[UUID, int] = {}

    async def ask(self, life: Life, act: Act) -> Answer:
        """The answer to one act; raises Refused."""
        while True:
            outcome = await self.recorder.recorded(
                _RECORDINGS[life.kind](
                    workflow_id=life.workflow_id,
                    expected=self._heads.get(life.filing_id, 0),
                    legal_clock="acts",
                    act=act,
                )
            )
            self._heads[life.filing_id] = outcome.head.version
            if not isinstance(outcome, Behind):
                assert isinstance(outcome, Recorded)
                return outcome.answer
