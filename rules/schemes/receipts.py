"""A licence's receipts as schemes look at them: each owner's part, with day, patent, contract and registration."""

from fractions import Fraction

from rules.law.shares import split
from schemas.lifecycle.stages.licence import WAS_EFFECTIVE, RegistrationStage
from schemas.schemes.facts import PatentPart, SchemeItem
from schemas.standing.position import LicencePosition, ReceiptState
from schemas.standing.surroundings import LicenceSurroundings
from schemas.values.determination import Answer3


def receipt_items(position: LicencePosition, surroundings: LicenceSurroundings) -> dict[str, tuple[SchemeItem, ...]]:
    """By owner's party id, one item for each receipt; owners who are natural persons claim no institutional reward.

    A receipt is split among the owners first (D-10). Net of reversals, credit and interest (D-08, D-42); a licence that
    does not stand has no receipts, and escrow counts once it reached the licensor's own account.
    """
    owners = surroundings.offer.owners
    weights = [(str(one.party_id), one.share.fraction if one.share else Fraction(1)) for one in owners]
    found: dict[str, list[SchemeItem]] = {str(one.party_id): [] for one in owners if not one.is_person}
    if position.effective_on is None or position.stage not in WAS_EFFECTIVE:
        return {}
    for receipt in position.receipts:
        if not receipt.counts:
            continue
        royalty = receipt.net - receipt.credit - receipt.outside_royalty
        for line in split(royalty, weights):
            if line.name in found and line.amount.fen > 0:
                found[line.name].append(_item(position, surroundings, receipt).but(received=line.amount))
    return {owner: tuple(items) for owner, items in found.items()}


def _item(position: LicencePosition, surroundings: LicenceSurroundings, receipt: ReceiptState) -> SchemeItem:
    offer = surroundings.offer
    registered = position.tracks.registration is RegistrationStage.REGISTERED
    return SchemeItem(
        item_id=str(receipt.receipt_id),
        received_on=receipt.received_on,
        paid_on=receipt.paid_on,
        contract_on=position.effective_on,
        recorded_on=position.recorded_on,
        contract=str(position.licence_id),
        patents=(PatentPart(patent=offer.patent_number),),
        contract_kind="licence",
        registered=Answer3.YES if registered else Answer3.NO,
        registered_on=position.registered_on,
        registered_class=position.registered_class,
        technology_transaction_amount=position.technology_transaction_amount,
        patent_kind=offer.patent_kind.value,
    )
