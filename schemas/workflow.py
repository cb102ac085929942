"""What starts a workflow and what it ends with: one model in, one model out."""

from uuid import UUID

from schemas.answer import Head, LegalClock, Start
from schemas.model import Model


class FilingInput(Model):
    """A filing's run. ``head`` is carried by continue-as-new; without it the log is asked with the first act."""

    filing_id: UUID
    head: Head | None = None
    legal_clock: LegalClock = "timer"


class PayoutInput(FilingInput):
    """``start``: what called for this payout; the workflow determines it as its first act."""

    start: Start | None = None


class FilingResult(Model):
    """Where the filing stood when its workflow ended; the event log says the rest."""

    head: Head
