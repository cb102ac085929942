"""Keys of programs: read and ended by any of them, made by a person alone."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from pydantic import BaseModel

from database.bulletin.pages import read_instant_place
from schemas.values.actor import Role
from web.api.acts import IdempotencyKey
from web.api.bodies import object_body
from web.api.caller import InPerson, Reader, Writer
from web.api.console.once import Answer, Done, done_once, once, takes
from web.api.described import noes
from web.api.reads import OWN, Size, Turn, behind
from web.api.shown import followed
from web.visit import Visit
from web.work.keys import NewKey, end_key, keys_of_own, make_key

router = APIRouter()


class ShownKey(BaseModel):
    """A key of the organisation, without its secret. ``created_by`` answers for what the program does."""

    key_id: UUID
    role: Role
    name: str
    scopes: tuple[str, ...]
    created_by: UUID
    created_at: datetime
    ends_on: date | None
    last_used_on: date | None
    ended_by: UUID | None
    ended_at: datetime | None


class Keys(BaseModel):
    """The newest first; ``following`` goes on after the last one."""

    rows: list[ShownKey]
    following: str | None


class MadeKey(BaseModel):
    """A new key; ``secret`` is told to whoever asked for it, and kept by nobody."""

    key_id: UUID
    secret: str


@router.get("/keys", responses=noes(401, 403, 404), openapi_extra=OWN, tags=["keys"])
async def keys(visit: Reader, after: Turn = "", limit: Size = 100) -> Keys:
    """The keys of your organisation. 本单位的接口密钥。"""
    found = await keys_of_own(visit, behind(after, read_instant_place), limit)
    rows = [ShownKey.model_validate(one, from_attributes=True) for one in found.rows]
    return Keys(rows=rows, following=followed(found))


@router.post("/keys", **takes(NewKey, "keys", in_person=True, name="ERP", scopes=["read"], ends_on="2027-12-31"))
async def new_key(request: Request, visit: InPerson, idempotency_key: IdempotencyKey) -> MadeKey:
    """A key for your own role; no key makes another. 为本人角色建立接口密钥，须本人登录办理。"""
    body = await object_body(request)

    async def doing(inner: Visit) -> Answer:
        return {"key_id": str((await make_key(inner, body)).key_id)}

    answer = await once(request, visit, UUID(idempotency_key), body, doing, _secret)
    return MadeKey(**answer)


@router.post("/keys/{key_id}/end", **takes(None, "keys"))
async def ended_key(request: Request, visit: Writer, idempotency_key: IdempotencyKey, key_id: UUID) -> Done:
    """It works no more. 停用接口密钥。"""
    return await done_once(request, visit, idempotency_key, None, lambda inner: end_key(inner, key_id))


def _secret(made: Visit) -> dict[str, Any]:
    return {"secret": made.new_secret()}
