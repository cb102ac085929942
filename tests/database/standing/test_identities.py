"""What two filings say is their own: a person's beginning is refused, a late fact is written, and both see it."""

import asyncio
from datetime import date
from uuid import UUID, uuid4

import asyncpg
import pytest

from database.pool import Pool
from database.standing.identities import hold_identities, identities_held, identities_shared
from schemas.standing.identity import Identity, IdentityKind, SharedIdentity
from schemas.values.refusal import Refused

LICENCE, NUMBER = IdentityKind.UNFINISHED_LICENCE, IdentityKind.DECLARATION_NUMBER
MAY, JUNE, JULY = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)


def one(value: str, since_on: date = MAY, until_on: date | None = None, what: IdentityKind = LICENCE) -> Identity:
    return Identity(what=what, value=value, act_id=uuid4(), since_on=since_on, until_on=until_on)


async def hold(engine: Pool, filing_id: UUID, *held: Identity, alone: bool = False) -> tuple[SharedIdentity, ...]:
    async with engine.acquire() as connection, connection.transaction():
        return await hold_identities(connection, filing_id, held, (LICENCE,) if alone else ())


async def test_what_is_held_is_read_as_it_was_written_and_given_up_when_it_is_not_said_again(engine: Pool) -> None:
    filing, first, second = uuid4(), one(str(uuid4())), one(str(uuid4()), what=NUMBER)
    assert await hold(engine, filing, first, second) == ()
    async with engine.acquire() as connection:
        assert await identities_held(connection, filing) == [second, first]
        assert await hold(engine, filing, first) == ()
        assert await identities_held(connection, filing) == [first]


async def test_a_beginning_of_what_another_has_is_refused_with_its_days(engine: Pool) -> None:
    value, other, filing = str(uuid4()), uuid4(), uuid4()
    await hold(engine, other, one(value, MAY, JUNE), alone=True)
    with pytest.raises(Refused) as refused:
        await hold(engine, filing, one(value, JUNE), alone=True)
    (no,) = refused.value.refusals
    assert no.code == "open_licence_exists"
    assert {name: no.facts[name] for name in ("filing_id", "last", "first")} == {
        "filing_id": str(other),
        "last": "2026-06-01",
        "first": "2026-06-02",
    }
    async with engine.acquire() as connection:
        assert await identities_held(connection, filing) == []
    assert await hold(engine, filing, one(value, date(2026, 6, 2)), alone=True) == ()


async def test_a_late_fact_is_written_and_both_see_who_was_first(engine: Pool) -> None:
    value, first, second = str(uuid4()), uuid4(), uuid4()
    await hold(engine, first, one(value, JUNE))
    shared = await hold(engine, second, one(value, MAY))
    assert shared == (SharedIdentity(what=LICENCE, value=value, filing_id=first, on=JUNE, was_first=True),)
    async with engine.acquire() as connection:
        assert await identities_shared(connection, second) == shared
        (seen,) = await identities_shared(connection, first)
    assert (seen.filing_id, seen.was_first) == (second, False)
    third = uuid4()
    with pytest.raises(Refused):
        await hold(engine, third, one(value, JULY), alone=True)
    await hold(engine, first)
    with pytest.raises(Refused):
        await hold(engine, third, one(value, JULY), alone=True)
    await hold(engine, second)
    assert await hold(engine, third, one(value, JULY), alone=True) == ()


async def test_of_those_who_begin_at_once_one_is_granted(engine: Pool) -> None:
    value = str(uuid4())

    async def begin() -> bool:
        try:
            await hold(engine, uuid4(), one(value), alone=True)
        except Refused:
            return False
        return True

    assert sum(await asyncio.gather(*(begin() for _ in range(6)))) == 1


async def test_nobody_writes_beside_the_look_at_the_others(engine: Pool) -> None:
    async with engine.acquire() as connection:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute(
                "INSERT INTO identities (what, value, filing_id, act_id, since_on) VALUES ('voucher', 'v', $1, $1, $2)",
                uuid4(),
                MAY,
            )
