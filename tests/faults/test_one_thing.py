"""One thing of the outside world is one thing over all filings: who begins it twice is refused, who learns is told."""

from dataclasses import replace
from datetime import timedelta

import pytest

from cli.demo.filings.days import NOTICED_ON, PAID_ON
from cli.demo.filings.filing import tell
from database.pool import Pool
from schemas.acts.act import Act
from schemas.standing.answer import Answer
from schemas.values.actor import Role
from schemas.values.money import Money
from schemas.values.refusal import Refused
from tests.faults.proofs import prove, stage_of
from tests.lives.declarations import FREE, DeclarationLife
from tests.lives.desk import Desk
from tests.lives.licences import LicenceLife
from tests.lives.life import Life
from tests.lives.stories import announced
from tests.lives.telling import AUGUST, JULY, JUNE, SEPTEMBER
from tests.lives.world import World

HALF = Money.of("5000.00")


async def open_findings(pool: Pool, life: Life) -> set[str]:
    rows = await pool.fetch("SELECT code FROM findings WHERE filing_id = $1 AND closed_on IS NULL", life.filing_id)
    return {row["code"] for row in rows}


async def open_tasks(pool: Pool, life: Life) -> set[str]:
    rows = await pool.fetch("SELECT what FROM tasks WHERE filing_id = $1 AND closed_on IS NULL", life.filing_id)
    return {row["what"] for row in rows}


async def refused(desk: Desk, life: Life, act: Act) -> tuple[str, dict[str, str]]:
    with pytest.raises(Refused) as no:
        await desk.ask(life, act)
    return no.value.refusals[0].code, dict(no.value.refusals[0].facts)


async def test_a_late_payment_that_makes_two_licences_stand_is_recorded_and_both_are_told(pool: Pool) -> None:
    desk, world = Desk(pool), await World("two run").write(pool)
    first = LicenceLife(await announced(desk.ask, DeclarationLife(world)))
    second = replace(first, n=2)
    await tell(desk.ask, first, first.give_notice(), first.retract(JUNE))
    await desk.ask(second, second.give_notice(JULY))
    answer = await desk.ask(first, first.pay(on=PAID_ON).but(by=world.by(Role.BANK)))  # paid before it was retracted
    assert answer.head.stage == "effective"
    assert "two_unfinished_licences" in {one.code for one in answer.findings}
    await desk.tell_all()
    for one, other in ((first, second), (second, first)):
        assert "two_unfinished_licences" in await open_findings(pool, one)
        assert "decide_which_stands" in await open_tasks(pool, one)
        third = replace(first, n=3)
        code, facts = await refused(desk, third, third.give_notice(AUGUST))
        assert code == "open_licence_exists"
        assert facts["filing_id"] in (str(one.filing_id), str(other.filing_id))
    await prove(pool)
    await desk.ask(second, second.retract(AUGUST))
    await desk.tell_all()
    for one in (first, second):
        assert "two_unfinished_licences" not in await open_findings(pool, one)
        assert "decide_which_stands" not in await open_tasks(pool, one)
    await prove(pool)


async def test_a_late_announcement_that_makes_two_declarations_live_is_recorded_and_both_are_told(pool: Pool) -> None:
    desk, world = Desk(pool), await World("two live").write(pool)
    first, second = DeclarationLife(world), DeclarationLife(world, name="again")
    await tell(desk.ask, first, first.submit(), first.mark_filed(), first.refuse())
    await desk.ask(second, second.submit())
    answer = await desk.ask(first, first.announce())
    assert "two_live_declarations" in {one.code for one in answer.findings}
    await desk.tell_all()
    assert [await stage_of(pool, one) for one in (first, second)] == ["in_force", "submitted"]
    for one in (first, second):
        assert "two_live_declarations" in await open_findings(pool, one)
    third = DeclarationLife(world, name="once more")
    assert (await refused(desk, third, third.submit()))[0] == "already_declared"
    await prove(pool)
    await desk.ask(second, second.take_back())
    await desk.tell_all()
    assert "two_live_declarations" not in await open_findings(pool, first)
    assert (await refused(desk, third, third.submit()))[0] == "already_declared"


async def test_a_notice_while_a_licence_runs_is_refused_with_the_days_and_taken_after_its_last_day(pool: Pool) -> None:
    desk, world = Desk(pool), await World("next notice").write(pool)
    first = LicenceLife(await announced(desk.ask, DeclarationLife(world, FREE)))
    answer = await desk.ask(first, first.give_notice())
    assert await desk.ask(first, first.give_notice()) == answer
    last_on = await pool.fetchval(
        "SELECT position ->> 'term_ends_on' FROM filings WHERE filing_id = $1", first.filing_id
    )
    second = replace(first, n=2)
    last_day = NOTICED_ON.fromisoformat(last_on)
    for on in (AUGUST, last_day):
        code, facts = await refused(desk, second, second.give_notice(on))
        assert (code, facts["last"], facts["first"]) == (
            "open_licence_exists",
            last_on,
            (last_day + timedelta(days=1)).isoformat(),
        )
    taken: Answer = await desk.ask(second, second.give_notice(last_day + timedelta(days=1)))  # and nobody passed a day
    assert taken.receipt_number != answer.receipt_number
    assert await open_findings(pool, second) == set()


async def test_a_voucher_pays_one_licence_and_once(pool: Pool) -> None:
    desk, world = Desk(pool), await World("voucher").write(pool)
    first = LicenceLife(await announced(desk.ask, DeclarationLife(world)))
    second = LicenceLife(first.declaration, "second_licensee")
    await tell(desk.ask, first, first.give_notice(), first.pay(HALF))
    await desk.ask(second, second.give_notice())
    paper = first.pay().voucher
    again = first.pay(HALF, again="as after a lost answer").but(voucher=paper)
    assert await refused(desk, first, again) == ("voucher_known", {"filing_id": str(first.filing_id)})
    code, facts = await refused(desk, second, second.pay().but(voucher=paper))
    assert (code, facts["filing_id"]) == ("voucher_known", str(first.filing_id))

    bank = world.by(Role.BANK)
    told = await desk.ask(second, second.pay().but(voucher=paper, by=bank))
    assert (told.head.stage, {one.code for one in told.findings}) == (
        "awaiting_payment",
        {"voucher_of_another_licence"},
    )
    await desk.tell_all()
    assert "voucher_of_another_licence" in await open_findings(pool, first)
    assert await pool.fetchval("SELECT position ->> 'paid' FROM filings WHERE filing_id = $1", second.filing_id) == "0"
    await prove(pool)

    mended = first.correct_fact(first.pay(HALF).act_id, JULY, {"voucher": world.paper("form")}, Role.LICENSEE)
    await tell(desk.ask, first, mended, first.countersign(mended))
    await desk.tell_all()
    assert await stage_of(pool, second) == "effective"  # now it is the only one that has this paper
    assert "voucher_of_another_licence" not in await open_findings(pool, first)
    await prove(pool)


async def test_a_bank_that_tells_one_voucher_twice_is_recorded_and_the_voucher_counts_once(pool: Pool) -> None:
    desk, world = Desk(pool), await World("voucher twice").write(pool)
    licence = LicenceLife(await announced(desk.ask, DeclarationLife(world)))
    await tell(desk.ask, licence, licence.give_notice(), licence.pay(HALF))
    again = licence.pay(HALF, again="again").but(voucher=licence.pay().voucher, by=world.by(Role.BANK))
    told = await desk.ask(licence, again)
    assert (told.head.stage, {one.code for one in told.findings}) == ("awaiting_payment", {"voucher_told_twice"})
    await prove(pool)


async def test_two_licences_that_are_given_one_number_are_both_told(pool: Pool) -> None:
    desk, world = Desk(pool), await World("one number").write(pool)
    first = LicenceLife(await announced(desk.ask, DeclarationLife(world, FREE)))
    second = LicenceLife(first.declaration, "second_licensee")
    for one in (first, second):
        await tell(desk.ask, one, one.give_notice(), one.record(SEPTEMBER, recordal_number="Ｘ 1"))
    await desk.tell_all()
    for one in (first, second):
        assert "recordal_number_of_another" in await open_findings(pool, one)
    await prove(pool)
