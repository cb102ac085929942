"""What a claim of a subsidy needs to know of a licence's receipts (docs/where_amounts_go_wrong.md)."""

from collections.abc import Sequence

from rules.licence.parties.substitution import owners_on, successions_of
from schemas.lifecycle.stages.licence import PROVISIONAL, WAS_EFFECTIVE, RegistrationStage
from schemas.standing.position import LicencePosition
from schemas.standing.surroundings import ClaimedReceipt, LicenceSurroundings
from schemas.values.determination import Answer3
from schemas.values.money import ZERO, Money

_NOT_YET = (RegistrationStage.NOT_APPLIED, RegistrationStage.APPLIED, RegistrationStage.ACCEPTED)


def receipts_for_settlements(
    position: LicencePosition, surroundings: LicenceSurroundings
) -> tuple[ClaimedReceipt, ...]:
    """Every receipt of the licence, by day of arrival; one of which nothing came is there with zero.

    The registered amount is one for the whole contract, so the receipts use it up in their order (D-18).
    """
    licence_id = position.licence_id
    if licence_id is None:
        return ()
    offer = surroundings.offer
    is_valid, successions = stands(position), successions_of(position)
    ordered = sorted(position.receipts, key=lambda one: (one.received_on, str(one.receipt_id)))
    counted = [one.royalty if is_valid else ZERO for one in ordered]
    if not position.is_registered:
        position = position.but(
            registered_on=None, registered_class=None, contract_amount=None, technology_transaction_amount=None
        )
    realised = _used_up(position.technology_transaction_amount, counted)
    contract_amounts = [position.contract_amount] + [ZERO] * len(ordered)
    return tuple(
        ClaimedReceipt(
            receipt_id=one.receipt_id,
            licence_id=licence_id,
            licensors=owners_on(position, surroundings, one.received_on),
            licensee=position.licensee_on(one.paid_on or one.received_on),
            successions=successions,
            received_on=one.received_on,
            paid_on=one.paid_on,
            amount=amount,
            provisional=position.provisional,
            effective_on=position.effective_on,
            registered=Answer3.YES if position.is_registered else Answer3.NO,
            registered_not_yet=position.tracks.registration in _NOT_YET,
            registered_on=position.registered_on,
            registered_class=position.registered_class,
            class_undecided=position.class_decision == "open",
            registered_amount=part,
            contract_registered_amount=position.technology_transaction_amount,
            contract_amount=contract_amount if is_valid else ZERO,
            recorded_on=position.recorded_on,
            patent_number=offer.patent_number,
            patent_kind=offer.patent_kind,
            licensee_is_affiliate="licensee_is_affiliate" in position.warnings,
        )
        for one, amount, part, contract_amount in zip(ordered, counted, realised, contract_amounts, strict=False)
    )


def stands(position: LicencePosition) -> bool:
    """Whether the licence took effect and did not fall, as far as is final: only then does its money count anywhere.

    One that is void only provisionally keeps what it received, and what hangs on it is held (D-22).
    """
    return position.effective_on is not None and position.stage in (*WAS_EFFECTIVE, *PROVISIONAL)


def _used_up(registered: Money | None, amounts: Sequence[Money]) -> list[Money | None]:
    if registered is None:
        return [None for _ in amounts]
    left, parts = registered, list[Money | None]()
    for amount in amounts:
        part = min(amount, left)
        parts.append(part)
        left -= part
    return parts
