"""A settlement on a server: a life to the money, late news, two runs at a time, and the schedule that opens a year."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from temporalio.client import Client

from audit.reconcile import reconcile
from cli.acts.settlement import schedule_id, schedule_opening, unschedule
from cli.demo.filings.filing import tell
from database.reads.read_model import find_filing
from schemas.standing.settlement import SettlementPosition
from schemas.standing.workflow import Opening
from schemas.values.actor import Role
from schemas.values.money import STORED, Money
from schemas.values.refusal import Refused
from tests.lives.office import Office
from tests.lives.settlements import SCHEME, SettlementLife
from tests.lives.stories_of_money import a_subsidy_is_claimed_and_paid, calculated, claimed
from tests.lives.telling import APRIL_2027

_PATIENCE = 20


async def position_of(office: Office, life: SettlementLife) -> SettlementPosition:
    stored = await office.pool.fetchval("SELECT position FROM filings WHERE filing_id = $1", life.filing_id)
    return SettlementPosition.model_validate(stored, context=STORED)


async def test_a_settlement_goes_from_the_opening_of_its_year_to_the_money_and_its_run_ends(office: Office) -> None:
    world = await office.world("to the money")
    await a_subsidy_is_claimed_and_paid(office.ask, world)
    settlement = SettlementLife(world)
    assert (await office.run_of(settlement).result()).head.stage == "paid"
    position = await position_of(office, settlement)
    assert [(str(one.settled), str(one.paid_amount)) for one in position.lines] == [("500.00", "500.00")]
    await office.tell_all()
    report = await reconcile(office.pool, office.client)
    assert report.as_json()["differences"] == []
    assert report.counts["settlements"] >= 1


async def test_a_late_reversal_begins_a_new_run_and_is_a_line_of_the_next_settlement(office: Office) -> None:
    world = await office.world("late reversal")
    settlement, claim, licence = await claimed(office.ask, world)
    await tell(office.ask, settlement, settlement.accept(claim))
    shown = await calculated(office.ask, settlement)
    await tell(office.ask, settlement, *settlement.listed(shown), settlement.pay(Money.of("500.00")))
    await office.run_of(settlement).result()
    await office.ask(licence, licence.reverse_receipt(APRIL_2027, Money.of("4000.00")))
    await office.tell_all()
    (owed,) = (await position_of(office, settlement)).adjustments
    assert str(owed.open_amount) == "-200.00"
    runs = [replace(settlement, year=2027), replace(settlement, year=2028)]
    for one in runs:
        await tell(office.ask, one, *one.called())
    await asyncio.gather(*(office.ask(one, one.calculate()) for one in runs))
    carried = [line.carried for one in runs for line in (await position_of(office, one)).lines]
    assert [str(one) for one in carried] == ["-200.00"]
    await office.tell_all()
    (taken,) = (await position_of(office, settlement)).adjustments
    assert (taken.open_amount, str(taken.taken)) == (Money(0), "-200.00")
    assert (await reconcile(office.pool, office.client)).as_json()["differences"] == []


async def test_acts_in_the_wrong_order_and_twice_are_answered_alike_or_refused(office: Office) -> None:
    world = await office.world("wrong order")
    settlement, claim, _ = await claimed(office.ask, world)
    with pytest.raises(Refused, match="claims_undecided"):
        await office.ask(settlement, settlement.calculate())
    with pytest.raises(Refused, match="act_not_allowed_now"):
        await office.ask(settlement, settlement.lock("0" * 64))
    early = settlement.pay(Money.of("500.00"))
    assert await office.ask(settlement, early) == await office.ask(settlement, early)
    assert [one.code for one in (await position_of(office, settlement)).findings] == ["paid_before_lock"]
    accepted = settlement.accept(claim)
    first, second = await asyncio.gather(office.ask(settlement, accepted), office.ask(settlement, accepted))
    assert first == second
    shown = await calculated(office.ask, settlement)
    await tell(office.ask, settlement, *settlement.listed(shown))
    assert (await position_of(office, settlement)).stage == "paid"


async def test_a_schedule_opens_the_year_that_has_ended_and_only_once(office: Office, temporal_client: Client) -> None:
    world = await office.world("scheduled")
    authority: UUID = world.party("authority")
    opening = Opening(authority=authority, scheme=SCHEME, legal_clock="acts")
    queue = office.asker.task_queue
    name = await schedule_opening(temporal_client, opening, task_queue=queue)
    assert name == await schedule_opening(temporal_client, opening, "0 0 2 1 *", task_queue=queue)  # changed
    assert name == schedule_id(authority, SCHEME)
    settlement = SettlementLife(world, datetime.now(UTC).astimezone(ZoneInfo("Asia/Shanghai")).year - 1)
    try:
        handle = temporal_client.get_schedule_handle(name)
        (spec,) = [(await handle.describe()).schedule.spec]
        assert spec.time_zone_name == "Asia/Shanghai"
        for _ in range(2):
            await handle.trigger()
            assert await _opened(office, settlement)
    finally:
        assert await unschedule(temporal_client, opening)
    assert not await unschedule(temporal_client, opening)
    position = await position_of(office, settlement)
    assert (position.stage, position.year) == ("open", settlement.year)
    assert await office.pool.fetchval("SELECT count(*) FROM events WHERE filing_id = $1", settlement.filing_id) == 1
    by_hand = settlement.open_year().but(by=world.by(Role.SCHEME_OFFICER))
    assert (await office.ask(settlement, by_hand)).head.version == 1  # the first answer again
    await tell(office.ask, settlement, *settlement.activated_by_both(), settlement.call())  # its run takes further acts
    assert (await position_of(office, settlement)).stage == "called"


async def _opened(office: Office, settlement: SettlementLife) -> bool:
    for _ in range(_PATIENCE * 10):
        async with office.pool.acquire() as connection:
            if await find_filing(connection, settlement.filing_id) is not None:
                return True
        await asyncio.sleep(0.1)
    return False
