"""The lists and pages of the console for programs: the same reads, and the same bounds of what is whose."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path, Query
from pydantic import TypeAdapter, ValidationError
from starlette.responses import JSONResponse

from database.bulletin.asked import Asked
from database.bulletin.pages import Direction, Place, read_day_place, read_instant_place
from database.bulletin.search import Listed, search
from database.console.facts import facts_of_mine
from database.console.mine import Narrowed, mine
from database.reads.meant import list_parties
from database.record.event_log import chain_of
from database.registers.parties import public_names
from database.registers.patents import find_patent
from schemas.acts.act import FilingKind
from schemas.standing.answer import Answer
from schemas.statements.offer import TermsVersion
from schemas.values.money import STORED
from schemas.values.patent_number import PatentNumber
from web.api.caller import Malformed, Public, Reader
from web.api.described import KEY, SESSION, noes
from web.api.shown import (
    Events,
    Fact,
    Feed,
    Filing,
    Filings,
    Offer,
    OfferCost,
    Offers,
    Organisation,
    Organisations,
    ShownEvent,
    ShownPatent,
    cost_shown,
    finding_shown,
    turned,
)
from web.asking import act_shown
from web.pages import receipts
from web.pages.filing.read import at_one_instant
from web.pages.filing.read import read as read_filing
from web.pages.offers import cost as cost_page
from web.pages.offers import offer as offer_page
from web.pages.offers.paid import paid_by
from web.rights.parts import act_part, own_party, part_of
from web.rights.whose import see, whose
from web.visit import NotFound, Visit

router = APIRouter()
OWN: dict[str, Any] = {"security": [{KEY: []}, {SESSION: []}]}
OF_PEOPLE: dict[str, Any] = {"security": [{SESSION: []}]}
OPEN: dict[str, Any] = {"security": []}
_PATENT: TypeAdapter[PatentNumber] = TypeAdapter(PatentNumber)
Size = Annotated[int, Query(ge=1, le=200)]
Stated = Annotated[str, Query(max_length=80)]
Turn = Annotated[str, Query(max_length=300, description="Where the page before said to go on. 上一页给出的位置。")]


@router.get("/filings", responses=noes(401, 403), openapi_extra=OWN, tags=["read"])
async def filings(
    visit: Reader,
    kind: FilingKind | None = None,
    stage: Annotated[str | None, Query(max_length=60)] = None,
    q: Annotated[str | None, Query(max_length=200)] = None,
    due_on: date | None = None,
    older: Turn = "",
    newer: Turn = "",
    limit: Size = 50,
) -> Filings:
    """Your filings, newest first. 您的事项，最新的在前。"""
    place, direction = turn(older, newer, read_instant_place)
    narrowed = Narrowed(kind=kind, stage=stage, text=(q or "").strip() or None, due_on=due_on)
    async with visit.console.pool.acquire() as connection:
        found = await mine(connection, whose(visit), narrowed, place=place, direction=direction, size=limit)
    return Filings(rows=found.rows, **turned(found))


@router.get("/filings/{filing_id}", responses=noes(401, 403, 404), openapi_extra=OWN, tags=["read"])
async def filing(visit: Reader, filing_id: UUID) -> Filing:
    """One filing as it stands. 一个事项的现状。"""
    async with at_one_instant(visit) as connection:
        found = await read_filing(visit, connection, filing_id, shown=0)
    listed = found.listed
    return Filing(
        filing_id=filing_id,
        kind=FilingKind(listed.kind),
        stage=listed.stage,
        parent_id=listed.parent_id,
        patent_number=listed.patent_number,
        title=listed.title,
        declaration_number=listed.declaration_number,
        position=part_of(found.position.model_dump(mode="json"), found.own),
        tasks=found.tasks,
        findings=[finding_shown(filing_id, one) for one in found.findings],
        acts=found.acts,
    )


@router.get("/filings/{filing_id}/events", responses=noes(401, 403, 404), openapi_extra=OWN, tags=["read"])
async def facts(visit: Reader, filing_id: UUID) -> Events:
    """All facts of a filing. 一个事项的全部事实。"""
    async with visit.console.pool.acquire() as connection:
        await see(visit, connection, filing_id)
        rows = [_event(visit, link) async for link in chain_of(connection, filing_id)]
    return Events(rows=rows)


@router.get("/feed", responses=noes(401, 403), openapi_extra=OWN, tags=["events"])
async def feed(visit: Reader, after: Annotated[int, Query(ge=0, le=2**62)] = 0, limit: Size = 100) -> Feed:
    """Facts of your filings in the one order of recording, after a number. 按统一序号给出您的事项的事实。"""
    async with visit.console.pool.acquire() as connection:
        found = await facts_of_mine(connection, whose(visit), after, limit)
    facts = [
        Fact(**_event(visit, one).model_dump(), sequence_number=one.sequence_number, filing_id=one.filing_id)
        for one in found
    ]
    return Feed(facts=facts, next=found[-1].sequence_number if found else after)


@router.get("/offers", responses=noes(), openapi_extra=OPEN, tags=["public"])
async def offers(
    visit: Public,
    q: Annotated[str | None, Query(max_length=200)] = None,
    region: Annotated[str | None, Query(max_length=40)] = None,
    price_form: Annotated[str | None, Query(max_length=40)] = None,
    patent_kind: Annotated[str | None, Query(max_length=40)] = None,
    classification: Annotated[str | None, Query(max_length=40)] = None,
    ended: bool = False,
    older: Turn = "",
    newer: Turn = "",
    limit: Size = 50,
) -> Offers:
    """The bulletin, open to anybody. 公告栏，无须登录。"""
    place, direction = turn(older, newer, read_day_place)
    asked = Asked(
        text=(q or "").strip() or None,
        region=region or None,
        price_form=price_form or None,
        patent_kind=patent_kind or None,
        classification=classification or None,
        status="ended" if ended else "offered",
    )
    async with visit.console.pool.acquire() as connection:
        found = await search(connection, asked, place=place, direction=direction, size=limit)
    return Offers(rows=[_offer(one) for one in found.rows], **turned(found))


@router.get("/offers/{declaration_id}", responses=noes(404), openapi_extra=OPEN, tags=["public"])
async def offer(visit: Public, declaration_id: UUID) -> dict[str, Any]:
    """One announced offer, open to anybody. 一项已公告的开放许可。"""
    async with visit.console.pool.acquire() as connection:
        found = await offer_page.read(connection, declaration_id)
    named = {str(party_id): name for party_id, name in found.names.items()}
    return {"stage": found.listed.stage, **found.offer.model_dump(mode="json"), "names": named}


@router.get("/offers/{declaration_id}/cost", responses=noes(404, 409), openapi_extra=OPEN, tags=["public"])
async def offer_cost(
    visit: Public,
    declaration_id: UUID,
    notice_on: Stated = "",
    net_sales: Stated = "",
    profit: Stated = "",
    units: Stated = "",
    kind: Stated = "",
    region: Stated = "",
    counterparty_kind: Stated = "",
    counterparty_region: Stated = "",
) -> OfferCost:
    """What an offer would cost over the whole term, with subsidies; nothing is written. 费用测算，不写入任何记录。"""
    given = {
        "notice_on": notice_on,
        "net_sales": net_sales,
        "profit": profit,
        "units": units,
        "kind": kind,
        "region": region,
        "counterparty_kind": counterparty_kind,
        "counterparty_region": counterparty_region,
    }
    async with visit.console.pool.acquire() as connection:
        found, paid = await offer_page.read(connection, declaration_id), await paid_by(visit, connection)
    return cost_shown(cost_page.costing(found, cost_page.asked_in(given), paid))


@router.get("/acts/{act_id}", response_model=Answer, responses=noes(401, 403, 404), openapi_extra=OWN, tags=["read"])
async def receipt(visit: Reader, act_id: UUID) -> JSONResponse:
    """The receipt of an act: the answer that it was given. 行为的回执。"""
    return JSONResponse((await receipts.read(visit, act_id)).answer.model_dump(mode="json"))


@router.get("/parties", responses=noes(401, 403, 404), openapi_extra=OWN, tags=["read"])
async def parties(
    visit: Reader, name: Annotated[str, Query(max_length=200)] = "", after: UUID | None = None, limit: Size = 100
) -> Organisations:
    """Organisations by name, or those whose name has this in it; for staff. 单位列表，供工作人员使用。"""
    async with visit.console.pool.acquire() as connection:
        found = await list_parties(
            connection, kind="organisation", name=name.strip() or None, after=after, limit=limit + 1
        )
    rows = [Organisation(party_id=one.party_id, public_name=one.public_name or "") for one in found[:limit]]
    return Organisations(rows=rows, following=rows[-1].party_id if len(found) > limit and not name.strip() else None)


@router.get("/parties/{party_id}", responses=noes(401, 403, 404), openapi_extra=OWN, tags=["read"])
async def party(visit: Reader, party_id: UUID) -> Organisation:
    """The name of an organisation. 单位名称。"""
    async with visit.console.pool.acquire() as connection:
        found = await public_names(connection, (party_id,))
    if party_id not in found:
        raise NotFound
    return Organisation(party_id=party_id, public_name=found[party_id])


@router.get("/patents/{number}", responses=noes(404), openapi_extra=OPEN, tags=["public"])
async def patent(visit: Public, number: Annotated[str, Path(max_length=40)]) -> ShownPatent:
    """What the register says of a patent, by its number in any printed form. 专利登记信息。"""
    try:
        known = _PATENT.validate_python(number)
    except ValidationError:
        raise NotFound from None
    async with visit.console.pool.acquire() as connection:
        found = await find_patent(connection, str(known))
    if found is None:
        raise NotFound
    return ShownPatent(
        patent_number=found.patent_number,
        title=found.title,
        kind=found.kind,
        filed_on=found.filed_on,
        granted_on=found.granted_on,
        status=found.status,
    )


def turn(older: str, newer: str, read: Any) -> tuple[Place | None, Direction]:
    """Where a list goes on, and which way; raises Malformed for what is no place."""
    given = newer or older
    place: Place | None = read(given)
    if given and place is None:
        raise Malformed("query.newer" if newer else "query.older", "not_a_place")
    return place, "newer" if newer else "older"


def behind(after: str, read: Callable[[str], Place | None]) -> Place | None:
    """Where a list goes on that goes one way only; raises Malformed for what is no place."""
    place = read(after)
    if after and place is None:
        raise Malformed("query.after", "not_a_place")
    return place


def _event(visit: Visit, link: Any) -> ShownEvent:
    kind = FilingKind(link.kind.partition(":")[0])
    return ShownEvent(
        version=link.version,
        act_id=link.act_id,
        kind=link.kind,
        legal_on=link.legal_on,
        recorded_at=link.recorded_at,
        act=act_part(act_shown(kind, link.body["act"]), own_party(visit, kind)),
    )


def _offer(one: Listed) -> Offer:
    terms: dict[str, Any] = (
        TermsVersion.model_validate(one.terms, context=STORED).model_dump(mode="json") if one.terms else {}
    )
    return Offer(**{name: getattr(one, name) for name in Offer.model_fields if name != "terms"}, terms=terms)
