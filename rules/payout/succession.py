"""A unit that was merged into another, or renamed: whose receipts its payouts are about, and who carries them on.

A receipt belongs to who was licensor on its day. Costs and losses of a licence go over with everything else, so the
pool of a unit has the receipts of those it came from and of those that came from it (Civil Code 67; D-11).
"""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from schemas.standing.surroundings import PayoutSurroundings, Succession


def of_unit(surroundings: PayoutSurroundings, unit: UUID, subject: str) -> PayoutSurroundings:
    """The licence as one unit's payout of one receipt sees it: what belongs to others is not there.

    Where nobody came into a licensor's place, that is all of it.
    """
    if all(one.owners is None for one in surroundings.receipts):
        return surroundings
    joined = joined_with(unit, surroundings.successions)
    own = []
    for one in surroundings.receipts:
        owners = {owner.party_id for owner in one.owners or surroundings.owners}
        if owners & ({unit} if one.receipt_id == subject else joined):
            own.append(one)
    mine = next((one.owners for one in own if one.receipt_id == subject and one.owners is not None), None)
    narrowed: PayoutSurroundings = surroundings.but(receipts=tuple(own), owners=mine or surroundings.owners)
    return narrowed


def joined_with(unit: UUID, successions: Sequence[Succession]) -> frozenset[UUID]:
    """The party with all those that it came from and that came from it by merger or rename: one after the other."""
    joined = {unit}
    while (
        more := {
            party
            for one in successions
            for party in (one.predecessor, one.successor)
            if joined & {one.predecessor, one.successor}
        }
        - joined
    ):
        joined |= more
    return frozenset(joined)


def came_after(unit: UUID, successions: Sequence[Succession], day: date) -> frozenset[UUID]:
    """Who acts for a party on a day: itself, and whoever it was merged into by then."""
    known = {unit}
    while more := {one.successor for one in successions if one.predecessor in known and one.on <= day} - known:
        known |= more
    return frozenset(known)
