"""Facts of a payout, and the sides that own them beside the one that recorded them."""

from collections.abc import Mapping

from schemas.acts.act import Act
from schemas.acts.payout import Paid, RecordTax, ReturnedByBank, StateFacts, TakeOverPayout
from schemas.lifecycle.owners.sides import BANKS, ITS_OWN
from schemas.values.actor import Role

OWNERS: Mapping[type[Act], tuple[Role, ...]] = {
    StateFacts: ITS_OWN,
    Paid: BANKS,
    ReturnedByBank: BANKS,
    RecordTax: ITS_OWN,
    TakeOverPayout: ITS_OWN,
}
