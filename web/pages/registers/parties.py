"""Organisations and persons: who is known, what an organisation was stated to be, and how somebody new is added."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID, uuid4

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel
from starlette.responses import RedirectResponse, Response

from database.pool import Connection
from database.reads.meant import ListedParty, find_listed_party, list_parties
from database.registers.parties import PartyKind
from database.standing.entitlements import profiles_stated
from schemas.schemes.kinds import PartySort
from schemas.values.model import ShortText
from schemas.values.refusal import Refused
from schemas.values.regions import REGIONS
from web.asking import request_id
from web.documents import texts_of
from web.forms.given import Given, read_form
from web.forms.saying import wrong
from web.forms.shape import Control, Field, fields_of
from web.lists.listed import BATCH, WHOLE, Columns, Listed, by_last, once
from web.lists.views import views_at
from web.registers.parties import add_to_parties, state_profile
from web.registers.writing import may_write
from web.render import render
from web.visit import NotFound, Somebody, Visit

router = APIRouter(prefix="/parties")
_A_PAGE = 50
_ADDED_AS = "added_as"
"""The id of whom the form adds, so that one that is sent twice adds nobody twice."""


class _Organisation(BaseModel):
    public_name: ShortText
    credit_code: ShortText | None = None


class _Person(BaseModel):
    person_name: ShortText
    identity_number: ShortText | None = None
    account: ShortText | None = None
    contact: ShortText | None = None


_SEALED_AS = {"person_name": "name"}
_FIELDS: dict[PartyKind, tuple[Field, ...]] = {
    PartyKind.ORGANISATION: fields_of(_Organisation),
    PartyKind.PERSON: fields_of(_Person),
}
_PROFILE = (
    Field("from_on", Control.DAY),
    Field("party_sort", Control.CHOICE, choices=tuple(one.value for one in PartySort if one is not PartySort.PERSON)),
    Field("province", Control.CHOICE, choices=REGIONS),
    Field("place", Control.TEXT, required=False),
)
"""A profile as it is asked for: the province by choice, what lies in it as schemes write it."""
_ASKED_AS = {"kind": "party_sort", "region": "province", "private.name": "person_name"}
"""Fields of profiles and parties by the names under which they are asked for."""


@dataclass(frozen=True)
class Asked:
    """Which organisations: those of a name, or all."""

    name: Annotated[str, Query(max_length=200)] = ""


def _all(visit: Visit, asked: Asked) -> AsyncIterator[Sequence[ListedParty]]:
    name = asked.name.strip() or None
    # What has a name is found at once, and not in an order that goes on.
    most = BATCH if name is None else WHOLE

    async def read(connection: Connection, after: UUID | None) -> Sequence[ListedParty]:
        return await list_parties(connection, kind="organisation", name=name, after=after, limit=most)

    return (
        by_last(visit, read, None, lambda one: one.party_id)
        if name is None
        else once(visit, lambda connection: read(connection, None))
    )


_COLUMNS: Columns[ListedParty] = (
    ("public_name", lambda one, _: one.public_name),
    ("credit_code", lambda one, _: one.credit_code),
    ("party_id", lambda one, _: one.party_id),
)
LIST = Listed("/parties", _COLUMNS, _all, Asked)


@router.get("")
async def parties(visit: Somebody, asked: Annotated[Asked, Depends()], after: UUID | None = None) -> Response:
    """Organisations by name, a page at a time, or those of a name; persons are sealed, and are found by their id."""
    words = asked.name.strip()
    async with visit.console.pool.acquire() as connection:
        found = await list_parties(
            connection, kind="organisation", name=words or None, after=None if words else after, limit=_A_PAGE + 1
        )
        views = await views_at(visit, connection, LIST)
    return render(
        visit,
        "registers/parties.html",
        listed=LIST,
        views=views,
        found=found[:_A_PAGE],
        searched=words,
        is_more=len(found) > _A_PAGE,
        may_add=may_write(visit, "add_party"),
    )


@router.get("/new/{kind}")
async def new_party(visit: Somebody, kind: PartyKind) -> Response:
    """The empty form."""
    return _new(visit, kind, {}, uuid4())


@router.post("/new/{kind}")
async def added(visit: Somebody, kind: PartyKind) -> Response:
    """Somebody new; the same organisation again is the one there is."""
    texts = texts_of(await visit.form())
    added_as = request_id(texts.get(_ADDED_AS))
    try:
        stated = read_form(_FIELDS[kind], texts)
        if kind is PartyKind.PERSON:
            stated = {"private": {_SEALED_AS.get(name, name): value for name, value in stated.items()}}
        party_id = await add_to_parties(visit, added_as, {"kind": kind.value, **stated})
    except Refused as refused:
        beside = Refused(*(one.but(where=_ASKED_AS.get(one.where, one.where)) for one in refused.refusals))
        return _new(visit, kind, texts, added_as, beside)
    return RedirectResponse(f"/parties/{party_id}", 303)


@router.get("/{party_id}")
async def party(visit: Somebody, party_id: UUID) -> Response:
    """One of them, and what it was stated to be."""
    return await _party(visit, party_id)


@router.post("/{party_id}/profile")
async def profiled(visit: Somebody, party_id: UUID) -> Response:
    """What an organisation is for reward schemes, from a day on."""
    texts = texts_of(await visit.form())
    try:
        await state_profile(visit, party_id, _profile(read_form(_PROFILE, texts)))
    except Refused as refused:
        beside = Refused(*(one.but(where=_ASKED_AS.get(one.where, one.where)) for one in refused.refusals))
        return await _party(visit, party_id, texts, beside)
    return RedirectResponse(f"/parties/{party_id}", 303)


def _profile(read: dict[str, Any]) -> dict[str, Any]:
    region = ".".join(read[name] for name in ("province", "place") if name in read)
    asked = {"from_on": read.get("from_on"), "kind": read.get("party_sort"), "region": region}
    return {name: value for name, value in asked.items() if value}


def _new(visit: Visit, kind: PartyKind, given: Given, added_as: UUID, refused: Refused | None = None) -> Response:
    if not may_write(visit, "add_party"):
        raise NotFound
    above, beside = wrong(_FIELDS[kind], given, refused.refusals if refused else (), visit.language)
    return render(
        visit,
        "registers/new_party.html",
        422 if refused else 200,
        kind=kind.value,
        fields=_FIELDS[kind],
        given=given,
        added_as=added_as,
        errors=above,
        problems=beside,
    )


async def _party(visit: Visit, party_id: UUID, given: Given | None = None, refused: Refused | None = None) -> Response:
    async with visit.console.pool.acquire() as connection:
        found = await find_listed_party(connection, party_id)
        profiles = await profiles_stated(connection, party_id)
    if found is None:
        raise NotFound
    above, beside = wrong(_PROFILE, given or {}, refused.refusals if refused else (), visit.language)
    return render(
        visit,
        "registers/party.html",
        422 if refused else 200,
        found=found,
        profiles=profiles,
        fields=_PROFILE if may_write(visit, "state_profile") and found.kind == PartyKind.ORGANISATION else (),
        given=given or {},
        errors=above,
        problems=beside,
    )
