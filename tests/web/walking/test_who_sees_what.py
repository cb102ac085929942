"""Every page and every form, by somebody of every role: what is not yours is not there, as the one table has it."""

from typing import Any
from uuid import UUID

import pytest
from fastapi.routing import APIRoute

from schemas.acts.act import FilingKind
from schemas.values.actor import Role
from tests.web.house import Guest
from tests.web.walking.town import ALL, FILES, SENT, SHOWN, Town
from web.rights.pages import PEOPLE, Page, page_of
from web.rights.table import may
from web.rights.whose import RELATIONS

_ENTERED = ("/account", "/membership", "/second-factor")
"""For whoever has signed in, also without a role that can be used yet."""
_ASKED = (*SHOWN, *FILES, *SENT)


def _row(route: APIRoute) -> Page:
    found = page_of(route.path, _method(route))
    assert found is not None, route.path
    return found


def _method(route: APIRoute) -> str:
    return next(iter(route.methods or ()))


def _is_there(role: Role, route: APIRoute) -> bool:
    """Whether a stranger of that role, who acts for a unit of his own, finds what the town has there."""
    row, is_something = _row(route), bool(route.param_convertors)
    if role not in row.roles:
        return False
    if row.about == "filing" and is_something and RELATIONS.get(role) != ("all",):
        return False
    if row.about == "own" and is_something and role not in row.see_all:
        return False
    acts = {"{act}": "check_status", "/corrections/": "correct_fact"}
    return all(may(role, FilingKind.DECLARATION, act) for part, act in acts.items() if part in route.path)


def _alike() -> list[Role]:
    """One of those roles to whom the table gives the same of everything."""
    rows = {role: tuple(_is_there(role, route) for route in _ASKED) for role in PEOPLE}
    return list({row: role for role, row in sorted(rows.items(), reverse=True)}.values())


def test_every_page_has_its_row() -> None:
    """Whoever adds a page says who may ask for it: what has no row is nobody's."""
    assert [route.path for route in ALL if page_of(route.path, _method(route)) is None] == []


async def test_whoever_is_not_signed_in_sees_what_is_for_anybody(town: Town) -> None:
    public = town.house.public()
    for route in SHOWN:
        answer = await public.get(town.address(route))
        to_the_door = (answer.status_code, answer.headers.get("location", "").partition("?")[0]) == (303, "/sign-in")
        assert to_the_door is not _row(route).is_public, (route.path, answer.status_code)


@pytest.mark.parametrize("role", _alike())
async def test_every_page_is_there_for_whom_the_table_names_and_for_nobody_else(town: Town, role: Role) -> None:
    """What is not there changes nothing by being asked for, and who asked for it stands in the audit log."""
    guest, before, wrong, refused = await town.house.guest(role), await _told(town), list[Any](), 0
    for route in _ASKED:
        if _row(route).is_public or route.path.startswith(_ENTERED):
            continue
        is_there = _is_there(role, route)
        status = await _asked(town, guest, route, in_earnest=not is_there)
        refused += status == 404
        if (status == 404) is is_there or status >= 500:
            wrong.append((_method(route), route.path, status))
    assert wrong == []
    assert await _told(town) == before
    lines = "SELECT count(*) FROM audit_log WHERE who = $1 AND role = $2 AND outcome = 'refused'"
    assert await town.house.pool.fetchval(lines, guest.session.party_id, role.value) == refused


async def _asked(town: Town, guest: Guest, route: APIRoute, *, in_earnest: bool) -> int:
    """The status; ``in_earnest``: a form with what proves that it is ours. Without, whom it reaches refuses it."""
    address = town.address(route)
    if _method(route) == "GET":
        return (await guest.get(address)).status_code
    answer = await (guest.post(address, asked_as=str(UUID(int=1))) if in_earnest else guest.http.post(address))
    if in_earnest and answer.status_code == 303:  # where an act that was asked for before has its receipt
        answer = await guest.get(answer.headers["location"])
    return answer.status_code


async def _told(town: Town) -> Any:
    """What the town has, so that a change of it is seen."""
    return await town.house.pool.fetchrow(
        """SELECT (SELECT count(*) FROM events WHERE filing_id = ANY($1::uuid[])) AS facts,
                  (SELECT version FROM drafts WHERE draft_id = $2::uuid) AS draft,
                  (SELECT ended_at FROM api_keys WHERE key_id = $3::uuid) AS key,
                  (SELECT state FROM accounts WHERE account_id = $4::uuid) AS account,
                  (SELECT count(*) FROM membership_grants WHERE membership_id = $5::uuid) AS grants,
                  (SELECT count(*) FROM membership_ends WHERE membership_id = $5::uuid) AS ends,
                  (SELECT state FROM imports WHERE import_id = $6::uuid) AS rows,
                  (SELECT stage FROM bulks WHERE bulk_id = $7::uuid) AS bulk,
                  (SELECT consent_links FROM consent_links WHERE link_id = $8::uuid)::text AS link,
                  (SELECT name FROM saved_views WHERE view_id = $9::uuid) AS view""",
        [town.places[one] for one in ("filing_id", "licence_id")],
        *(
            town.places[one]
            for one in (
                *("draft_id", "key_id", "account_id", "membership_id", "import_id"),
                *("bulk_id", "link_id", "view_id"),
            )
        ),
    )
