"""What every act has: who asks, for which filing, with which legal day and evidence; and the acts of all filings."""

from enum import StrEnum
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from schemas.values.actor import Actor
from schemas.values.canonical import canonical
from schemas.values.model import ContentHash, Day, Model, ShortText, Text


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
    """The act, in the other filing, that changed it; the filing itself where only its run is to look at the log."""

    @property
    def only_wakes(self) -> bool:
        """Whether it tells of nothing: no fact follows, and the run takes the log's head over."""
        return self.cause == self.filing_id


_DEEPEST = 20
"""Levels of a correction; far more than any act has, far less than the readers of JSON give up at."""


def _keepable(value: dict[str, Any]) -> dict[str, Any]:
    # The log keeps it as it was written, before anybody knows which fields it replaces.
    try:
        if _depth(value) > _DEEPEST:
            raise ValueError("nested too deep")
        canonical(value)
    except (TypeError, ValueError) as error:
        raise PydanticCustomError("not_keepable", "text, integers, true, false and null only") from error
    return value


def _depth(value: Any, above: int = 0) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return above if above > _DEEPEST else max((_depth(one, above + 1) for one in inner), default=above)


class CorrectFact(Act):
    """R3: what was recorded wrongly, not what the law refuses. Takes effect when a second person countersigns."""

    kind: Literal["correct_fact"] = "correct_fact"
    corrects: UUID
    replacement: Annotated[dict[str, Any], AfterValidator(_keepable)]
    """Fields of the corrected act with their new values, as on the wire."""
    reason: ContentHash


class Countersign(Act):
    """The second person of an act that needs two people of the responsible side."""

    kind: Literal["countersign"] = "countersign"
    countersigns: UUID


class DismissFinding(Act):
    """Two people have seen to a finding that no further fact closes, and say why it needs nothing more."""

    kind: Literal["dismiss_finding"] = "dismiss_finding"
    finding: Text
    """Its key within the filing."""
    reason: ContentHash


class TakeOver(Act):
    """R7: what already existed when the engine came; two people, evidence, any stage."""

    kind: Literal["take_over"] = "take_over"
    stage: ShortText


TWO_PERSON_ACTS = frozenset(
    {
        "correct_fact",
        "dismiss_finding",
        "take_over",
        "settle",
        "waive",
        "write_off",
        "pursue",
        "adjust",
        "decide_objection",
        "decide_relation",
        "decide_class",
    }
)
"""They stand in the event log at once and take effect with the countersignature."""
