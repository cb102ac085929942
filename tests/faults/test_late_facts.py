"""News that comes late changes what was thought to be, to the fen, and news of the opposite brings all of it back."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cli.demo.filings.days import NOTICED_ON, PAID_ON
from cli.demo.filings.filing import tell
from database.pool import Pool
from schemas.acts.act import Act
from schemas.values.actor import Role
from tests.faults.proofs import main_road, prove, stage_of, standing_balances
from tests.lives.declarations import DeclarationLife
from tests.lives.desk import Desk
from tests.lives.licences import LicenceLife
from tests.lives.life import Life
from tests.lives.stories import announced
from tests.lives.stories_of_money import approved, booked, inventors_are_paid
from tests.lives.telling import AUGUST, JULY, JUNE
from tests.lives.world import World

_numbers = count()


async def test_an_announcement_typed_a_week_late_voids_an_effective_licence_and_its_money(pool: Pool) -> None:
    desk, world = Desk(pool), await World("typed late").write(pool)
    payout = await booked(desk.ask, world)
    await approved(desk.ask, payout)
    declaration, licence, _ = main_road(world)
    assert await stage_of(pool, licence) == "effective"
    before = await standing_balances(pool, licence.filing_id)
    assert before["royalty_income"] != 0
    await desk.ask(declaration, declaration.announce_withdrawal(NOTICED_ON - timedelta(days=7)))
    await desk.tell_all()
    assert [await stage_of(pool, one) for one in (declaration, licence, payout)] == ["withdrawn", "void", "cancelled"]
    assert await standing_balances(pool, licence.filing_id) == {
        "bank": before["bank"],
        "refund_due": -before["bank"],  # what arrived is owed back
    }
    assert await standing_balances(pool, payout.filing_id) == {}
    await desk.ask(licence, licence.reverse_receipt(JULY))
    await desk.tell_all()
    assert await standing_balances(pool, licence.filing_id) == {}
    await prove(pool)


@pytest.mark.parametrize(("lapsed_on", "stage"), [(NOTICED_ON, "void_provisional"), (JUNE, "patent_ended_provisional")])
async def test_a_lapse_that_is_lifted_returns_everything(lapsed_on: date, stage: str, pool: Pool) -> None:
    desk, world = Desk(pool), await World(f"lifted {stage}").write(pool)
    await inventors_are_paid(desk.ask, world)
    await desk.tell_all()
    declaration, _, payout = lives = main_road(world)
    before = [await standing(pool, one) for one in lives]
    await desk.ask(declaration, declaration.report_patent_end(lapsed_on, noticed_on=JULY))
    await desk.tell_all()
    assert [await stage_of(pool, one) for one in lives] == ["patent_ended_provisional", stage, before[2][0]["stage"]]
    assert (await standing(pool, payout))[1] == before[2][1]  # D-22: frozen, not undone
    await desk.ask(declaration, declaration.restore_right(AUGUST))
    await desk.tell_all()
    assert [await standing(pool, one) for one in lives] == before
    await prove(pool)


def facts_of_authorities(declaration: DeclarationLife, licence: LicenceLife) -> Sequence[tuple[Life, Act]]:
    """Around one notice: what bank, office and registrar say, each on its day."""
    bank = licence.world.by(Role.BANK)
    return (
        (licence, licence.pay().but(by=bank)),
        (licence, licence.book_receipt()),
        (licence, licence.record()),
        (licence, licence.accept()),
        (licence, licence.register()),
        (licence, licence.reverse_receipt(AUGUST)),
        (declaration, declaration.report_patent_end(JUNE, noticed_on=JUNE)),
        (declaration, declaration.restore_right(JULY)),
    )


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    order=st.permutations(range(9)),
    withdrawn_on=st.sampled_from([NOTICED_ON, PAID_ON, PAID_ON + timedelta(days=1), AUGUST]),
)
async def test_the_order_in_which_authorities_are_heard_does_not_matter(
    pool: Pool, order: list[int], withdrawn_on: date
) -> None:
    ends = []
    for recorded in (sorted(order), order):
        desk, world = Desk(pool), await World(f"heard {next(_numbers)}").write(pool)
        licence = LicenceLife(await announced(desk.ask, DeclarationLife(world)))
        declaration = licence.declaration
        await tell(desk.ask, licence, licence.give_notice())
        facts = [
            *facts_of_authorities(declaration, licence),
            (declaration, declaration.announce_withdrawal(withdrawn_on)),
        ]
        for number in recorded:
            await desk.ask(*facts[number])
        await desk.tell_all()
        ends.append([await standing(pool, one) for one in (declaration, licence)])
    assert ends[0] == ends[1]


async def standing(pool: Pool, life: Life) -> list[Any]:
    """What a filing has come to: stage, days, money; without ids and without how it was found out."""
    position = await pool.fetchval("SELECT position FROM filings WHERE filing_id = $1", life.filing_id)
    names = ("stage", "tracks", "effective_on", "ended_on", "paid", "credit", "obligations", "pool", "provisional")
    money = await standing_balances(pool, life.filing_id)
    return [{name: position.get(name) for name in names}, {key.split(":")[0]: fen for key, fen in money.items()}]
