"""Where a payout can stand."""

from typing import assert_never

from schemas.lifecycle.stages.stage import Phase, RightStage


class PayoutStage(RightStage):
    NOTHING = "-"
    WAITING = "waiting_for_facts"
    DETERMINED = "determined"
    PUBLICITY = "publicity"
    OBJECTED = "objected"
    APPROVED_ONCE = "approved_once"
    APPROVED = "approved"
    INSTRUCTED = "instructed"
    RETURNED = "returned"
    PAID = "paid"
    TAX_RECORDED = "tax_recorded"
    CANCELLED = "cancelled"
    ADJUSTED = "adjusted"

    @property
    def phase(self) -> Phase:
        stages = PayoutStage
        match self:
            case stages.NOTHING:
                return Phase.BEFORE
            case (
                stages.WAITING
                | stages.DETERMINED
                | stages.PUBLICITY
                | stages.OBJECTED
                | stages.APPROVED_ONCE
                | stages.APPROVED
            ):
                return Phase.OPEN
            case stages.INSTRUCTED | stages.RETURNED | stages.PAID | stages.ADJUSTED:
                return Phase.RUNNING
            case stages.TAX_RECORDED | stages.CANCELLED:
                return Phase.OVER
            case _:
                assert_never(self)


BEFORE_MONEY = PayoutStage.within(Phase.OPEN)
