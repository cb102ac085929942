"""What all stages share: the track they belong to, and the phase of a filing's life."""

from enum import Enum, StrEnum
from typing import Self


class Track(StrEnum):
    """What moves by itself: the right of every filing, and beside it three things of a licence and one of a list."""

    RIGHT = "right"
    RECORDAL = "recordal"
    REGISTRATION = "registration"
    ROYALTY = "royalty"
    SUPPLEMENT = "supplement"


class Phase(Enum):
    """What the phases of all kinds have in common; which stage lies in which, each kind says for all its stages."""

    BEFORE = "before"
    """Nothing that concerns anybody else: nothing at all, or a draft."""
    OPEN = "open"
    """Begun, and its effect is still to come: examined, unpaid, not yet approved."""
    RUNNING = "running"
    """It has its effect, or would have it again if a provisional end were undone."""
    OVER = "over"
    """Nothing more is expected."""


class Stage(StrEnum):
    """A stage of one track."""

    @property
    def track(self) -> Track:
        """The track this stage belongs to."""
        return Track.RIGHT


class RightStage(Stage):
    """A stage of the right; each kind has ``NOTHING`` among them, where what nobody countersigned yet stands."""

    @property
    def phase(self) -> Phase:
        """The phase it lies in."""
        # An enumeration cannot be an abstract class; tests ask every stage of every kind.
        raise NotImplementedError

    @classmethod
    def known(cls) -> tuple[Self, ...]:
        """Every stage but nothing, in the order of a life."""
        return tuple(stage for stage in cls if stage != "-")

    @classmethod
    def within(cls, *phases: Phase) -> tuple[Self, ...]:
        """Every stage of these phases, in the order of a life."""
        return tuple(stage for stage in cls if stage.phase in phases)
