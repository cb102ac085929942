"""Keys of the programs of an organisation: made by its people for their own role, and shown once."""

from collections.abc import AsyncIterator, Sequence
from secrets import token_urlsafe
from typing import Annotated, Any, Literal
from uuid import UUID, uuid4

from fastapi import APIRouter
from pydantic import Field
from starlette.responses import RedirectResponse, Response

from database.console.api_keys import ApiKey, add_api_key, end_api_key, list_api_keys
from database.registers.audit_log import write_audit
from schemas.values.actor import Role
from schemas.values.model import Day, Model, ShortText
from schemas.values.refusal import Refused
from schemas.wire.form import filled
from web.lists.listed import Columns, Listed, once
from web.pages.signing.entered import told
from web.render import render
from web.sign_in.keys import plain_hash
from web.sign_in.session import Session
from web.visit import NotFound, Somebody, Visit
from web.words import role_in, word

router = APIRouter(prefix="/keys")
_BYTES = 32
_NO_ACTS = frozenset({Role.ADMINISTRATOR})
"""Who gives roles to people has nothing that a program could ask for."""


class NewKey(Model):
    """What is asked of somebody who makes a key."""

    name: ShortText
    scopes: Annotated[tuple[Literal["read", "act"], ...], Field(min_length=1)]
    ends_on: Day | None = None


def _all(visit: Visit, _: object) -> AsyncIterator[Sequence[ApiKey]]:
    _, organisation_id = _of_organisation(visit)
    return once(visit, lambda connection: list_api_keys(connection, organisation_id))


_COLUMNS: Columns[ApiKey] = (
    ("key_name", lambda one, _: one.name),
    ("act_as", lambda one, language: role_in(one.role, language)),
    ("key_scopes", lambda one, language: "; ".join(word(f"key_scope_{scope}", language) for scope in one.scopes)),
    ("key_until", lambda one, _: one.ends_on),
    ("key_used_on", lambda one, _: one.last_used_on),
    ("calendar_made_at", lambda one, _: one.created_at),
    ("state", lambda one, language: word("key_ended", language) if one.ended_at else ""),
)
LIST = Listed("/keys", _COLUMNS, _all)


@router.get("")
async def keys(visit: Somebody) -> Response:
    """All keys of the organisation."""
    return await _page(visit)


@router.post("")
async def made(visit: Somebody) -> Response:
    """A new key; its secret is on this page and nowhere else."""
    by, organisation_id = _of_organisation(visit)
    form = await visit.form()
    given: dict[str, Any] = {name: form.get(name) for name in ("name", "ends_on") if form.get(name)}
    scopes = [one for one in form.getlist("scopes") if isinstance(one, str)]
    try:
        new = filled(NewKey, {**given, "scopes": list(dict.fromkeys(scopes))})
    except Refused as refused:
        return await _page(visit, given=given, scopes=scopes, refused=refused)
    secret, key_id, role = token_urlsafe(_BYTES), uuid4(), by.membership.role
    async with visit.console.pool.acquire() as connection, connection.transaction():
        await add_api_key(
            connection,
            key_id,
            plain_hash(secret),
            organisation_id,
            role,
            new.name,
            new.scopes,
            by.party_id,
            new.ends_on,
        )
        await write_audit(connection, by.party_id, role.value, "make_key", "granted")
    return await _page(visit, secret=secret)


@router.post("/{key_id}/end")
async def ended(visit: Somebody, key_id: UUID) -> Response:
    """Anybody of the organisation can stop a key of it."""
    by, organisation_id = _of_organisation(visit)
    await visit.form()
    async with visit.console.pool.acquire() as connection, connection.transaction():
        if not await end_api_key(connection, key_id, organisation_id, by.party_id):
            raise NotFound
        await write_audit(connection, by.party_id, by.membership.role.value, "end_key", "granted")
    return RedirectResponse("/keys", 303)


def _of_organisation(visit: Visit) -> tuple[Session, UUID]:
    mine, session = visit.membership, visit.session
    if session is None or mine.organisation_id is None or mine.role in _NO_ACTS:
        raise NotFound
    return session, mine.organisation_id


async def _page(
    visit: Visit,
    secret: str = "",
    given: dict[str, Any] | None = None,
    scopes: list[str] | None = None,
    refused: Refused | None = None,
) -> Response:
    mine = visit.membership
    has_organisation = mine.organisation_id is not None and mine.role not in _NO_ACTS
    found = []
    if mine.organisation_id is not None and has_organisation:
        async with visit.console.pool.acquire() as connection:
            found = await list_api_keys(connection, mine.organisation_id)
    return render(
        visit,
        "keys.html",
        422 if refused else 200,
        listed=LIST if has_organisation else None,
        keys=found,
        secret=secret,
        has_organisation=has_organisation,
        given=given or {},
        scopes_given=scopes or ["read"],
        **told(visit, refused.refusals if refused else ()),
    )
