"""What the engine answers or would answer, and what travels between workflow and recording activity."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from schemas.acts.act import FilingKind
from schemas.acts.declaration import DeclarationAct
from schemas.acts.licence import LicenceAct
from schemas.acts.payout import PayoutAct
from schemas.acts.settlement import SettlementAct
from schemas.standing.legal_clock import LegalClock
from schemas.standing.position import BasePosition, Deadline, Finding
from schemas.standing.tracks import Tracks
from schemas.values.determination import Determination
from schemas.values.model import Day, Model, Sha256
from schemas.values.money import Money
from schemas.values.refusal import Refusal


class Start(Model):
    """A payout that the recorded act calls for; the workflow starts it as an abandoned child."""

    payout_id: UUID
    parent_id: UUID
    unit: UUID
    subject: str
    on: Day
    """Legal day of the act that calls for it; the payout's determination carries it."""


class Head(Model):
    """The copy of a filing's head that its workflow keeps: what the timer and the answer need."""

    version: int = 0
    stage: str = "-"
    tracks: Tracks = Tracks()
    due_by: str | None = None
    ended: bool = False


def head_of(version: int, position: BasePosition | None) -> Head:
    """The copy of the head that a workflow keeps."""
    if position is None:
        return Head(version=version)
    due_by = position.due_by
    return Head(
        version=version,
        stage=position.stage,
        tracks=position.tracks,
        due_by=due_by.isoformat() if due_by else None,
        ended=position.ended,
    )


class Answer(Model):
    """The answer to a granted act; a repeat of the act gets the very same one."""

    act_id: UUID
    filing_id: UUID
    filing_kind: FilingKind
    head: Head
    legal_on: str
    recorded_at: str
    content_hash: Sha256
    """SHA-256 of the canonical bytes of the event that the act became, as a receipt: docs/receipts.md."""
    next_deadline: Deadline | None = None
    receipt_number: str | None = None
    warnings: tuple[Refusal, ...] = ()
    findings: tuple[Finding, ...] = ()
    determinations: tuple[Determination, ...] = ()
    starts: tuple[Start, ...] = ()


class _Recording(Model):
    """One act to be recorded, and the head its workflow believes in."""

    workflow_id: str
    expected: int
    legal_clock: LegalClock = "timer"


class DeclarationRecording(_Recording):
    filing_kind: Literal["declaration"] = "declaration"
    act: DeclarationAct


class LicenceRecording(_Recording):
    filing_kind: Literal["licence"] = "licence"
    act: LicenceAct


class PayoutRecording(_Recording):
    filing_kind: Literal["payout"] = "payout"
    act: PayoutAct


class SettlementRecording(_Recording):
    filing_kind: Literal["settlement"] = "settlement"
    act: SettlementAct


Recording = Annotated[
    DeclarationRecording | LicenceRecording | PayoutRecording | SettlementRecording, Field(discriminator="filing_kind")
]


class Recorded(Model):
    outcome: Literal["recorded"] = "recorded"
    answer: Answer
    head: Head
    """The head now; for a repeated act it may be later than the one in the answer."""


class Behind(Model):
    """The workflow did not know the newest fact: it takes this head over and tries again; nothing was written."""

    outcome: Literal["behind"] = "behind"
    head: Head
    starts: tuple[Start, ...] = ()
    """All payouts that the filing calls for; which of them have begun, Temporal knows."""


Outcome = Annotated[Recorded | Behind, Field(discriminator="outcome")]


class Moved(Model):
    """What one account of a line would change by."""

    line: str
    account: str
    by: Money


class Touched(Model):
    """One filing that would change: the act's own, or one that stands on it."""

    filing_id: UUID
    kind: FilingKind
    stage_before: str
    """``-`` where the filing would begin."""
    stage_after: str
    moved: tuple[Moved, ...] = ()


class Preview(Model):
    """The last act's answer as it would be, and every filing that would change; ``more``: so many were not tried."""

    answer: Answer
    deadlines: tuple[Deadline, ...] = ()
    """Of the act's own filing, as they would stand."""
    touched: tuple[Touched, ...]
    more: int = 0
