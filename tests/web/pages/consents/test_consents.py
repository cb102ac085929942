"""A co-owner without an account consents by a link and a code to exactly what the declaration says, or declines."""

import re
from uuid import UUID

import httpx2 as httpx

from database.registers.documents import read_document
from schemas.values.actor import Role
from schemas.values.refusal import refusal
from tests.web.house import Guest, House
from tests.web.told import declared_fields, filing_of
from texts.words import refusal_text
from web.words import word

_LINK = re.compile(r"/consent/([\w-]{40,})")
_CODE = re.compile(r">(\d{8})<")


def _said(code: str) -> str:
    return refusal_text(refusal(code)).zh


async def draft_of(house: House, licensor: Guest, other: UUID) -> str:
    begun = await licensor.post("/declare")
    draft: str = begun.headers["location"].split("/")[2]
    fields = declared_fields(await house.patent(), licensor.organisation_id)
    fields["owners"]["offer.patentees.1.party_id"] = str(other)
    for step, typed in fields.items():
        await licensor.post(f"/declare/{draft}/{step}", **typed)
    return draft


async def _link(licensor: Guest, draft: str, other: UUID) -> str:
    page = await licensor.post(f"/consents/{draft}", party_id=str(other))
    found = _LINK.search(page.text)
    assert found, page.text
    return f"/consent/{found[1]}"


async def code_of(operator: Guest, house: House, draft: str) -> str:
    link_id = await house.pool.fetchval(
        "SELECT link_id FROM consent_links WHERE draft_id = $1 ORDER BY made_at DESC LIMIT 1", UUID(draft)
    )
    found = _CODE.search((await operator.post(f"/consent-codes/{link_id}")).text)
    assert found
    return found[1]


async def _proved(house: House, operator: Guest, draft: str, link: str) -> httpx.AsyncClient:
    co_owner = house.public()
    assert word("consent_ask_code", "zh") in (await co_owner.get(link)).text
    await co_owner.post(f"{link}/ask")
    code = await code_of(operator, house, draft)
    wrong = await co_owner.post(f"{link}/code", data={"code": f"{(int(code) + 1) % 10**8:08d}"})
    assert (wrong.status_code, _said("consent_code_wrong") in wrong.text) == (422, True)
    assert (await co_owner.post(f"{link}/code", data={"code": f"{code[:4]} {code[4:]}"})).status_code == 303
    return co_owner


async def test_a_co_owner_consents_to_what_he_is_shown_and_to_nothing_else(house: House) -> None:
    licensor, operator = await house.guest(Role.LICENSOR, "某大学"), await house.guest(Role.OPERATOR)
    other = (await house.guest(Role.LICENSOR, "某共有公司")).organisation_id
    draft = await draft_of(house, licensor, other)
    check = f"/declare/{draft}/check"
    assert refusal_text(refusal("consent_missing", party_id=other)).zh in (await licensor.get(check)).text

    link = await _link(licensor, draft, other)
    co_owner = await _proved(house, operator, draft, link)
    page = (await co_owner.get(link)).text
    assert "10000.00" in page
    assert "某共有公司" in page
    assert "10000.00" not in (await house.public().get(link)).text
    given = await co_owner.post(f"{link}/decision", data={"decision": "consent"})
    assert word("consent_given", "zh") in given.text
    assert _said("consent_link_over") in (await co_owner.get(link)).text

    # The licensor's own consent is the paper that he signs himself.
    signed = {"offer.patentees.0.consent@file": ("signed.txt", "本单位同意。".encode())}
    owners = {"offer.patentees.0.party_id": str(licensor.organisation_id), "offer.patentees.1.party_id": str(other)}
    kept = await house.pool.fetchrow(
        "SELECT document_hash, content_hash FROM consent_links WHERE draft_id = $1", UUID(draft)
    )
    assert kept is not None
    owners["offer.patentees.1.consent"] = kept["document_hash"]
    assert (await licensor.post(f"/declare/{draft}/owners", files=signed, **owners)).status_code == 303
    async with house.pool.acquire() as connection:
        paper = (await read_document(connection, kept["document_hash"]) or b"").decode()
    assert kept["content_hash"] in paper
    assert "某共有公司" in paper

    dearer = declared_fields(await house.patent(), licensor.organisation_id, price="20000.00")["price"]
    await licensor.post(f"/declare/{draft}/price", **dearer)
    assert _said("consent_of_other_terms") in (await licensor.get(check)).text
    refused = await licensor.post(f"/declare/{draft}/submit")
    assert (refused.status_code, _said("consent_of_other_terms") in refused.text) == (422, True)
    as_before = declared_fields(await house.patent(), licensor.organisation_id)["price"]
    await licensor.post(f"/declare/{draft}/price", **as_before)
    filing_id = await filing_of(licensor, await licensor.post(f"/declare/{draft}/submit"))
    assert await house.pool.fetchval("SELECT stage FROM filings WHERE filing_id = $1", filing_id) == "submitted"


async def test_a_link_dies_when_the_declaration_changes_and_who_declines_says_why(house: House) -> None:
    licensor, operator = await house.guest(Role.LICENSOR, "某大学"), await house.guest(Role.OPERATOR)
    other = (await house.guest(Role.LICENSOR, "某共有公司")).organisation_id
    draft = await draft_of(house, licensor, other)
    link = await _link(licensor, draft, other)
    assert (await house.public().get(link)).status_code == 200
    await licensor.post(f"/declare/{draft}/explanation", **{"offer.fee_explanation": "另一种说明。"})
    assert _said("consent_link_over") in (await house.public().get(link)).text

    first, link = link, await _link(licensor, draft, other)
    assert _said("consent_link_over") in (await house.public().get(first)).text
    co_owner = await _proved(house, operator, draft, link)
    silent = await co_owner.post(f"{link}/decision", data={"decision": "decline"})
    assert _said("consent_reason_missing") in silent.text
    told = await co_owner.post(f"{link}/decision", data={"decision": "decline", "reason": "价格过低"})
    assert word("consent_declined", "zh") in told.text
    assert word("consent_state_declined", "zh") in (await licensor.get(f"/consents/{draft}")).text
    kept: str = await house.pool.fetchval("SELECT fields::text FROM drafts WHERE draft_id = $1", UUID(draft))
    assert ".consent" not in kept


async def test_five_wrong_codes_end_a_link_and_no_code_goes_to_who_made_it(house: House) -> None:
    licensor, other = await house.guest(Role.LICENSOR, "某大学"), await house.guest(Role.LICENSOR, "某共有公司")
    draft = await draft_of(house, licensor, other.organisation_id)
    link = await _link(licensor, draft, other.organisation_id)
    public = house.public()
    await public.post(f"{link}/ask")
    link_id = await house.pool.fetchval("SELECT link_id FROM consent_links WHERE draft_id = $1", UUID(draft))
    own = await house.guest(Role.OPERATOR, licensor.organisation_id)
    for guest in (own, licensor, other):
        assert (await guest.post(f"/consent-codes/{link_id}")).status_code == 404
    for stranger in (other, await house.guest(Role.LICENSEE)):
        assert (await stranger.get(f"/consents/{draft}")).status_code == 404
    code = await code_of(await house.guest(Role.OPERATOR), house, draft)
    for n in range(1, 6):
        await public.post(f"{link}/code", data={"code": f"{(int(code) + n) % 10**8:08d}"})
    last = await public.post(f"{link}/code", data={"code": code})
    assert _said("consent_link_over") in last.text
