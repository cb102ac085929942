"""The acts of a declaration, valid as they stand; what a test is about it changes by name."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, ClassVar, TypeVar
from uuid import UUID

from schemas.acts.act import Act, CorrectFact, Countersign, FilingKind, PassDay
from schemas.acts.declaration import (
    Announce,
    AnnounceWithdrawal,
    ConfirmEnd,
    CorrectAnnouncement,
    Discard,
    FileWithdrawal,
    MarkFiled,
    PatentEndCause,
    Refuse,
    RefuseWithdrawal,
    ReportBar,
    ReportPatentEnd,
    RestoreRight,
    Resubmit,
    Return,
    Revoke,
    SaveDraft,
    Submit,
    TakeBack,
    TakeOverDeclaration,
    Terminate,
    WithdrawalGround,
)
from schemas.statements.bars import Bar, BarAnswer
from schemas.statements.offer import Gazette, Offer, Patentee
from schemas.statements.royalty import (
    EntryPlusRunning,
    Free,
    Instalment,
    Instalments,
    LicenceTerm,
    LumpSum,
    RateStep,
    ReportingPeriod,
    Royalty,
    Running,
    RunningBase,
    YearsFromEffect,
)
from schemas.values.actor import Role
from schemas.values.determination import Answer3
from schemas.values.identifiers import declaration_id_of, workflow_id
from schemas.values.money import Money
from tests.lives.world import ANNOUNCED_ON, FILED_ON, GRANTED_ON, MARKED_ON, SUBMITTED_ON, TITLE, World

A = TypeVar("A", bound=Act)
FREE = Free()
LUMP_SUM = LumpSum(amount=Money.of("10000.00"), pay_within_days=30)
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
THREE_YEARS = YearsFromEffect(years=3)


@dataclass(frozen=True)
class DeclarationLife:
    """One declaration; its id comes from the act that begins it (``submit``, else what ``begun_by`` names)."""

    world: World
    royalty: Royalty = LUMP_SUM
    term: LicenceTerm = THREE_YEARS
    begun_by: str = "submit"
    offer_changes: dict[str, Any] = field(default_factory=dict, hash=False)
    kind: ClassVar[FilingKind] = FilingKind.DECLARATION

    @property
    def first_act_id(self) -> UUID:
        return self.world.id("declaration", self.begun_by)

    @cached_property
    def filing_id(self) -> UUID:
        return declaration_id_of(self.first_act_id)

    @property
    def workflow_id(self) -> str:
        return workflow_id("declaration", self.filing_id)

    def offer(self) -> Offer:
        return Offer.model_validate(
            {
                "patent_number": self.world.patent_number,
                "title": TITLE,
                "patentees": (Patentee(party_id=self.world.party("unit")),),
                "filed_on": FILED_ON,
                "granted_on": GRANTED_ON,
                "royalty": self.royalty,
                "term": self.term,
                "contact": self.world.party("contact"),
                "commitments": True,
                "fee_explanation": "参照同类专利许可费确定",
                **self.offer_changes,
            }
        )

    def bars(self, on: date) -> tuple[BarAnswer, ...]:
        return tuple(
            BarAnswer(bar=bar, answer=Answer3.NO, evidence=self.world.paper("register"), checked_on=on) for bar in Bar
        )

    def _first(self, kind: str) -> dict[str, UUID]:
        return {"act_id": self.first_act_id} if kind == self.begun_by else {}

    def save_draft(self, on: date = SUBMITTED_ON, revision: int = 1) -> SaveDraft:
        first = self._first("save_draft") if revision == 1 else {}
        return self._act(SaveDraft, Role.LICENSOR, on, again=revision, revision=revision, offer=self.offer(), **first)

    def discard(self, on: date = SUBMITTED_ON) -> Discard:
        return self._act(Discard, Role.LICENSOR, on)

    def submit(self, on: date = SUBMITTED_ON, **fields: Any) -> Submit:
        return self._act(Submit, Role.LICENSOR, on, **{"offer": self.offer(), **self._first("submit"), **fields})

    def send_back(self, on: date = SUBMITTED_ON) -> Return:
        reasons = ({"field": "fee_explanation", "reason": "too short"},)
        return self._act(Return, Role.OPERATOR, on, reasons=reasons)

    def resubmit(self, on: date = SUBMITTED_ON, number: int = 1) -> Resubmit:
        return self._act(Resubmit, Role.LICENSOR, on, again=number, round=number, offer=self.offer())

    def take_back(self, on: date = SUBMITTED_ON) -> TakeBack:
        return self._act(TakeBack, Role.LICENSOR, on)

    def mark_filed(self, on: date = MARKED_ON, **fields: Any) -> MarkFiled:
        given = {"office_receipt_number": "R-1", "bars": self.bars(on), **fields}
        return self._act(MarkFiled, Role.OPERATOR, on, **given)

    def refuse(self, on: date = ANNOUNCED_ON) -> Refuse:
        return self._act(Refuse, Role.OFFICE, on, ground="rule 86(3)")

    def announce(self, on: date = ANNOUNCED_ON, **fields: Any) -> Announce:
        given = {"declaration_number": "D-1", "gazette": Gazette(issue="42-13"), **fields}
        return self._act(Announce, Role.OFFICE, on, **given)

    def correct_announcement(self, on: date, royalty: Royalty = FREE) -> CorrectAnnouncement:
        return self._act(
            CorrectAnnouncement, Role.OFFICE, on, old_text=self.world.paper("form"), royalty=royalty, term=self.term
        )

    def file_withdrawal(self, on: date) -> FileWithdrawal:
        return self._act(
            FileWithdrawal,
            Role.LICENSOR,
            on,
            ground=WithdrawalGround.LEGITIMATE_REASON,
            reason=self.world.paper("decision"),
        )

    def refuse_withdrawal(self, on: date) -> RefuseWithdrawal:
        return self._act(RefuseWithdrawal, Role.OFFICE, on, reasons="a condition was attached")

    def announce_withdrawal(self, on: date) -> AnnounceWithdrawal:
        return self._act(AnnounceWithdrawal, Role.OFFICE, on, gazette=Gazette(issue="42-30"))

    def terminate(self, on: date) -> Terminate:
        return self._act(Terminate, Role.OFFICE, on)

    def revoke(self, on: date) -> Revoke:
        return self._act(Revoke, Role.OFFICE, on, ground="a bar was hidden")

    def report_bar(self, on: date, bar: Bar = Bar.E3) -> ReportBar:
        return self._act(ReportBar, Role.OPERATOR, on, again=bar.value, bar=bar)

    def report_patent_end(
        self, on: date, cause: PatentEndCause = PatentEndCause.LAPSE, **fields: Any
    ) -> ReportPatentEnd:
        return self._act(ReportPatentEnd, Role.OFFICE, on, cause=cause, **fields)

    def restore_right(self, on: date) -> RestoreRight:
        return self._act(RestoreRight, Role.OFFICE, on)

    def confirm_end(self, on: date) -> ConfirmEnd:
        return self._act(ConfirmEnd, Role.OFFICE, on, gazette=Gazette(issue="42-40"))

    def take_over(self, on: date = SUBMITTED_ON, stage: str = "in_force", **fields: Any) -> TakeOverDeclaration:
        given = {"offer": self.offer(), "regime": self.offer().regime, "announced_on": ANNOUNCED_ON, **fields}
        return self._act(TakeOverDeclaration, Role.OPERATOR, on, stage=stage, **given, **self._first("take_over"))

    def correct_fact(self, corrects: UUID, on: date, replacement: dict[str, Any]) -> CorrectFact:
        return self._act(
            CorrectFact,
            Role.OPERATOR,
            on,
            again=corrects,
            corrects=corrects,
            replacement=replacement,
            reason=self.world.paper("decision"),
        )

    def countersign(self, countersigns: UUID, on: date) -> Countersign:
        return self._act(
            Countersign, Role.OPERATOR, on, by="second_operator", again=countersigns, countersigns=countersigns
        )

    def pass_day(self, on: date) -> PassDay:
        return self._act(PassDay, Role.TIMER, on)

    def announced(self) -> tuple[Submit, MarkFiled, Announce]:
        """The straight way into force."""
        return self.submit(), self.mark_filed(), self.announce()

    def _act(self, model: type[A], role: Role, on: date, **fields: Any) -> A:
        return self.world.act(model, self.filing_id, role, on, **fields)
