"""Pairs that are recorded in the wrong order, twice, or after the close end as the right order does."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import pytest

from cli.demo.filings.days import NOTICED_ON
from cli.demo.filings.filing import tell
from database.pool import Pool
from schemas.acts.act import Act
from schemas.acts.declaration import ClearBar
from schemas.statements.bars import Bar
from schemas.values.actor import Role
from schemas.values.money import Money
from schemas.values.refusal import Refused
from tests.faults.proofs import prove, stage_of, standing_balances
from tests.lives.declarations import DeclarationLife
from tests.lives.desk import Desk
from tests.lives.licences import LicenceLife
from tests.lives.life import Life
from tests.lives.stories import announced
from tests.lives.stories_of_money import approved, booked
from tests.lives.telling import AUGUST, JULY, JUNE, SEPTEMBER
from tests.lives.world import World


class Pair(NamedTuple):
    """What stands before, and two acts in the order of their legal days; ``stages`` of both filings in the end."""

    before: Sequence[Act]
    first: Act
    second: Act
    stages: tuple[str, str | None]
    refused: str | None = None
    """A person's act that is told after what followed from it can be refused; the end is the same without it."""
    finding: str | None = None
    """What only the wrong order gives to be looked at (R2); it stays open where the late act was refused."""


def pairs(declaration: DeclarationLife, licence: LicenceLife) -> dict[str, Pair]:
    """Section 3 of the lifecycles, line by line; settlements are not part of this engine yet."""
    in_force = declaration.announced()
    noticed = (*in_force, licence.give_notice())
    paid = licence.pay().but(by=licence.world.by(Role.BANK))  # a fact of the bank, whenever it is told
    effective = (*noticed, paid)
    both = ("in_force", "effective")
    cleared = declaration.world.act(ClearBar, declaration.filing_id, Role.OPERATOR, JULY, bar=Bar.E3)
    return {
        "a filing and its announcement": Pair(
            in_force[:1],
            in_force[1],
            in_force[2],
            ("in_force", None),
            "act_not_allowed_now",
            "announced_without_recorded_filing",
        ),
        "our filing of the recordal and its certificate": Pair(
            effective, licence.file_recordal(), licence.record(), both, "act_not_allowed_now", "recorded_without_filing"
        ),
        "an application for registration and its acceptance": Pair(
            effective, licence.apply(), licence.accept(), both, None, "no_application"
        ),
        "the effect and a receipt": Pair(noticed, paid, licence.book_receipt(), both),
        "a receipt and its reversal": Pair(
            effective, licence.book_receipt(), licence.reverse_receipt(JULY), both, None, "receipt_unknown"
        ),
        "a lapse and the restoration": Pair(
            effective,
            declaration.report_patent_end(JUNE, noticed_on=JUNE),
            declaration.restore_right(JULY),
            both,
            None,
            "no_patent_end_reported",
        ),
        "a bar and its clearing": Pair(effective, declaration.report_bar(JUNE), cleared, both),
        "a payment and the end of the offer after it": Pair(
            noticed, paid, declaration.announce_withdrawal(JUNE), ("withdrawn", "effective")
        ),
        "a payment and the end of the offer before it": Pair(
            noticed, declaration.announce_withdrawal(NOTICED_ON.replace(day=17)), paid, ("withdrawn", "void")
        ),
    }


@pytest.mark.parametrize("name", pairs(DeclarationLife(World("")), LicenceLife(DeclarationLife(World("")))))
async def test_a_pair_in_the_wrong_order_ends_as_in_the_right_one(name: str, pool: Pool) -> None:
    ends = []
    for order in ("right", "wrong"):
        desk, world = Desk(pool), await World(f"{order} {name}").write(pool)
        declaration = DeclarationLife(world)
        licence = LicenceLife(declaration)
        pair = pairs(declaration, licence)[name]
        last = (pair.first, pair.second) if order == "right" else (pair.second, pair.first)
        answers = []
        for act in (*pair.before, *last):
            life: Life = declaration if act.filing_id == declaration.filing_id else licence
            try:
                answers.append((life, act, await desk.ask(life, act)))
            except Refused as refused:
                late = refused.refusals[0].code
                if (order, act, late) != ("wrong", pair.first, pair.refused):
                    raise
            await desk.tell_all()
        for life, act, answer in answers:  # and everything a second time
            assert await desk.ask(life, act) == answer
        assert (await stage_of(pool, declaration), await stage_of(pool, licence)) == pair.stages
        expected = {pair.finding: pair.refused is not None} if order == "wrong" and pair.finding else {}
        assert await findings(pool, world) == expected
        ends.append([await standing(pool, one) for one in (declaration, licence)])
    assert ends[0] == ends[1]
    await prove(pool)


async def test_a_payment_without_a_notice_is_nobody_s_and_counts_from_the_notice_on(pool: Pool) -> None:
    desk, world = Desk(pool), await World("payment first").write(pool)
    licence = LicenceLife(await announced(desk.ask, DeclarationLife(world)))
    early = licence.pay(on=NOTICED_ON.replace(day=10)).but(by=world.by(Role.BANK))
    with pytest.raises(Refused, match="filing_unknown"):
        await desk.ask(licence, early)
    await desk.ask(licence, licence.give_notice())
    assert (await desk.ask(licence, early)).head.stage == "effective"
    assert (await standing(pool, licence))["effective_on"] == str(NOTICED_ON)


async def test_a_receipt_that_is_reversed_after_its_payout_was_paid_leaves_a_negative_line_held(pool: Pool) -> None:
    desk, world = Desk(pool), await World("reversed late").write(pool)
    payout = await booked(desk.ask, world)
    licence = payout.parent
    assert isinstance(licence, LicenceLife)
    await approved(desk.ask, payout)
    line = payout.line_of("inventor_1")
    await tell(desk.ask, payout, payout.instruct(line), payout.paid(line, Money.of("3000.00")))
    await desk.ask(licence, licence.reverse_receipt(JULY))
    await desk.tell_all()
    assert await stage_of(pool, payout) == "adjusted"
    paid = f"payable:{world.party('inventor_1')}"
    assert (await standing_balances(pool, payout.filing_id)).get(paid) == Money.of("3000.00").fen
    await prove(pool)


async def test_of_a_correction_and_its_correction_the_last_by_recording_wins_and_both_stay(pool: Pool) -> None:
    desk, world = Desk(pool), await World("corrected twice").write(pool)
    declaration = await announced(desk.ask, DeclarationLife(world))
    wrong = declaration.report_bar(JUNE)
    first = declaration.correct_fact(wrong.act_id, JULY, {"on": "2026-06-02"})
    second = declaration.correct_fact(first.act_id, AUGUST, {"replacement": {"on": "2026-06-03"}})
    await tell(
        desk.ask, declaration, wrong, first, declaration.countersign(first), second, declaration.countersign(second)
    )
    [duty] = (await standing(pool, declaration))["duties"]
    assert duty["since_on"] == "2026-06-03"
    assert await pool.fetchval("SELECT count(*) FROM events WHERE kind = 'declaration:fact_corrected'") == 2
    await prove(pool)


async def test_after_the_close_people_are_refused_and_facts_are_taken(pool: Pool) -> None:
    desk, world = Desk(pool), await World("closed").write(pool)
    licence = LicenceLife(await announced(desk.ask, DeclarationLife(world)))
    first = await desk.ask(licence, licence.give_notice())
    assert (await desk.ask(licence, licence.retract())).head.ended
    people: tuple[Act, ...] = (
        licence.pay(),
        licence.file_recordal(),
        licence.apply(),
        licence.terminate(AUGUST),
        licence.close_unpaid(AUGUST),
        licence.retract(SEPTEMBER),
        licence.report_sales(AUGUST, 1, Money.of("1.00")),
    )
    for act in people:
        with pytest.raises(Refused, match="act_not_allowed_now"):
            await desk.ask(licence, act)
    facts: tuple[Act, ...] = (
        licence.book_receipt(),
        licence.record(),
        licence.register(),
        licence.reverse_receipt(JULY),
    )
    for version, act in enumerate(facts, start=3):
        answers = [await desk.ask(licence, act) for _ in range(2)]
        assert answers[0] == answers[1]
        assert (answers[0].head.version, answers[0].head.stage) == (version, "not_concluded")
    assert await desk.ask(licence, licence.give_notice()) == first
    assert await standing_balances(pool, licence.filing_id) == {}
    await prove(pool)


async def standing(pool: Pool, life: Life) -> dict[str, Any]:
    """What a filing has come to: its days, duties and money, without ids and without how it was found out."""
    position = await pool.fetchval("SELECT position FROM filings WHERE filing_id = $1", life.filing_id) or {}
    names = ("stage", "tracks", "effective_on", "ended_on", "paid", "credit", "obligations", "duties", "provisional")
    return {name: position.get(name) for name in names} | await standing_balances(pool, life.filing_id)


async def findings(pool: Pool, world: World) -> dict[str, bool]:
    """Code -> whether it is still open: what was told too early is explained by what is told later."""
    licence = LicenceLife(DeclarationLife(world))
    rows = await pool.fetch(
        "SELECT code, closed_on IS NULL AS open FROM findings WHERE filing_id = ANY($1)",
        [licence.filing_id, licence.declaration.filing_id],
    )
    return {row["code"]: row["open"] for row in rows}
