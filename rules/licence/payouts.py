"""What a licence calls for at its owners' units: a payout for every receipt that counts (L-28; D-10)."""

from rules.licence.parties.substitution import owners_on, successions_of
from schemas.lifecycle.stages.licence import WAS_EFFECTIVE
from schemas.standing.answer import Start
from schemas.standing.position import LicencePosition
from schemas.standing.surroundings import LicenceSurroundings, PayoutSurroundings, ReceiptView
from schemas.values.identifiers import payout_id_of


def payouts_called_for(position: LicencePosition, surroundings: LicenceSurroundings) -> tuple[Start, ...]:
    """One payout per receipt and owner that is not a natural person, once the licence has taken effect.

    A receipt that was wholly reversed calls for none; where its payout had already begun, that payout is told instead.
    While a licence is provisionally void nothing new begins (R4). Raises nothing; the same position gives the same ids.
    """
    licence_id = position.licence_id
    if position.stage not in WAS_EFFECTIVE or licence_id is None:
        return ()
    return tuple(
        Start(
            payout_id=payout_id_of(licence_id, owner.party_id, str(receipt.receipt_id)),
            parent_id=licence_id,
            unit=owner.party_id,
            subject=str(receipt.receipt_id),
            on=max(receipt.received_on, position.effective_on or receipt.received_on),
        )
        for receipt in position.receipts
        if receipt.royalty.fen > 0
        for owner in owners_on(position, surroundings, receipt.received_on)
        if not owner.is_person
    )


def licence_view_for_payouts(position: LicencePosition, surroundings: LicenceSurroundings) -> PayoutSurroundings:
    """What payouts need to know of the licence, without what sibling payouts stated.

    A receipt's amount is net of reversals, and of credit and interest, which are in no base (D-08, D-42); escrow waits
    for its confirmation.
    """
    offer, is_as_offered = surroundings.offer, not any(one.instead_of for one in position.licensors)
    return PayoutSurroundings(
        patent_kind=offer.patent_kind,
        granted_on=offer.granted_on,
        owners=offer.owners,
        licence_stands=position.effective_on is not None,
        provisional=position.provisional,
        contract_registered=position.is_registered and position.class_decision != "open",
        registration_number=position.registration_number,
        registrations=position.registrations,
        receipts=tuple(
            ReceiptView(
                receipt_id=str(one.receipt_id),
                received_on=one.received_on,
                amount=one.royalty,
                owners=None if is_as_offered else owners_on(position, surroundings, one.received_on),
            )
            for one in position.receipts
            if one.counts
        ),
        successions=successions_of(position),
    )
