"""Whether a licence is valid on a day, for whoever holds its certificate: from its position alone."""

from datetime import date
from typing import Literal, NamedTuple

from rules.law.calendar import ONE_DAY
from schemas.lifecycle.stages.licence import RAN_OUT, LicenceStage
from schemas.standing.position import LicencePosition

ValidityState = Literal["in_force", "ended", "void", "not_concluded", "not_yet", "provisional"]


class Validity(NamedTuple):
    """``until``: the last day on which it is or was in force. ``provisional``: its end is not final yet (D-22)."""

    state: ValidityState
    since: date | None = None
    until: date | None = None


def validity_of(position: LicencePosition, today: date) -> Validity:
    """A term that ended yesterday has ended, also where nobody has recorded that the day has passed."""
    since, ends = position.effective_on, position.term_ends_on
    match position.stage:
        case LicenceStage.VOID:
            return Validity("void")
        case LicenceStage.NOT_CONCLUDED:
            return Validity("not_concluded")
        case LicenceStage.PATENT_ENDED_PROVISIONAL | LicenceStage.VOID_PROVISIONAL:
            return Validity("provisional", since, ends)
        case LicenceStage.EFFECTIVE if ends is None or today <= ends:
            return Validity("in_force", since, ends)
        case LicenceStage.EFFECTIVE:
            return Validity("ended", since, ends)
        case LicenceStage.PATENT_ENDED if position.ended_on is not None:
            return Validity("ended", since, position.ended_on - ONE_DAY)
        case stage if stage in RAN_OUT:
            return Validity("ended", since, position.ended_on)
        case _:
            return Validity("not_yet")
