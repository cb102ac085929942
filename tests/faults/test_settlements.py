"""What changes after the lock is made good once, in the next run of the scheme, whoever calculates it and how often."""

import asyncio
from dataclasses import replace
from datetime import date

import pytest

from cli.demo.filings.filing import tell
from database.pool import Pool
from rules.settlement.calculation import list_hash
from schemas.acts.act import Act
from schemas.acts.settlement import LockSettlement
from schemas.acts.settlement_claims import SubmitClaim
from schemas.values.actor import Role
from schemas.values.money import STORED, Money
from schemas.values.refusal import Refused
from tests.database.ledger import balances
from tests.faults.proofs import position_of, prove, stage_of
from tests.lives.declarations import INSTALMENTS, DeclarationLife
from tests.lives.desk import Desk
from tests.lives.licences import LicenceLife
from tests.lives.settlements import SettlementLife
from tests.lives.stories import announced
from tests.lives.stories_of_money import calculated
from tests.lives.world import World

APRIL, MAY = date(2027, 4, 1), date(2027, 5, 4)
SIX, FOUR = Money.of("6000.00"), Money.of("4000.00")


async def two_years(desk: Desk, world: World) -> tuple[LicenceLife, SettlementLife, SettlementLife]:
    """6,000 arrived in 2026 and 4,000 in 2027; each year has its settlement, called and claimed."""
    licence = LicenceLife(await announced(desk.ask, DeclarationLife(world, INSTALMENTS)))
    first, second = SettlementLife(world, 2026), SettlementLife(world, 2027)
    await tell(
        desk.ask,
        licence,
        licence.give_notice(),
        licence.pay(SIX),
        licence.file_recordal(),
        licence.record(),
        licence.apply(),
        licence.accept(),
        licence.register(),
        licence.book_receipt(SIX, serial="1"),
        licence.book_receipt(FOUR, date(2027, 3, 1), serial="2", obligation="due:2"),
    )
    for settlement, serial in ((first, "1"), (second, "2")):
        claim = settlement.submit(licence.receipt_id(serial))
        await tell(desk.ask, settlement, *settlement.called(), claim, settlement.accept(claim))
    return licence, first, second


async def locked(desk: Desk, settlement: SettlementLife) -> None:
    shown = await calculated(desk.ask, settlement)
    await tell(desk.ask, settlement, *settlement.listed(shown))


async def amounts(pool: Pool, settlement: SettlementLife) -> list[tuple[str, str, str]]:
    return [(str(one.settled), str(one.carried), str(one.due)) for one in (await position_of(pool, settlement)).lines]


async def owed(pool: Pool, settlement: SettlementLife) -> list[tuple[str, str]]:
    """What a locked settlement has to adjust, and what of it another run has taken."""
    return [(str(one.amount), str(one.taken)) for one in (await position_of(pool, settlement)).adjustments]


async def reversed_by(desk: Desk, licence: LicenceLife, amount: str, on: date = APRIL) -> None:
    await desk.ask(licence, licence.reverse_receipt(on, Money.of(amount)))
    await desk.tell_all()


async def test_a_reversal_after_the_lock_is_a_line_of_the_next_run_and_evens_the_claimants_account(pool: Pool) -> None:
    desk = Desk(pool)
    licence, first, second = await two_years(desk, await World("next run").write(pool))
    await locked(desk, first)
    await desk.ask(first, first.pay(Money.of("300.00")))
    assert await stage_of(pool, first) == "paid"
    await reversed_by(desk, licence, "2000.00")
    assert await owed(pool, first) == [("-100.00", "0.00")]
    assert await stage_of(pool, first) == "paid"
    await locked(desk, second)
    assert await amounts(pool, second) == [("200.00", "-100.00", "100.00")]
    await desk.ask(second, second.pay(Money.of("100.00")))
    await desk.tell_all()
    assert await owed(pool, first) == [("-100.00", "-100.00")]
    async with pool.acquire() as connection:
        account = {name: fen for name, fen in (await balances(connection)).items() if name.startswith("payable:")}
    assert set(account.values()) == {0}
    await prove(pool)


async def test_a_run_that_would_be_negative_pays_nothing_and_carries_the_rest_on(pool: Pool) -> None:
    desk = Desk(pool)
    licence, first, second = await two_years(desk, await World("negative").write(pool))
    await locked(desk, first)
    await desk.ask(first, first.pay(Money.of("300.00")))
    await reversed_by(desk, licence, "6000.00")
    await locked(desk, second)
    assert await amounts(pool, second) == [("200.00", "-300.00", "0.00")]
    assert await owed(pool, second) == [("-100.00", "0.00")]
    await tell(desk.ask, second, *second.demanded_by_all(Money.of("100.00"), date(2028, 6, 1)))
    assert [one.open_amount for one in (await position_of(pool, second)).adjustments] == [Money(0)]
    await desk.ask(second, second.recovered(Money.of("100.00"), date(2028, 7, 3)))
    async with pool.acquire() as connection:
        left = await balances(connection)
    assert {fen for name, fen in left.items() if name.startswith(("payable:", "recovery:"))} == {0}
    await prove(pool)


async def test_an_adjustment_is_taken_once_however_many_runs_calculate_at_a_time(pool: Pool) -> None:
    desk = Desk(pool)
    licence, first, second = await two_years(desk, await World("at a time").write(pool))
    await locked(desk, first)
    third = replace(second, year=2025)
    await tell(desk.ask, third, *third.called())
    await reversed_by(desk, licence, "2000.00")
    await asyncio.gather(*(desk.ask(one, one.calculate()) for one in (second, third)))
    await asyncio.gather(*(desk.ask(one, one.calculate(again=2)) for one in (second, third)))
    carried = [str(line.carried) for one in (second, third) for line in (await position_of(pool, one)).lines]
    assert sorted(one for one in carried if one != "0.00") == ["-100.00"]
    assert await pool.fetchval("SELECT count(*) FROM adjustments_taken") == 1
    await desk.tell_all()
    await prove(pool)


async def test_later_news_of_the_same_receipt_goes_to_the_run_that_comes_after(pool: Pool) -> None:
    desk = Desk(pool)
    licence, first, second = await two_years(desk, await World("later news").write(pool))
    await locked(desk, first)
    await reversed_by(desk, licence, "2000.00")
    await locked(desk, second)
    await reversed_by(desk, licence, "1000.00", MAY)
    assert await amounts(pool, second) == [("200.00", "-100.00", "100.00")]
    assert await owed(pool, first) == [("-150.00", "-100.00")]
    third = replace(second, year=2028)
    await tell(desk.ask, third, *third.called(), third.calculate())
    assert await amounts(pool, third) == [("0.00", "-50.00", "0.00")]
    await prove(pool)


async def test_what_was_held_is_paid_by_a_supplementary_list_and_no_other_run_takes_it(pool: Pool) -> None:
    desk = Desk(pool)
    _, first, second = await two_years(desk, await World("supplementary").write(pool))
    claim = await claim_in(pool, first)
    await desk.ask(first, first.hold(claim))
    await locked(desk, first)
    assert await amounts(pool, first) == []
    await desk.ask(first, first.accept(claim, APRIL))
    await locked(desk, second)
    assert await amounts(pool, second) == [("200.00", "0.00", "200.00")]  # the reserve is no adjustment
    answer = await desk.ask(first, first.calculate(APRIL, again="supplement"))
    shown = list_hash(answer.determinations[0])
    assert shown is not None
    lock = first.act(LockSettlement, Role.SCHEME_OFFICER, MAY, again=shown, preview_hash=shown)
    early = first.approved_by_both(shown)
    signed = tuple(one.but(on=APRIL) for one in early)
    await tell(desk.ask, first, *signed, lock, first.pay(Money.of("300.00"), serial="s").but(on=MAY))
    assert await desk.ask(first, lock) == await desk.ask(first, lock)
    position = await position_of(pool, first)
    assert (position.stage, position.findings, [one.number for one in position.supplements]) == ("paid", (), [1])
    assert await owed(pool, first) == []
    await desk.ask(second, second.pay(Money.of("200.00")))
    async with pool.acquire() as connection:
        account = {name: fen for name, fen in (await balances(connection)).items() if name.startswith("payable:")}
    assert set(account.values()) == {0}
    await desk.tell_all()
    await prove(pool)


async def test_news_before_the_lock_makes_the_list_be_calculated_again(pool: Pool) -> None:
    desk = Desk(pool)
    licence, first, _ = await two_years(desk, await World("before the lock").write(pool))
    shown = await calculated(desk.ask, first)
    await tell(desk.ask, first, first.publish(shown), *first.approved_by_both(shown))
    await desk.ask(licence, licence.reverse_receipt(date(2027, 3, 15), Money.of("1000.00")))
    assert await refused(desk, first, first.lock(shown)) == "preview_changed"  # nobody has told it yet
    await desk.tell_all()
    assert await stage_of(pool, first) == "called"
    again = await calculated(desk.ask, first, date(2027, 3, 17))
    assert again != shown
    assert await amounts(pool, first) == [("250.00", "0.00", "250.00")]


async def test_a_corrected_claim_restates_its_year_and_a_wrong_day_restates_two(pool: Pool) -> None:
    desk = Desk(pool)
    licence, first, second = await two_years(desk, await World("corrected").write(pool))
    await locked(desk, first)
    booked = licence.book_receipt(SIX, serial="1")
    moved = licence.correct_fact(booked.act_id, APRIL, {"on": "2027-01-04"}, Role.FINANCE)
    await tell(desk.ask, licence, moved, licence.countersign(moved))
    await desk.tell_all()
    assert await owed(pool, first) == [("-300.00", "0.00")]
    claim = await claim_in(pool, second)
    lines = [line.model_dump(mode="json") for line in second.submit(licence.receipt_id("1")).lines]
    supplement = second.supplement(claim, licence.receipt_id("1"), licence.receipt_id("2"), on=date(2028, 2, 11))
    await tell(desk.ask, second, supplement, second.accept(claim, date(2028, 2, 12)))
    await locked(desk, second)
    assert await amounts(pool, second) == [("500.00", "-300.00", "200.00")]
    correction = second.correct_fact(supplement.act_id, date(2028, 5, 1), {"lines": lines}, Role.LICENSOR)
    await tell(desk.ask, second, correction, second.countersign(correction))
    assert await owed(pool, second) == [("-200.00", "0.00")]
    await prove(pool)


async def test_a_bank_line_is_recorded_once_over_all_settlements(pool: Pool) -> None:
    desk = Desk(pool)
    _, first, second = await two_years(desk, await World("one bank line").write(pool))
    await locked(desk, first)
    await locked(desk, second)
    paid = first.pay(Money.of("300.00"))
    assert await desk.ask(first, paid) == await desk.ask(first, paid)
    other = second.pay(Money.of("200.00")).but(bank_serial=paid.bank_serial)
    assert await refused(desk, second, other) == "subsidy_line_known"
    assert await stage_of(pool, second) == "locked"


async def test_a_receipt_is_claimed_once_under_a_scheme(pool: Pool) -> None:
    desk = Desk(pool)
    licence, first, _ = await two_years(desk, await World("claimed once").write(pool))
    elsewhere = replace(first, run_by="second_unit")
    await tell(desk.ask, elsewhere, *elsewhere.called())
    again = elsewhere.submit(licence.receipt_id("1"))
    assert await refused(desk, elsewhere, again) == "claimed_elsewhere"
    again = again.but(credit_code=elsewhere.world.credit_code("second_unit"))
    assert await refused(desk, elsewhere, again) == "receipt_claimed"
    await desk.ask(first, first.withdraw(await claim_in(pool, first)))
    await desk.ask(elsewhere, again)
    await prove(pool)


async def test_what_the_bank_paid_twice_is_set_off_in_the_next_run(pool: Pool) -> None:
    desk = Desk(pool)
    _, first, second = await two_years(desk, await World("paid twice").write(pool))
    await locked(desk, first)
    await tell(desk.ask, first, first.pay(Money.of("300.00")), first.pay(Money.of("120.00"), serial="again"))
    assert {one.code for one in (await position_of(pool, first)).findings} == {"paid_twice"}
    await locked(desk, second)
    assert await amounts(pool, second) == [("200.00", "-120.00", "80.00")]
    await desk.ask(second, second.pay(Money.of("80.00")))
    async with pool.acquire() as connection:
        account = {name: fen for name, fen in (await balances(connection)).items() if name.startswith("payable:")}
    assert set(account.values()) == {0}
    await desk.tell_all()
    await prove(pool)


async def test_two_runs_that_claim_one_receipt_at_the_same_time_leave_one_of_them(pool: Pool) -> None:
    desk, world = Desk(pool), await World("race").write(pool)
    licence = LicenceLife(await announced(desk.ask, DeclarationLife(world)))
    await tell(desk.ask, licence, *licence.recorded(), licence.book_receipt())
    runs = [SettlementLife(world), SettlementLife(world, run_by="second_unit")]
    for one in runs:
        await tell(desk.ask, one, *one.called())
    done = await asyncio.gather(
        *(desk.ask(one, one.submit(licence.receipt_id())) for one in runs), return_exceptions=True
    )
    assert sum(isinstance(one, Refused) for one in done) == 1
    assert await pool.fetchval("SELECT count(*) FROM claimed_receipts WHERE live") == 1
    await prove(pool)


async def claim_in(pool: Pool, settlement: SettlementLife) -> SubmitClaim:
    body = await pool.fetchval(
        "SELECT body->'act' FROM events WHERE filing_id = $1 AND kind = 'settlement:claim_submitted'",
        settlement.filing_id,
    )
    return SubmitClaim.model_validate(body, context=STORED)


async def refused(desk: Desk, settlement: SettlementLife, act: Act) -> str:
    with pytest.raises(Refused) as error:
        await desk.ask(settlement, act)
    return error.value.refusals[0].code
