"""A payout's bank line that is told otherwise is recorded beside what is known, and a person is told where it is."""

from collections.abc import AsyncIterator

import pytest

from client.deliver.delivery import read_event
from client.deliver.matching import Match, match
from database.pool import Pool, open_pool
from rules.licence.receipts import allocations_when_unnamed
from schemas.acts.beginning import natural_act_id
from schemas.values.money import Money
from schemas.values.refusal import Refusal, Refused
from tests.conftest import Database
from tests.lives.desk import Desk
from tests.lives.settlements import SettlementLife
from tests.lives.stories_of_money import approved, booked
from tests.lives.world import World


@pytest.fixture
async def pool(database: Database) -> AsyncIterator[Pool]:
    async with await open_pool(database.engine, 4) as one:
        yield one


async def test_a_paid_line_told_with_another_amount_is_told_and_counts_once(pool: Pool) -> None:
    desk = Desk(pool)
    payout = await booked(desk.ask, await World("paid otherwise").write(pool))
    await approved(desk.ask, payout)
    line = payout.line_of("inventor_1")
    await desk.ask(payout, payout.instruct(line))
    paid = payout.paid(line, Money.of("3000.00"))
    paid = paid.but(act_id=natural_act_id(paid))
    await desk.ask(payout, paid)
    with pytest.raises(Refused) as refused:
        await desk.ask(payout, paid.but(amount=Money.of("1.00")))
    no = refused.value.refusals[0]
    assert (no.code, no.facts["filing_id"]) == ("bank_line_known", str(payout.filing_id))

    event = {
        **{"specversion": "1.0", "id": "1", "source": "urn:bank", "type": "cn.open-licence.bank.paid"},
        "partyid": str(paid.by.party_id),
        "data": {
            **{"payout_id": str(payout.filing_id), "line": line, "bank_serial": paid.bank_serial.lower()},
            **{"amount": "1.00", "on": paid.on.isoformat()},
        },
    }
    async with pool.acquire() as connection:
        found = await match(connection, read_event(event, 1, None), allocations_when_unnamed)
    assert isinstance(found, Match)
    assert found.contradicts is not None
    assert (found.contradicts.code, found.known) == ("bank_line_known", False)
    answer = await desk.ask(payout, found.act)
    assert [one.code for one in answer.findings if one.about == found.act.act_id] == ["told_otherwise"]
    async with pool.acquire() as connection:
        again = await match(connection, read_event(event, 1, None), allocations_when_unnamed)
    assert isinstance(again, Match)
    assert again.known


async def test_a_treasury_line_finds_its_settlement_by_scheme_and_year(pool: Pool) -> None:
    desk, world = Desk(pool), await World("treasury").write(pool)
    first, other = SettlementLife(world), SettlementLife(world, run_by="unit")
    for life in (first, other):
        await desk.ask(life, life.open_year())
    event = {
        **{"specversion": "1.0", "id": "1", "source": "urn:treasury", "type": "cn.open-licence.treasury.paid"},
        "partyid": str(world.party("bank")),
    }
    data = {
        "scheme": first.scheme,
        "year": first.year,
        "line": first.line_of(),
        "amount": "500.00",
        "bank_serial": "T1",
    }
    data |= {"on": "2027-03-22"}
    async with pool.acquire() as connection:
        several = await match(connection, read_event({**event, "data": data}, 1, None), allocations_when_unnamed)
        named = {**event, "data": {**data, "authority": str(other.authority)}}
        found = await match(connection, read_event(named, 1, None), allocations_when_unnamed)
        nobody = await match(
            connection, read_event({**event, "data": {**data, "year": 2020}}, 1, by=None), allocations_when_unnamed
        )
    assert isinstance(several, Refusal)
    assert several.code == "name_of_several"
    assert isinstance(found, Match)
    assert found.act.filing_id == other.filing_id
    assert found.act.act_id == natural_act_id(found.act)
    assert nobody is None
