"""What the guards of a licence look at."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from rules.filing.order import legal_order, passed_on
from rules.filing.scene import Remark, Scene, refused
from rules.licence.once.told_once import paid_here, told_once
from rules.licence.right import Right, notice_of, right_of
from schemas.acts.licence import LICENCE_ACT, LicenceAct
from schemas.standing.fact import Fact
from schemas.standing.position import LicencePosition
from schemas.standing.surroundings import LicenceSurroundings, OfferView


class LicenceScene(Scene[LicenceAct, LicencePosition, LicenceSurroundings]):
    """The licence before the act, and the offer it stands on."""

    acts = LICENCE_ACT

    @cached_property
    def ordered(self) -> tuple[Fact[LicenceAct], ...]:
        """The facts that count, each told once, by legal day."""
        return tuple(paid_here(told_once(legal_order(self.facts, LICENCE_ACT)).counting, self.surroundings.shared))

    @property
    def offer(self) -> OfferView:
        """The offer as now known."""
        return self.surroundings.offer

    @cached_property
    def begun(self) -> Fact[Any] | None:
        """The notice or the taking over."""
        return notice_of(self.ordered)

    @cached_property
    def right(self) -> Right | None:
        """The right as it stands before the act."""
        ordered, begun = self.ordered, self.begun
        return right_of(ordered, begun, self.offer, passed_on(ordered), self.calendar) if begun else None


def frozen(scene: LicenceScene) -> Iterator[Remark]:
    """Nothing is closed for good as long as the end of the right can still be undone (R4, D-22)."""
    if scene.position is not None and scene.position.provisional:
        yield refused("frozen_while_provisional")
