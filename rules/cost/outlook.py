"""What a licence of an offer would bring, and to whom: asked before anything is filed, for a price that somebody names.

Nobody knows yet what the unit will bear or sign, so no costs are taken off and no agreement or published rule is
assumed: those who made the invention get what the law itself gives them.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from rules.declaration.terms import fixed_total
from rules.law.calendar import corresponding_day
from rules.law.patent_life import last_day, term_end
from rules.questions.annual_fee import annual_fee
from rules.questions.value_added_tax import vat_exemption
from rules.remuneration.remuneration import owners_shares, pool
from schemas.questions.annual_fee import AnnualFeeInputs, OwnerMeans, RecordedLicence
from schemas.questions.tax_relief import ValueAddedTaxInputs
from schemas.statements.offer import Offer
from schemas.statements.remuneration import Completer, Costs, OwnerShare, ReceiptInPool, SignedShares, UnitFacts
from schemas.statements.royalty import Free
from schemas.values.determination import Answer3, Determination
from schemas.values.identifiers import derived_id
from schemas.values.money import ZERO, Money, total

WHEN_RUNNING = Money(10_000_000)
"""A year's royalties that stand for those which nobody has announced a sum of."""
_MADE_IT = derived_id("outlook", "those who made it")
_UNSIGNED = "0" * 64


@dataclass(frozen=True)
class Outlook:
    """``own``: this unit's part of the price among co-owners; ``pool`` says what of it those get who made it."""

    price: Money
    own: Money
    pool: Determination
    tax: Determination
    fee: Determination | None
    """The next annual fee with the licence recorded; None where the patent has no further year."""

    @property
    def others(self) -> Money:
        """What the other co-owners get."""
        return self.price - self.own

    @property
    def inventors(self) -> Money:
        """What those get who made the invention."""
        return total(one.amount for one in self.pool.result)

    @property
    def unit(self) -> Money:
        """What stays with the unit, before what it bears itself."""
        return self.own - self.inventors


def typical_price(offer: Offer) -> Money:
    """The announced sum, nothing of a free offer; of an offer without one an assumed year."""
    return ZERO if isinstance(offer.royalty, Free) else fixed_total(offer.royalty) or WHEN_RUNNING


def outlook(offer: Offer, unit: UUID, price: Money, on: date, *, state_set: bool) -> Outlook:
    """A licence that is paid, effective and recorded on that day; ``unit``: for which of the patentees it is asked."""
    agreed = all(one.share is not None for one in offer.patentees)
    owners = [OwnerShare(owner=one.party_id, part=one.share if agreed else None) for one in offer.patentees]
    own = next((one.amount for one in owners_shares(price, owners) if one.name == str(unit)), ZERO)
    facts = UnitFacts(
        unit=unit,
        state_set=state_set,
        contributions=SignedShares(document=_UNSIGNED, shares=(Completer(party=_MADE_IT, percent=Decimal(100)),)),
    )
    nothing = Costs(transaction_taxes=ZERO, upkeep=ZERO, direct=ZERO, other=ZERO)
    receipt = ReceiptInPool(receipt_id="outlook", received_on=on, amount=own, costs=nothing)
    return Outlook(
        price,
        own,
        pool(facts, [receipt]),
        vat_exemption(ValueAddedTaxInputs(income_on=on, written_contract=Answer3.YES), on),
        _next_fee(offer, on),
    )


def _next_fee(offer: Offer, on: date) -> Determination | None:
    ends_on = last_day(offer.patent_kind, offer.filed_on)
    year = 1
    while (begins_on := corresponding_day(offer.filed_on, years=year - 1)) <= on:
        year += 1
    if begins_on > ends_on:
        return None
    licence = RecordedLicence(effective_on=on, recorded_on=on, ends_on=term_end(offer.term, on, ends_on))
    inputs = AnnualFeeInputs(
        patent_kind=offer.patent_kind,
        filed_on=offer.filed_on,
        granted_on=offer.granted_on,
        year=year,
        owners=(OwnerMeans(kind="other"),),
        licences=(licence,),
    )
    return annual_fee(inputs, on)
