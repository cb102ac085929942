"""Where a declaration can stand."""

from typing import Literal, assert_never

from schemas.lifecycle.stages.stage import Phase, RightStage


class DeclarationStage(RightStage):
    NOTHING = "-"
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    FILED = "filed"
    IN_FORCE = "in_force"
    WITHDRAWAL_FILED = "withdrawal_filed"
    PATENT_ENDED_PROVISIONAL = "patent_ended_provisional"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    TERMINATED = "terminated"
    REVOKED = "revoked"
    EXPIRED = "expired"
    PATENT_ENDED = "patent_ended"
    ABANDONED = "abandoned"

    @property
    def phase(self) -> Phase:
        stages = DeclarationStage
        match self:
            case stages.NOTHING | stages.DRAFT:
                return Phase.BEFORE
            case stages.SUBMITTED | stages.RETURNED | stages.FILED:
                return Phase.OPEN
            case stages.IN_FORCE | stages.WITHDRAWAL_FILED | stages.PATENT_ENDED_PROVISIONAL:
                return Phase.RUNNING
            case (
                stages.REFUSED
                | stages.WITHDRAWN
                | stages.TERMINATED
                | stages.REVOKED
                | stages.EXPIRED
                | stages.PATENT_ENDED
                | stages.ABANDONED
            ):
                return Phase.OVER
            case _:
                assert_never(self)


OfferEndStage = Literal[
    DeclarationStage.WITHDRAWN, DeclarationStage.TERMINATED, DeclarationStage.REVOKED, DeclarationStage.EXPIRED
]
"""What the end of an offer leads to."""
OFFERED = (DeclarationStage.IN_FORCE, DeclarationStage.WITHDRAWAL_FILED)
"""The offer stands: notices can be given."""
LIVE = DeclarationStage.within(Phase.OPEN, Phase.RUNNING)
"""A patent has at most one declaration in one of these stages (D-33)."""
