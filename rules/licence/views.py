"""What others see of a licence: payouts the receipts to share out, settlements the receipts that can be claimed."""

from typing import Any
from uuid import UUID

from rules.filing.change import View
from rules.licence.payouts import licence_view_for_payouts
from rules.licence.settlements import receipts_for_settlements
from schemas.standing.position import LicencePosition
from schemas.standing.surroundings import LicenceSurroundings
from schemas.standing.topics import TELL_GIVEN_UP, TELL_PAYOUTS, TELL_SETTLEMENTS


def _said(filing_id: UUID, position: LicencePosition, surroundings: LicenceSurroundings) -> dict[str, Any]:
    return {"licence_id": filing_id}


def _claimable(filing_id: UUID, position: LicencePosition, surroundings: LicenceSurroundings) -> dict[str, Any]:
    receipts = [str(one.receipt_id) for one in receipts_for_settlements(position, surroundings)]
    return {"licence_id": filing_id, "receipts": receipts}


def _treated(position: LicencePosition, surroundings: LicenceSurroundings) -> list[tuple[str, int, int]]:
    given_up = [one for one in position.obligations if one.given_up or one.state == "overdue"]
    return [(one.key, one.given_up.fen, one.owed.fen) for one in given_up]


def _of_the_offer(filing_id: UUID, position: LicencePosition, surroundings: LicenceSurroundings) -> dict[str, Any]:
    return {"declaration_id": surroundings.offer.declaration_id, "but": filing_id}


def _has_receipts(position: LicencePosition) -> bool:
    # Without a receipt there was no payout; whichever there are, the sender finds.
    return bool(position.receipts)


LICENCE_VIEWS = (
    View(TELL_PAYOUTS, licence_view_for_payouts, _said, _has_receipts),
    View(TELL_SETTLEMENTS, receipts_for_settlements, _claimable),
    View(TELL_GIVEN_UP, _treated, _of_the_offer),
)
