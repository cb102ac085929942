"""A legal hold wins over every deletion: of whoever a held filing names nothing goes until two people release it."""

from collections.abc import AsyncIterator

import pytest

from cli.demo.filings.filing import tell
from database.evidence.holds import holds_in_force, is_held, place_hold, release_hold
from database.pool import Pool, open_pool
from database.registers.parties import erase
from schemas.values.actor import Role
from schemas.values.refusal import Refused
from tests.conftest import Database
from tests.lives.declarations import DeclarationLife
from tests.lives.desk import Desk
from tests.lives.licences import LicenceLife
from tests.lives.payouts import PayoutLife
from tests.lives.stories import announced
from tests.lives.world import World

_REASON = "order (2026) 12"


@pytest.fixture
async def pool(fresh_database: Database) -> AsyncIterator[Pool]:
    async with await open_pool(fresh_database.engine, 4) as one:
        yield one


async def paid(pool: Pool, name: str) -> PayoutLife:
    """A payout that names its inventors, below a licence, below a declaration."""
    desk = Desk(pool)
    licence = LicenceLife(await announced(desk.ask, DeclarationLife(await World(name).write(pool))))
    await tell(desk.ask, licence, *licence.recorded(), licence.book_receipt())
    payout = PayoutLife(licence)
    await tell(desk.ask, payout, payout.determine(), payout.state_facts())
    await pool.execute(
        "INSERT INTO party_keys (party_id, sealed_key) VALUES ($1, 'a key')", payout.world.party("inventor_1")
    )
    return payout


async def test_a_person_of_a_held_filing_is_erased_after_two_people_released_it_and_not_before(pool: Pool) -> None:
    payout = await paid(pool, "held")
    world, declaration = payout.world, LicenceLife(DeclarationLife(payout.world)).declaration
    inventor = world.party("inventor_1")
    first, second = world.by(Role.OPERATOR).party_id, world.party("second_operator")
    async with pool.acquire() as connection:
        async with connection.transaction():
            hold_id = await place_hold(connection, declaration.filing_id, _REASON, first)
            assert await place_hold(connection, declaration.filing_id, _REASON, first) == hold_id
        assert [(one.hold_id, one.filings) for one in await holds_in_force(connection)] == [(hold_id, 3)]
        assert await is_held(connection, payout.filing_id), "what is below a held filing is held"
        for release in (None, first):
            if release is not None:
                assert not await release_hold(connection, declaration.filing_id, "settled", release)
            with pytest.raises(Refused) as refused:
                await erase(connection, inventor, first, "operator")
            [no] = refused.value.refusals
            assert (no.code, no.facts["reason"], no.facts["hold_id"]) == ("held", _REASON, str(hold_id))
        with pytest.raises(Refused, match="released_by_the_same"):
            await release_hold(connection, hold_id, "settled", first)
        assert await release_hold(connection, hold_id, "settled", second)
        assert await holds_in_force(connection) == []
        assert await erase(connection, inventor, first, "operator")


async def test_a_hold_holds_nobody_whom_it_does_not_name(pool: Pool) -> None:
    held, other = await paid(pool, "held beside"), await paid(pool, "not held")
    officer = held.world.by(Role.OPERATOR).party_id
    async with pool.acquire() as connection:
        async with connection.transaction():
            await place_hold(connection, held.filing_id, _REASON, officer)
        assert await erase(connection, other.world.party("inventor_1"), officer, "operator")
        assert not await is_held(connection, other.filing_id)


async def test_of_several_holds_of_a_filing_each_is_released_by_its_own_name(pool: Pool) -> None:
    payout = await paid(pool, "held twice")
    first, second = payout.world.by(Role.OPERATOR).party_id, payout.world.party("second_operator")
    async with pool.acquire() as connection:
        async with connection.transaction():
            one = await place_hold(connection, payout.filing_id, _REASON, first)
            other = await place_hold(connection, payout.filing_id, "an audit", first)
        with pytest.raises(Refused, match="several_holds"):
            await release_hold(connection, payout.filing_id, "over", first)
        for who in (first, second):
            await release_hold(connection, one, "over", who)
        assert [found.hold_id for found in await holds_in_force(connection)] == [other]
        with pytest.raises(Refused, match="hold_unknown"):
            await release_hold(connection, one, "over", first)
