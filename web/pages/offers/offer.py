"""One offer: the announced terms, and what stands against it."""

from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from database.pool import Connection
from database.reads.lists import ListedFiling, list_filings
from database.record.event_log import find_head
from database.registers.parties import public_names
from schemas.acts.act import FilingKind
from schemas.lifecycle.stages.declaration import OFFERED
from schemas.standing.position import DeclarationPosition
from schemas.standing.positions import stored_position
from schemas.standing.surroundings import OfferView
from web.render import render
from web.visit import Anybody, NotFound

router = APIRouter(prefix="/offers")


@dataclass(frozen=True)
class ShownOffer:
    """An offer that was announced, as anybody may see it."""

    listed: ListedFiling
    position: DeclarationPosition
    offer: OfferView
    names: dict[UUID, str]


async def read(connection: Connection, declaration_id: UUID) -> ShownOffer:
    """The offer; raises NotFound where none was announced: before that a declaration is nobody's business."""
    head = await find_head(connection, declaration_id)
    if head is None or head.kind != FilingKind.DECLARATION:
        raise NotFound
    position = stored_position(FilingKind.DECLARATION, head.position)
    if not isinstance(position, DeclarationPosition) or position.offer is None or not position.offer.in_force_from:
        raise NotFound
    listed = (await list_filings(connection, filing_id=declaration_id))[0]
    owners = tuple(one.party_id for one in position.offer.owners)
    return ShownOffer(listed, position, position.offer, await public_names(connection, owners))


@router.get("/{declaration_id}")
async def offer(visit: Anybody, declaration_id: UUID) -> HTMLResponse:
    """The page of one offer, open to anybody."""
    async with visit.console.pool.acquire() as connection:
        found = await read(connection, declaration_id)
    is_offered = found.position.stage in OFFERED
    return render(visit, "offers/offer.html", found=found, terms=found.offer.terms[-1], is_offered=is_offered)
