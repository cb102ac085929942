"""Offers and licences as rows: who waits for whom, no gap in receipt numbers, a bank line once."""

import asyncio
from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from database.pool import Connection, Pool
from database.reads.filters import BEFORE_ALL
from database.record.posting import BankLine, Licence, Receipt
from database.standing.offers import (
    find_bank_line,
    find_receipt,
    licences_of,
    lock_offer,
    next_licence_number,
    receipts_of,
    take_receipt_number,
)
from schemas.values.refusal import Refused
from tests.database.record.filings import DAY, licence_of, offer_of, record


def _code(refused: pytest.ExceptionInfo[Refused]) -> str:
    return refused.value.refusals[0].code


async def post_licence(engine: Pool, licence: Licence) -> None:
    await record(engine, licence.licence_id, kind="licence", licence=licence)


async def test_an_offer_is_read_as_it_was_posted(engine: Pool) -> None:
    filing_id = uuid4()
    offer = offer_of(filing_id, str(uuid4()))
    await record(engine, filing_id, offer=offer)
    async with engine.acquire() as connection, connection.transaction():
        assert await lock_offer(connection, filing_id, "share") == offer
        assert await lock_offer(connection, uuid4(), "update") is None
    ended = replace(offer, live=False, ended_on=DAY)
    await record(engine, filing_id, offer=ended)
    async with engine.acquire() as connection:
        assert await lock_offer(connection, filing_id, "none") == ended


async def somebody_waits_for(connection: Connection) -> None:
    """Returns once the server says that another connection waits for a lock of this one."""
    async with asyncio.timeout(30):
        while not await connection.fetchval(  # noqa: ASYNC110  # the server tells nobody by itself
            "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid)))"
        ):
            await asyncio.sleep(0.01)


async def test_an_end_waits_for_the_notices_that_hold_the_offer(engine: Pool) -> None:
    declaration = uuid4()
    await record(engine, declaration, offer=offer_of(declaration, str(uuid4())))
    order = []

    async def end() -> None:
        async with engine.acquire() as connection, connection.transaction():
            await lock_offer(connection, declaration, "update")
            order.append("end")

    async with engine.acquire() as connection, connection.transaction():
        await lock_offer(connection, declaration, "share")
        async with engine.acquire() as other, other.transaction():
            await lock_offer(other, declaration, "share")  # notices do not wait for each other
        ending = asyncio.create_task(end())
        await somebody_waits_for(connection)
        order.append("notice")
    await ending
    assert order == ["notice", "end"]


async def test_a_licensees_notices_are_counted(engine: Pool) -> None:
    declaration, licensee = uuid4(), uuid4()
    async with engine.acquire() as connection:
        assert await next_licence_number(connection, declaration, licensee) == 1
        await post_licence(engine, licence_of(declaration, licensee))
        assert await next_licence_number(connection, declaration, licensee) == 2


async def test_a_stale_licence_number_is_refused(engine: Pool) -> None:
    declaration, licensee = uuid4(), uuid4()
    ended = licence_of(declaration, licensee, 1, still_open=False)
    await record(engine, ended.licence_id, kind="licence", licence=ended)
    stale = licence_of(declaration, licensee, 1)
    with pytest.raises(Refused) as refused:
        await record(engine, stale.licence_id, kind="licence", licence=stale)
    assert _code(refused) == "stale_licence_number"


async def test_licences_of_a_declaration_come_in_batches(engine: Pool) -> None:
    declaration = uuid4()
    made = {(licence := licence_of(declaration, uuid4())).licence_id: licence for _ in range(7)}
    found, after = [], BEFORE_ALL
    async with engine.acquire() as connection:
        for licence in made.values():
            await post_licence(engine, licence)
        while batch := await licences_of(connection, declaration, after, limit=3):
            assert len(batch) <= 3
            found += batch
            after = batch[-1].licence_id
    assert {licence.licence_id: licence for licence in found} == made
    assert len(found) == 7


async def test_receipt_numbers_have_no_gap_also_when_notices_fail(engine: Pool) -> None:
    declaration = uuid4()

    async def notice(licence_id: UUID, fails: bool) -> str | None:
        async with engine.acquire() as connection:
            transaction = connection.transaction()
            await transaction.start()
            number = await take_receipt_number(connection, declaration, licence_id)
            if fails:
                await transaction.rollback()
                return None
            await transaction.commit()
            return number

    numbers = await asyncio.gather(*(notice(uuid4(), place % 3 == 0) for place in range(15)))
    given = sorted(number for number in numbers if number is not None)
    assert [int(number.rpartition("-")[2]) for number in given] == list(range(1, 11))
    assert len({number.rpartition("-")[0] for number in given}) == 1


async def test_a_repeated_notice_keeps_its_receipt_number(engine: Pool) -> None:
    declaration, licence_id = uuid4(), uuid4()
    async with engine.acquire() as connection:
        first = await take_receipt_number(connection, declaration, licence_id)
        assert await take_receipt_number(connection, declaration, licence_id) == first


async def test_a_bank_line_is_booked_once(engine: Pool) -> None:
    licence, other, key = uuid4(), uuid4(), str(uuid4())
    line, receipt = (
        BankLine(key, 299500, DAY, 299500),
        Receipt(key, licence, 299500, 0, DAY, confirmed=False, bank_key=key),
    )
    await record(engine, licence, kind="licence", bank_line=line, receipts=(receipt,))
    with pytest.raises(Refused) as refused:
        await record(engine, other, kind="licence", bank_line=line)
    assert _code(refused) == "bank_line_known"
    with pytest.raises(Refused) as refused:
        await record(engine, licence, kind="licence", bank_line=line)
    assert _code(refused) == "bank_line_known"
    async with engine.acquire() as connection:
        assert await find_bank_line(connection, key, licence) == line
        assert await find_bank_line(connection, key, other) is None
        assert await receipts_of(connection, licence) == [receipt]
        reversed_part = replace(receipt, reversed_fen=100, confirmed=True)
        await record(engine, licence, kind="licence", receipts=(reversed_part,))
        assert await find_receipt(connection, key) == reversed_part


async def test_the_parts_of_one_bank_line_never_exceed_it(engine: Pool) -> None:
    key, (first, second, third, fourth) = str(uuid4()), (uuid4() for _ in range(4))
    await record(engine, first, kind="licence", bank_line=BankLine(key, 1000, DAY, 600))
    for filing_id, fen, part_fen in ((second, 1000, 401), (second, 1001, 400)):
        with pytest.raises(Refused) as refused:
            await record(engine, filing_id, kind="licence", bank_line=BankLine(key, fen, DAY, part_fen))
        assert _code(refused) == "bank_line_exceeded"
    await record(engine, second, kind="licence", bank_line=BankLine(key, 1000, DAY, 300))
    both = await asyncio.gather(
        *(record(engine, one, kind="licence", bank_line=BankLine(key, 1000, DAY, 100)) for one in (third, fourth)),
        return_exceptions=True,
    )
    assert [one.refusals[0].code for one in both if isinstance(one, Refused)] == ["bank_line_exceeded"]
    async with engine.acquire() as connection:
        left = "SELECT left_fen FROM bank_lines_left WHERE bank_key = $1"
        assert await connection.fetchval(left, key) is None
