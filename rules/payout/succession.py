"""A unit that was merged into another, or renamed: whose receipts its payouts are about, and who carries them on.

A receipt belongs to who was licensor on its day. Costs and losses of a licence go over with everything else, so the
pool of a unit has the receipts of those it came from and of those that came from it (Civil Code 67; D-11).
"""

from uuid import UUID

from rules.filing.succession import joined_with
from schemas.standing.surroundings import PayoutSurroundings


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
