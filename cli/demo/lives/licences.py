"""A licence of a case: the notice, the payment, the recordal and the registration, as far as the demo's today."""

from contextlib import suppress
from datetime import date

from cli.demo.examples.terms import royalty_of
from cli.demo.lives.desk import Filing, NotYet, after
from cli.demo.lives.life import Life
from cli.demo.lives.royalties import collect
from cli.demo.lives.world import FOREIGN, paper, party
from rules.licence.royalty import fixed_total, running_part
from rules.questions.technology_contract import NEW_REGIME, regime_on
from schemas.acts.licence import (
    Accept,
    Apply,
    CloseUnpaid,
    FileRecordal,
    GiveNotice,
    Pay,
    Record,
    RefuseRecordal,
    RefuseRegistration,
    Register,
)
from schemas.values.actor import Role

_CLOSED_AFTER = 45
_RECORDAL_AFTER, _RECORDED_AFTER, _REFUSED_AFTER = 20, 8, 5
_APPLIED_AFTER, _ACCEPTED_AFTER, _REGISTERED_AFTER, _APPLIED_AGAIN_AFTER = 32, 3, 18, 14


async def take(life: Life, declaration: Filing) -> None:
    """The notice, and the voucher where something is due before the licence takes effect."""
    filing = life.filing
    await filing.do(
        GiveNotice,
        Role.LICENSEE,
        life.noticed_on,
        declaration_id=declaration.filing_id,
        licensee=party(filing.licensee),
        n=1,
        foreign_licensee=filing.licensee == FOREIGN,
        notice_document=paper("notice"),
    )
    if life.example.story == "one_never_pays" and life.index == 1:
        await filing.do(CloseUnpaid, Role.OPERATOR, after(life.noticed_on, _CLOSED_AFTER))
        raise NotYet
    if life.is_paid_at_first:
        await filing.do(Pay, Role.LICENSEE, life.paid_on, amount=life.first.amount, voucher=paper("voucher"))


async def carry_licence(life: Life) -> None:
    """Recordal, registration and royalties, each as far as the demo's today."""
    for step in (_record, _register, collect):
        with suppress(NotYet):
            await step(life)


async def file_recordal(life: Life, on: date) -> None:
    """Asked for by the licensor; with the voucher, or what stands in its place."""
    proof = "free" if life.example.royalty_form == "free" else "announced_deferral"
    await life.filing.do(
        FileRecordal,
        Role.LICENSOR,
        on,
        papers=(paper("form"), paper("notice")),
        payment_proof="voucher" if life.is_paid_at_first else proof,
    )


async def _record(life: Life) -> None:
    filing, on = life.filing, after(life.effective_on, _RECORDAL_AFTER)
    await file_recordal(life, on)
    if life.example.story == "recordal_refused_once":
        refused_on = after(on, _REFUSED_AFTER)
        await filing.do(RefuseRecordal, Role.OFFICE, refused_on, ground="contract_lacks_items")
        on = after(refused_on, _REFUSED_AFTER)
        await file_recordal(life, on)
    recordal_number = f"X{life.example.case}-{life.index + 1}"
    await filing.do(Record, Role.OFFICE, after(on, _RECORDED_AFTER), recordal_number=recordal_number)


async def _register(life: Life) -> None:
    if life.example.royalty_form == "free":
        return
    filing, on = life.filing, after(life.effective_on, _APPLIED_AFTER)
    await _apply(filing, on)
    if life.example.story == "registration_refused_once":
        refused_on = after(on, _ACCEPTED_AFTER + _REFUSED_AFTER)
        await filing.do(RefuseRegistration, Role.REGISTRAR, refused_on, reason="合同文本缺页（假定）")
        on = after(refused_on, _APPLIED_AGAIN_AFTER)
        await _apply(filing, on)
    royalty = royalty_of(life.example)
    amount = None if running_part(royalty) else fixed_total(royalty)
    printed = life.example.reward.registration_number if life.example.reward else ""
    await filing.do(
        Register,
        Role.REGISTRAR,
        after(on, _REGISTERED_AFTER),
        contract_class=_class_on(on),
        contract_amount=amount,
        technology_transaction_amount=amount,
        registration_number=printed or f"D{life.example.case}-{life.index + 1}",
    )


def _class_on(applied_on: date) -> str:
    """Under the Rules of 2001 a patent licence is registered as a transfer; since 2026-03-01 as a licence (L-23)."""
    return "licence" if regime_on(applied_on) == NEW_REGIME else "transfer"


async def _apply(filing: Filing, on: date) -> None:
    await filing.do(Apply, Role.LICENSOR, on, papers=(paper("contract"),), desk="技术合同登记处（演示）")
    await filing.do(Accept, Role.REGISTRAR, after(on, _ACCEPTED_AFTER))
