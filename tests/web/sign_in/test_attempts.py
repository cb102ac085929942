"""Who guesses is slowed down; who is known is never locked out by what others do."""

import asyncio
from typing import Any, cast

from database.pool import Connection
from database.sign_in.attempts import count_try, take_back_try
from database.sign_in.sessions import remember_device
from tests.web.people import PASSWORD, Clock, Pauses, account_named
from tests.web.sign_in.ways.test_passwords import HERE, name, reason
from web.sign_in.attempts import WAITS, Denied
from web.sign_in.door import Door
from web.sign_in.ways.passwords import Account, sign_in

WRONG = "not this password"


async def test_after_five_failures_from_one_place_the_next_one_waits_longer_each_time(door: Door, clock: Clock) -> None:
    mine = name()
    await account_named(door, mine)
    for wait in WAITS:
        assert reason(await sign_in(door, mine, WRONG, None, HERE, None)) == "wrong_name_or_password"
        if wait:
            denied = await sign_in(door, mine, PASSWORD, None, HERE, None)
            assert isinstance(denied, Denied)
            assert (denied.refusal.code, denied.retry_after) == ("too_many_tries", wait + 1)
            clock.pass_by(seconds=wait)
    assert isinstance(await sign_in(door, mine, PASSWORD, None, HERE, None), Account)
    assert reason(await sign_in(door, mine, WRONG, None, HERE, None)) == "wrong_name_or_password"
    assert isinstance(await sign_in(door, mine, PASSWORD, None, HERE, None), Account), "the failures are forgotten"


async def test_an_attacker_locks_an_officer_out_nowhere_else(door: Door, pauses: Pauses) -> None:
    mine = name()
    account_id = await account_named(door, mine)
    async with door.pool.acquire() as connection:
        await remember_device(connection, account_id, door.keys.hashed("device", "the officer's"))
    for n in range(40):
        await sign_in(door, mine, WRONG, None, f"198.51.100.{n % 8}", None)
    await asyncio.gather(*(sign_in(door, mine, WRONG, None, HERE, "an attacker's") for _ in range(10)))
    pauses.seconds.clear()
    same_network = await sign_in(door, mine, PASSWORD, None, HERE, "the officer's")
    assert isinstance(same_network, Account)
    assert pauses.seconds == [], "a known device is not even slowed down"
    elsewhere = await sign_in(door, mine, PASSWORD, None, "203.0.113.9", "a new telephone")
    assert isinstance(elsewhere, Account)


async def test_many_failures_of_one_name_slow_unknown_places_down_and_refuse_none(door: Door, pauses: Pauses) -> None:
    mine = name()
    await account_named(door, mine)
    for n in range(60):
        await sign_in(door, mine, WRONG, None, f"198.51.100.{n}", None)
    assert len(pauses.seconds) == 40
    assert pauses.seconds == sorted(pauses.seconds)
    assert pauses.seconds[-1] == 2
    assert isinstance(await sign_in(door, mine, PASSWORD, None, HERE, None), Account)


async def test_a_thousand_tries_at_once_are_a_thousand_tries(door: Door) -> None:
    mine = name()
    await account_named(door, mine)
    answers = await asyncio.gather(*(sign_in(door, mine, WRONG, None, HERE, None) for _ in range(100)))
    assert [reason(one) for one in answers].count("wrong_name_or_password") == WAITS.index(30) + 1


async def test_a_day_of_quiet_forgets_and_an_unknown_name_is_counted_too(door: Door, clock: Clock) -> None:
    nobody = name()
    reasons = [reason(await sign_in(door, nobody, WRONG, None, HERE, None)) for _ in range(6)]
    assert reasons == ["wrong_name_or_password"] * 5 + ["too_many_tries"]
    clock.pass_by(days=1, seconds=1)
    reasons = [reason(await sign_in(door, nobody, WRONG, None, HERE, None)) for _ in range(5)]
    assert reasons == ["wrong_name_or_password"] * 5


class _RightMeanwhile:
    """A connection beside which, between its two questions, another try turns out to have been right."""

    def __init__(self, connection: Connection, bucket: bytes) -> None:
        self._connection, self._bucket = connection, bucket

    async def fetchrow(self, *asked: Any) -> Any:
        row = await self._connection.fetchrow(*asked)
        await take_back_try(self._connection, self._bucket)
        return row

    async def fetchval(self, *asked: Any) -> Any:
        return await self._connection.fetchval(*asked)


async def test_a_try_that_came_too_early_beside_a_right_one_waits_no_longer_than_now(door: Door, clock: Clock) -> None:
    bucket = door.keys.hashed("bucket", name())
    async with door.pool.acquire() as connection:
        await count_try(connection, bucket, (600,), clock.now)
        beside = cast(Connection, _RightMeanwhile(connection, bucket))
        assert await count_try(beside, bucket, (600,), clock.now) == (0, clock.now)
