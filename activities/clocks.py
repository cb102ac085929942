"""Whose clock a filing has: its parent's, else the installation's; whoever asks for an act does not choose it."""

from uuid import UUID

from database.pool import Connection
from database.reads.read_model import find_filing
from schemas.acts.act import Act, FilingKind
from schemas.acts.beginning import parent_id_of
from schemas.acts.declaration import TakeOverDeclaration
from schemas.standing.answer import Recording
from schemas.standing.legal_clock import LegalClock
from schemas.values.refusal import refuse

_REMEMBERED = 10_000


class Clocks:
    """A filing that begins inherits its clock, which never changes; later acts find the one with which it began.

    ``installed``: the installation's; None stands for a recorder of no installation, which takes declarations of both.
    """

    def __init__(self, installed: LegalClock | None) -> None:
        self.installed = installed
        self._known: dict[UUID, LegalClock] = {}

    async def of_the_filing(self, connection: Connection, recording: Recording, *, begins: bool) -> Recording:
        """The recording with the filing's own clock; raises Refused where a filing would begin with another's."""
        act: Act = recording.act
        if begins:
            self._known.pop(act.filing_id, None)  # a log that was set back has forgotten it
            inherited = await self._inherited(connection, recording)
            if inherited is not None and inherited != recording.legal_clock:
                raise refuse("legal_clock_differs", "legal_clock", asked=recording.legal_clock, clock=inherited)
            return recording
        clock = self._known.get(act.filing_id) or await _clock_of(connection, act.filing_id) or recording.legal_clock
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        self._known[act.filing_id] = clock
        # A run that somebody else began says what it likes.
        same = clock == recording.legal_clock
        return recording if same else recording.model_copy(update={"legal_clock": clock})

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
