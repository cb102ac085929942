"""Who is who while acts are recorded: a bank line, an act id and a licence's number are each one thing only."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from cli.demo.filings.days import MARKED_ON
from cli.demo.filings.filing import tell
from database.pool import Pool, open_pool
from schemas.standing.answer import Behind, DeclarationRecording
from schemas.values.refusal import Refused
from tests.conftest import Database
from tests.lives.declarations import FREE, DeclarationLife
from tests.lives.desk import Desk
from tests.lives.licences import LicenceLife
from tests.lives.stories import announced
from tests.lives.telling import AUGUST
from tests.lives.world import World


@pytest.fixture
async def pool(database: Database) -> AsyncIterator[Pool]:
    async with await open_pool(database.engine, 4) as one:
        yield one


async def _events(pool: Pool, life: DeclarationLife | LicenceLife) -> int:
    count: int = await pool.fetchval("SELECT count(*) FROM events WHERE filing_id = $1", life.filing_id)
    return count


def _codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.code for one in refused.value.refusals]


async def test_one_bank_line_cannot_be_booked_to_two_licences(pool: Pool) -> None:
    desk = Desk(pool)
    declaration = await announced(desk.ask, DeclarationLife(await World("one line").write(pool)))
    first, second = LicenceLife(declaration), LicenceLife(declaration, "second_licensee")
    for one in (first, second):
        await tell(desk.ask, one, one.give_notice(), one.pay())
    booked = first.book_receipt()
    await desk.ask(first, booked)
    before = await _events(pool, second)
    with pytest.raises(Refused) as refused:
        await desk.ask(second, second.book_receipt().but(line=booked.line))
    assert _codes(refused) == ["bank_line_known"]
    assert await _events(pool, second) == before
    assert (await desk.ask(second, second.book_receipt())).head.version == before + 1


async def test_an_act_id_cannot_be_used_again_for_other_words_nor_in_another_filing(pool: Pool) -> None:
    desk = Desk(pool)
    one = await announced(desk.ask, DeclarationLife(await World("act id").write(pool)))
    other = await announced(desk.ask, DeclarationLife(await World("other act id").write(pool)))
    granted = one.file_withdrawal(AUGUST)
    first = await desk.ask(one, granted)
    for life, act in (
        (one, granted.but(reason=one.world.paper("notice"))),
        (one, granted.but(on=MARKED_ON)),
        (other, granted.but(filing_id=other.filing_id)),
    ):
        with pytest.raises(Refused) as refused:
            await desk.ask(life, act)
        assert _codes(refused) == ["act_id_reused"]
    assert await desk.ask(one, granted) == first


@pytest.mark.parametrize("n", [1, 3])
async def test_a_notice_with_a_number_that_is_not_the_next_one_is_refused(n: int, pool: Pool) -> None:
    desk = Desk(pool)
    declaration = await announced(desk.ask, DeclarationLife(await World(f"stale {n}").write(pool), FREE))
    first = LicenceLife(declaration)
    await tell(desk.ask, first, first.give_notice(), first.terminate(AUGUST))
    wrong = replace(first, n=n)
    with pytest.raises(Refused) as refused:
        await desk.ask(wrong, wrong.give_notice(AUGUST).but(act_id=declaration.world.id("another notice")))
    assert _codes(refused) == ["stale_licence_number"]
    right = replace(first, n=2)
    assert (await desk.ask(right, right.give_notice(AUGUST))).head.stage == "effective"


async def test_whoever_believes_in_an_older_head_is_told_the_newer_one_and_nothing_is_written(pool: Pool) -> None:
    desk = Desk(pool)
    declaration = DeclarationLife(await World("older head").write(pool))
    submitted = await desk.ask(declaration, declaration.submit())
    for believed in (0, 2):
        outcome = await desk.recorder.recorded(
            DeclarationRecording(
                workflow_id=declaration.workflow_id, expected=believed, legal_clock="acts", act=declaration.mark_filed()
            )
        )
        assert isinstance(outcome, Behind)
        assert outcome.head == submitted.head
    assert await _events(pool, declaration) == 1
