"""What the guards of a settlement look at: where it stood, and where it stands with what has been read just now."""

from datetime import date
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from rules.filing.scene import Scene
from rules.schemes.catalogue import find_scheme
from rules.schemes.yearly import version_of
from rules.settlement.approval import is_published
from rules.settlement.calculation import call_of
from rules.settlement.claims import Claim, claims_of
from rules.settlement.position import derive_settlement
from schemas.acts.settlement import SETTLEMENT_ACT, SettlementAct
from schemas.lifecycle.stages.settlement import AFTER_LOCK, SettlementStage, SupplementStage
from schemas.schemes.scheme import Scheme, Version
from schemas.standing.settlement import LineState, SettlementPosition
from schemas.standing.surroundings import SettlementSurroundings


class ListStanding(NamedTuple):
    """The list that people act on: the year's, and after its lock the next supplementary one."""

    hash: str | None
    is_calculated: bool
    needs_publicity: bool
    publicity_from: date | None
    publicity_last_on: date | None
    is_objected: bool
    approved_by: tuple[UUID | None, UUID | None]


class SettlementScene(Scene[SettlementAct, SettlementPosition, SettlementSurroundings]):
    """``at`` is the position that was recorded; ``now`` knows the surroundings as they are now."""

    acts = SETTLEMENT_ACT

    @cached_property
    def now(self) -> SettlementPosition:
        """The position with the news of this moment."""
        return derive_settlement(self.facts, self.surroundings, self.calendar)

    @property
    def is_locked(self) -> bool:
        """Whether the list of the year was locked."""
        return self.at.stage in AFTER_LOCK

    @cached_property
    def stood(self) -> ListStanding:
        """The list as it was recorded."""
        return self._list_of(self.at)

    @cached_property
    def shown(self) -> ListStanding:
        """The list with the news of this moment."""
        return self._list_of(self.now)

    def _list_of(self, position: SettlementPosition) -> ListStanding:
        if self.is_locked:
            one = position.supplement
            return ListStanding(
                one.preview_hash if one else None,
                one is not None and one.calculated_on is not None,
                is_published(self.version),
                one.publicity_from if one else None,
                one.publicity_last_on if one else None,
                position.tracks.supplement == SupplementStage.OBJECTED,
                (one.first_approved_by, one.second_approved_by) if one else (None, None),
            )
        return ListStanding(
            position.preview_hash,
            position.stage != SettlementStage.CALLED,
            True,
            position.publicity_from,
            position.publicity_last_on,
            position.stage == SettlementStage.OBJECTED,
            (position.first_approved_by, position.second_approved_by),
        )

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """Every claim."""
        call = call_of(self.ordered)
        return claims_of(self.ordered, call.last_claim_on if call else None)

    def claim(self, claim_id: UUID) -> Claim | None:
        """A claim that takes part."""
        return next((one for one in self.claims if one.claim_id == claim_id and one.is_live), None)

    def line_states(self, claim_id: UUID) -> dict[str, LineState]:
        """Where each line of a claim stands, by its key."""
        return {line.key: line.state for one in self.now.claims if one.claim_id == claim_id for line in one.lines}

    @property
    def scheme(self) -> Scheme:
        """The scheme."""
        return find_scheme(self.at.scheme)

    @property
    def version(self) -> Version:
        """Its version of the year."""
        return version_of(self.scheme, self.at.year)
