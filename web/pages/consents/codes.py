"""Operators hand codes over: never to who made the link, and by a way that they know to lead to the co-owner."""

from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from database.console.consent_links import links_waiting
from database.registers.parties import public_names
from schemas.values.actor import Role
from web.consents.links import hand_over
from web.render import render
from web.visit import NotFound, Somebody, Visit

router = APIRouter(prefix="/consent-codes")


@router.get("")
async def waiting(visit: Somebody) -> Response:
    """Co-owners who wait for a code."""
    return await _page(visit)


@router.post("/{link_id}")
async def handed_over(visit: Somebody, link_id: UUID) -> Response:
    """A code, shown this once."""
    _operator(visit)
    await visit.form()
    async with visit.console.pool.acquire() as connection:
        link = next((one for one in await links_waiting(connection) if one.link_id == link_id), None)
    if link is None or link.organisation_id == visit.membership.organisation_id:
        raise NotFound  # who asks for the consent does not prove who gives it
    return await _page(visit, await hand_over(visit, link_id), link.party_id)


def _operator(visit: Visit) -> None:
    if visit.membership.role is not Role.OPERATOR or visit.membership.platform:
        raise NotFound


async def _page(visit: Visit, code: str = "", of_whom: UUID | None = None) -> Response:
    _operator(visit)
    async with visit.console.pool.acquire() as connection:
        found = await links_waiting(connection)
        parties = {one for link in found for one in (link.party_id, link.organisation_id) if one}
        names = await public_names(connection, tuple({*parties, *([of_whom] if of_whom else [])}))
    return render(visit, "consents/codes.html", found=found, names=names, code=code, of_whom=of_whom)
