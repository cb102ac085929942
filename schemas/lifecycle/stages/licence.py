"""Where a licence can stand: its right, its recordal, its contract registration, its royalties."""

from typing import assert_never

from schemas.lifecycle.stages.stage import Phase, RightStage, Stage, Track


class LicenceStage(RightStage):
    NOTHING = "-"
    NOTICED = "noticed"
    AWAITING_PAYMENT = "awaiting_payment"
    CONDITIONS_PENDING = "conditions_pending"
    EFFECTIVE = "effective"
    NOT_CONCLUDED = "not_concluded"
    EXPIRED = "expired"
    TERMINATED = "terminated"
    PATENT_ENDED = "patent_ended"
    PATENT_ENDED_PROVISIONAL = "patent_ended_provisional"
    VOID_PROVISIONAL = "void_provisional"
    VOID = "void"

    @property
    def phase(self) -> Phase:
        stages = LicenceStage
        match self:
            case stages.NOTHING:
                return Phase.BEFORE
            case stages.NOTICED | stages.AWAITING_PAYMENT | stages.CONDITIONS_PENDING:
                return Phase.OPEN
            case stages.EFFECTIVE | stages.PATENT_ENDED_PROVISIONAL | stages.VOID_PROVISIONAL:
                return Phase.RUNNING
            case stages.NOT_CONCLUDED | stages.EXPIRED | stages.TERMINATED | stages.PATENT_ENDED | stages.VOID:
                return Phase.OVER
            case _:
                assert_never(self)


UNPAID = (LicenceStage.NOTICED, LicenceStage.AWAITING_PAYMENT)
PROVISIONAL = (LicenceStage.PATENT_ENDED_PROVISIONAL, LicenceStage.VOID_PROVISIONAL)
FAILED = (LicenceStage.NOT_CONCLUDED, LicenceStage.VOID)
"""Nothing came of it, finally."""
RAN_OUT = (LicenceStage.EXPIRED, LicenceStage.TERMINATED, LicenceStage.PATENT_ENDED)
"""It had its effect and has ended."""
WAS_EFFECTIVE = (LicenceStage.EFFECTIVE, LicenceStage.PATENT_ENDED_PROVISIONAL, *RAN_OUT)


class RecordalStage(Stage):
    NONE = "none"
    DUE = "due"
    OVERDUE = "overdue"
    FILED = "filed"
    REFUSED = "refused"
    RECORDED = "recorded"
    CANCELLED = "cancelled"
    REVOKED = "revoked"

    @property
    def track(self) -> Track:
        return Track.RECORDAL


class RegistrationStage(Stage):
    NONE = "none"
    NOT_APPLIED = "not_applied"
    APPLIED = "applied"
    ACCEPTED = "accepted"
    REGISTERED = "registered"
    NOT_REGISTERED = "not_registered"
    CANCELLED = "cancelled"
    REVOKED = "revoked"

    @property
    def track(self) -> Track:
        return Track.REGISTRATION


class RoyaltyStage(Stage):
    NONE = "none"
    SCHEDULED = "scheduled"
    REPORTED = "reported"
    OVERDUE = "overdue"
    HELD = "held"
    """Something is unpaid that nobody is reminded of: the right's end is provisional, or the patent was invalidated."""
    CLEAR = "clear"

    @property
    def track(self) -> Track:
        return Track.ROYALTY
