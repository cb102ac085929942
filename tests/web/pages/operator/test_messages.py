"""What waits for a person is seen to on the console: resumed, booked on a filing, or put away by two."""

from uuid import UUID, uuid4

from cli.demo.filings.filing import tell
from client.deliver.delivering import Deliverer, Outcome
from database.record.posting import Message
from database.standing.outbox import put_message
from rules.licence.receipts import allocations_when_unnamed
from schemas.values.actor import Role
from tests.cli.deliver.deliveries import bank_line
from tests.lives.declarations import DeclarationLife
from tests.lives.licences import LicenceLife
from tests.lives.stories import announced
from tests.web.house import House
from texts.words import name_of
from web.words import word


async def unmatched(house: House, licence: LicenceLife, serial: str, yuan: str = "10000.00") -> UUID:
    """A line of the bank that names nothing we know."""
    event = bank_line(licence, serial, yuan, payment_reference="没有写编号")
    deliverer = Deliverer(house.pool, house.console.asker.ask, allocations_when_unnamed)
    (done,) = await deliverer.deliver_batch([event])
    assert done.outcome is Outcome.UNMATCHED
    found: UUID = await house.pool.fetchval(
        "SELECT delivery_id FROM unmatched_deliveries WHERE event_id = $1", event["id"]
    )
    return found


async def noticed(house: House, seed: str) -> LicenceLife:
    ask = house.office.ask
    licence = LicenceLife(await announced(ask, DeclarationLife(await house.office.world(seed))))
    await tell(ask, licence, licence.give_notice())
    return licence


async def test_a_message_that_nobody_received_is_tried_again_once_its_cause_is_mended(house: House) -> None:
    filing = uuid4()
    async with house.pool.acquire() as connection:
        await put_message(connection, Message("no such topic", str(filing), {}), filing)
    number = await house.pool.fetchval(
        "UPDATE outbox SET quarantined = true, last_error = '=1+1 <b>' WHERE filing_id = $1 RETURNING id", filing
    )
    operator, auditor = await house.guest(Role.OPERATOR), await house.guest(Role.AUDITOR)
    page = (await operator.get("/messages")).text
    assert f"/messages/{number}/resume" in page
    assert "=1+1 &lt;b&gt;" in page
    assert "/resume" not in (await auditor.get("/messages")).text
    assert (await auditor.post(f"/messages/{number}/resume")).status_code == 404
    assert (await operator.post(f"/messages/{number}/resume")).headers["location"] == "/messages?done=resumed"
    assert word("done_resumed", "zh") in (await operator.get("/messages", done="resumed")).text
    again = await operator.post(f"/messages/{number}/resume")
    assert (again.status_code, "没有被隔离" in again.text) == (422, True)
    await house.pool.execute("UPDATE outbox SET sent_at = clock_timestamp() WHERE id = $1", number)
    asked = await house.pool.fetch(
        "SELECT outcome FROM audit_log WHERE who = $1 AND act_kind = 'resume_message' ORDER BY at, id",
        operator.session.party_id,
    )
    assert [row["outcome"] for row in asked] == ["granted", "refused"]


async def test_a_delivery_is_booked_on_the_filing_that_a_person_names(house: House) -> None:
    licence = await noticed(house, "booked by hand on the console")
    kept = await unmatched(house, licence, "console-1")
    operator = await house.guest(Role.OPERATOR)
    assert str(kept) in (await operator.get("/messages/unmatched")).text
    page = (await operator.get(f"/messages/unmatched/{kept}")).text
    assert "没有写编号" in page
    nowhere = await operator.post(f"/messages/unmatched/{kept}/book", filing="KF-nobody")
    assert (nowhere.status_code, 'value="KF-nobody"' in nowhere.text) == (422, True)
    elsewhere = await operator.post(f"/messages/unmatched/{kept}/book", filing=str(licence.declaration.filing_id))
    assert elsewhere.status_code == 422
    booked = await operator.post(f"/messages/unmatched/{kept}/book", filing=str(licence.filing_id))
    assert booked.status_code == 303
    receipt = (await operator.get(booked.headers["location"])).text
    assert name_of("acts", "licence.book_receipt", "zh") in receipt
    assert (await operator.get(f"/messages/unmatched/{kept}")).status_code == 404
    assert str(kept) not in (await operator.get("/messages/unmatched")).text


async def test_what_was_delivered_is_put_away_by_two_people_with_a_reason(house: House) -> None:
    kept = await unmatched(house, await noticed(house, "put away on the console"), "console-2", "5.00")
    first, second = await house.guest(Role.OPERATOR), await house.guest(Role.OPERATOR)
    end = f"/messages/unmatched/{kept}/seen-to"
    assert (await first.post(end)).status_code == 422
    assert (await first.post(end, reason="退回付款人")).headers["location"].endswith("done=needs_second")
    assert (await first.post(end)).status_code == 422
    assert word("second_must_be_another", "zh") in (await first.get(f"/messages/unmatched/{kept}")).text
    assert "退回付款人" in (await second.get(f"/messages/unmatched/{kept}")).text
    assert (await second.post(end)).headers["location"].endswith("done=ended")
    ended = await house.pool.fetchrow(
        "SELECT ended_by, signed_by, reason FROM ended_deliveries WHERE kept_id = $1", kept
    )
    assert ended is not None
    assert tuple(ended.values()) == (first.session.party_id, second.session.party_id, "退回付款人")


async def test_nobody_else_sees_what_waits(house: House) -> None:
    for role in (Role.LICENSOR, Role.FINANCE, Role.OFFICE):
        guest = await house.guest(role)
        for path in ("/messages", "/messages/unmatched", "/messages/refused", "/calendars", "/audit-log"):
            assert (await guest.get(path)).status_code == 404
        assert (await guest.post("/messages/1/resume")).status_code == 404
