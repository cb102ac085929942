"""A licence's receipts as schemes look at them: each owner's part, with day, patent, contract and registration."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any
from uuid import UUID

from rules.law.shares import split
from rules.licence.settlements import receipts_for_settlements, stands
from schemas.schemes.inputs import Claimant, PatentPart, SchemeItem
from schemas.standing.position import LicencePosition
from schemas.standing.surroundings import ClaimedReceipt, LicenceSurroundings, OwnerView
from schemas.values.determination import Answer3
from schemas.values.money import Money


def receipt_items(position: LicencePosition, surroundings: LicenceSurroundings) -> dict[str, tuple[SchemeItem, ...]]:
    """By owner's party id, one item for each receipt; owners who are natural persons claim no institutional reward.

    A receipt is split among the owners first (D-10). A licence that does not stand has no receipts.
    """
    if not stands(position):
        return {}
    found: dict[str, list[SchemeItem]] = {}
    for receipt in receipts_for_settlements(position, surroundings):
        units = {str(one.party_id) for one in receipt.licensors if not one.is_person}
        for line in split(receipt.amount, _weights(receipt.licensors)):
            if line.name in units and line.amount.fen > 0:
                found.setdefault(line.name, []).append(_item(receipt).but(received=line.amount))
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
        counterparty=str(receipt.licensee),
        patents=(PatentPart(patent=receipt.patent_number),),
        contract_kind="licence",
        registered=receipt.registered,
        registered_on=receipt.registered_on,
        registered_class=receipt.registered_class,
        technology_transaction_amount=receipt.contract_registered_amount,
        patent_kind=receipt.patent_kind.value,
    )


def claimed_item(
    item: SchemeItem,
    receipt: ClaimedReceipt,
    owner: UUID,
    beneficiary: str,
    registered_by: date | None,
    *,
    is_cut_to_registered: bool,
) -> SchemeItem:
    """What is stated of a receipt, with what the platform knows of it; of that, statements change nothing.

    A contract that is not registered yet leaves ``registered`` open, and one that never will be is a *no*; a
    registration after ``registered_by`` comes too late. ``is_cut_to_registered``: the receipt counts at most for what
    its contract was registered with (D-18), and the platform also knows the receipts that nobody claims.
    """

    def part(amount: Money | None) -> Money | None:
        return None if amount is None else owner_part(receipt, amount, owner, beneficiary)

    registered = _registered(receipt, registered_by)
    is_registered = registered is Answer3.YES
    realised, received = part(receipt.registered_amount) if is_registered else None, part(receipt.amount)
    known: dict[str, Any] = {
        "received": received,
        "paid": received,
        "received_on": receipt.received_on,
        "paid_on": receipt.paid_on or receipt.received_on,
        "contract": str(receipt.licence_id),
        "contract_kind": "licence",
        "contract_on": receipt.effective_on,
        "contract_amount": part(receipt.contract_amount),
        "technology_transaction_amount": realised,
        "registered": registered,
        "registered_on": receipt.registered_on if is_registered else None,
        "registered_class": receipt.registered_class if is_registered and not receipt.class_undecided else None,
        "recorded_on": receipt.recorded_on,
        "patents": (PatentPart(patent=receipt.patent_number),),
        "patent_kind": receipt.patent_kind.value,
    }
    whole = part(receipt.contract_registered_amount)
    if is_cut_to_registered and whole is not None and realised is not None and received is not None:
        known |= {"received": min(received, realised), "technology_transaction_amount": whole}
    changed: SchemeItem = item.but(**known)
    return changed


def licensee_items(
    position: LicencePosition, surroundings: LicenceSurroundings, licensee: UUID, counterparty: Claimant | None
) -> tuple[SchemeItem, ...]:
    """What that licensee has paid under its licence, as schemes that pay licensees look at it.

    ``counterparty``: what the licensor is and where it sits, None where nobody stated it. The parties are taken not to
    be related unless the licence says that they are.
    """
    if not stands(position):
        return ()
    return tuple(
        claimed_item(
            SchemeItem(
                item_id=str(one.receipt_id),
                counterparty_kind=counterparty.kind if counterparty else None,
                counterparty_region=counterparty.region if counterparty else None,
                related=Answer3.YES if one.licensee_is_affiliate else Answer3.NO,
            ),
            one,
            licensee,
            "licensee",
            None,
            is_cut_to_registered=False,
        )
        for one in receipts_for_settlements(position, surroundings)
        if one.licensee == licensee and one.amount.fen > 0
    )


def owner_part(receipt: ClaimedReceipt, amount: Money, owner: UUID | None, beneficiary: str) -> Money:
    """What of an amount is one owner's: a receipt is split among co-owners before anything else (D-10)."""
    if beneficiary != "licensor" or len(receipt.licensors) < 2:
        return amount
    return next(line.amount for line in split(amount, _weights(receipt.licensors)) if line.name == str(owner))


def _weights(owners: Sequence[OwnerView]) -> list[tuple[str, Fraction]]:
    return [(str(one.party_id), one.share.fraction if one.share else Fraction(1)) for one in owners]


def _registered(receipt: ClaimedReceipt, by: date | None) -> Answer3 | None:
    if receipt.registered is Answer3.YES:
        return Answer3.NO if by is not None and (receipt.registered_on or date.max) > by else Answer3.YES
    return None if receipt.registered_not_yet else receipt.registered
