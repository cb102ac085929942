"""Lists that go one way: read a few rows at a time, they have each row once, as their pages do from the same place."""

import re
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID, uuid4

import httpx2 as httpx
import pytest

from database.sign_in.memberships import propose_membership
from schemas.values.actor import Role
from tests.web.house import Guest, House
from tests.web.pages.consents.test_consents import draft_of
from tests.web.people import account_of, organisation, person

Get = Callable[..., Awaitable[httpx.Response]]
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


async def walked(get: Get, path: str, of: str, rows: str = "rows") -> tuple[list[str], list[str]]:
    """The ids of a list that is read two rows at a time, and the places where it went on."""
    found: list[str] = []
    places: list[str] = []
    after: str | None = ""
    while after is not None:
        answer: dict[str, Any] = (await get(f"/api/v1{path}", after=after, limit=2)).json()
        assert len(answer[rows]) == 2 or answer["following"] is None
        found += [one[of] for one in answer[rows]]
        after = answer["following"]
        places += [after] if after is not None else []
    return found, places


async def _goes_on(who: Guest, path: str, of: str, made: set[str], rows: str = "rows") -> None:
    found, places = await walked(who.get, path, of, rows)
    assert len(found) == len(set(found))
    assert made <= set(found)
    assert (await who.get(f"/api/v1{path}", after="nowhere")).status_code == 422
    page = path.replace("/deadline-calendars", "/deadlines")
    # The place of a page, which is a row's id, stands in addresses on it.
    whole, rest = [set(_ID.findall((await who.get(page, after=after)).text)) for after in ("nowhere", places[0])]
    assert set(found[:2]) <= whole
    assert found[0] not in rest
    assert set(found[2:4]) & rest == set(found[2:4])


async def test_keys(house: House) -> None:
    who = await house.guest(Role.LICENSOR)
    made = [(await who.ask("/keys", {"name": f"ERP {n}", "scopes": ["read"]})).json()["key_id"] for n in range(5)]
    for one in made:
        assert (await who.ask(f"/keys/{one}/end")).status_code == 200
    assert (await walked(who.get, "/keys", "key_id"))[0] == made[::-1]
    answer = (await who.get("/keys", after=(await walked(who.get, "/keys", "key_id"))[1][0])).text
    assert [n for n in range(5) if f"ERP {n}" in answer] == [0, 1, 2]


async def test_addresses_of_deadlines(house: House) -> None:
    who = await house.guest(Role.LICENSOR)
    made = [(await who.ask("/deadline-calendars", {"language": "en"})).json()["calendar_id"] for _ in range(5)]
    await _goes_on(who, "/deadline-calendars", "calendar_id", set(made))


async def test_absences(house: House) -> None:
    who = await house.guest(Role.LICENSOR)
    me = str(who.session.party_id)
    told = [{"party_id": me, "from_on": "2098-12-01", "until_on": f"2098-12-{day:02}"} for day in (4, 4, 4, 9, 12)]
    made = [(await who.ask("/absences", one)).json()["absence_id"] for one in told]
    found, _ = await walked(who.get, "/absences", "absence_id", "absences")
    assert found == [*sorted(made[:3], key=UUID), *made[3:]]
    await _goes_on(who, "/absences", "absence_id", set(made), "absences")


async def test_proposed_roles(house: House) -> None:
    who, made = await house.guest(Role.ADMINISTRATOR), set[str]()
    for _ in range(5):
        async with house.pool.acquire() as connection, connection.transaction():
            account = await account_of(connection, await person(connection, "新人"))
            unit = await organisation(connection, "某单位")
            proposed, by = uuid4(), who.session.party_id
            await propose_membership(connection, proposed, account, Role.LICENSOR, by, organisation_id=unit)
        made.add(str(proposed))
    await _goes_on(who, "/roles", "membership_id", made)


@pytest.fixture
async def waiting_links(house: House) -> list[str]:
    """Links whose co-owners wait for a code."""
    who = await house.guest(Role.LICENSOR, "某排队大学")
    other = (await house.guest(Role.LICENSOR, "某排队公司")).organisation_id
    found = []
    for _ in range(5):
        asked = f"/drafts/{await draft_of(house, who, other)}/consents"
        made = (await who.ask(asked, {"party_id": str(other)})).json()
        await house.public().post("/consent/" + made["address"].rpartition("/consent/")[2] + "/ask")
        found += [one["link_id"] for one in (await who.get(f"/api/v1{asked}")).json()["rows"]]
    return found


async def test_co_owners_who_wait_for_a_code(house: House, waiting_links: list[str]) -> None:
    await _goes_on(await house.guest(Role.OPERATOR), "/consent-codes", "link_id", set(waiting_links))
