"""Every page and every form, by people who have no business there: what is not yours is not there."""

from typing import Any
from uuid import UUID

import pytest

from schemas.values.actor import Role
from tests.web.walking.town import SENT, SHOWN, Town

FOR_ANYBODY = frozenset(
    {
        *("/", "/components", "/sign-in", "/verify", "/verify/{act_id}/{content_hash}"),
        *("/offers", "/offers/{declaration_id}", "/offers/{declaration_id}/cost"),
        *("/statistics", "/statistics/dictionary"),
    }
)
BY_SECRET = frozenset({"/invitation/{invitation}", "/consent/{secret}"})
"""Whoever has the address is whom it is for."""
OPEN = ("/offers/", "/verify/", "/invitation/", "/consent/", "/statistics/")
REGISTERS = {"/parties/{party_id}", "/patents/{number}"}
"""They are no unit's own: finance reads them whole."""
STRANGERS = (Role.LICENSOR, Role.LICENSEE, Role.FINANCE, Role.INVENTOR, Role.CLAIMANT)


async def test_whoever_is_not_signed_in_sees_what_is_for_anybody(town: Town) -> None:
    public = town.house.public()
    for route in SHOWN:
        answer = await public.get(town.address(route))
        to_the_door = (answer.status_code, answer.headers.get("location", "").partition("?")[0]) == (303, "/sign-in")
        assert to_the_door is (route.path not in FOR_ANYBODY | BY_SECRET), (route.path, answer.status_code)


@pytest.mark.parametrize("role", STRANGERS)
async def test_what_is_anothers_is_not_there_and_nothing_comes_of_asking(town: Town, role: Role) -> None:
    guest, before = await town.house.guest(role), await _told(town)
    there = set[str]()
    for route in (*SHOWN, *SENT):
        if not route.param_convertors or route.path.startswith(OPEN):
            continue
        address, is_form = town.address(route), "POST" in (route.methods or ())
        answer = await (guest.post(address, asked_as=str(UUID(int=1))) if is_form else guest.get(address))
        if answer.status_code == 303:
            answer = await guest.get(answer.headers["location"])
        if answer.status_code != 404:
            there.add(route.path)
    assert there == (REGISTERS if role is Role.FINANCE else set())
    assert await _told(town) == before


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
