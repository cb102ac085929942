"""Restricted technology: no licence of it takes effect without a permit (Regulations arts. 32, 35)."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from rules.filing.order import of_kind
from schemas.acts.licence import LicenceAct, TakeOverLicence
from schemas.lifecycle.stages.licence import LicenceStage
from schemas.standing.fact import Fact

Facts = Sequence[Fact[LicenceAct]]


class Permit(NamedTuple):
    """A permit for restricted technology: whether one is needed, since when it is there, or when it was refused."""

    needed: bool
    issued_on: date | None
    refused_on: date | None


def permit_of(ordered: Facts, act: LicenceAct) -> Permit:
    """The last word of the commerce department; of one day's words the permit."""
    issued = max((one.act.on for one in of_kind(ordered, "permit_issued")), default=None)
    refused = max((one.act.on for one in of_kind(ordered, "permit_refused")), default=None)
    needed = bool(of_kind(ordered, "permit_needed", "permit_issued", "permit_refused"))
    needed = needed or (isinstance(act, TakeOverLicence) and act.stage == LicenceStage.CONDITIONS_PENDING)
    if issued is not None and refused is not None:
        return Permit(needed, issued, None) if issued >= refused else Permit(needed, None, refused)
    return Permit(needed, issued, refused)
