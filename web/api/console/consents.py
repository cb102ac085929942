"""Declarations that are being written, and the consents that their co-owners give without an account."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from database.bulletin.pages import read_instant_place
from database.console.consent_links import ConsentLink
from database.console.drafts import Draft
from schemas.values.model import Model, PartyId, ShortText, Text
from schemas.wire.form import filled
from web.api.acts import IdempotencyKey
from web.api.bodies import object_body
from web.api.caller import Reader, Writer
from web.api.console.once import Answer, Done, done_once, once, takes
from web.api.described import noes
from web.api.reads import OWN, Size, Turn, behind, turn
from web.api.shown import Turned, followed, turned
from web.consents.asked import (
    ask_consent,
    begin_draft,
    draft_of,
    hand_code_over,
    links_asked,
    mail_code,
    take_back,
    waiting_for_codes,
)
from web.consents.code import code_of
from web.consents.links import SUBMITTED
from web.drafts import Drafts
from web.visit import Visit

router = APIRouter()
_TAG = "consents"
_READ: dict[str, Any] = {"responses": noes(401, 403, 404), "openapi_extra": OWN, "tags": [_TAG]}
_MOST_FIELDS = 500


class ShownDraft(BaseModel):
    """A declaration that is being written: what was typed, by the names of its form (``offer.royalty.form``).

    Its id is that of the act: sent as the ``Idempotency-Key`` of the declaration, it is filed once.
    """

    draft_id: UUID
    fields: dict[str, str]
    version: int
    created_at: datetime
    updated_at: datetime


class ShownDrafts(Turned):
    """Those of your organisation, what was changed last first."""

    rows: list[ShownDraft]


class DraftChanges(Model):
    """Fields that are typed, and null for those that go; ``version``: only if the draft is still the one you saw."""

    fields: Annotated[dict[ShortText, Text | None], Field(min_length=1, max_length=_MOST_FIELDS)]
    version: Annotated[int, Field(ge=1, le=2**31 - 1)] | None = None


class SavedDraft(BaseModel):
    """``version``: what was saved, to be named by whoever saves next."""

    draft_id: UUID
    version: int


class ConsentAsked(BaseModel):
    """A link for a co-owner, without its secret, and what came of it."""

    link_id: UUID
    party_id: UUID
    content_hash: str
    made_by: UUID
    made_at: datetime
    ends_at: datetime
    holds: bool
    code_asked_at: datetime | None
    ended_as: str | None
    document_hash: str | None
    """The paper that the co-owner's decision has become."""


class ConsentsAsked(BaseModel):
    """The last made first."""

    rows: list[ConsentAsked]


class CodesAsked(BaseModel):
    """Who waits longest first; ``following`` goes on after the last one."""

    rows: list[ConsentAsked]
    following: str | None


class NewConsentLink(Model):
    """Which co-owner is asked."""

    party_id: PartyId


class MadeConsentLink(BaseModel):
    """``address`` is to be given to the co-owner; it is told to whoever asked, and kept by nobody."""

    party_id: UUID
    address: str


class HandedCode(BaseModel):
    """The code for that co-owner, to be handed over by a way that is known to lead there."""

    party_id: UUID
    code: str


@router.get("/drafts", **_READ)
async def drafts(visit: Reader, older: Turn = "", newer: Turn = "", limit: Size = 50) -> ShownDrafts:
    """Declarations that your organisation is writing. 本单位的声明草稿。"""
    place, direction = turn(older, newer, read_instant_place)
    async with visit.console.pool.acquire() as connection:
        found = await Drafts.of(visit).read(connection, SUBMITTED, place, direction, limit)
    return ShownDrafts(rows=[_draft(one) for one in found.rows], **turned(found))


@router.get("/drafts/{draft_id}", **_READ)
async def draft(visit: Reader, draft_id: UUID) -> ShownDraft:
    """One of them. 一份草稿。"""
    return _draft(await draft_of(visit, draft_id))


@router.post("/drafts", **takes(None, _TAG))
async def new_draft(request: Request, visit: Writer, idempotency_key: IdempotencyKey) -> ShownDraft:
    """A new one, with what is known of your organisation already. 新建草稿。"""

    async def doing(inner: Visit) -> Answer:
        return _draft(await begin_draft(inner)).model_dump(mode="json")

    return ShownDraft(**await once(request, visit, UUID(idempotency_key), None, doing))


@router.post("/drafts/{draft_id}/fields", **takes(DraftChanges, _TAG, fields={"offer.title": "一种升降式独管通讯塔"}))
async def changed_draft(request: Request, visit: Writer, idempotency_key: IdempotencyKey, draft_id: UUID) -> SavedDraft:
    """Keeps what is typed; other fields stay. 保存草稿内容。"""
    body = await object_body(request)
    given = filled(DraftChanges, body)

    async def doing(inner: Visit) -> Answer:
        saved = await Drafts.of(inner).save(await draft_of(inner, draft_id), given.fields, given.version, None)
        return {"draft_id": str(draft_id), "version": saved.version}

    return SavedDraft(**await once(request, visit, UUID(idempotency_key), body, doing))


@router.get("/drafts/{draft_id}/consents", **_READ)
async def consents_asked(visit: Reader, draft_id: UUID) -> ConsentsAsked:
    """Whom of the co-owners you asked, and what they said. 向共有人征求同意的情况。"""
    found = await links_asked(visit, await draft_of(visit, draft_id))
    return ConsentsAsked(rows=[_link(one) for one in found])


@router.post("/drafts/{draft_id}/consents", **takes(NewConsentLink, _TAG))
async def new_consent_link(
    request: Request, visit: Writer, idempotency_key: IdempotencyKey, draft_id: UUID
) -> MadeConsentLink:
    """A link by which a co-owner consents to exactly this. 生成征求同意的链接。"""
    body = await object_body(request)
    given = filled(NewConsentLink, body)

    async def doing(inner: Visit) -> Answer:
        await ask_consent(inner, draft_id, given.party_id)
        return {"party_id": str(given.party_id)}

    return MadeConsentLink(**await once(request, visit, UUID(idempotency_key), body, doing, _address))


@router.post("/drafts/{draft_id}/consents/{link_id}/withdrawal", **takes(None, _TAG))
async def withdrawn_consent_link(
    request: Request, visit: Writer, idempotency_key: IdempotencyKey, draft_id: UUID, link_id: UUID
) -> Done:
    """Takes a link back that was not used. 撤回链接。"""
    return await done_once(request, visit, idempotency_key, None, lambda inner: take_back(inner, draft_id, link_id))


@router.get("/consent-codes", **_READ)
async def consent_codes(visit: Reader, after: Turn = "", limit: Size = 100) -> CodesAsked:
    """Co-owners who wait for a code, the longest first. 待转交验证码的共有人。"""
    found = await waiting_for_codes(visit, behind(after, read_instant_place), limit)
    return CodesAsked(rows=[_link(one) for one in found.rows], following=followed(found))


@router.post("/consent-codes/{link_id}", **takes(None, _TAG))
async def handed_code(request: Request, visit: Writer, idempotency_key: IdempotencyKey, link_id: UUID) -> HandedCode:
    """A code for whoever opened the link, instead of an earlier one. 生成并转交验证码。"""

    async def doing(inner: Visit) -> Answer:
        link, _ = await hand_code_over(inner, link_id)
        return {"party_id": str(link.party_id)}

    return HandedCode(**await once(request, visit, UUID(idempotency_key), None, doing, _code))


class CodeByMail(Model):
    """Where a code goes."""

    mail_to: ShortText
    """An address that you know to be the co-owner's own; not one that whoever made the link gave you."""


@router.post("/consent-codes/{link_id}/mail", **takes(CodeByMail, _TAG, codes=(422,), mail_to="name@example.com"))
async def mailed_code(request: Request, visit: Writer, idempotency_key: IdempotencyKey, link_id: UUID) -> Done:
    """A code goes by mail to the co-owner and is shown to nobody. 以邮件发送验证码。"""
    body = await object_body(request)
    given = filled(CodeByMail, body)
    return await done_once(
        request, visit, idempotency_key, body, lambda inner: mail_code(inner, link_id, given.mail_to)
    )


def _address(made: Visit) -> dict[str, str]:
    return {"address": made.address(f"/consent/{made.new_secret()}")}


def _code(made: Visit) -> dict[str, str]:
    return {"code": code_of(made.new_bytes())}


def _draft(found: Draft) -> ShownDraft:
    return ShownDraft.model_validate(found, from_attributes=True)


def _link(found: ConsentLink) -> ConsentAsked:
    return ConsentAsked.model_validate(found, from_attributes=True)
