"""A thousand licensees of one patent, its withdrawal reaches each of them, and no history is endless."""

import asyncio

import pytest

from cli.demo.filings.days import NOTICED_ON
from database.pool import Pool
from database.registers.documents import add_document
from schemas.values.money import Money
from tests.faults.crowd import CrowdedWorld
from tests.faults.proofs import prove
from tests.lives.declarations import FREE, DeclarationLife
from tests.lives.desk import Desk
from tests.lives.licences import LicenceLife
from tests.lives.office import Office
from tests.lives.stories import announced

LICENSEES = 1_000
"""Of the ten thousand that are promised, which take minutes and differ in nothing else: both are told in batches."""
PAYMENTS, PAPERS, MOST_BYTES = 190, 40, 2**20
"""By the number of its events a run is continued in tests/workflows/test_procedure.py."""
_TOGETHER = 16


@pytest.mark.slow
async def test_every_one_of_a_thousand_licensees_hears_of_the_withdrawal(pool: Pool) -> None:
    desk, world = Desk(pool), await CrowdedWorld("a thousand", crowd=LICENSEES).write(pool)
    declaration = await announced(desk.ask, DeclarationLife(world, FREE))
    licences = world.licences(declaration)
    together = asyncio.Semaphore(_TOGETHER)

    async def notice(licence: LicenceLife) -> str | None:
        async with together:
            return (await desk.ask(licence, licence.give_notice())).receipt_number

    numbers = await asyncio.gather(*(notice(one) for one in licences))
    assert sorted(int(str(one).rsplit("-", 1)[1]) for one in numbers) == list(range(1, LICENSEES + 1))
    assert await stages(pool) == {"effective": LICENSEES}

    await desk.ask(declaration, declaration.announce_withdrawal(NOTICED_ON))  # told late: nobody's notice met an offer
    await desk.tell_all()
    assert await stages(pool) == {"void": LICENSEES}
    assert await pool.fetchval("SELECT count(*) FROM events") == 2 * LICENSEES + len(declaration.announced()) + 1
    assert await pool.fetchval("SELECT count(*) FROM outbox WHERE sent_at IS NULL") == 0


async def test_a_run_of_many_acts_is_continued_before_its_history_is_too_heavy(office: Office) -> None:
    licence = LicenceLife(await announced(office.ask, DeclarationLife(await office.world("many acts"))))
    await office.ask(licence, licence.give_notice())
    first = (await office.run_of(licence).describe()).run_id
    evidence, together = await _papers(office.pool, licence), asyncio.Semaphore(8)

    async def pay(number: int) -> int:
        async with together:
            act = licence.pay(Money.of("1.00"), again=number).but(evidence=evidence)
            return (await office.ask(licence, act)).head.version

    assert sorted(await asyncio.gather(*(pay(number) for number in range(PAYMENTS)))) == list(range(2, PAYMENTS + 2))
    runs = [office.client.get_workflow_handle(licence.workflow_id, run_id=first), office.run_of(licence)]
    described = [await one.describe() for one in runs]
    assert described[1].run_id != first
    assert max(one.raw_description.workflow_execution_info.history_size_bytes for one in described) < MOST_BYTES
    await prove(office.pool)


async def _papers(pool: Pool, licence: LicenceLife) -> tuple[str, ...]:
    """As many as an act can have."""
    added_by, found = licence.world.party("licensee"), list[str]()
    async with pool.acquire() as connection:
        for number in range(PAPERS):
            body = f"bank statement, page {number}".encode()
            found.append(await add_document(connection, body, name="page", media_type="text/plain", added_by=added_by))
    return tuple(found)


async def stages(pool: Pool) -> dict[str, int]:
    rows = await pool.fetch("SELECT stage, count(*) AS n FROM filings WHERE kind = 'licence' GROUP BY stage")
    return {row["stage"]: row["n"] for row in rows}
