"""What narrows a list, kept by people under names of their own, and shared by an organisation where they say so."""

from dataclasses import dataclass
from uuid import UUID

import asyncpg

from database.pool import Connection
from schemas.values.refusal import Refused, refuse

MOST = 30
"""Views of one list that somebody keeps, and that an organisation shares."""


@dataclass(frozen=True)
class Owner:
    """As who somebody keeps views: a person, in a role, for an organisation or for himself."""

    account_id: UUID
    organisation_id: UUID | None
    role: str


@dataclass(frozen=True)
class SavedView:
    """One view. ``narrowed``: the query of the list's address, by its parts."""

    view_id: UUID
    account_id: UUID
    list: str
    name: str
    narrowed: dict[str, str]
    is_shared: bool


_COLUMNS = "view_id, account_id, list, name, narrowed, is_shared"


async def views_of(connection: Connection, owner: Owner, path: str) -> list[SavedView]:
    """One's own views of a list, and those that others of the organisation share in that role; by name."""
    rows = await connection.fetch(
        f"""SELECT {_COLUMNS} FROM (
                SELECT * FROM saved_views
                WHERE account_id = $1 AND organisation_id IS NOT DISTINCT FROM $2 AND role = $3 AND list = $4
                UNION
                SELECT * FROM saved_views WHERE is_shared AND organisation_id = $2 AND role = $3 AND list = $4) seen
            ORDER BY name, view_id""",
        owner.account_id,
        owner.organisation_id,
        owner.role,
        path,
    )
    return [SavedView(**row) for row in rows]


async def find_view(connection: Connection, owner: Owner, view_id: UUID) -> SavedView | None:
    """One of one's own; None for what others keep, also where they share it."""
    row = await connection.fetchrow(
        f"""SELECT {_COLUMNS} FROM saved_views WHERE view_id = $4
            AND account_id = $1 AND organisation_id IS NOT DISTINCT FROM $2 AND role = $3""",
        owner.account_id,
        owner.organisation_id,
        owner.role,
        view_id,
    )
    return SavedView(**row) if row else None


async def save_view(connection: Connection, owner: Owner, view: SavedView) -> None:
    """One more, once however often it is sent. Raises Refused ``view_name_taken`` or ``views_too_many``."""
    # Two pages that save at once must not both find room.
    await connection.execute("SELECT pg_advisory_xact_lock(hashtextextended($1::text, 44))", str(owner.account_id))
    seen = await views_of(connection, owner, view.list)
    if any(one.view_id == view.view_id for one in seen):
        return
    _check_room(seen, owner, is_shared=view.is_shared)
    try:
        await connection.execute(
            """INSERT INTO saved_views (view_id, account_id, organisation_id, role, list, name, narrowed, is_shared)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8)""",
            view.view_id,
            owner.account_id,
            owner.organisation_id,
            owner.role,
            view.list,
            view.name,
            view.narrowed,
            view.is_shared,
        )
    except asyncpg.UniqueViolationError:
        raise _taken(view.name) from None


async def change_view(connection: Connection, owner: Owner, view: SavedView, name: str, *, is_shared: bool) -> None:
    """It is called otherwise, or shared or not. Raises Refused ``view_name_taken`` or ``views_too_many``."""
    seen = await views_of(connection, owner, view.list)
    if is_shared and not view.is_shared and sum(one.is_shared for one in seen) >= MOST:
        raise _too_many()
    try:
        await connection.execute(
            """UPDATE saved_views SET name = $2, is_shared = $3, updated_at = clock_timestamp() WHERE view_id = $1""",
            view.view_id,
            name,
            is_shared,
        )
    except asyncpg.UniqueViolationError:
        raise _taken(name) from None


async def delete_view(connection: Connection, view: SavedView) -> None:
    """It is kept no more."""
    await connection.execute("SELECT delete_saved_view($1, $2)", view.view_id, view.account_id)


def _check_room(seen: list[SavedView], owner: Owner, *, is_shared: bool) -> None:
    own = sum(one.account_id == owner.account_id for one in seen)
    if own >= MOST or (is_shared and sum(one.is_shared for one in seen) >= MOST):
        raise _too_many()


def _too_many() -> Refused:
    return refuse("views_too_many", "name", most=MOST)


def _taken(name: str) -> Refused:
    return refuse("view_name_taken", "name", given=name)
