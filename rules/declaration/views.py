"""What others see of a declaration: licences its offer, the payout of the bonus for the grant its patent and owners."""

from typing import Any
from uuid import UUID

from rules.filing.change import View
from schemas.standing.position import DeclarationPosition
from schemas.standing.surroundings import DeclarationSurroundings, OfferView
from schemas.standing.topics import TELL_LICENCES, TELL_PAYOUTS


def offered(position: DeclarationPosition, surroundings: DeclarationSurroundings) -> OfferView | None:
    """What licences depend on; nothing before the offer was in force, since there were no licences then."""
    view = position.offer
    return view if view and (view.in_force_from is not None or view.regime.value == "pilot") else None


def granted(position: DeclarationPosition, surroundings: DeclarationSurroundings) -> tuple[object, ...] | None:
    """What the payout of the bonus for the grant depends on; it can begin before anything is announced."""
    view = position.offer
    return (view.patent_kind, view.granted_on, view.owners) if view else None


def _said(filing_id: UUID, position: DeclarationPosition, surroundings: DeclarationSurroundings) -> dict[str, Any]:
    return {"declaration_id": filing_id}


def _has_offer(position: DeclarationPosition) -> bool:
    return position.offer is not None


DECLARATION_VIEWS = (View(TELL_LICENCES, offered, _said, _has_offer), View(TELL_PAYOUTS, granted, _said, _has_offer))
