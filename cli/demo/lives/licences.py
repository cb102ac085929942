"""A licence of a case: the notice, the payment, the recordal and the registration, as far as the demo's today."""

from contextlib import suppress
from datetime import date

from cli.demo.examples.terms import royalty_of
from cli.demo.filings.days import after
from cli.demo.filings.filing import tell
from cli.demo.lives.desk import Desk, NotYet
from cli.demo.lives.life import Life
from cli.demo.lives.royalties import collect
from cli.demo.lives.world import FOREIGN, paper
from rules.licence.royalty import fixed_total, running_part
from rules.questions.technology_contract import NEW_REGIME, regime_on

_CLOSED_AFTER = 45
_RECORDAL_AFTER, _RECORDED_AFTER, _REFUSED_AFTER = 20, 8, 5
_APPLIED_AFTER, _ACCEPTED_AFTER, _REGISTERED_AFTER, _APPLIED_AGAIN_AFTER = 32, 3, 18, 14


async def take(desk: Desk, life: Life) -> None:
    """The notice, and the voucher where something is due before the licence takes effect."""
    abroad = life.licensee == FOREIGN
    notice = life.give_notice(life.noticed_on, foreign_licensee=abroad, notice_document=paper("notice"))
    await desk.ask(life, notice)
    if life.example.story == "one_never_pays" and life.index == 1:
        await desk.ask(life, life.close_unpaid(after(life.noticed_on, _CLOSED_AFTER)))
        raise NotYet
    if life.is_paid_at_first:
        await desk.hand_in(life.voucher())
        await desk.ask(life, life.pay(life.first.amount, life.paid_on))


async def carry_licence(desk: Desk, life: Life) -> None:
    """Recordal, registration and royalties, each as far as the demo's today."""
    for step in (_record, _register, collect):
        with suppress(NotYet):
            await step(desk, life)


async def file_recordal(desk: Desk, life: Life, on: date) -> None:
    """Asked for by the licensor; with the voucher, or what stands in its place."""
    proof = "free" if life.example.royalty_form == "free" else "announced_deferral"
    await desk.ask(life, life.file_recordal(on, "voucher" if life.is_paid_at_first else proof))


async def _record(desk: Desk, life: Life) -> None:
    on = after(life.effective_on, _RECORDAL_AFTER)
    await file_recordal(desk, life, on)
    if life.example.story == "recordal_refused_once":
        refused_on = after(on, _REFUSED_AFTER)
        await desk.ask(life, life.refuse_recordal(refused_on))
        on = after(refused_on, _REFUSED_AFTER)
        await file_recordal(desk, life, on)
    number = f"X{life.example.case}-{life.index + 1}"
    await desk.ask(life, life.record(after(on, _RECORDED_AFTER), recordal_number=number))


async def _register(desk: Desk, life: Life) -> None:
    if life.example.royalty_form == "free":
        return
    on = after(life.effective_on, _APPLIED_AFTER)
    await _apply(desk, life, on)
    if life.example.story == "registration_refused_once":
        refused_on = after(on, _ACCEPTED_AFTER + _REFUSED_AFTER)
        await desk.ask(life, life.refuse_registration(refused_on))
        on = after(refused_on, _APPLIED_AGAIN_AFTER)
        await _apply(desk, life, on)
    royalty = royalty_of(life.example)
    amount = None if running_part(royalty) else fixed_total(royalty)
    printed = life.example.reward.registration_number if life.example.reward else ""
    number = printed or f"D{life.example.case}-{life.index + 1}"
    registered_on, sort = after(on, _REGISTERED_AFTER), _class_on(on)
    await desk.ask(life, life.register(registered_on, amount, contract_class=sort, registration_number=number))


def _class_on(applied_on: date) -> str:
    """Under the Rules of 2001 a patent licence is registered as a transfer; since 2026-03-01 as a licence (L-23)."""
    return "licence" if regime_on(applied_on) == NEW_REGIME else "transfer"


async def _apply(desk: Desk, life: Life, on: date) -> None:
    await tell(desk.ask, life, life.apply(on), life.accept(after(on, _ACCEPTED_AFTER)))
