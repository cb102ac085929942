"""One act is one transaction; the chain of a filing is unbroken; nothing is recorded twice."""

import asyncio
from dataclasses import replace
from uuid import UUID, uuid4

import asyncpg
import pytest

from database.pool import Connection, Pool
from database.reads.lists import list_due
from database.reads.read_model import filings_due, find_filing, findings_of, open_findings, tasks_of
from database.record.event_log import chain_of, find_act, find_head, open_filing, post
from database.record.posting import Finding, Line, Message, Task
from database.standing.ledger import lines_of, standing_lines, unbalanced_transactions
from schemas.values.canonical import FIRST_PREVIOUS_HASH, canonical, chain_hash
from schemas.values.money import Money
from schemas.values.refusal import Fault
from tests.database.ledger import balances
from tests.database.record.filings import DAY, posting_after, record, record_on


async def test_a_filing_that_nobody_began_opens_empty(engine: Pool) -> None:
    async with engine.acquire() as connection, connection.transaction():
        opened = await open_filing(connection, uuid4(), uuid4())
    assert (opened.filing, opened.known, opened.events) == (None, None, ())


async def test_the_next_act_sees_what_the_first_recorded(engine: Pool) -> None:
    filing_id, first = uuid4(), uuid4()
    began = await record(engine, filing_id, first, {"amount": Money(299500), "title": "开放许可"})
    async with engine.acquire() as connection, connection.transaction():
        opened = await open_filing(connection, filing_id, uuid4())
    assert opened.filing is not None
    assert (opened.filing.version, opened.filing.stage) == (1, "submitted")
    assert opened.filing.position == {"stage": "submitted"}
    (event,) = opened.events
    assert (event.version, event.act_id, event.kind, event.legal_on) == (1, first, "declaration:submitted", DAY)
    assert event.body == {"amount": 299500, "title": "开放许可"}
    assert event.recorded_at == began.recorded_at < opened.recorded_at


async def test_only_events_after_the_cached_version_are_read(engine: Pool) -> None:
    filing_id = uuid4()
    for _ in range(3):
        await record(engine, filing_id)
    async with engine.acquire() as connection, connection.transaction():
        assert [event.version for event in (await open_filing(connection, filing_id, uuid4(), 1)).events] == [2, 3]
        assert (await open_filing(connection, filing_id, uuid4(), 3)).events == ()


async def test_a_repeated_act_finds_its_first_answer_from_any_filing(engine: Pool) -> None:
    filing_id, act_id = uuid4(), uuid4()
    await record(engine, filing_id, act_id)
    async with engine.acquire() as connection, connection.transaction():
        known = (await open_filing(connection, uuid4(), act_id)).known
        assert known is not None
        assert (known.filing_id, known.body_hash, known.answer) == (filing_id, b"hash of the act", {"version": 1})
        assert await find_act(connection, act_id) == known
        assert await find_act(connection, uuid4()) is None


async def test_the_chain_of_a_filing_can_be_verified_from_its_bytes(engine: Pool) -> None:
    filing_id = uuid4()
    for number in range(5):
        await record(engine, filing_id, body={"number": number})
    async with engine.acquire() as connection, connection.transaction():
        links = [link async for link in chain_of(connection, filing_id)]
        head = await find_head(connection, filing_id)
    previous = FIRST_PREVIOUS_HASH
    for link in links:
        assert link.previous_hash == previous
        assert link.hash == chain_hash(previous, link.canonical)
        assert link.canonical == canonical(
            {
                "filing_id": filing_id,
                "version": link.version,
                "act_id": link.act_id,
                "kind": link.kind,
                "recorded_at": link.recorded_at,
                "body": link.body,
            }
        )
        previous = link.hash
    assert head is not None
    assert (len(links), head.version, head.hash) == (5, 5, previous)


async def test_the_database_refuses_an_event_whose_hash_is_wrong(engine: Pool) -> None:
    filing_id = uuid4()
    async with engine.acquire() as connection:
        async with connection.transaction():
            posting = posting_after(await open_filing(connection, filing_id, uuid4()), filing_id, uuid4())
        forged = replace(posting, event=replace(posting.event, hash=bytes(32)))
        with pytest.raises(asyncpg.CheckViolationError, match="hash_continues_the_chain"):
            await post(connection, forged)
        assert await find_filing(connection, filing_id) is None


async def test_of_two_writers_of_one_version_one_fails_and_may_try_again(engine: Pool) -> None:
    filing_id = uuid4()
    await record(engine, filing_id)
    async with engine.acquire() as connection, connection.transaction():
        stale = await open_filing(connection, filing_id, uuid4())
    await record(engine, filing_id)
    async with engine.acquire() as connection:
        with pytest.raises(Fault) as caught:
            await post(connection, posting_after(stale, filing_id, uuid4()))
        assert caught.value.retry
        head = await find_head(connection, filing_id)
    assert head is not None
    assert head.version == 2


async def test_of_two_first_writers_that_did_not_lock_one_fails(engine: Pool) -> None:
    filing_id = uuid4()
    async with engine.acquire() as connection, connection.transaction():
        unseen = await open_filing(connection, filing_id, uuid4())
    await record(engine, filing_id)
    async with engine.acquire() as connection:
        with pytest.raises(Fault):
            await post(connection, posting_after(unseen, filing_id, uuid4()))


async def test_parallel_acts_on_one_filing_take_turns_from_the_first_on(engine: Pool) -> None:
    filing_id = uuid4()
    await asyncio.gather(*(record(engine, filing_id) for _ in range(12)))
    async with engine.acquire() as connection, connection.transaction():
        links = [link async for link in chain_of(connection, filing_id)]
    assert [link.version for link in links] == list(range(1, 13))
    instants = [link.recorded_at for link in links]
    assert instants == sorted(set(instants))


async def test_a_filing_is_not_opened_outside_a_transaction(engine: Pool) -> None:
    async with engine.acquire() as connection:
        with pytest.raises(Fault, match="inside a transaction"):
            await open_filing(connection, uuid4(), uuid4())


async def test_a_failed_act_leaves_nothing_behind(engine: Pool) -> None:
    filing_id, act_id = uuid4(), uuid4()
    with pytest.raises(asyncpg.CheckViolationError, match="sum to zero"):
        await record(
            engine,
            filing_id,
            act_id,
            tasks=(Task("a", "a", "licensor", "legal", "PL-50", DAY),),
            messages=(Message("mail", f"{act_id}", {}),),
            lines=(Line("l", "pool", 5, DAY), Line("l", "bank", -4, DAY)),
        )
    async with engine.acquire() as connection:
        assert await find_act(connection, act_id) is None
        assert await tasks_of(connection, filing_id) == []
        assert await lines_of(connection, filing_id) == []
        assert await connection.fetchval("SELECT count(*) FROM outbox WHERE filing_id = $1", filing_id) == 0


async def test_lines_of_one_act_balance_and_are_summed_by_account(engine: Pool) -> None:
    filing_id, first = uuid4(), uuid4()
    await record(engine, filing_id, first, lines=(Line("r1", "bank", 299500, DAY), Line("r1", "royalty", -299500, DAY)))
    await record(engine, filing_id, lines=(Line("r1", "bank", -299500, DAY), Line("r1", "royalty", 299500, DAY)))
    await record(engine, filing_id, lines=(Line("r2", "bank", 100, DAY), Line("r2", "royalty", -100, DAY)))
    async with engine.acquire() as connection:
        assert await balances(connection, filing_id) == {"bank": 100, "royalty": -100}
        assert await balances(connection, filing_id, until=DAY.replace(day=1)) == {}
        assert await standing_lines(connection, filing_id) == {("r2", "bank"): 100, ("r2", "royalty"): -100}
        assert [line.fen for line in await lines_of(connection, filing_id)][:2] == [299500, -299500]
        assert (await lines_of(connection, filing_id))[0].transaction_id == first
        assert await unbalanced_transactions(connection) == {}


async def test_a_task_and_a_finding_are_opened_and_closed_by_their_keys(engine: Pool) -> None:
    filing_id = uuid4()
    task = Task("recordal", "file the recordal", "licensee", "legal", "IR-87", DAY, by_on=DAY, provisional=True)
    finding = Finding("announced", "unknown_announcement", {"gazette": "42"}, DAY)
    await record(engine, filing_id, tasks=(task,), findings=(finding,), due_by=DAY)
    async with engine.acquire() as connection:
        due = await list_due(connection, role="licensee", by=DAY, limit=10_000)
        assert (filing_id, task.key, DAY, True) in [(one.filing_id, one.key, one.by_on, one.is_open) for one in due]
        assert (filing_id, finding) in await open_findings(connection, limit=10_000)
        assert filing_id in [one.filing_id for one in await filings_due(connection, DAY, "acts", 10_000)]
        assert filing_id not in [one.filing_id for one in await filings_due(connection, DAY, "timer", 10_000)]
    closed = replace(task, closed_on=DAY, closed_how="done in time, told late")
    gone = replace(finding, closed_on=DAY)
    await record(engine, filing_id, tasks=(closed,), findings=(gone,))
    async with engine.acquire() as connection:
        assert await tasks_of(connection, filing_id) == [closed]
        assert await findings_of(connection, filing_id) == [gone]
        assert filing_id not in [one.filing_id for one in await list_due(connection, limit=10_000)]
        assert filing_id not in [one for one, _ in await open_findings(connection, limit=10_000)]
        assert filing_id not in [one.filing_id for one in await filings_due(connection, DAY, "acts", 10_000)]


async def test_an_act_is_four_round_trips(engine: Pool) -> None:
    filing_id, asked = uuid4(), []
    async with engine.acquire() as connection:
        await record_on_in_transaction(connection, uuid4())  # statements are prepared and types known now
        with connection.query_logger(lambda query: asked.append(query.query)):
            await record_on_in_transaction(connection, filing_id)
    assert [query.split("(")[0].rstrip(";") for query in asked] == [
        "BEGIN",
        "SELECT * FROM begin_act",
        "SELECT post_act",
        "COMMIT",
    ]


async def record_on_in_transaction(connection: Connection, filing_id: UUID) -> None:
    async with connection.transaction():
        await record_on(connection, filing_id)
