"""A licence's receipts as schemes look at them: each owner's part, with day, patent, contract and registration."""

from fractions import Fraction

from rules.law.shares import split
from rules.licence.settlements import receipts_for_settlements, stands
from schemas.schemes.inputs import PatentPart, SchemeItem
from schemas.standing.position import LicencePosition
from schemas.standing.surroundings import ClaimedReceipt, LicenceSurroundings
from schemas.values.determination import Answer3


def receipt_items(position: LicencePosition, surroundings: LicenceSurroundings) -> dict[str, tuple[SchemeItem, ...]]:
    """By owner's party id, one item for each receipt; owners who are natural persons claim no institutional reward.

    A receipt is split among the owners first (D-10). A licence that does not stand has no receipts.
    """
    if not stands(position):
        return {}
    owners = surroundings.offer.owners
    weights = [(str(one.party_id), one.share.fraction if one.share else Fraction(1)) for one in owners]
    found: dict[str, list[SchemeItem]] = {str(one.party_id): [] for one in owners if not one.is_person}
    for receipt in receipts_for_settlements(position, surroundings):
        for line in split(receipt.amount, weights):
            if line.name in found and line.amount.fen > 0:
                found[line.name].append(_item(receipt).but(received=line.amount))
    return {owner: tuple(items) for owner, items in found.items()}


def _item(receipt: ClaimedReceipt) -> SchemeItem:
    if receipt.class_undecided:
        # Nothing is given on it yet, so provisionally it counts like a contract that is not registered.
        receipt = receipt.but(
            registered=Answer3.NO, registered_on=None, registered_class=None, contract_registered_amount=None
        )
    return SchemeItem(
        item_id=str(receipt.receipt_id),
        received_on=receipt.received_on,
        paid_on=receipt.paid_on,
        contract_on=receipt.effective_on,
        recorded_on=receipt.recorded_on,
        contract=str(receipt.licence_id),
        patents=(PatentPart(patent=receipt.patent_number),),
        contract_kind="licence",
        registered=receipt.registered,
        registered_on=receipt.registered_on,
        registered_class=receipt.registered_class,
        technology_transaction_amount=receipt.contract_registered_amount,
        patent_kind=receipt.patent_kind.value,
    )
