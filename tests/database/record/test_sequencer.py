"""One order over all filings: no gap, no inversion, whoever writes at the same time."""

import asyncio
from uuid import UUID, uuid4

from database.pool import Connection, Pool, open_pool
from database.reads.read_model import events_since
from database.record.sequencer import sequence
from tests.conftest import Database
from tests.database.record.filings import record, record_on


async def test_sequence_numbers_have_no_gap_and_never_invert_the_instants(fresh_engine: Pool) -> None:
    writing = True

    async def sequencer() -> int:
        taken = 0
        async with fresh_engine.acquire() as connection:
            while writing or await connection.fetchval("SELECT count(*) FROM unsequenced"):
                taken += await sequence(connection, limit=7)
        return taken

    async def life() -> None:
        filing_id = uuid4()
        for _ in range(10):
            await record(fresh_engine, filing_id)

    running = [asyncio.create_task(sequencer()) for _ in range(2)]
    await asyncio.gather(*(life() for _ in range(20)))
    writing = False
    assert sum([await one for one in running]) == 200
    async with fresh_engine.acquire() as connection:
        events = await events_since(connection, 0, 1000)
        assert len(await events_since(connection, 150, 1000)) == 50
    assert [event.sequence_number for event in events] == list(range(1, 201))
    assert [event.recorded_at for event in events] == sorted(event.recorded_at for event in events)


async def test_an_event_waits_for_a_writer_that_read_the_clock_before_it(fresh_engine: Pool) -> None:
    slow, quick = uuid4(), uuid4()
    async with fresh_engine.acquire() as sequencer:
        async with fresh_engine.acquire() as connection, connection.transaction():
            await record_on(connection, slow)
            await record(fresh_engine, quick)
            assert await sequence(sequencer) == 0  # quick has committed, but slow's instant is the earlier one
        assert await sequence(sequencer) == 2
        assert [event.filing_id for event in await events_since(sequencer)] == [slow, quick]


async def test_a_reader_that_stays_does_not_stop_the_sequencer(fresh_engine: Pool, fresh_database: Database) -> None:
    async with (
        await open_pool(fresh_database.auditor, 1) as auditor,
        auditor.acquire() as reading,
        reading.transaction(isolation="repeatable_read", readonly=True),
    ):
        await reading.fetchval("SELECT count(*) FROM events")
        await record(fresh_engine, uuid4())
        async with fresh_engine.acquire() as connection:
            assert await sequence(connection) == 1


async def test_nothing_new_is_numbered_twice(fresh_engine: Pool) -> None:
    await record(fresh_engine, uuid4())
    async with fresh_engine.acquire() as connection:
        assert [await sequence(connection) for _ in range(3)] == [1, 0, 0]


async def _ahead(pool: Pool, filing_id: UUID) -> None:
    async with pool.acquire() as connection:
        await connection.execute(
            "UPDATE filings SET updated_at = clock_timestamp() + interval '2 years' WHERE filing_id = $1", filing_id
        )


async def _sequenced(connection: Connection, count: int) -> None:
    # Writers of other databases on the same server can delay what is ahead of the clock.
    async with asyncio.timeout(60):
        while count:
            count -= await sequence(connection)
            await asyncio.sleep(0.01)


async def test_an_instant_of_a_clock_that_was_ahead_makes_no_event_wait(fresh_engine: Pool) -> None:
    ahead, other = uuid4(), uuid4()
    await record(fresh_engine, ahead)
    await _ahead(fresh_engine, ahead)
    for filing_id in (ahead, other, ahead):
        await record(fresh_engine, filing_id)
    async with fresh_engine.acquire() as connection:
        await _sequenced(connection, 4)
        events = await events_since(connection)
        assert sorted((event.filing_id, event.version) for event in events) == sorted(
            [(ahead, 1), (ahead, 2), (ahead, 3), (other, 1)]
        )
        assert [event.version for event in events if event.filing_id == ahead] == [1, 2, 3]


async def test_an_event_ahead_of_the_clock_waits_for_the_writers_that_began_before_it(fresh_engine: Pool) -> None:
    ahead, slow = uuid4(), uuid4()
    await record(fresh_engine, ahead)
    await _ahead(fresh_engine, ahead)
    async with fresh_engine.acquire() as sequencer:
        await _sequenced(sequencer, 1)
        async with fresh_engine.acquire() as connection, connection.transaction():
            await record_on(connection, slow)
            await record(fresh_engine, ahead)
            assert await sequence(sequencer) == 0
        await _sequenced(sequencer, 2)
        assert [event.filing_id for event in await events_since(sequencer)] == [ahead, slow, ahead]


async def test_what_came_with_another_server_s_transaction_number_is_numbered_too(fresh_engine: Pool) -> None:
    ahead = uuid4()
    await record(fresh_engine, ahead)
    await _ahead(fresh_engine, ahead)
    await record(fresh_engine, ahead)
    async with fresh_engine.acquire() as connection:
        await connection.execute(
            """WITH moved AS (DELETE FROM unsequenced RETURNING *)
               INSERT INTO unsequenced (recorded_at, filing_id, version, transaction_id)
               SELECT recorded_at, filing_id, version, '4611686018427387904' FROM moved"""
        )
        await _sequenced(connection, 2)
