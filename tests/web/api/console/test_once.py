"""What a program sends twice is done once, and answered as the first time; what a person made by it is told again."""

import asyncio
from typing import Any
from uuid import uuid4

import httpx2 as httpx
import pytest

from schemas.values.actor import Role
from tests.web.api.programs import API, program
from tests.web.house import House
from web.sign_in.keys import plain_hash

UNIT = {"kind": "organisation", "public_name": "两次送来的单位"}


def codes(answer: httpx.Response) -> list[str]:
    return [one["code"] for one in answer.json()["refusals"]]


async def test_what_is_sent_twice_is_done_once_and_another_content_under_the_key_is_a_conflict(house: House) -> None:
    operator, key = await program(house, Role.OPERATOR), uuid4()
    first = await operator.granted("/parties", UNIT, key)
    assert await operator.granted("/parties", UNIT, key) == first
    other = await operator.ask("/parties", {**UNIT, "public_name": "另一单位"}, key)
    assert (other.status_code, other.json()["type"]) == (409, "urn:open-licence:conflict")
    elsewhere = await operator.ask(f"/parties/{first['party_id']}/profiles", UNIT, key)
    assert elsewhere.status_code in (409, 422)
    assert (await operator.granted("/parties", UNIT))["party_id"] != first["party_id"], "another key is another request"
    named = await house.pool.fetchval("SELECT count(*) FROM parties WHERE public_name = $1", UNIT["public_name"])
    assert named == 2
    lines = await house.pool.fetch(
        "SELECT outcome FROM audit_log WHERE who = $1 AND act_kind = 'add_party'", operator.created_by
    )
    assert [one["outcome"] for one in lines] == ["granted", "granted"], "a repeat is no second act"


async def test_those_that_come_at_once_are_one_request(house: House) -> None:
    operator, key = await program(house, Role.OPERATOR), uuid4()
    body = {"kind": "person", "private": {"name": "同时送来的人"}}
    answers = await asyncio.gather(*(operator.granted("/parties", body, key) for _ in range(5)))
    assert len({one["party_id"] for one in answers}) == 1
    lines = await house.pool.fetchval("SELECT count(*) FROM audit_log WHERE who = $1", operator.created_by)
    assert lines == 1


async def test_a_key_of_another_caller_is_another_request(house: House) -> None:
    first, second, key = await program(house, Role.OPERATOR), await program(house, Role.OPERATOR), uuid4()
    body = {"kind": "person", "private": {"name": "某人"}}
    one, other = await first.granted("/parties", body, key), await second.granted("/parties", body, key)
    assert one["party_id"] != other["party_id"]


async def test_what_was_refused_is_tried_anew_and_every_try_is_in_the_log(house: House) -> None:
    operator, key = await program(house, Role.OPERATOR), uuid4()
    for _ in range(2):
        answer = await operator.ask("/messages/999999999/resume", None, key)
        assert (answer.status_code, codes(answer)) == (409, ["message_not_quarantined"])
    lines = await house.pool.fetch("SELECT outcome FROM audit_log WHERE who = $1", operator.created_by)
    assert [one["outcome"] for one in lines] == ["refused", "refused"]


async def test_the_secret_of_a_key_is_told_again_to_who_sends_again_and_stands_nowhere(house: House) -> None:
    person, key = await house.guest(Role.LICENSOR), uuid4()
    body = {"name": "ERP", "scopes": ["read"]}
    made = await person.ask("/keys", body, key)
    assert made.status_code == 200, made.text
    assert (await person.ask("/keys", body, key)).json() == made.json()
    secret = made.json()["secret"]
    called = await house.client(headers={"authorization": f"Bearer {secret}"}).get(f"{API}/keys")
    assert [one["name"] for one in called.json()["rows"]] == ["ERP"]
    kept = await house.pool.fetchrow("SELECT * FROM requests WHERE asked_by = $1", person.session.party_id)
    assert kept is not None
    assert secret not in str(dict(kept))
    assert key.bytes not in (kept["key_hash"], kept["body_hash"])
    assert await house.pool.fetchval("SELECT count(*) FROM api_keys WHERE secret_hash = $1", plain_hash(secret)) == 1


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/keys", {"name": "another", "scopes": ["read", "act"]}),
        ("/deadline-calendars", {}),
        ("/people", {"sign_in_name": "somebody"}),
    ],
)
async def test_no_key_makes_a_key_or_gives_a_role(house: House, path: str, body: dict[str, Any]) -> None:
    for role in (Role.OPERATOR, Role.ADMINISTRATOR):
        assert (await (await program(house, role)).ask(path, body)).status_code == 403


async def test_a_write_without_its_key_is_malformed_and_one_without_the_right_forbidden(house: House) -> None:
    operator = await program(house, Role.OPERATOR)
    without = await operator.http.post(f"{API}/parties", json=UNIT)
    assert (without.status_code, without.json()["type"]) == (422, "urn:open-licence:malformed")
    reader, licensor = await program(house, Role.OPERATOR, "read"), await program(house, Role.LICENSOR)
    for who in (reader, licensor):
        for path in (
            "/parties",
            "/patents",
            "/calendars",
            "/messages/1/resume",
            f"/deliveries/refused/{uuid4()}/seen-to",
        ):
            assert (await who.ask(path, {})).status_code == 403, path
    assert (await licensor.ask("/bulks", {"filing_ids": [str(uuid4())]})).status_code == 403
