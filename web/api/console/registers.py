"""Registers, for programs: who is brought, what an organisation is for schemes, what the office's register says."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path, Request
from pydantic import BaseModel, Field, StringConstraints, TypeAdapter, ValidationError

from client.registering import RegisterRow
from client.today import today
from database.registers.parties import PartyKind
from database.registers.patents import versions_of
from database.standing.entitlements import profiles_stated
from schemas.schemes.kinds import PartySort
from schemas.values.credit_code import CreditCode
from schemas.values.model import Day, Model, ShortText
from schemas.values.patent_number import PatentNumber
from schemas.wire.form import filled
from web.api.acts import IdempotencyKey
from web.api.bodies import object_body
from web.api.caller import Reader, Writer
from web.api.console.once import Answer, once, permit, takes
from web.api.described import noes
from web.api.reads import OWN
from web.registers.parties import add_to_parties, bring_evidence, state_profile
from web.visit import NotFound, Visit

router = APIRouter()
_READ: dict[str, Any] = {"responses": noes(401, 403, 404), "openapi_extra": OWN, "tags": ["registers"]}
_PRIVATE = "^(name|identity_number|account|contact)$"
_NUMBER: TypeAdapter[PatentNumber] = TypeAdapter(PatentNumber)


class NewParty(Model):
    """Whom to bring: an organisation with its public name, or a person, of whom everything is sealed.

    ``party_id`` follows from the credit code, or from the request.
    """

    kind: PartyKind
    public_name: ShortText | None = None
    credit_code: CreditCode | None = None
    private: dict[Annotated[str, StringConstraints(pattern=_PRIVATE)], ShortText] = Field(default_factory=dict)


class BroughtParty(BaseModel):
    """By this id acts name it."""

    party_id: UUID


class NewProfile(Model):
    """What an organisation is for reward schemes from a day on, and where its seat lies (``guangdong.shenzhen``)."""

    from_on: Day
    kind: PartySort
    region: Annotated[str, StringConstraints(min_length=1, max_length=80)]


class NewlyStated(BaseModel):
    """Whether that was not stated before."""

    is_new: bool


class ShownProfile(BaseModel):
    """A profile as it was stated once, by whom and when."""

    from_on: date
    kind: str
    region: str
    stated_by: UUID
    stated_on: date


class Profiles(BaseModel):
    """All that were stated; of one first day the last one counts."""

    rows: list[ShownProfile]


class BroughtPatent(BaseModel):
    """By this number the register's evidence is found."""

    patent_number: str


class ShownEvidence(BaseModel):
    """What a register said of a patent, as it was brought once."""

    title: str
    kind: str
    filed_on: date | None
    granted_on: date | None
    status: str
    source: str
    facts: dict[str, Any]
    brought_by: UUID | None
    brought_on: date


class PatentVersions(BaseModel):
    """All that was brought of it."""

    rows: list[ShownEvidence]


@router.post("/parties", **takes(NewParty, "registers", kind="organisation", public_name="南方理工大学"))
async def add_party(request: Request, visit: Writer, idempotency_key: IdempotencyKey) -> BroughtParty:
    """Somebody new; one credit code is one organisation, however often it is sent. 登记单位或自然人。"""
    permit(visit, "add_party")
    body = await object_body(request)
    given = filled(NewParty, body).model_dump(mode="json", exclude_none=True)

    async def doing(inner: Visit) -> Answer:
        return {"party_id": str(await add_to_parties(inner, inner.new_id(), given))}

    return BroughtParty(**await once(request, visit, UUID(idempotency_key), body, doing))


@router.get("/parties/{party_id}/profiles", **_READ)
async def profiles(visit: Reader, party_id: UUID) -> Profiles:
    """What an organisation was stated to be for reward schemes. 单位用于奖补方案的情况。"""
    async with visit.console.pool.acquire() as connection:
        found = await profiles_stated(connection, party_id)
    rows = [
        ShownProfile(**one.profile.model_dump(exclude={"party_id"}), stated_by=one.stated_by, stated_on=one.stated_on)
        for one in found
    ]
    return Profiles(rows=rows)


@router.post(
    "/parties/{party_id}/profiles",
    **takes(NewProfile, "registers", from_on="2026-01-01", kind="university", region="guangdong.shenzhen"),
)
async def add_profile(request: Request, visit: Writer, idempotency_key: IdempotencyKey, party_id: UUID) -> NewlyStated:
    """What an organisation is from a day on; what was stated before stays. 登记单位情况。"""
    permit(visit, "state_profile")
    body = await object_body(request)
    given = filled(NewProfile, body).model_dump(mode="json")

    async def doing(inner: Visit) -> Answer:
        return {"is_new": await state_profile(inner, party_id, given)}

    return NewlyStated(**await once(request, visit, UUID(idempotency_key), body, doing))


@router.post("/patents", **takes(RegisterRow, "registers"))
async def add_evidence(request: Request, visit: Writer, idempotency_key: IdempotencyKey) -> BroughtPatent:
    """What the office's register says now; the readings before stay. 登记专利信息。"""
    permit(visit, "bring_evidence")
    body = await object_body(request)

    async def doing(inner: Visit) -> Answer:
        return {"patent_number": await bring_evidence(inner, body)}

    return BroughtPatent(**await once(request, visit, UUID(idempotency_key), body, doing))


@router.get("/patents/{number}/versions", **_READ)
async def evidence(visit: Reader, number: Annotated[str, Path(max_length=40)]) -> PatentVersions:
    """All that was brought of a patent, by its number in any printed form. 专利登记信息的各版。"""
    try:
        known = _NUMBER.validate_python(number)
    except ValidationError:
        raise NotFound from None
    async with visit.console.pool.acquire() as connection:
        found = await versions_of(connection, str(known), today())
    if not found:
        raise NotFound
    rows = [
        ShownEvidence(
            **{name: value for name, value in vars(one.evidence).items() if name != "patent_number"},
            brought_by=one.brought_by,
            brought_on=one.brought_on,
        )
        for one in found
    ]
    return PatentVersions(rows=rows)
