"""The page of the keys of an organisation's programs."""

from collections.abc import AsyncIterator, Sequence
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from database.bulletin.pages import Portion, read_instant_place
from database.console.api_keys import ApiKey, list_api_keys
from schemas.values.refusal import Refused
from web.lists.listed import BATCH, Columns, Listed, by_key
from web.lists.turned import followed_by
from web.pages.signing.entered import told
from web.render import render
from web.visit import NotFound, Somebody, Visit
from web.words import role_in, word
from web.work.keys import end_key, has_keys, keys_of_own, make_key, owner_of_keys

router = APIRouter(prefix="/keys")


def _all(visit: Visit, _: object) -> AsyncIterator[Sequence[ApiKey]]:
    organisation_id = owner_of_keys(visit)
    return by_key(visit, lambda connection, place: list_api_keys(connection, organisation_id, place, BATCH))


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
async def keys(visit: Somebody, after: str = "") -> Response:
    """All keys of the organisation, a page at a time."""
    return await _page(visit, after=after)


@router.post("")
async def made(visit: Somebody) -> Response:
    """A new key; its secret is on this page and nowhere else."""
    if not has_keys(visit):
        raise NotFound
    form = await visit.form()
    given: dict[str, Any] = {name: form.get(name) for name in ("name", "ends_on") if form.get(name)}
    scopes = [one for one in form.getlist("scopes") if isinstance(one, str)]
    try:
        new = await make_key(visit, {**given, "scopes": list(dict.fromkeys(scopes))})
    except Refused as refused:
        beside = Refused(*(one.but(where=one.where.partition(".")[0]) for one in refused.refusals))
        return await _page(visit, given=given, scopes=scopes, refused=beside)
    return await _page(visit, secret=new.secret)


@router.post("/{key_id}/end")
async def ended(visit: Somebody, key_id: UUID) -> Response:
    """One of them works no more."""
    await visit.form()
    await end_key(visit, key_id)
    return RedirectResponse("/keys", 303)


async def _page(
    visit: Visit,
    after: str = "",
    secret: str = "",
    given: dict[str, Any] | None = None,
    scopes: list[str] | None = None,
    refused: Refused | None = None,
) -> Response:
    found = await keys_of_own(visit, read_instant_place(after)) if has_keys(visit) else Portion([], None)
    return render(
        visit,
        "keys.html",
        422 if refused else 200,
        listed=LIST if has_keys(visit) else None,
        keys=found.rows,
        following=followed_by(found.following),
        secret=secret,
        has_organisation=has_keys(visit),
        given=given or {},
        scopes_given=scopes or ["read"],
        **told(visit, refused.refusals if refused else ()),
    )
