"""What every act has: who asks, for which filing, with which legal day and evidence; and the acts of all filings."""

from enum import StrEnum
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from schemas.actor import Actor
from schemas.model import ContentHash, Day, Model, ShortText


class FilingKind(StrEnum):
    """A thing with an id, a stage and events."""

    DECLARATION = "declaration"
    LICENCE = "licence"
    PAYOUT = "payout"
    SETTLEMENT = "settlement"


class Origin(StrEnum):
    """How the act reached us; a legal day before the day of recording needs one of the last three."""

    DIRECT = "direct"
    PAPER = "paper"
    FEED = "feed"
    IMPORTED = "imported"


class Act(Model):
    """What somebody asks for. ``act_id`` is also the Temporal update id; ``on`` is the legal day."""

    act_id: UUID
    filing_id: UUID
    by: Actor
    on: Day
    origin: Origin = Origin.DIRECT
    evidence: Annotated[tuple[ContentHash, ...], Field(max_length=40)] = ()
    kind: str


class PassDay(Act):
    """Everything before the end of ``on`` has happened; the only act that opens overdue tasks and ends terms."""

    kind: Literal["pass_day"] = "pass_day"


class SurroundingsChanged(Act):
    """What a filing stands on has changed (an offer's interval, a receipt, a sibling's costs): derive again."""

    kind: Literal["surroundings_changed"] = "surroundings_changed"
    cause: UUID
    """The act, in the other filing, that changed it."""


class CorrectFact(Act):
    """R3: what was recorded wrongly, not what the law refuses. Takes effect when a second person countersigns."""

    kind: Literal["correct_fact"] = "correct_fact"
    corrects: UUID
    replacement: dict[str, Any]
    """Fields of the corrected act with their new values, as on the wire."""
    reason: ContentHash


class Countersign(Act):
    """The second person of an act that needs two people of the responsible side."""

    kind: Literal["countersign"] = "countersign"
    countersigns: UUID


class TakeOver(Act):
    """R7: what already existed when the engine came; two people, evidence, any stage."""

    kind: Literal["take_over"] = "take_over"
    stage: ShortText


TWO_PERSON_ACTS = frozenset({
    "correct_fact", "take_over", "settle", "waive", "write_off", "adjust", "decide_objection", "decide_relation",
})
"""They stand in the event log at once and take effect with the countersignature."""
