"""What starts a workflow and what it ends with: one model in, one model out."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from schemas.acts.settlement import OpenYear
from schemas.schemes.clauses import SchemeId
from schemas.standing.answer import Head, Start
from schemas.standing.legal_clock import LegalClock
from schemas.values.model import Model


class FilingInput(Model):
    """A filing's run. ``head`` is carried by continue-as-new; without it the log is asked with the first act."""

    filing_id: UUID
    head: Head | None = None
    legal_clock: LegalClock = "timer"


class PayoutInput(FilingInput):
    """``start``: what called for this payout; the workflow determines it as its first act."""

    start: Start | None = None


class Opening(Model):
    """What the yearly schedule opens; the year is that of the instant at which it fires, in Asia/Shanghai."""

    authority: UUID
    scheme: SchemeId
    years_back: Annotated[int, Field(ge=0, le=10)] = 1
    """1: on the first of January the year that has just ended is opened."""
    legal_clock: LegalClock = "timer"
    is_searchable: bool = False
    """The server knows what runs are found by; whoever makes the schedule has asked it."""


class SettlementInput(FilingInput):
    """``opened``: the act of the schedule, with which the workflow begins."""

    opened: OpenYear | None = None


class FilingResult(Model):
    """Where the filing stood when its workflow ended; the event log says the rest."""

    head: Head


class NightStep(Model):
    """One audit of a night. ``night``: the workflow's run; ``step``: a name of the table in ``audit/nightly.py``."""

    night: UUID
    step: str


class NightSteps(Model):
    """The audits of a night, in their order."""

    steps: tuple[str, ...]


class NightOutcome(Model):
    """What one audit found; what it is stands in ``audit_results``."""

    step: str
    outcome: Literal["agrees", "differs", "fault"]


class NightResult(Model):
    """What a night found."""

    outcomes: tuple[NightOutcome, ...]
