"""Where a settlement can stand."""

from typing import assert_never

from schemas.lifecycle.stages.stage import Phase, RightStage, Stage, Track


class SettlementStage(RightStage):
    NOTHING = "-"
    OPEN = "open"
    ACTIVATED = "activated"
    CALLED = "called"
    CALCULATED = "calculated"
    PUBLICITY = "publicity"
    OBJECTED = "objected"
    APPROVED_ONCE = "approved_once"
    APPROVED = "approved"
    LOCKED = "locked"
    PAYING = "paying"
    PAID = "paid"

    @property
    def phase(self) -> Phase:
        stages = SettlementStage
        match self:
            case stages.NOTHING:
                return Phase.BEFORE
            case (
                stages.OPEN
                | stages.ACTIVATED
                | stages.CALLED
                | stages.CALCULATED
                | stages.PUBLICITY
                | stages.OBJECTED
                | stages.APPROVED_ONCE
            ):
                return Phase.OPEN
            case stages.APPROVED:
                return Phase.OPEN
            case stages.LOCKED | stages.PAYING:
                return Phase.RUNNING
            case stages.PAID:
                return Phase.OVER
            case _:
                assert_never(self)


BEFORE_APPROVAL = (
    SettlementStage.CALLED,
    SettlementStage.CALCULATED,
    SettlementStage.PUBLICITY,
    SettlementStage.OBJECTED,
)
BEFORE_LOCK = (*BEFORE_APPROVAL, SettlementStage.APPROVED_ONCE, SettlementStage.APPROVED)
AFTER_LOCK = SettlementStage.within(Phase.RUNNING, Phase.OVER)


class SupplementStage(Stage):
    """Where the next supplementary list stands, which pays from the reserve of a locked one."""

    NONE = "none"
    DUE = "due"
    CALCULATED = "calculated"
    PUBLICITY = "publicity"
    OBJECTED = "objected"
    APPROVED_ONCE = "approved_once"
    APPROVED = "approved"
    LOCKED = "locked"

    @property
    def track(self) -> Track:
        return Track.SUPPLEMENT


SUPPLEMENT_BEFORE_APPROVAL = (
    SupplementStage.DUE,
    SupplementStage.CALCULATED,
    SupplementStage.PUBLICITY,
    SupplementStage.OBJECTED,
)
