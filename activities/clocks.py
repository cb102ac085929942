"""Whose clock a filing has: its parent's, else the installation's; whoever asks for an act does not choose it.

And which day it shows for an act that was granted before the log was set back.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from database.pool import Connection
from database.reads.read_model import find_filing
from database.record.event_log import Opened
from database.record.granted_before import find_granted
from rules.filing.guards import guard_day
from schemas.acts.act import FilingKind
from schemas.acts.beginning import parent_id_of
from schemas.acts.declaration import TakeOverDeclaration
from schemas.standing.answer import Recording
from schemas.standing.fact import Fact
from schemas.standing.legal_clock import LegalClock
from schemas.values.model import SHANGHAI
from schemas.values.refusal import refuse


class Clocks:
    """A filing that begins inherits its clock, which never changes; later acts find the one with which it began.

    ``installed``: the installation's; None stands for a recorder of no installation, which takes declarations of both.
    """

    def __init__(self, installed: LegalClock | None) -> None:
        self.installed = installed

    async def of_the_filing(
        self, connection: Connection, recording: Recording, began_with: LegalClock | None
    ) -> Recording:
        """The recording with the filing's own clock; raises Refused where a filing would begin with another's.

        ``began_with``: as the database has it; None where this act begins the filing.
        """
        if began_with is not None:
            # A run that somebody else began says what it likes.
            same = began_with == recording.legal_clock
            return recording if same else recording.model_copy(update={"legal_clock": began_with})
        inherited = await self._inherited(connection, recording)
        if inherited is not None and inherited != recording.legal_clock:
            raise refuse("legal_clock_differs", "legal_clock", asked=recording.legal_clock, clock=inherited)
        return recording

    async def _inherited(self, connection: Connection, recording: Recording) -> LegalClock | None:
        above = parent_id_of(recording.act)
        if above is not None:
            return await _clock_of(connection, above)
        if recording.filing_kind == FilingKind.SETTLEMENT.value:
            return self.installed or "timer"
        # What is taken over lies in the past: whoever brings it says whether its days pass by themselves.
        return None if isinstance(recording.act, TakeOverDeclaration) else self.installed


async def _clock_of(connection: Connection, filing_id: UUID) -> LegalClock | None:
    filing = await find_filing(connection, filing_id)
    return filing.legal_clock if filing else None


async def granted_before(
    connection: Connection, recording: Recording, facts: Sequence[Fact[Any]], opened: Opened, body_hash: bytes
) -> Opened:
    """The filing with the instant at which the act was granted first, as an operator brought it from its history.

    Asked only where the day of today would refuse it, so that no other act pays for the question.
    """
    act, today = recording.act, opened.present.astimezone(SHANGHAI).date()
    if recording.legal_clock != "timer" or act.on >= today or not any(guard_day(act, facts, today)):
        return opened
    return replace(opened, granted_at=await find_granted(connection, act.act_id, body_hash))
