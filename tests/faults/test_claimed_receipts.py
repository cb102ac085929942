"""Receipts that are claimed in two schemes, and schemes that pay without a claim."""

import asyncio
from dataclasses import replace
from datetime import date

import pytest

from cli.demo.filings.filing import tell
from database.pool import Pool
from schemas.acts.settlement import Activate
from schemas.values.money import Money
from tests.faults.proofs import position_of, prove, stage_of
from tests.lives.declarations import DeclarationLife
from tests.lives.desk import Desk
from tests.lives.licences import LicenceLife
from tests.lives.settlements import SettlementLife
from tests.lives.stories import announced
from tests.lives.stories_of_money import calculated, claimed
from tests.lives.world import World
from tests.rules.settlement.people import with_scheme


async def states(pool: Pool, *settlements: SettlementLife) -> list[str]:
    return [(await position_of(pool, one)).claims[0].lines[0].state for one in settlements]


async def opened(desk: Desk, settlement: SettlementLife) -> None:
    await tell(desk.ask, settlement, *(one for one in settlement.called() if not isinstance(one, Activate)))


async def test_the_second_claim_of_a_receipt_waits_until_the_first_is_withdrawn(
    pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(pool)
    first, claim, licence = await claimed(desk.ask, await World("second claim").write(pool))
    second = replace(first, scheme=with_scheme(monkeypatch, "T-SECOND"))
    await opened(desk, second)
    other = second.submit(licence.receipt_id(), on=date(2027, 2, 2))
    await tell(desk.ask, second, other, second.accept(other))
    await desk.tell_all()
    assert await states(pool, first, second) == ["undecided", "held"]
    await desk.ask(first, first.withdraw(claim, date(2027, 2, 3)))
    await desk.tell_all()
    assert await states(pool, second) == ["accepted"]
    await prove(pool)


async def test_of_two_claims_at_the_same_time_one_is_the_first(pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    desk, world = Desk(pool), await World("same time").write(pool)
    licence = LicenceLife(await announced(desk.ask, DeclarationLife(world)))
    await tell(desk.ask, licence, *licence.recorded(), licence.book_receipt())
    runs = [SettlementLife(world), SettlementLife(world, scheme=with_scheme(monkeypatch, "T-SAME"))]
    await tell(desk.ask, runs[0], *runs[0].called())
    await opened(desk, runs[1])
    claims = [one.submit(licence.receipt_id()) for one in runs]
    await asyncio.gather(*(desk.ask(one, claim) for one, claim in zip(runs, claims, strict=True)))
    for one, claim in zip(runs, claims, strict=True):
        await desk.ask(one, one.accept(claim))
    await desk.tell_all()
    assert sorted(await states(pool, *runs)) == ["accepted", "held"]
    await prove(pool)


async def test_a_scheme_that_needs_no_claim_pays_for_every_receipt_of_its_year_also_when_it_is_booked_late(
    pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, world = Desk(pool), await World("no claim").write(pool)
    scheme = with_scheme(
        monkeypatch,
        "T-AUTOMATIC",
        "application: automatic",
        "application_cite: {provision: art. 2, instrument: rules of these tests}",
    )
    settlement = SettlementLife(world, scheme=scheme)
    await opened(desk, settlement)
    licence = LicenceLife(await announced(desk.ask, DeclarationLife(world)))
    await tell(desk.ask, licence, *licence.recorded(), licence.book_receipt(Money.of("6000.00")))
    shown = await calculated(desk.ask, settlement)
    await tell(desk.ask, settlement, *settlement.listed(shown), settlement.pay(Money.of("600.00")))
    assert await stage_of(pool, settlement) == "paid"
    await desk.ask(licence, licence.book_receipt(Money.of("4000.00"), serial="2"))
    await desk.tell_all()
    assert [str(one.open_amount) for one in (await position_of(pool, settlement)).adjustments] == ["400.00"]
    await prove(pool)
