"""Facts of a settlement, and the sides that own them beside the one that recorded them."""

from collections.abc import Mapping

from schemas.acts.act import Act
from schemas.acts.settlement import Call, PaySubsidy, Recovered, SubsidyReturned, TakeOverSettlement
from schemas.acts.settlement_claims import SubmitClaim, SupplementClaim
from schemas.lifecycle.owners.sides import ITS_OWN, TREASURIES
from schemas.values.actor import Role

OWNERS: Mapping[type[Act], tuple[Role, ...]] = {
    Call: ITS_OWN,
    SubmitClaim: ITS_OWN,
    SupplementClaim: ITS_OWN,
    PaySubsidy: TREASURIES,
    SubsidyReturned: TREASURIES,
    Recovered: TREASURIES,
    TakeOverSettlement: ITS_OWN,
}
