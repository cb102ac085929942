"""How much of the engine's own work is still to do: messages to send, events to put in order."""

from uuid import uuid4

from database.pool import Pool
from database.record.posting import Message
from database.record.sequencer import count_unsequenced, sequence
from database.standing.outbox import count_unsent, mark_sent, take
from tests.database.record.filings import record


async def test_unsent_messages_are_counted_for_some_filings_or_for_all(fresh_engine: Pool) -> None:
    one, other = uuid4(), uuid4()
    for filing_id in (one, other):
        await record(fresh_engine, filing_id, messages=(Message("mail", str(filing_id), {}),))
    async with fresh_engine.acquire() as connection:
        assert await count_unsent(connection) == 2
        for message in await take(connection):
            if message.filing_id == one:
                await mark_sent(connection, message.id)
        assert (await count_unsent(connection, [one]), await count_unsent(connection, [other, one])) == (0, 1)


async def test_events_without_a_position_are_counted(fresh_engine: Pool) -> None:
    await record(fresh_engine, uuid4())
    async with fresh_engine.acquire() as connection:
        assert await count_unsequenced(connection) == 1
        assert await sequence(connection) == 1
        assert await count_unsequenced(connection) == 0
