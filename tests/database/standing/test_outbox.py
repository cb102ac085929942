"""Each message reaches the world at least once, in order per filing; one that never can is set aside."""

import asyncio
from collections import defaultdict
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from database.pool import Connection, Pool
from database.record.posting import Message
from database.standing.outbox import (
    MOST_TRIES,
    list_quarantined,
    mark_refused,
    mark_sent,
    mark_unreachable,
    resume,
    take,
)
from tests.database.record.filings import record

AT_ONCE = timedelta(0)


async def _tell(pool: Pool, filing_id: UUID, *keys: str) -> None:
    for key in keys:
        await record(pool, filing_id, messages=(Message("mail", f"{filing_id}/{key}", {"key": key}),))


async def _hurry(connection: Connection) -> None:
    await connection.execute("UPDATE outbox SET next_try_at = clock_timestamp() WHERE sent_at IS NULL")


async def test_messages_of_a_filing_are_taken_one_after_the_other(fresh_engine: Pool) -> None:
    one, other = uuid4(), uuid4()
    await _tell(fresh_engine, one, "a", "b")
    await _tell(fresh_engine, other, "c")
    async with fresh_engine.acquire() as connection:
        first = await take(connection)
        assert [message.payload["key"] for message in first] == ["a", "c"]
        assert [message.attempts for message in first] == [1, 1]
        assert await take(connection) == []  # leased
        await mark_sent(connection, first[0].id)
        assert [message.payload["key"] for message in await take(connection)] == ["b"]


async def test_the_same_message_of_two_acts_is_one(fresh_engine: Pool) -> None:
    filing_id = uuid4()
    await _tell(fresh_engine, filing_id, "a", "a")
    async with fresh_engine.acquire() as connection:
        assert await connection.fetchval("SELECT count(*) FROM outbox") == 1


async def test_parallel_senders_deliver_all_in_order_and_none_twice(fresh_engine: Pool) -> None:
    filings = [uuid4() for _ in range(6)]
    for filing_id in filings:
        await _tell(fresh_engine, filing_id, "1", "2", "3")
    delivered: dict[UUID, list[str]] = defaultdict(list)

    async def send() -> None:
        async with fresh_engine.acquire() as connection:
            while await connection.fetchval("SELECT count(*) FROM outbox WHERE sent_at IS NULL"):
                for message in await take(connection, limit=2):
                    await asyncio.sleep(0)
                    delivered[message.filing_id].append(message.payload["key"])
                    await mark_sent(connection, message.id)

    await asyncio.gather(*(send() for _ in range(4)))
    assert delivered == {filing_id: ["1", "2", "3"] for filing_id in filings}


async def test_a_message_refused_too_often_is_quarantined_and_holds_only_its_filing(fresh_engine: Pool) -> None:
    poisoned, healthy = uuid4(), uuid4()
    await _tell(fresh_engine, poisoned, "poison", "later")
    await _tell(fresh_engine, healthy, "a")
    async with fresh_engine.acquire() as connection:
        for attempt in range(1, MOST_TRIES + 1):
            await _hurry(connection)
            for message in await take(connection):
                if message.payload["key"] == "a":
                    await mark_sent(connection, message.id)
                else:
                    is_last = await mark_refused(connection, message.id, "no such mailbox")
                    assert is_last == (attempt == MOST_TRIES)
        await _hurry(connection)
        assert await take(connection) == []
        (quarantined,) = await list_quarantined(connection)
        assert (quarantined.filing_id, quarantined.attempts) == (poisoned, MOST_TRIES)
        assert quarantined.last_error == "no such mailbox"

        assert await resume(connection, quarantined.id)
        assert not await resume(connection, quarantined.id)
        (again,) = await take(connection)
        assert (again.id, again.attempts) == (quarantined.id, 1)
        await mark_sent(connection, again.id)
        assert [message.payload["key"] for message in await take(connection)] == ["later"]
        assert await list_quarantined(connection) == []


async def test_a_message_that_kills_its_senders_is_quarantined_too(fresh_engine: Pool) -> None:
    await _tell(fresh_engine, uuid4(), "deadly")
    async with fresh_engine.acquire() as connection:
        taken = [len(await take(connection, lease=AT_ONCE)) for _ in range(MOST_TRIES + 2)]
        assert taken == [1] * MOST_TRIES + [0, 0]
        (quarantined,) = await list_quarantined(connection)
        assert quarantined.last_error == "the sender did not come back"


async def test_a_receiver_that_is_down_for_days_quarantines_nothing(fresh_engine: Pool) -> None:
    await _tell(fresh_engine, uuid4(), "patient")
    async with fresh_engine.acquire() as connection:
        for _ in range(MOST_TRIES * 3):
            await _hurry(connection)
            (message,) = await take(connection)
            await mark_unreachable(connection, message.id, "connection refused")
            assert await take(connection) == []  # it pauses
        assert await list_quarantined(connection) == []


@pytest.mark.parametrize("tried", [False, True])
async def test_an_instant_of_a_clock_that_was_ahead_makes_no_message_wait(fresh_engine: Pool, tried: bool) -> None:
    await _tell(fresh_engine, uuid4(), "a")
    async with fresh_engine.acquire() as connection:
        if tried:
            (message,) = await take(connection)
            await mark_unreachable(connection, message.id, "connection refused")
            await connection.execute("UPDATE outbox SET attempts = 1")
        await connection.execute("UPDATE outbox SET next_try_at = clock_timestamp() + interval '2 years'")
        assert [message.payload["key"] for message in await take(connection)] == ["a"]
        assert await take(connection) == []  # leased by the clock of now


async def test_a_filing_whose_last_instant_lies_ahead_tells_at_once(fresh_engine: Pool) -> None:
    filing_id = uuid4()
    await record(fresh_engine, filing_id)
    async with fresh_engine.acquire() as connection:
        await connection.execute("UPDATE filings SET updated_at = clock_timestamp() + interval '2 years'")
    await _tell(fresh_engine, filing_id, "a")
    async with fresh_engine.acquire() as connection:
        assert [message.payload["key"] for message in await take(connection)] == ["a"]
