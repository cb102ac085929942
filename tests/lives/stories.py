"""Every shape of life as a story: told to the recording desk, to a worker on a server, or to be kept as a history.

``ask`` performs one act of one filing and returns its answer, whoever is behind it.
"""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date

from rules.payout.amounts import amounts_hash
from rules.settlement.calculation import list_hash
from schemas.acts.act import Act
from schemas.acts.declaration import PatentEndCause
from schemas.acts.settlement_claims import SubmitClaim
from schemas.standing.answer import Answer
from schemas.statements.bars import Bar
from schemas.values.actor import Role
from schemas.values.money import Money
from tests.lives.declarations import DEFERRED, ENTRY_PLUS_RUNNING, FREE, INSTALMENTS, RUNNING, DeclarationLife
from tests.lives.desk import Life
from tests.lives.licences import LicenceLife
from tests.lives.payouts import PayoutLife
from tests.lives.settlements import SettlementLife
from tests.lives.world import MARKED_ON, World

Ask = Callable[[Life, Act], Awaitable[Answer]]
Story = Callable[[Ask, World], Awaitable[None]]

JUNE, JULY, AUGUST, SEPTEMBER = date(2026, 6, 1), date(2026, 7, 1), date(2026, 8, 3), date(2026, 9, 1)
APRIL_2027, MAY_2027 = date(2027, 4, 1), date(2027, 5, 4)
LONG_AFTER = date(2029, 12, 3)


async def tell(ask: Ask, life: Life, *acts: Act) -> None:
    for act in acts:
        await ask(life, act)


async def a_draft_is_discarded(ask: Ask, world: World) -> None:
    life = DeclarationLife(world, begun_by="save_draft")
    await tell(ask, life, life.save_draft(), life.save_draft(revision=2), life.discard())


async def a_declaration_is_returned_and_taken_back(ask: Ask, world: World) -> None:
    life = DeclarationLife(world)
    await tell(ask, life, life.submit(), life.send_back(), life.resubmit(), life.take_back(MARKED_ON))


async def the_office_refuses(ask: Ask, world: World) -> None:
    life = DeclarationLife(world)
    await tell(ask, life, life.submit(), life.mark_filed(), life.refuse())


async def a_withdrawal_is_refused_and_then_announced(ask: Ask, world: World) -> None:
    life = DeclarationLife(world)
    await tell(
        ask, life, *life.announced(), life.report_bar(JUNE), life.file_withdrawal(JUNE), life.refuse_withdrawal(JULY),
        life.file_withdrawal(JULY), life.announce_withdrawal(AUGUST), life.pass_day(AUGUST),
    )


async def an_offer_is_terminated(ask: Ask, world: World) -> None:
    life = DeclarationLife(world)
    await tell(ask, life, *life.announced(), life.report_bar(JUNE, Bar.E1), life.terminate(AUGUST))


async def an_offer_is_revoked(ask: Ask, world: World) -> None:
    life = DeclarationLife(world)
    await tell(ask, life, *life.announced(), life.correct_announcement(JUNE), life.revoke(AUGUST))


async def an_offer_with_a_fixed_end_expires(ask: Ask, world: World) -> None:
    life = DeclarationLife(world, offer_changes={"offer_ends_on": AUGUST})
    await tell(ask, life, *life.announced(), life.pass_day(JULY), life.pass_day(AUGUST))


async def a_patent_lapses_is_restored_and_declared_invalid(ask: Ask, world: World) -> None:
    life = DeclarationLife(world)
    invalid = life.report_patent_end(SEPTEMBER, PatentEndCause.TOTAL_INVALIDATION, noticed_on=SEPTEMBER)
    await tell(
        ask, life, *life.announced(), life.report_patent_end(JUNE, noticed_on=JULY), life.restore_right(AUGUST),
        invalid, life.confirm_end(date(2026, 12, 15)),
    )


async def a_declaration_is_taken_over_and_corrected(ask: Ask, world: World) -> None:
    life = DeclarationLife(world, begun_by="take_over")
    begun = life.take_over()
    wrong = life.report_bar(JUNE)
    correction = life.correct_fact(wrong.act_id, JULY, {"on": "2026-06-02"})
    await tell(
        ask, life, begun, life.countersign(begun.act_id, begun.on), wrong, correction,
        life.countersign(correction.act_id, JULY),
    )


async def announced(ask: Ask, life: DeclarationLife) -> DeclarationLife:
    await tell(ask, life, *life.announced())
    return life


async def a_free_licence_runs_its_term(ask: Ask, world: World) -> None:
    licence = LicenceLife(await announced(ask, DeclarationLife(world, FREE)))
    await tell(
        ask, licence, licence.give_notice(), licence.file_recordal(payment_proof="free"), licence.record(),
        licence.pass_day(LONG_AFTER), licence.cancel_recordal(LONG_AFTER),
    )


async def a_notice_is_retracted(ask: Ask, world: World) -> None:
    licence = LicenceLife(await announced(ask, DeclarationLife(world)))
    await tell(ask, licence, licence.give_notice(), licence.retract())


async def a_notice_stays_unpaid_and_the_next_one_is_paid(ask: Ask, world: World) -> None:
    first = LicenceLife(await announced(ask, DeclarationLife(world)))
    await tell(ask, first, first.give_notice(), first.pass_day(JUNE), first.close_unpaid(JULY))
    second = replace(first, n=2)
    await tell(ask, second, second.give_notice(AUGUST), second.pay(on=AUGUST), second.terminate(SEPTEMBER))


async def a_late_withdrawal_makes_a_licence_void(ask: Ask, world: World) -> None:
    declaration = await announced(ask, DeclarationLife(world))
    licence = LicenceLife(declaration)
    await tell(ask, licence, licence.give_notice(), licence.pay(), licence.book_receipt())
    withdrawal = declaration.announce_withdrawal(licence.give_notice().on)
    await tell(ask, declaration, withdrawal)
    changed = licence.surroundings_changed(withdrawal.on, withdrawal.act_id)
    await tell(ask, licence, changed, licence.reverse_receipt(JULY))


async def a_lapse_freezes_a_licence_until_the_right_is_restored(ask: Ask, world: World) -> None:
    declaration = await announced(ask, DeclarationLife(world, DEFERRED))
    licence = LicenceLife(declaration)
    await tell(ask, licence, licence.give_notice())
    lapse, restored = declaration.report_patent_end(JUNE, noticed_on=JULY), declaration.restore_right(AUGUST)
    await tell(ask, declaration, lapse)
    await tell(ask, licence, licence.surroundings_changed(JUNE, lapse.act_id))
    await tell(ask, declaration, restored)
    await tell(ask, licence, licence.surroundings_changed(AUGUST, restored.act_id))


async def sales_are_reported_and_corrected(ask: Ask, world: World) -> None:
    licence = LicenceLife(await announced(ask, DeclarationLife(world, RUNNING)))
    await tell(
        ask, licence, licence.give_notice(), licence.pass_day(JULY),
        licence.report_sales(AUGUST, 1, Money.of("200000.00")),
        licence.correct_report(SEPTEMBER, 1, Money.of("250000.00")),
        licence.book_receipt(Money.of("6000.00"), SEPTEMBER, obligation="report:1"),
    )


async def an_entry_fee_is_paid_and_a_report_stays_out(ask: Ask, world: World) -> None:
    licence = LicenceLife(await announced(ask, DeclarationLife(world, ENTRY_PLUS_RUNNING)))
    await tell(
        ask, licence, licence.give_notice(), licence.pay(Money.of("5000.00")),
        licence.book_receipt(Money.of("5000.00"), escrow=True), licence.confirm(), licence.pass_day(SEPTEMBER),
    )


async def an_instalment_is_waived(ask: Ask, world: World) -> None:
    licence = LicenceLife(await announced(ask, DeclarationLife(world, INSTALMENTS)))
    await tell(
        ask, licence, licence.give_notice(), licence.pay(Money.of("6000.00")),
        licence.book_receipt(Money.of("6000.00")), licence.pass_day(date(2026, 12, 1)),
    )
    waived = licence.waive(date(2026, 12, 2), "due:2", Money.of("4000.00"))
    await tell(ask, licence, waived, licence.countersign(waived.act_id, waived.on, Role.LICENSOR))


async def booked(ask: Ask, world: World, *, registered: bool = True) -> PayoutLife:
    """A paid licence whose one receipt is booked, and the payout that it calls for, waiting for the unit's facts."""
    licence = LicenceLife(await announced(ask, DeclarationLife(world)))
    await tell(ask, licence, *(licence.recorded() if registered else licence.recorded()[:2]), licence.book_receipt())
    payout = PayoutLife(licence)
    await ask(payout, payout.determine())
    return payout


async def approved(ask: Ask, payout: PayoutLife) -> None:
    stated = await ask(payout, payout.state_facts())
    shown = amounts_hash(stated.determinations[-1])
    await tell(ask, payout, payout.publish(), *payout.approved_by_both(shown))


async def inventors_are_paid(ask: Ask, world: World) -> None:
    payout = await booked(ask, world)
    await approved(ask, payout)
    first, second = payout.line_of("inventor_1"), payout.line_of("inventor_2")
    await tell(
        ask, payout, payout.instruct(first), payout.instruct(second), payout.paid(first, Money.of("3000.00")),
        payout.returned(first, JULY), payout.instruct(first, JULY), payout.paid(first, Money.of("3000.00"), JULY, "2"),
        payout.paid(second, Money.of("2000.00")), payout.record_tax(date(2026, 8, 14)),
    )


async def an_objection_changes_the_amounts(ask: Ask, world: World) -> None:
    payout = await booked(ask, world, registered=False)
    await tell(ask, payout, payout.state_facts(), payout.publish())
    objection = payout.object(date(2026, 6, 5))
    await tell(ask, payout, objection, payout.decide(objection.act_id, date(2026, 6, 9)))


async def a_reversal_cancels_a_payout(ask: Ask, world: World) -> None:
    payout = await booked(ask, world)
    licence = payout.parent
    assert isinstance(licence, LicenceLife)
    reversal = licence.reverse_receipt(JULY)
    await tell(ask, licence, reversal)
    await tell(ask, payout, payout.surroundings_changed(JULY, reversal.act_id))


async def a_reversal_after_payment_waits_for_a_decision(ask: Ask, world: World) -> None:
    payout = await booked(ask, world)
    licence = payout.parent
    assert isinstance(licence, LicenceLife)
    await approved(ask, payout)
    first = payout.line_of("inventor_1")
    await tell(ask, payout, payout.instruct(first), payout.paid(first, Money.of("3000.00")))
    reversal = licence.reverse_receipt(JULY, Money.of("4000.00"))
    await tell(ask, licence, reversal)
    await tell(ask, payout, payout.surroundings_changed(JULY, reversal.act_id))
    decision = payout.adjust(first, AUGUST)
    await tell(ask, payout, decision, payout.countersign(decision.act_id, AUGUST))


async def the_first_grant_is_rewarded(ask: Ask, world: World) -> None:
    payout = PayoutLife(await announced(ask, DeclarationLife(world)))
    await ask(payout, payout.determine())
    await approved(ask, payout)


async def claimed(ask: Ask, world: World, *amounts: str) -> tuple[SettlementLife, SubmitClaim, LicenceLife]:
    """A registered licence with its receipts, and the settlement of their year with the unit's claim of them."""
    licence = LicenceLife(await announced(ask, DeclarationLife(world)))
    serials = {str(number): Money.of(amount) for number, amount in enumerate(amounts or ("10000.00",), start=1)}
    await tell(ask, licence, *licence.recorded(), *(
        licence.book_receipt(amount, serial=serial) for serial, amount in serials.items()
    ))
    settlement = SettlementLife(world)
    claim = settlement.submit(*(licence.receipt_id(serial) for serial in serials))
    await tell(ask, settlement, *settlement.called(), claim)
    return settlement, claim, licence


async def calculated(ask: Ask, settlement: SettlementLife, on: date | None = None) -> str:
    """The hash of the list that the settlement's calculation shows."""
    answer = await ask(settlement, settlement.calculate(on))
    shown = list_hash(answer.determinations[0])
    assert shown is not None
    return shown


async def a_subsidy_is_claimed_and_paid(ask: Ask, world: World) -> None:
    settlement, claim, _ = await claimed(ask, world)
    await tell(ask, settlement, settlement.accept(claim))
    shown = await calculated(ask, settlement)
    await tell(ask, settlement, *settlement.listed(shown), settlement.pay(Money.of("500.00")))


async def a_receipt_is_reversed_after_the_lock(ask: Ask, world: World) -> None:
    settlement, claim, licence = await claimed(ask, world)
    await tell(ask, settlement, settlement.accept(claim))
    shown = await calculated(ask, settlement)
    await tell(ask, settlement, *settlement.listed(shown), settlement.pay(Money.of("500.00")))
    reversal = licence.reverse_receipt(APRIL_2027, Money.of("4000.00"))
    await tell(ask, licence, reversal)
    await tell(ask, settlement, settlement.surroundings_changed(APRIL_2027, reversal.act_id))
    await tell(
        ask, settlement, *settlement.demanded_by_all(Money.of("200.00"), MAY_2027),
        settlement.recovered(Money.of("200.00"), MAY_2027),
    )


async def an_objection_to_a_list_is_decided(ask: Ask, world: World) -> None:
    settlement, claim, _ = await claimed(ask, world)
    await tell(ask, settlement, settlement.hold(claim), settlement.accept(claim, date(2027, 2, 20)))
    shown = await calculated(ask, settlement)
    objection = settlement.object()
    decision = settlement.decide(objection.act_id)
    await tell(
        ask, settlement, settlement.publish(shown), objection, decision, settlement.countersign(decision),
        settlement.withdraw(claim, date(2027, 3, 3)), settlement.calculate(date(2027, 3, 4)),
    )


STORIES: dict[str, Story] = {story.__name__: story for story in (
    a_draft_is_discarded, a_declaration_is_returned_and_taken_back, the_office_refuses,
    a_withdrawal_is_refused_and_then_announced, an_offer_is_terminated, an_offer_is_revoked,
    an_offer_with_a_fixed_end_expires, a_patent_lapses_is_restored_and_declared_invalid,
    a_declaration_is_taken_over_and_corrected, a_free_licence_runs_its_term, a_notice_is_retracted,
    a_notice_stays_unpaid_and_the_next_one_is_paid, a_late_withdrawal_makes_a_licence_void,
    a_lapse_freezes_a_licence_until_the_right_is_restored, sales_are_reported_and_corrected,
    an_entry_fee_is_paid_and_a_report_stays_out, an_instalment_is_waived, inventors_are_paid,
    an_objection_changes_the_amounts, a_reversal_cancels_a_payout, a_reversal_after_payment_waits_for_a_decision,
    the_first_grant_is_rewarded, a_subsidy_is_claimed_and_paid, a_receipt_is_reversed_after_the_lock,
    an_objection_to_a_list_is_decided,
)}
