"""The licensor asks its co-owners: a link for each, shown once, and what came of those that were sent."""

from contextlib import suppress
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from client.meant import id_typed
from database.registers.parties import public_names
from schemas.values.refusal import Refused
from web.consents.asked import ask_consent, draft_of, links_asked, take_back
from web.consents.content import content_of
from web.consents.links import FIELDS, offered
from web.forms.saying import wrong
from web.pages.declare.steps import address_of
from web.render import render
from web.visit import NotFound, Somebody, Visit

router = APIRouter(prefix="/consents")


@router.get("/{draft_id}")
async def asked(visit: Somebody, draft_id: UUID) -> Response:
    """The co-owners of a draft."""
    return await _page(visit, draft_id)


@router.post("/{draft_id}")
async def ask(visit: Somebody, draft_id: UUID) -> Response:
    """A new link for one of them."""
    form = await visit.form()
    party_id = id_typed(str(form.get("party_id", "")))
    if party_id is None:
        raise NotFound
    try:
        secret = await ask_consent(visit, draft_id, party_id)
    except Refused as refused:
        return await _page(visit, draft_id, refused=refused)
    return await _page(visit, draft_id, address=visit.address(f"/consent/{secret}"), party_id=party_id)


@router.post("/{draft_id}/links/{link_id}/withdraw")
async def withdrawn(visit: Somebody, draft_id: UUID, link_id: UUID) -> Response:
    """Takes a link back that was not used."""
    await visit.form()
    await take_back(visit, draft_id, link_id)
    return RedirectResponse(f"/consents/{draft_id}", 303)


async def _page(
    visit: Visit, draft_id: UUID, address: str = "", party_id: UUID | None = None, refused: Refused | None = None
) -> Response:
    draft, offer = await draft_of(visit, draft_id), None
    with suppress(Refused):  # what is wrong with it, the pages of the declaration say
        offer = await offered(visit, draft)
    mine = visit.actor()
    others = [one.party_id for one in offer.patentees] if offer else []
    others = [one for one in others if one not in (mine.organisation_id, mine.party_id)]
    links = await links_asked(visit, draft)
    async with visit.console.pool.acquire() as connection:
        names = await public_names(connection, tuple({*others, *(one.party_id for one in links)}))
    refusals = refused.refusals if refused else ()
    above, _ = wrong(FIELDS, draft.fields, refusals, visit.language)
    for one, refusal in zip(above, refusals, strict=True):
        if (mended_at := address_of(draft_id, refusal)) is not None:
            one["href"] = mended_at
    return render(
        visit,
        "consents/asked.html",
        422 if refused else 200,
        draft=draft,
        others=others,
        links=links,
        names=names,
        content=content_of(offer) if offer else "",
        address=address,
        of_whom=party_id,
        is_unfinished=offer is None,
        errors=above,
    )
