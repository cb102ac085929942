"""The views of a list that whoever looks keeps, or his organisation shares: links above the list."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from database.pool import Connection
from database.work.saved_views import Owner, views_of
from schemas.values.actor import Role
from web.lists.listed import Listed
from web.lists.turned import narrowed_to
from web.visit import Visit


@dataclass(frozen=True)
class ShownView:
    """One link; ``change``: where it is renamed or deleted, nothing where another keeps it."""

    name: str
    href: str
    change: str
    is_current: bool
    is_shared: bool


@dataclass(frozen=True)
class Views:
    """``save``: where the list is kept as it is narrowed now; nothing where it is not, or is kept so already."""

    rows: list[ShownView]
    save: str


def owner_of(visit: Visit) -> Owner:
    """As whom the visit keeps views; raises SignInNeeded for the public."""
    mine = visit.membership
    assert visit.session is not None
    return Owner(visit.session.account_id, mine.organisation_id, mine.role.value)


def may_share(visit: Visit) -> bool:
    """Whether the others of the organisation may be shown what the visit keeps."""
    return visit.membership.role is Role.OPERATOR and visit.membership.organisation_id is not None


async def views_at(visit: Visit, connection: Connection, listed: Listed[Any]) -> Views:
    """Those of the list; none for whoever is not signed in."""
    if visit.session is None:
        return Views([], "")
    owner, now = owner_of(visit), listed.narrowed(visit)
    rows = [
        ShownView(
            one.name,
            f"{one.list}{narrowed_to(one.narrowed)}",
            f"/views/{one.view_id}" if one.account_id == owner.account_id else "",
            one.narrowed == now,
            one.is_shared,
        )
        for one in await views_of(connection, owner, listed.path)
    ]
    is_kept = any(one.is_current for one in rows)
    return Views(rows, f"/views/new?{urlencode({'list': listed.path, **now})}" if now and not is_kept else "")
