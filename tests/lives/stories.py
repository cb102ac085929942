"""Every shape of life as a story: told to the recording desk, to a worker on a server, or to be kept as a history.

``ask`` performs one act of one filing and returns its answer, whoever is behind it.
"""

from dataclasses import replace
from datetime import date

from cli.demo.filings.days import MARKED_ON
from cli.demo.filings.filing import Ask, tell
from schemas.statements.bars import Bar
from schemas.statements.offer import PatentEndCause
from schemas.values.money import Money
from tests.lives.declarations import DEFERRED, ENTRY_PLUS_RUNNING, FREE, INSTALMENTS, RUNNING, DeclarationLife
from tests.lives.licences import LicenceLife
from tests.lives.telling import AUGUST, JULY, JUNE, LONG_AFTER, SEPTEMBER, story
from tests.lives.world import World


@story
async def a_draft_is_discarded(ask: Ask, world: World) -> None:
    life = DeclarationLife(world, begun_by="save_draft")
    await tell(ask, life, life.save_draft(), life.save_draft(revision=2), life.discard())


@story
async def a_declaration_is_returned_and_taken_back(ask: Ask, world: World) -> None:
    life = DeclarationLife(world)
    await tell(ask, life, life.submit(), life.send_back(), life.resubmit(), life.take_back(MARKED_ON))


@story
async def the_office_refuses(ask: Ask, world: World) -> None:
    life = DeclarationLife(world)
    await tell(ask, life, life.submit(), life.mark_filed(), life.refuse())


@story
async def a_withdrawal_is_refused_and_then_announced(ask: Ask, world: World) -> None:
    life = DeclarationLife(world)
    await tell(
        ask,
        life,
        *life.announced(),
        life.report_bar(JUNE),
        life.file_withdrawal(JUNE),
        life.refuse_withdrawal(JULY),
        life.file_withdrawal(JULY),
        life.announce_withdrawal(AUGUST),
        life.pass_day(AUGUST),
    )


@story
async def an_offer_is_terminated(ask: Ask, world: World) -> None:
    life = DeclarationLife(world)
    await tell(ask, life, *life.announced(), life.report_bar(JUNE, Bar.E1), life.terminate(AUGUST))


@story
async def an_offer_is_revoked(ask: Ask, world: World) -> None:
    life = DeclarationLife(world)
    await tell(ask, life, *life.announced(), life.correct_announcement(JUNE), life.revoke(AUGUST))


@story
async def an_offer_with_a_fixed_end_expires(ask: Ask, world: World) -> None:
    life = DeclarationLife(world, offer_changes={"offer_ends_on": AUGUST})
    await tell(ask, life, *life.announced(), life.pass_day(JULY), life.pass_day(AUGUST))


@story
async def a_patent_lapses_is_restored_and_declared_invalid(ask: Ask, world: World) -> None:
    life = DeclarationLife(world)
    invalid = life.report_patent_end(SEPTEMBER, PatentEndCause.TOTAL_INVALIDATION, noticed_on=SEPTEMBER)
    await tell(
        ask,
        life,
        *life.announced(),
        life.report_patent_end(JUNE, noticed_on=JULY),
        life.restore_right(AUGUST),
        invalid,
        life.confirm_end(date(2026, 12, 15)),
    )


@story
async def a_declaration_is_taken_over_and_corrected(ask: Ask, world: World) -> None:
    life = DeclarationLife(world, begun_by="take_over")
    begun = life.take_over()
    wrong = life.report_bar(JUNE)
    correction = life.correct_fact(wrong.act_id, JULY, {"on": "2026-06-02"})
    await tell(ask, life, begun, life.countersign(begun), wrong, correction, life.countersign(correction))


async def announced(ask: Ask, life: DeclarationLife) -> DeclarationLife:
    await tell(ask, life, *life.announced())
    return life


async def noticed(ask: Ask, world: World) -> LicenceLife:
    licence = LicenceLife(await announced(ask, DeclarationLife(world)))
    await ask(licence, licence.give_notice())
    return licence


@story
async def a_free_licence_runs_its_term(ask: Ask, world: World) -> None:
    licence = LicenceLife(await announced(ask, DeclarationLife(world, FREE)))
    await tell(
        ask,
        licence,
        licence.give_notice(),
        licence.file_recordal(payment_proof="free"),
        licence.record(),
        licence.pass_day(LONG_AFTER),
        licence.cancel_recordal(LONG_AFTER),
    )


@story
async def a_notice_is_retracted(ask: Ask, world: World) -> None:
    licence = LicenceLife(await announced(ask, DeclarationLife(world)))
    await tell(ask, licence, licence.give_notice(), licence.retract())


@story
async def a_notice_stays_unpaid_and_the_next_one_is_paid(ask: Ask, world: World) -> None:
    first = LicenceLife(await announced(ask, DeclarationLife(world)))
    await tell(ask, first, first.give_notice(), first.pass_day(JUNE), first.close_unpaid(JULY))
    second = replace(first, n=2)
    await tell(ask, second, second.give_notice(AUGUST), second.pay(on=AUGUST), second.terminate(SEPTEMBER))


@story
async def a_late_withdrawal_makes_a_licence_void(ask: Ask, world: World) -> None:
    declaration = await announced(ask, DeclarationLife(world))
    licence = LicenceLife(declaration)
    await tell(ask, licence, licence.give_notice(), licence.pay(), licence.book_receipt())
    withdrawal = declaration.announce_withdrawal(licence.give_notice().on)
    await tell(ask, declaration, withdrawal)
    changed = licence.surroundings_changed(withdrawal.on, withdrawal.act_id)
    await tell(ask, licence, changed, licence.reverse_receipt(JULY))


@story
async def a_lapse_freezes_a_licence_until_the_right_is_restored(ask: Ask, world: World) -> None:
    declaration = await announced(ask, DeclarationLife(world, DEFERRED))
    licence = LicenceLife(declaration)
    await tell(ask, licence, licence.give_notice())
    lapse, restored = declaration.report_patent_end(JUNE, noticed_on=JULY), declaration.restore_right(AUGUST)
    await tell(ask, declaration, lapse)
    await tell(ask, licence, licence.surroundings_changed(JUNE, lapse.act_id))
    await tell(ask, declaration, restored)
    await tell(ask, licence, licence.surroundings_changed(AUGUST, restored.act_id))


@story
async def sales_are_reported_and_corrected(ask: Ask, world: World) -> None:
    licence = LicenceLife(await announced(ask, DeclarationLife(world, RUNNING)))
    await tell(
        ask,
        licence,
        licence.give_notice(),
        licence.pass_day(JULY),
        licence.report_sales(AUGUST, 1, Money.of("200000.00")),
        licence.correct_report(SEPTEMBER, 1, Money.of("250000.00")),
        licence.book_receipt(Money.of("6000.00"), SEPTEMBER, obligation="report:1"),
    )


@story
async def an_entry_fee_is_paid_and_a_report_stays_out(ask: Ask, world: World) -> None:
    licence = LicenceLife(await announced(ask, DeclarationLife(world, ENTRY_PLUS_RUNNING)))
    await tell(
        ask,
        licence,
        licence.give_notice(),
        licence.pay(Money.of("5000.00")),
        licence.book_receipt(Money.of("5000.00"), escrow=True),
        licence.confirm(),
        licence.pass_day(SEPTEMBER),
    )


@story
async def an_instalment_is_waived(ask: Ask, world: World) -> None:
    licence = LicenceLife(await announced(ask, DeclarationLife(world, INSTALMENTS)))
    await tell(
        ask,
        licence,
        licence.give_notice(),
        licence.pay(Money.of("6000.00")),
        licence.book_receipt(Money.of("6000.00")),
        licence.pass_day(date(2026, 12, 1)),
    )
    waived = licence.waive(date(2026, 12, 2), "due:2", Money.of("4000.00"))
    await tell(ask, licence, waived, licence.countersign(waived))
