"""One offer: the announced terms, what stands against it, and *give notice*."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.responses import HTMLResponse, RedirectResponse, Response

from database.pool import Connection
from database.reads.lists import ListedFiling, list_filings
from database.record.event_log import find_head
from database.registers.parties import public_names
from schemas.acts.act import FilingKind
from schemas.acts.licence import GiveNotice
from schemas.lifecycle.stages.declaration import OFFERED
from schemas.standing.position import DeclarationPosition
from schemas.standing.positions import stored_position
from schemas.standing.surroundings import OfferView
from schemas.values.actor import Role
from schemas.values.refusal import Refused
from web.asking import ask, stated
from web.documents import with_documents
from web.forms.given import Given, read_form
from web.forms.saying import wrong
from web.forms.shape import Field, fields_of
from web.parties import with_parties
from web.render import render
from web.visit import Anybody, NotFound, Somebody, Visit

router = APIRouter(prefix="/offers")
_STATED_BY_US = frozenset({"declaration_id", "licensee", "n", "on", "evidence"})


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


@router.get("/{declaration_id}/notice")
async def notice_form(visit: Somebody, declaration_id: UUID) -> Response:
    """The notice, still empty."""
    return _form(visit, await _offered(visit, declaration_id), {}, uuid4())


@router.post("/{declaration_id}/notice")
async def notice_sent(visit: Somebody, declaration_id: UUID) -> Response:
    """The notice; the same one again is answered with the first receipt."""
    found, form = await _offered(visit, declaration_id), await visit.form()
    given: dict[str, str] = {name: value for name, value in form.items() if isinstance(value, str)}
    try:
        given = await with_documents(visit, form)
        body = await with_parties(visit, _fields(), read_form(_fields(), given))
        whole = {**body, "declaration_id": declaration_id, "licensee": visit.actor().organisation_id}
        answer = await ask(visit, FilingKind.LICENCE, await stated(visit, GiveNotice, whole, uuid4()))
    except Refused as refused:
        return _form(visit, found, given, uuid4(), refused)
    return RedirectResponse(f"/acts/{answer.act_id}", 303)


async def _offered(visit: Visit, declaration_id: UUID) -> ShownOffer:
    if visit.membership.role is not Role.LICENSEE:
        raise NotFound
    async with visit.console.pool.acquire() as connection:
        return await read(connection, declaration_id)


def _fields() -> tuple[Field, ...]:
    return tuple(one for one in fields_of(GiveNotice) if one.name not in _STATED_BY_US)


def _form(
    visit: Visit, found: ShownOffer, given: Given, asked_as: UUID, refused: Refused | None = None
) -> HTMLResponse:
    above, beside = wrong(_fields(), given, refused.refusals if refused else (), visit.language)
    context: dict[str, Any] = {"found": found, "terms": found.offer.terms[-1], "fields": _fields(), "given": given}
    return render(
        visit,
        "offers/notice.html",
        422 if refused else 200,
        asked_as=asked_as,
        errors=above,
        problems=beside,
        **context,
    )
