"""Where a call sets the window, receipts count in its year from the call on, those of before and those of after."""

from collections.abc import AsyncIterator
from datetime import date

import pytest

from activities import entitlements as posted
from audit import entitlements as audited
from audit.rebuild import rebuild_and_compare
from database.pool import Pool, open_pool
from database.standing.entitlements import Profile, add_profile, lines_of_year, list_years
from rules.schemes import catalogue
from schemas.schemes.inputs import CallWindow
from schemas.values.money import Money
from tests.activities.test_entitlements import announced, paid
from tests.conftest import Database
from tests.faults.crowd import CrowdedWorld
from tests.lives.desk import Desk
from tests.lives.settlements import SettlementLife
from tests.rules.settlement.people import with_scheme

SCHEME, YEAR = "T-CALL", 2026
WINDOW = CallWindow(first_on=date(2026, 1, 1), last_on=date(2026, 12, 31))


@pytest.fixture
async def pool(fresh_database: Database) -> AsyncIterator[Pool]:
    async with await open_pool(fresh_database.engine, 8) as one:
        yield one


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch) -> str:
    """A scheme of ten percent of what arrived in the window that its call sets."""
    scheme = with_scheme(
        monkeypatch,
        SCHEME,
        "window: {decided_by: received_on, span: call}",
        "related_parties: included",
        'caps: [{per: year, amount: "150000"}]',
    )
    for module in (posted, audited):
        monkeypatch.setattr(module, "bundled_schemes", lambda: catalogue.bundled_schemes())
    return scheme


async def test_a_call_brings_the_receipts_of_its_window_into_its_year(pool: Pool, called: str) -> None:
    desk, world = Desk(pool), await CrowdedWorld("called", crowd=3).write(pool)
    profile = Profile(party_id=world.party("unit"), from_on=date(2020, 1, 1), kind="university", region="guizhou")
    async with pool.acquire() as connection:
        await add_profile(connection, profile, world.party("operator"))
    first, second, third = world.licences(await announced(desk, world, "500000.00"))
    for licence in (first, second):
        await paid(desk, licence, "500000.00")

    async def years() -> dict[int, Money]:
        async with pool.acquire() as connection:
            return {key.year: Money(fen) for key, _, fen in await list_years(connection, scheme=called)}

    async def lines() -> list[Money]:
        async with pool.acquire() as connection:
            (key,) = [key for key, _, _ in await list_years(connection, scheme=called)]
            return [Money(line.fen) for line in await lines_of_year(connection, key)]

    assert await years() == {}, "before the call nobody knows of which year they are"
    settlement = SettlementLife(world, year=YEAR, scheme=called)
    call = settlement.call(window=WINDOW)
    for act in (settlement.open_year(), call):
        await desk.ask(settlement, act)
    assert await lines() == [Money.of("50000.00")] * 2
    await paid(desk, third, "500000.00")
    await desk.ask(first, first.reverse_receipt(date(2026, 12, 30), Money.of("200000.00")))
    assert await lines() == [*[Money.of("50000.00")] * 3, Money.of("-20000.00")]
    assert await years() == {YEAR: Money.of("130000.00")}
    assert (await rebuild_and_compare(pool)).ok

    later = {"window": {"first_on": "2026-12-31", "last_on": "2026-12-31"}}
    correction = settlement.correct_fact(call.act_id, call.on, later, role=call.by.role)
    await desk.ask(settlement, correction)
    assert await years() == {YEAR: Money.of("130000.00")}, "a correction waits for its second person"
    await desk.ask(settlement, settlement.countersign(correction))
    assert await years() == {YEAR: Money.of("0.00")}
    assert (await rebuild_and_compare(pool)).ok
