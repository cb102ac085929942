"""CloudEvents by HTTP: one, a batch, and one in its headers; each sender tells his own facts in his own name."""

import json
from typing import Any
from uuid import UUID

import httpx2 as httpx

from schemas.values.actor import Role
from tests.web.api.programs import API, Program, announced, program
from tests.web.house import House


def _announcement(number: str, party: UUID, patent: str) -> dict[str, Any]:
    return {
        "specversion": "1.0",
        "id": number,
        "source": "urn:test:gazette",
        "type": "cn.open-licence.gazette.withdrawal",
        "partyid": str(party),
        "data": {
            "declaration_number": number,
            "on": "2026-11-20",
            "gazette": {"issue": f"w {number}"},
            "patent_number": patent,
        },
    }


async def _send(sender: Program, body: Any, media_type: str, **headers: str) -> httpx.Response:
    given = json.dumps(body, ensure_ascii=False).encode()
    return await sender.http.post(f"{API}/events", content=given, headers={"Content-Type": media_type, **headers})


async def _stage(house: House, declaration: str) -> str:
    stage: str = await house.pool.fetchval("SELECT stage FROM filings WHERE filing_id = $1", UUID(declaration))
    return stage


async def test_one_event_is_one_act_however_often_it_is_sent(house: House) -> None:
    licensor, office = await program(house, Role.LICENSOR), await program(house, Role.OFFICE)
    declaration = await announced(house, licensor, office, "KF2026-event")
    patent = (await licensor.get(f"/filings/{declaration}")).json()["patent_number"]
    event = _announcement("KF2026-event", office.organisation_id, patent)
    told = await _send(office, event, "application/cloudevents+json; charset=utf-8")
    assert (told.status_code, [one["outcome"] for one in told.json()["events"]]) == (200, ["matched"]), told.text
    assert await _stage(house, declaration) == "withdrawn"
    data = event.pop("data")
    again = await _send(office, data, "application/json", **{f"ce-{name}": value for name, value in event.items()})
    assert [one["outcome"] for one in again.json()["events"]] == ["repeated"]


async def test_of_a_batch_each_event_has_its_own_outcome(house: House) -> None:
    office = await program(house, Role.OFFICE)
    unknown = _announcement("KF2026-nobody", office.organisation_id, "202010159323.0")
    broken = {**unknown, "id": "broken", "data": {}}
    answer = await _send(office, [unknown, broken, 7], "application/cloudevents-batch+json")
    assert answer.status_code == 200
    assert [one["outcome"] for one in answer.json()["events"]] == ["unmatched", "refused", "refused"]
    alone = await _send(office, {**unknown, "id": "alone"}, "application/cloudevents+json")
    assert alone.status_code == 202
    assert (await _send(office, unknown, "application/cloudevents-batch+json")).status_code == 422


async def test_nobody_tells_the_facts_of_another(house: House) -> None:
    office, bank = await program(house, Role.OFFICE), await program(house, Role.BANK)
    event = _announcement("KF2026-other", office.organisation_id, "202010159323.0")
    for sender, body in (
        (bank, event),
        (bank, {**event, "partyid": None}),
        (office, {**event, "partyid": str(UUID(int=9))}),
    ):
        refused = await _send(sender, body, "application/cloudevents+json")
        assert (refused.status_code, [one["code"] for one in refused.json()["refusals"]]) == (409, ["event_not_yours"])


async def test_an_operator_of_the_whole_hands_on_what_others_sent(house: House) -> None:
    office, operator = await program(house, Role.OFFICE), await program(house, Role.OPERATOR)
    event = _announcement("KF2026-handed", office.organisation_id, "202010159323.0")
    handed = await _send(operator, event, "application/cloudevents+json")
    assert handed.status_code == 202
