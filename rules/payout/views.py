"""What the other payouts of one licence see of a payout: what its unit stated and bore."""

from typing import Any
from uuid import UUID

from rules.filing.change import View
from rules.payout.amounts import GRANT
from schemas.standing.position import PayoutPosition
from schemas.standing.surroundings import PayoutSurroundings
from schemas.standing.topics import TELL_PAYOUTS


def _stated(position: PayoutPosition, surroundings: PayoutSurroundings) -> tuple[object, ...]:
    return position.facts, position.costs


def _said(filing_id: UUID, position: PayoutPosition, surroundings: PayoutSurroundings) -> dict[str, Any]:
    return {"licence_id": position.parent_id, "but": filing_id}


def _is_of_a_licence(position: PayoutPosition) -> bool:
    return position.subject != GRANT


PAYOUT_VIEWS = (View(TELL_PAYOUTS, _stated, _said, _is_of_a_licence),)
