"""One act for many filings: tried first, done once each, gone on with after the console was killed, signed by two."""

import asyncio
import re
from uuid import UUID

from schemas.values.actor import Role
from schemas.values.refusal import refusal
from tests.web.house import Guest, House
from tests.web.told import announce, declare
from texts.words import refusal_text
from web.words import word

_BULK = re.compile(r"/bulks/([0-9a-f-]{36})")
RETURNED = {"reasons.0.field": "offer.fee_explanation", "reasons.0.reason": "说明过于简略", "on": "2026-11-27"}
WHY = {"reason_of_bulk": "平台例行核对"}


async def bulk_of(guest: Guest, *filings: UUID) -> UUID:
    """A new bulk of these, in this order."""
    data = {"csrf": guest.session.csrf, "chosen": [str(one) for one in filings]}
    begun = await guest.http.post("/bulks", data=data)
    found = _BULK.search(begun.headers["location"])
    assert found is not None
    return UUID(found[1])


async def becomes(house: House, bulk_id: UUID, stage: str) -> list[dict[str, object]]:
    """Waits until the bulk stands there; its items."""
    seen = None
    async with asyncio.timeout(120):
        while seen != stage:
            await asyncio.sleep(0.1)
            seen = await house.pool.fetchval("SELECT stage FROM bulks WHERE bulk_id = $1", bulk_id)
    rows = await house.pool.fetch("SELECT * FROM bulk_items WHERE bulk_id = $1 ORDER BY number", bulk_id)
    return [dict(row) for row in rows]


async def facts_of(house: House, *filings: UUID) -> int:
    """How many facts these filings have."""
    found: int = await house.pool.fetchval("SELECT count(*) FROM events WHERE filing_id = ANY($1)", list(filings))
    return found


async def test_an_act_is_tried_for_many_and_done_once_for_each_that_it_is_possible_for(house: House) -> None:
    licensor, operator = await house.guest(Role.LICENSOR), await house.guest(Role.OPERATOR)
    first, second, announced = [await declare(house, licensor) for _ in range(3)]
    await announce(await house.guest(Role.OFFICE), announced, "KF2026-bulk")
    bulk = await bulk_of(operator, first, second, announced)
    address = f"/bulks/{bulk}/act?act=declaration.return"
    assert word("bulk_fill_in", "zh") in (await operator.get(f"/bulks/{bulk}")).text
    assert 'name="reasons.0.reason"' in (await operator.get(f"/bulks/{bulk}/act", act="declaration.return")).text

    wrong = await operator.post(address, **RETURNED)
    assert (wrong.status_code, 'id="reason_of_bulk-error"' in wrong.text) == (422, True)
    assert "说明过于简略" in wrong.text
    assert (await operator.post(address, **RETURNED, **WHY)).status_code == 303
    tried = await becomes(house, bulk, "tried")
    assert [one["trial"] for one in tried] == ["possible", "possible", "refused"]
    assert await facts_of(house, first, second) == 2, "a dry run writes nothing"
    page = await operator.get(f"/bulks/{bulk}")
    code = tried[2]["refusals"][0]  # type: ignore[index]  # a list of objects
    assert refusal_text(refusal(code["code"], code["where"], **code["facts"])).zh in page.text

    stranger, colleague = await house.guest(Role.OPERATOR), await house.guest(Role.OPERATOR, operator.organisation_id)
    assert (await stranger.get(f"/bulks/{bulk}")).status_code == 404
    assert (await colleague.post(f"/bulks/{bulk}/do")).status_code == 404
    await operator.post(f"/bulks/{bulk}/do")
    done = await becomes(house, bulk, "done")
    assert [one["outcome"] for one in done] == ["granted", "granted", None]
    assert f"/acts/{done[0]['act_id']}" in (await operator.get(f"/bulks/{bulk}")).text
    assert (await operator.get(f"/api/v1/bulks/{bulk}")).json()["items"][0]["act_id"] == str(done[0]["act_id"])

    # The process was killed after the act, and before its line was written.
    await house.pool.execute("UPDATE bulk_items SET outcome = NULL, act_id = NULL WHERE bulk_id = $1", bulk)
    await house.pool.execute("UPDATE bulks SET stage = 'doing' WHERE bulk_id = $1", bulk)
    house.console.bulks_wait.set()
    assert await becomes(house, bulk, "done") == done
    assert await facts_of(house, first, second) == 4


async def test_what_needs_two_people_is_signed_by_a_second_one_as_a_whole(house: House) -> None:
    office = await house.guest(Role.OFFICE)
    second = await house.guest(Role.OFFICE, office.organisation_id)
    filing = await declare(house, await house.guest(Role.LICENSOR))
    await announce(office, filing, "KF2026-bulk2")
    papers = {"evidence.0@file": ("p.txt", "决定".encode())}
    told = await office.post(f"/filings/{filing}/acts/refuse", files=papers, ground="x", on="2026-11-03")
    assert told.status_code == 303, told.text
    key = await house.pool.fetchval("SELECT key FROM findings WHERE filing_id = $1 AND closed_on IS NULL", filing)
    bulk = await bulk_of(office, filing)
    papers = {"reason@file": ("r.txt", "已核实".encode()), "evidence.0@file": ("e.txt", "核实记录".encode())}
    address = f"/bulks/{bulk}/act?act=declaration.dismiss_finding"
    sent = await office.post(address, files=papers, finding=key, on="2026-11-27", **WHY)
    assert sent.status_code == 303, sent.text
    assert (await becomes(house, bulk, "tried"))[0]["trial"] == "possible"
    await office.post(f"/bulks/{bulk}/do")
    assert (await becomes(house, bulk, "done"))[0]["outcome"] == "granted"
    assert (await office.post(f"/bulks/{bulk}/sign")).status_code == 404
    await second.post(f"/bulks/{bulk}/sign")
    (item,) = await becomes(house, bulk, "signed")
    assert item["signed"] == "granted", item
    by = await house.pool.fetchval(
        "SELECT body->'act'->'by'->>'party_id' FROM events WHERE filing_id = $1 ORDER BY version DESC LIMIT 1", filing
    )
    assert by == str(second.session.party_id)
