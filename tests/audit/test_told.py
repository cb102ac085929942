"""A message that was marked as sent and never arrived is found by what the other side still stands on."""

import pytest

from audit.report import Report
from audit.sides.outbox import compare_told
from audit.sides.table import by_side
from database.pool import Pool
from schemas.values.money import Money
from tests.lives.all_stories import STORIES
from tests.lives.desk import Desk
from tests.lives.licences import LicenceLife
from tests.lives.payouts import PayoutLife
from tests.lives.stories import noticed
from tests.lives.stories_of_money import booked, claimed
from tests.lives.telling import JULY
from tests.lives.world import World


async def _compared(pool: Pool) -> Report:
    report = Report()
    await compare_told(report, pool)
    return report


async def _lose_messages(pool: Pool) -> None:
    """As a sender does that marks what it did not deliver."""
    await pool.execute("UPDATE outbox SET sent_at = clock_timestamp() WHERE sent_at IS NULL")


async def test_a_payout_that_was_never_told_of_a_reversal_is_found_until_it_is_told(engine: Pool) -> None:
    desk = Desk(engine)
    payout = await booked(desk.ask, await World("lost reversal").write(engine))
    licence = payout.parent
    assert isinstance(licence, LicenceLife)
    await desk.tell_all()
    assert (await _compared(engine)).as_json()["differences"] == []
    reversal = licence.reverse_receipt(JULY)
    await desk.ask(licence, reversal)
    waiting = await _compared(engine)
    assert (waiting.differences, waiting.counts["payouts_not_told_yet"]) == ([], 1)
    await _lose_messages(engine)
    lost = (await _compared(engine)).differences
    assert {one.filing_id for one in lost} == {payout.filing_id}
    assert "outbox.licence.receipts" in {one.where for one in lost}
    assert set(by_side(lost)) <= {"outbox", "both", "event_log"}
    await desk.ask(payout, payout.surroundings_changed(JULY, reversal.act_id))
    assert (await _compared(engine)).differences == []


async def test_a_licence_that_was_never_told_of_its_offers_end_is_found(engine: Pool) -> None:
    desk = Desk(engine)
    licence = await noticed(desk.ask, await World("lost end").write(engine))
    await desk.tell_all()
    assert (await _compared(engine)).differences == []
    await desk.ask(licence.declaration, licence.declaration.announce_withdrawal(JULY))
    await _lose_messages(engine)
    lost = (await _compared(engine)).differences
    assert {one.filing_id for one in lost} == {licence.filing_id}
    assert {one.where for one in lost} >= {"outbox.offer.ended_on"}


async def test_a_payout_that_was_never_told_what_its_sibling_stated_is_found(engine: Pool) -> None:
    desk = Desk(engine)
    first = await booked(desk.ask, await World("lost costs").write(engine))
    assert isinstance(first.parent, LicenceLife)
    second = PayoutLife(first.parent, serial="2")
    await desk.ask(first.parent, first.parent.book_receipt(Money.of("4000.00"), serial="2"))
    await desk.ask(second, second.determine())
    await desk.tell_all()
    assert (await _compared(engine)).as_json()["differences"] == []
    stated = first.state_facts()
    await desk.ask(first, stated)
    waiting = await _compared(engine)
    assert (waiting.differences, waiting.counts["payouts_not_told_yet"]) == ([], 1)
    await _lose_messages(engine)
    lost = (await _compared(engine)).differences
    assert {one.filing_id for one in lost} == {second.filing_id}
    assert {one.where for one in lost} == {"outbox.licence.siblings"}
    await desk.ask(second, second.surroundings_changed(stated.on, stated.act_id))
    assert (await _compared(engine)).differences == []


async def test_a_settlement_that_was_never_told_of_a_reversal_is_found(engine: Pool) -> None:
    desk = Desk(engine)
    settlement, _, licence = await claimed(desk.ask, await World("lost claim").write(engine))
    await desk.tell_all()
    assert (await _compared(engine)).as_json()["differences"] == []
    reversal = licence.reverse_receipt(JULY)
    await desk.ask(licence, reversal)
    waiting = await _compared(engine)
    assert (waiting.differences, waiting.counts["settlements_not_told_yet"]) == ([], 1)
    await _lose_messages(engine)
    lost = [one for one in (await _compared(engine)).differences if one.filing_id == settlement.filing_id]
    assert {one.where for one in lost} == {"outbox.settlement.receipts"}
    await desk.ask(settlement, settlement.surroundings_changed(JULY, reversal.act_id))
    assert [one for one in (await _compared(engine)).differences if one.filing_id == settlement.filing_id] == []


@pytest.mark.slow
async def test_no_story_that_was_told_to_its_end_has_such_a_difference(engine: Pool) -> None:
    for name, story in STORIES.items():
        desk = Desk(engine)
        await story(desk.ask, await World(f"told {name}").write(engine))
        await desk.tell_all()
    report = await _compared(engine)
    assert report.as_json()["differences"] == []
    assert min(report.counts[f"{one}_told"] for one in ("licences", "payouts", "settlements")) > 0
