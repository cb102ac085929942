"""Declarations with every turn that a life can take, and terms of every form."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from cli.demo.filings.days import ANNOUNCED_ON, SUBMITTED_ON
from cli.demo.filings.declaration import Declaration
from schemas.acts.declaration import (
    ConfirmEnd,
    CorrectAnnouncement,
    Discard,
    Refuse,
    RefuseWithdrawal,
    ReportBar,
    Resubmit,
    Return,
    Revoke,
    SaveDraft,
    TakeBack,
    TakeOverDeclaration,
    Terminate,
)
from schemas.statements.bars import Bar
from schemas.statements.offer import Offer
from schemas.statements.royalty import (
    EntryPlusRunning,
    Free,
    Instalment,
    Instalments,
    LumpSum,
    RateStep,
    ReportingPeriod,
    Running,
    RunningBase,
)
from schemas.values.actor import Role
from schemas.values.money import Money
from tests.lives.life import Life

FREE = Free()
DEFERRED = LumpSum(amount=Money.of("10000.00"), first_payment_after_months=6)
INSTALMENTS = Instalments(
    instalments=(
        Instalment(amount=Money.of("6000.00"), after_months=0),
        Instalment(amount=Money.of("4000.00"), after_months=6),
    ),
    pay_within_days=30,
)
RUNNING = Running(
    base=RunningBase.NET_SALES,
    rates=(RateStep.model_validate({"from_year": 1, "percent": "3"}),),
    period=ReportingPeriod.QUARTER,
)
ENTRY_PLUS_RUNNING = EntryPlusRunning(entry=Money.of("5000.00"), running=RUNNING, pay_within_days=30)


@dataclass(frozen=True)
class DeclarationLife(Declaration, Life):
    """One declaration of the tests."""

    def offer(self) -> Offer:
        return Offer.model_validate(self.offered())

    def save_draft(self, on: date = SUBMITTED_ON, revision: int = 1) -> SaveDraft:
        given = {"revision": revision, "offer": self.offered(), **(self.first("save_draft") if revision == 1 else {})}
        return self.act(SaveDraft, Role.LICENSOR, on, again=revision, **given)

    def discard(self, on: date = SUBMITTED_ON) -> Discard:
        return self.act(Discard, Role.LICENSOR, on)

    def send_back(self, on: date = SUBMITTED_ON) -> Return:
        reasons = ({"field": "fee_explanation", "reason": "too short"},)
        return self.act(Return, Role.OPERATOR, on, reasons=reasons)

    def resubmit(self, on: date = SUBMITTED_ON) -> Resubmit:
        return self.act(Resubmit, Role.LICENSOR, on, again=1, round=1, offer=self.offered())

    def take_back(self, on: date = SUBMITTED_ON) -> TakeBack:
        return self.act(TakeBack, Role.LICENSOR, on)

    def refuse(self, on: date = ANNOUNCED_ON) -> Refuse:
        return self.act(Refuse, Role.OFFICE, on, ground="rule 86(3)")

    def correct_announcement(self, on: date) -> CorrectAnnouncement:
        given = {"old_text": self.world.paper("form"), "royalty": FREE, "term": self.term}
        return self.act(CorrectAnnouncement, Role.OFFICE, on, **given)

    def refuse_withdrawal(self, on: date) -> RefuseWithdrawal:
        return self.act(RefuseWithdrawal, Role.OFFICE, on, reasons="a condition was attached")

    def terminate(self, on: date) -> Terminate:
        return self.act(Terminate, Role.OFFICE, on)

    def revoke(self, on: date) -> Revoke:
        return self.act(Revoke, Role.OFFICE, on, ground="a bar was hidden")

    def report_bar(self, on: date, bar: Bar = Bar.E3) -> ReportBar:
        return self.act(ReportBar, Role.OPERATOR, on, again=bar.value, bar=bar)

    def confirm_end(self, on: date) -> ConfirmEnd:
        return self.act(ConfirmEnd, Role.OFFICE, on, gazette=self.gazette(on))

    def take_over(self, on: date = ANNOUNCED_ON, **fields: Any) -> TakeOverDeclaration:
        given = {"offer": self.offered(), "regime": self.offer().regime, "announced_on": ANNOUNCED_ON, **fields}
        return self.act(TakeOverDeclaration, Role.OPERATOR, on, stage="in_force", **given, **self.first("take_over"))
