"""One order over all filings: no gap, no inversion, whoever writes at the same time."""

import asyncio
from uuid import uuid4

from database.pool import Pool, open_pool
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
