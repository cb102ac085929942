"""Where a settlement can stand."""

from typing import assert_never

from schemas.lifecycle.stages.stage import Phase, RightStage


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
