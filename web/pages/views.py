"""A list as it is narrowed is kept under a name, called otherwise, shared with the organisation, deleted."""

from dataclasses import fields
from typing import Annotated, Any
from uuid import UUID, uuid4

from fastapi import APIRouter, Query
from pydantic import AfterValidator, StringConstraints
from pydantic_core import PydanticCustomError
from starlette.responses import RedirectResponse, Response

from database.work.saved_views import SavedView, change_view, delete_view, find_view, save_view
from schemas.values.model import Model
from schemas.values.outside import storable
from schemas.values.refusal import Refused
from schemas.wire.form import filled
from web.asking import request_id
from web.lists.listed import Listed
from web.lists.turned import narrowed_to
from web.lists.views import may_share, owner_of
from web.pages.lists import LISTS
from web.pages.signing.entered import told
from web.render import render
from web.visit import NotFound, Somebody, Visit

router = APIRouter(prefix="/views")
KEPT = {one.path: one for one in LISTS if "{" not in one.path and fields(one.asked)}
"""The lists that can be narrowed, by their addresses."""
_LONGEST = 200
_MARKS = frozenset("<>")


def _plain(name: str) -> str:
    if _MARKS & set(name):
        raise PydanticCustomError("view_name_not_plain", "a name has no angle brackets")
    return name


class _Called(Model):
    name: Annotated[
        str,
        StringConstraints(strip_whitespace=True, min_length=1, max_length=40),
        AfterValidator(_plain),
        storable(lines=False),
    ]


ListAddress = Annotated[str, Query(alias="list", max_length=_LONGEST)]


@router.get("/new")
async def new_view(visit: Somebody, at: ListAddress) -> Response:
    """What the list shall be called as the address narrows it."""
    _narrowed(visit, at)
    return _page(visit, at, {"asked_as": str(uuid4())})


@router.post("/new")
async def saved(visit: Somebody, at: ListAddress) -> Response:
    """It is kept; a name that cannot be stays in its field."""
    narrowed, form = _narrowed(visit, at), await visit.form()
    given = {name: str(form.get(name) or "") for name in ("name", "is_shared", "asked_as")}
    owner = owner_of(visit)
    try:
        view = SavedView(
            request_id(given["asked_as"]), owner.account_id, at, _name(given), narrowed, _is_shared(visit, given)
        )
        async with visit.console.pool.acquire() as connection, connection.transaction():
            await save_view(connection, owner, view)
    except Refused as refused:
        return _page(visit, at, given, refused=refused)
    return RedirectResponse(f"{at}{narrowed_to(narrowed)}", 303)


@router.get("/{view_id}")
async def one_view(visit: Somebody, view_id: UUID) -> Response:
    """One of one's own."""
    view = await _find(visit, view_id)
    return _page(visit, view.list, {"name": view.name, "is_shared": "1" if view.is_shared else ""}, view)


@router.post("/{view_id}")
async def changed(visit: Somebody, view_id: UUID) -> Response:
    """It is called otherwise, or shared or not."""
    form, view = await visit.form(), await _find(visit, view_id)
    given = {name: str(form.get(name) or "") for name in ("name", "is_shared")}
    try:
        name, is_shared = _name(given), _is_shared(visit, given)
        async with visit.console.pool.acquire() as connection, connection.transaction():
            await change_view(connection, owner_of(visit), view, name, is_shared=is_shared)
    except Refused as refused:
        return _page(visit, view.list, given, view, refused)
    return RedirectResponse(f"{view.list}{narrowed_to(view.narrowed)}", 303)


@router.post("/{view_id}/delete")
async def deleted(visit: Somebody, view_id: UUID) -> Response:
    """It is kept no more; the list is as it is."""
    await visit.form()
    view = await _find(visit, view_id)
    async with visit.console.pool.acquire() as connection:
        await delete_view(connection, view)
    return RedirectResponse(view.list, 303)


async def _find(visit: Visit, view_id: UUID) -> SavedView:
    async with visit.console.pool.acquire() as connection:
        found = await find_view(connection, owner_of(visit), view_id)
    if found is None:
        raise NotFound
    return found


def _narrowed(visit: Visit, at: str) -> dict[str, str]:
    """What of the address narrows the list; raises NotFound for what is no list, or is not narrowed."""
    listed: Listed[Any] | None = KEPT.get(at)
    narrowed = listed.narrowed(visit) if listed else {}
    if not narrowed or any(len(value) > _LONGEST for value in narrowed.values()):
        raise NotFound
    return narrowed


def _name(given: dict[str, str]) -> str:
    return filled(_Called, {"name": given["name"]} if given["name"] else {}).name


def _is_shared(visit: Visit, given: dict[str, str]) -> bool:
    return bool(given["is_shared"]) and may_share(visit)


def _page(
    visit: Visit, at: str, given: dict[str, str], view: SavedView | None = None, refused: Refused | None = None
) -> Response:
    return render(
        visit,
        "view.html",
        422 if refused else 200,
        title_key=f"nav_{at[1:].replace('-', '_')}",
        back=f"{at}{narrowed_to(view.narrowed if view else _narrowed(visit, at))}",
        view=view,
        given=given,
        may_share=may_share(visit),
        **told(visit, refused.refusals if refused else ()),
    )
