"""Licences for programs: what is due of one's own, and whether a paper that anybody holds is true."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path
from pydantic import BaseModel

from database.bulletin.pages import read_instant_place
from rules.licence.validity import ValidityState
from schemas.standing.dues import Obligation
from schemas.standing.position import Deadline
from web.api.caller import Public, Reader
from web.api.described import noes
from web.api.reads import OPEN, OWN, Size, Turn, turn
from web.api.shown import Turned, turned
from web.pages import verify as verify_page
from web.pages.licensee import licences as licences_page
from web.visit import NotFound

router = APIRouter()


class LicenceDues(BaseModel):
    """A licence with what is not paid of it and which sales reports are due, the earliest first."""

    licence_id: UUID
    title: str | None
    patent_number: str | None
    declaration_number: str | None
    stage: str
    validity: ValidityState
    since: date | None
    until: date | None
    recordal_due_by: date | None
    has_certificate: bool
    dues: list[Obligation]
    reports: list[Deadline]


class Licences(Turned):
    """Licences that are yours."""

    rows: list[LicenceDues]


class VerifiedPaper(BaseModel):
    """What a paper is of and where its filing stands today; ``validity`` of licences alone. Names nobody."""

    kind: str
    act: str
    legal_on: date
    recorded_at: datetime
    receipt_number: str | None
    stage_then: str
    stage_now: str
    validity: ValidityState | None
    since: date | None
    until: date | None
    numbers: dict[str, str]


@router.get("/licences", responses=noes(401, 403), openapi_extra=OWN, tags=["read"])
async def licences(visit: Reader, older: Turn = "", newer: Turn = "", limit: Size = 50) -> Licences:
    """Your licences with their dues, newest first. 您的许可及其应付款项和报告，最新的在前。"""
    place, direction = turn(older, newer, read_instant_place)
    async with visit.console.pool.acquire() as connection:
        found, dues = await licences_page.listed(visit, connection, place, direction, limit)
    rows = [
        LicenceDues(
            licence_id=one.filing_id,
            title=one.title,
            patent_number=one.patent_number,
            declaration_number=one.declaration_number,
            stage=one.stage,
            validity=its.validity.state,
            since=its.validity.since,
            until=its.validity.until,
            recordal_due_by=its.position.recordal_due_by,
            has_certificate=its.has_certificate,
            dues=its.open_dues,
            reports=its.reports,
        )
        for one in found.rows
        if (its := dues.get(one.filing_id)) is not None
    ]
    return Licences(rows=rows, **turned(found))


@router.get("/verify/{act_id}/{content_hash}", responses=noes(404), openapi_extra=OPEN, tags=["public"])
async def verified(
    visit: Public, act_id: UUID, content_hash: Annotated[str, Path(pattern="^[0-9a-f]{64}$")]
) -> VerifiedPaper:
    """Whether a receipt or a certificate is true, and valid today. 核验回执或许可凭证。"""
    async with visit.console.pool.acquire() as connection:
        found = await verify_page.read(connection, act_id, content_hash)
    if found is None:
        raise NotFound
    validity = found.validity
    return VerifiedPaper(
        kind=found.kind,
        act=found.act,
        legal_on=date.fromisoformat(found.legal_on),
        recorded_at=found.recorded_at,
        receipt_number=found.receipt_number,
        stage_then=found.stage_then,
        stage_now=found.stage_now,
        validity=validity.state if validity else None,
        since=validity.since if validity else None,
        until=validity.until if validity else None,
        numbers=dict(found.numbers),
    )
