"""What the guards of a licence look at, and what they find."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from rules.filing.order import legal_order, passed_on
from rules.law.calendar import Calendar
from rules.licence.right import Right, notice_of, right_of
from schemas.acts.licence import LICENCE_ACT, LicenceAct
from schemas.standing.fact import Fact
from schemas.standing.position import LicencePosition
from schemas.standing.surroundings import OfferView
from schemas.values.refusal import Refusal, refusal


class Found(NamedTuple):
    """One remark on an act; what only ``warns`` travels in the answer."""

    refusal: Refusal
    warns: bool


def refused(code: str, where: str, **facts: object) -> Found:
    """A reason to say no."""
    return Found(refusal(code, where, **facts), False)


def warned(code: str, where: str, **facts: object) -> Found:
    """Something to be told of."""
    return Found(refusal(code, where, **facts), True)


class Scene(NamedTuple):
    """The licence before the act, and the offer it stands on."""

    position: LicencePosition | None
    facts: Sequence[Fact[LicenceAct]]
    offer: OfferView
    calendar: Calendar

    @property
    def ordered(self) -> tuple[Fact[LicenceAct], ...]:
        """The facts that count, by legal day."""
        return legal_order(self.facts, LICENCE_ACT)

    @property
    def begun(self) -> Fact[Any] | None:
        """The notice or the taking over."""
        return notice_of(self.ordered)

    @property
    def right(self) -> Right | None:
        """The right as it stands before the act."""
        ordered = self.ordered
        begun = notice_of(ordered)
        return right_of(ordered, begun, self.offer, passed_on(ordered), self.calendar) if begun else None


def frozen(scene: Scene) -> Iterator[Found]:
    """Nothing is closed for good as long as the end of the right can still be undone (R4, D-22)."""
    if scene.position is not None and scene.position.provisional:
        yield refused("frozen_while_provisional", "")
