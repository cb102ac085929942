"""Equal treatment of the licensees of one offer: what is given up of one's dues is given up of the others'.

An open licence is offered to whoever wants it, on the same terms (notice of July 2024). Two licensees are in like
situations where the same obligation is overdue, or something of it was given up; they are treated alike where the same
part of it is.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from uuid import UUID

from rules.filing.finding import finding
from rules.filing.order import of_kind
from schemas.standing.dues import Obligation
from schemas.standing.fact import LicenceFacts
from schemas.standing.position import Finding
from schemas.standing.surroundings import TreatedElsewhere
from schemas.values.money import Money

CLOSING = ("settle", "waive", "write_off")


def treatment_findings(
    ordered: LicenceFacts, obligations: Sequence[Obligation], elsewhere: Sequence[TreatedElsewhere]
) -> tuple[Finding, ...]:
    """One for each obligation that others were treated differently in, about the last act that gave something up."""
    latest = {fact.act.obligation: fact for fact in of_kind(ordered, *CLOSING)}
    found = []
    for one in obligations:
        others = treated_differently(one.key, one.owed, one.given_up, elsewhere)
        if one.given_up and others:
            found.append(finding("treated_differently", latest[one.key], others))
    return tuple(found)


def treated_differently(
    obligation: str, owed: Money, given_up: Money, elsewhere: Sequence[TreatedElsewhere]
) -> tuple[UUID, ...]:
    """The licences of others of which another part of the same obligation was given up, or nothing; by id."""
    if owed.fen <= 0:
        return ()
    share = Fraction(given_up.fen, owed.fen)
    found: Mapping[UUID, Fraction] = {one.licence_id: one.share for one in elsewhere if one.obligation == obligation}
    return tuple(sorted(licence for licence, other in found.items() if other != share))
