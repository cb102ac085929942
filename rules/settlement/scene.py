"""What the guards of a settlement look at: where it stood, and where it stands with what has been read just now."""

from functools import cached_property
from uuid import UUID

from rules.filing.scene import Scene
from rules.schemes.catalogue import find_scheme
from rules.schemes.yearly import version_of
from rules.settlement.calculation import call_of
from rules.settlement.claims import Claim, claims_of
from rules.settlement.position import derive_settlement
from schemas.acts.settlement import SETTLEMENT_ACT, SettlementAct
from schemas.schemes.scheme import Scheme, Version
from schemas.standing.settlement import SettlementPosition
from schemas.standing.surroundings import SettlementSurroundings


class SettlementScene(Scene[SettlementAct, SettlementPosition, SettlementSurroundings]):
    """``at`` is the position that was recorded; ``now`` knows the surroundings as they are now."""

    acts = SETTLEMENT_ACT

    @cached_property
    def now(self) -> SettlementPosition:
        """The position with the news of this moment."""
        return derive_settlement(self.facts, self.surroundings, self.calendar)

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """Every claim."""
        call = call_of(self.ordered)
        return claims_of(self.ordered, call.last_claim_on if call else None)

    def claim(self, claim_id: UUID) -> Claim | None:
        """A claim that takes part."""
        return next((one for one in self.claims if one.claim_id == claim_id and one.is_live), None)

    @property
    def scheme(self) -> Scheme:
        """The scheme."""
        return find_scheme(self.at.scheme)

    @property
    def version(self) -> Version:
        """Its version of the year."""
        return version_of(self.scheme, self.at.year)
