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
        S = PayoutStage
        match self:
            case S.NOTHING:
                return Phase.BEFORE
            case S.WAITING | S.DETERMINED | S.PUBLICITY | S.OBJECTED | S.APPROVED_ONCE | S.APPROVED:
                return Phase.OPEN
            case S.INSTRUCTED | S.RETURNED | S.PAID | S.ADJUSTED:
                return Phase.RUNNING
            case S.TAX_RECORDED | S.CANCELLED:
                return Phase.OVER
            case _:
                assert_never(self)


BEFORE_MONEY = PayoutStage.within(Phase.OPEN)
