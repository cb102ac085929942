"""Programs file, announce, take up and pay; each no is a problem that says why, and what is sent twice is one act."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from database.sign_in.memberships import end_membership, memberships_of
from schemas.values.actor import Role
from tests.web.api.programs import API, announced, declared, program
from tests.web.house import House


async def test_a_life_through_programs_alone(house: House) -> None:
    licensor, licensee = await program(house, Role.LICENSOR), await program(house, Role.LICENSEE)
    office = await program(house, Role.OFFICE)
    declaration = await announced(house, licensor, office, "KF2026-api")
    notice = {"declaration_id": declaration, "licensee": str(licensee.organisation_id)}
    given = await licensee.granted("/licences/give-notice", notice)
    licence = given["filing_id"]
    paid = await licensee.granted(
        f"/licences/{licence}/pay", {"amount": "10000.00", "voucher": await licensee.paper("付款凭证")}
    )
    assert paid["head"]["stage"] == "effective"

    assert (await licensee.get(f"/acts/{given['act_id']}")).json() == given
    shown = (await licensee.get(f"/filings/{licence}")).json()
    assert (shown["stage"], shown["kind"], shown["parent_id"]) == ("effective", "licence", declaration)
    facts = (await licensee.get(f"/filings/{licence}/events")).json()["rows"]
    assert [one["act"]["kind"] for one in facts][:2] == ["give_notice", "pay"]
    assert facts[1]["act"]["amount"] == "10000.00"


async def test_the_same_key_is_one_act_and_another_content_under_it_a_conflict(house: House) -> None:
    licensor, key = await program(house, Role.LICENSOR), uuid4()
    body = declared(await house.patent(), licensor.organisation_id)
    first = await licensor.granted("/declarations/submit", body, key)
    assert await licensor.granted("/declarations/submit", body, key) == first
    assert first["act_id"] == str(key)

    other = declared(await house.patent(), licensor.organisation_id)
    refused = await licensor.ask("/declarations/submit", other, key)
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:open-licence:conflict")
    assert refused.headers["content-type"] == "application/problem+json"


async def test_a_notice_sent_again_under_another_key_is_the_same_notice(house: House) -> None:
    licensor, office = await program(house, Role.LICENSOR), await program(house, Role.OFFICE)
    licensee = await program(house, Role.LICENSEE)
    declaration = await announced(house, licensor, office, "KF2026-again")
    notice = {"declaration_id": declaration, "licensee": str(licensee.organisation_id)}
    first = await licensee.granted("/licences/give-notice", notice)
    assert await licensee.granted("/licences/give-notice", notice) == first


async def test_a_person_acts_by_the_session_with_its_token_alone(house: House) -> None:
    guest = await house.guest(Role.LICENSOR)
    body, key = declared(await house.patent(), guest.organisation_id), {"Idempotency-Key": str(uuid4())}
    without = await guest.http.post(f"{API}/declarations/submit", json=body, headers=key)
    assert (without.status_code, _codes(without.json())) == (409, ["form_not_ours"])
    token = {"X-CSRF-Token": guest.session.csrf}
    elsewhere = {"Origin": "https://elsewhere.example"}
    foreign = await guest.http.post(f"{API}/declarations/submit", json=body, headers=key | token | elsewhere)
    assert (foreign.status_code, _codes(foreign.json())) == (409, ["form_not_ours"])
    granted = await guest.http.post(f"{API}/declarations/submit", json=body, headers=key | token)
    assert granted.status_code == 200, granted.text


async def test_a_key_holds_as_long_as_whoever_made_it_has_the_role(house: House) -> None:
    licensor = await program(house, Role.LICENSOR)
    assert (await licensor.get("/filings")).status_code == 200
    async with house.pool.acquire() as connection:
        (membership,) = await memberships_of(connection, licensor.account_id)
        await end_membership(connection, membership.membership_id, membership.proposed_by, "left")
    assert (await licensor.get("/filings")).status_code == 401


async def test_whoever_may_not_is_told_so_and_nothing_of_the_filing(house: House) -> None:
    licensor = await program(house, Role.LICENSOR)
    body = declared(await house.patent(), licensor.organisation_id)
    declaration = (await licensor.granted("/declarations/submit", body))["filing_id"]
    stranger, bank = await program(house, Role.LICENSOR), await program(house, Role.BANK)
    reader = await program(house, Role.LICENSOR, "read", of=licensor.organisation_id)
    ended = await program(house, Role.LICENSOR, of=licensor.organisation_id, ends_on=date(2026, 1, 1))
    discard = f"/declarations/{declaration}/discard"
    assert (await stranger.ask(discard, {})).status_code == 404
    assert (await stranger.ask(f"/declarations/{UUID(int=7)}/discard", {})).status_code == 404
    assert (await licensor.ask(f"/licences/{declaration}/retract", {})).status_code in (403, 404)
    assert (await bank.ask(discard, {})).status_code == 403
    assert (await reader.get(f"/filings/{declaration}")).status_code == 200
    assert (await reader.ask(discard, {})).status_code == 403
    assert (await ended.get(f"/filings/{declaration}")).status_code == 401
    nobody = await house.client().get(f"{API}/filings")
    assert (nobody.status_code, nobody.headers["www-authenticate"]) == (401, "Bearer")
    written = await house.pool.fetchval(
        "SELECT count(*) FROM audit_log WHERE filing_id = $1 AND who = $2 AND outcome = 'refused'",
        UUID(declaration),
        stranger.created_by,
    )
    assert written == 1


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (b'{"offer": "\xff"}', "encoding_unknown"),
        (b'{"offer": ', "json_malformed"),
        (b'{"offer": {}, "offer": {}}', "field_twice"),
        (b"[]", "not_an_object"),
        (b'{"offer": {"royalty": {"form": "lump_sum", "amount": 10000.0}}}', "not_money"),
        (b'{"offer": {"royalty": {"form": "lump_sum", "amount": "1", "pay_within_days": true}}}', "not_a_whole_number"),
    ],
)  # fmt: skip
async def test_what_is_no_form_of_ours_is_refused_with_its_place(house: House, sent: bytes, code: str) -> None:
    licensor = await program(house, Role.LICENSOR)
    headers = {"Idempotency-Key": str(uuid4()), "Content-Type": "application/json"}
    answer = await licensor.http.post(f"{API}/declarations/submit", content=sent, headers=headers)
    assert answer.status_code == 422
    assert code in _codes(answer.json())


async def test_a_write_without_a_key_of_its_own_is_not_taken(house: House) -> None:
    licensor = await program(house, Role.LICENSOR)
    answer = await licensor.http.post(f"{API}/declarations/submit", json={})
    assert (answer.status_code, answer.json()["places"][0]["where"]) == (422, "header.Idempotency-Key")


def _codes(problem: dict[str, Any]) -> list[str]:
    return [one["code"] for one in problem["refusals"]]
