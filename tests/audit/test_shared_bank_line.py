"""One bank line for several licences is booked once, and its parts sum to it (D-09)."""

from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest

from audit.rebuild import rebuild_and_compare
from database.pool import Pool, open_pool
from schemas.acts.royalty import Allocation, BookReceipt, ReverseReceipt
from schemas.standing.answer import Answer
from schemas.values.money import Money
from schemas.values.refusal import Refused
from tests.conftest import Database
from tests.lives.declarations import DeclarationLife
from tests.lives.desk import Desk
from tests.lives.licences import LicenceLife
from tests.lives.world import World

WHOLE, JULY = Money.of("18000.00"), date(2026, 7, 1)


@pytest.fixture
async def pool(fresh_database: Database) -> AsyncIterator[Pool]:
    async with await open_pool(fresh_database.engine, 2) as one:
        yield one


async def two_paid_licences(desk: Desk, pool: Pool) -> tuple[LicenceLife, LicenceLife]:
    declaration = DeclarationLife(await World("shared bank line").write(pool))
    for act in declaration.announced():
        await desk.ask(declaration, act)
    licences = LicenceLife(declaration), LicenceLife(declaration, "second_licensee")
    for one in licences:
        await desk.ask(one, one.give_notice())
        await desk.ask(one, one.pay())
    return licences


def part(licence: LicenceLife, of: LicenceLife, amount: str, **fields: Any) -> BookReceipt:
    """The licence's part of a bank line that the first of them knows by its serial."""
    paid_by = {"line": of.line(), "line_amount": WHOLE, "payer_explained": of.world.paper("decision"), **fields}
    return licence.book_receipt(Money.of(amount)).but(**paid_by)


async def test_two_licences_book_their_parts_of_one_line_and_each_part_is_a_receipt_of_its_own(pool: Pool) -> None:
    desk = Desk(pool)
    first, second = await two_paid_licences(desk, pool)
    started: list[Answer] = []
    for licence, amount in ((first, "10000.00"), (second, "8000.00")):
        started.append(await desk.ask(licence, part(licence, first, amount)))
        report = await rebuild_and_compare(pool)
        assert (report.ok, report.counts["bank_lines_left"]) == (True, 1 if licence is first else 0)
    assert [[one.subject for one in answer.starts] for answer in started] == [
        [str(first.line().part_id(one.filing_id))] for one in (first, second)
    ]
    assert await pool.fetchval("SELECT sum(fen) FROM receipts") == WHOLE.fen
    assert await pool.fetchval("SELECT count(*) FROM bank_lines") == 1


async def test_a_part_that_does_not_fit_is_refused_and_leaves_nothing(pool: Pool) -> None:
    desk = Desk(pool)
    first, second = await two_paid_licences(desk, pool)
    await desk.ask(first, part(first, first, "10000.00"))
    for wrong, code in (
        (part(second, first, "8000.01"), "bank_line_exceeded"),
        (part(second, first, "8000.00", line_amount=Money.of("18000.01")), "bank_line_exceeded"),
        (part(second, first, "8000.00", line_amount=None), "bank_line_known"),
    ):
        with pytest.raises(Refused, match=code):
            await desk.ask(second, wrong)
    assert (await rebuild_and_compare(pool)).ok
    await desk.ask(second, part(second, first, "8000.00"))


async def test_a_reversal_restates_one_part_only(pool: Pool) -> None:
    desk = Desk(pool)
    first, second = await two_paid_licences(desk, pool)
    for licence, amount in ((first, "10000.00"), (second, "8000.00")):
        await desk.ask(licence, part(licence, first, amount))
    back = first.reverse_receipt(JULY).model_dump() | {"receipt_id": first.line().part_id(first.filing_id)}
    await desk.ask(first, ReverseReceipt.model_validate(back))
    left = await pool.fetch("SELECT licence_id, fen - reversed_fen AS net FROM receipts")
    assert {row["licence_id"]: row["net"] for row in left} == {first.filing_id: 0, second.filing_id: 800_000}
    assert (await rebuild_and_compare(pool)).ok


def test_a_part_is_never_more_than_its_line() -> None:
    licence = LicenceLife(DeclarationLife(World("a part")))
    whole = licence.book_receipt()
    assert whole.receipt_id == licence.receipt_id()
    with pytest.raises(ValueError, match="not more than the whole line"):
        BookReceipt.model_validate(whole.model_dump() | {"line_amount": Money.of("9999.99")})
    assert whole.allocations == (Allocation(obligation="due:1", amount=whole.amount),)
