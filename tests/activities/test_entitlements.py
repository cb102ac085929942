"""Provisional entitlements: a receipt's line is what it adds to its year, and a year gives no more than its cap."""

import asyncio
from collections.abc import AsyncIterator
from datetime import date
from random import Random

import asyncpg
import pytest

from audit.rebuild import rebuild_and_compare
from database.pool import Pool, open_pool
from database.standing.entitlements import Profile, YearKey, add_profile, lines_of_year, list_years, profiles_stated
from schemas.statements.royalty import LumpSum
from schemas.values.money import Money
from tests.conftest import Database
from tests.faults.crowd import CrowdedWorld
from tests.lives.declarations import DeclarationLife
from tests.lives.desk import Desk
from tests.lives.licences import LicenceLife
from tests.lives.world import World

SCHEME, CAP = "SZ-2021-UNIV-5PCT", Money.of("1000000.00")
THOUSAND_AT_ONCE = 1_000


@pytest.fixture
async def pool(fresh_database: Database) -> AsyncIterator[Pool]:
    async with await open_pool(fresh_database.engine, 16) as one:
        yield one


async def university(pool: Pool, world: World) -> YearKey:
    """Says that the unit is a university in Shenzhen."""
    unit = world.party("unit")
    profile = Profile(party_id=unit, from_on=date(2020, 1, 1), kind="university", region="guangdong.shenzhen.nanshan")
    async with pool.acquire() as connection:
        assert await add_profile(connection, profile, world.party("operator"))
    return YearKey(SCHEME, world.credit_code("unit"), 2026)


async def announced(desk: Desk, world: World, price: str) -> DeclarationLife:
    declaration = DeclarationLife(world, LumpSum(amount=Money.of(price), pay_within_days=30))
    for act in declaration.announced():
        await desk.ask(declaration, act)
    return declaration


async def paid(desk: Desk, licence: LicenceLife, price: str) -> None:
    for act in (licence.give_notice(), licence.pay(Money.of(price)), licence.book_receipt(Money.of(price))):
        await desk.ask(licence, act)


async def lines(pool: Pool, key: YearKey) -> list[int]:
    async with pool.acquire() as connection:
        return [line.fen for line in await lines_of_year(connection, key)]


async def payable(pool: Pool) -> dict[tuple[str, int], int]:
    async with pool.acquire() as connection:
        return {(key.scheme, key.year): fen for key, _, fen in await list_years(connection)}


async def test_a_receipt_gets_a_line_and_its_reversal_takes_it_back(pool: Pool) -> None:
    desk, world = Desk(pool), await World("entitled").write(pool)
    key = await university(pool, world)
    licence = LicenceLife(await announced(desk, world, "874000.00"))
    await paid(desk, licence, "874000.00")
    assert await lines(pool, key) == [43_700_00]
    await desk.ask(licence, licence.reverse_receipt(date(2027, 2, 1), Money.of("74000.00")))
    assert await lines(pool, key) == [43_700_00, -3_700_00]
    assert await payable(pool) == {(SCHEME, 2026): 40_000_00}
    assert (await rebuild_and_compare(pool)).ok


async def test_the_reversal_of_what_was_above_the_cap_frees_nothing_and_of_more_frees_it_once(pool: Pool) -> None:
    desk, world = Desk(pool), await CrowdedWorld("capped", crowd=3).write(pool)
    key = await university(pool, world)
    first, second, third = world.licences(await announced(desk, world, "15000000.00"))
    for licence in (first, second):
        await paid(desk, licence, "15000000.00")
    assert await lines(pool, key) == [750_000_00, 250_000_00]
    await desk.ask(first, first.reverse_receipt(date(2026, 7, 1), Money.of("10000000.00")))
    assert await lines(pool, key) == [750_000_00, 250_000_00, 0]
    await desk.ask(first, first.reverse_receipt(date(2026, 7, 2), Money.of("5000000.00")))
    await paid(desk, third, "15000000.00")
    assert await lines(pool, key) == [750_000_00, 250_000_00, 0, -250_000_00, 250_000_00]
    assert (await rebuild_and_compare(pool)).ok


async def test_a_unit_of_which_nobody_said_what_it_is_has_no_line(pool: Pool) -> None:
    desk, world = Desk(pool), await World("unstated").write(pool)
    await paid(desk, LicenceLife(await announced(desk, world, "10000.00")), "10000.00")
    assert await payable(pool) == {}


async def test_a_scheme_that_is_over_gives_nothing_for_a_later_year(pool: Pool) -> None:
    desk, world = Desk(pool), await World("over").write(pool)
    async with pool.acquire() as connection:
        await add_profile(
            connection,
            Profile(party_id=world.party("unit"), from_on=date(2020, 1, 1), kind="university", region="hubei.wuhan"),
            world.party("operator"),
        )
    licence = LicenceLife(await announced(desk, world, "10000.00"))
    await paid(desk, licence, "10000.00")  # in 2026, of which Wuhan's scheme of 2025 says nothing
    assert await payable(pool) == {}


async def test_a_profile_is_corrected_by_another_of_the_same_first_day_and_both_stay(pool: Pool) -> None:
    desk, world = Desk(pool), await World("moved").write(pool)
    unit, clerk, other = world.party("unit"), world.party("second_operator"), world.party("operator")
    wrong = Profile(party_id=unit, from_on=date(2020, 1, 1), kind="enterprise", region="hubei.wuhan")
    async with pool.acquire() as connection:
        assert await add_profile(connection, wrong, clerk)
    key = await university(pool, world)
    async with pool.acquire() as connection:
        right = Profile(party_id=unit, from_on=wrong.from_on, kind="university", region="guangdong.shenzhen.nanshan")
        assert not await add_profile(connection, right, clerk), "the same again is no new version"
        stated = await profiles_stated(connection, unit)
        assert [(one.profile, one.stated_by) for one in stated] == [(right, other), (wrong, clerk)]
        with pytest.raises(asyncpg.PostgresError):
            await connection.execute("DELETE FROM beneficiary_profiles WHERE party_id = $1", unit)
        assert await add_profile(connection, wrong, other), "what was stated before can be stated again"
        assert await add_profile(connection, right, other)
    await paid(desk, LicenceLife(await announced(desk, world, "874000.00")), "874000.00")
    assert await lines(pool, key) == [43_700_00], "the newest of the day is what counts"


async def test_a_thousand_receipts_at_once_end_exactly_at_the_cap(pool: Pool) -> None:
    desk, world = Desk(pool), await CrowdedWorld("a thousand", crowd=THOUSAND_AT_ONCE).write(pool)
    key = await university(pool, world)
    licences = world.licences(await announced(desk, world, "30000.00"))
    Random(7).shuffle(licences)
    await asyncio.gather(*(paid(desk, licence, "30000.00") for licence in licences))
    added = await lines(pool, key)
    assert (len(added), sum(added), set(added)) == (THOUSAND_AT_ONCE, CAP.fen, {0, 1_500_00, 1_000_00} & set(added))
    assert await payable(pool) == {(SCHEME, 2026): CAP.fen}
    assert (await rebuild_and_compare(pool)).ok
