"""The acts of a licence: notice, payment, recordal, registration, reports and receipts."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, ClassVar, TypeVar
from uuid import UUID

from schemas.acts.act import Act, CorrectFact, Countersign, FilingKind, PassDay, SurroundingsChanged
from schemas.acts.licence import (
    Accept,
    Apply,
    CancelRecordal,
    CloseUnpaid,
    FileRecordal,
    GiveNotice,
    LicenceAct,
    Pay,
    Record,
    RefuseRecordal,
    RefuseRegistration,
    Register,
    Retract,
    SubstituteParty,
    SupplementAmounts,
    TakeOverLicence,
    TerminateLicence,
)
from schemas.acts.royalty import (
    Allocation,
    BankLine,
    BookReceipt,
    Confirm,
    CorrectReport,
    ReportSales,
    ReverseReceipt,
    Sales,
    Waive,
)
from schemas.values.actor import Role
from schemas.values.identifiers import licence_id_of, receipt_id_of, workflow_id
from schemas.values.money import Money
from tests.lives.declarations import DeclarationLife
from tests.lives.world import (
    ACCEPTED_ON,
    APPLIED_ON,
    NOTICED_ON,
    PAID_ON,
    RECEIVED_ON,
    RECORDAL_FILED_ON,
    RECORDED_ON,
    REGISTERED_ON,
    World,
)

A = TypeVar("A", bound=Act)
TEN_THOUSAND = Money.of("10000.00")


@dataclass(frozen=True)
class LicenceLife:
    """The n-th licence of a licensee under a declaration."""

    declaration: DeclarationLife
    licensee: str = "licensee"
    n: int = 1
    kind: ClassVar[FilingKind] = FilingKind.LICENCE

    @property
    def world(self) -> World:
        return self.declaration.world

    @cached_property
    def filing_id(self) -> UUID:
        return licence_id_of(self.declaration.filing_id, self.world.party(self.licensee), self.n)

    @property
    def workflow_id(self) -> str:
        return workflow_id("licence", self.declaration.filing_id, self.world.party(self.licensee), self.n)

    def line(self, serial: str = "1") -> BankLine:
        return BankLine(bank="bank", account=f"account {self.world.seed}", serial=f"{self.licensee} {self.n} {serial}")

    def receipt_id(self, serial: str = "1") -> UUID:
        line = self.line(serial)
        return receipt_id_of(line.bank, line.account, line.serial)

    def give_notice(self, on: date = NOTICED_ON, **fields: Any) -> GiveNotice:
        return self._act(
            GiveNotice,
            Role.LICENSEE,
            on,
            declaration_id=self.declaration.filing_id,
            licensee=self.world.party(self.licensee),
            n=self.n,
            **fields,
        )

    def pay(self, amount: Money = TEN_THOUSAND, on: date = PAID_ON, again: object = "") -> Pay:
        return self._act(Pay, Role.LICENSEE, on, again=again, amount=amount, voucher=self.world.paper("voucher"))

    def retract(self, on: date = PAID_ON) -> Retract:
        return self._act(Retract, Role.LICENSEE, on)

    def close_unpaid(self, on: date) -> CloseUnpaid:
        return self._act(CloseUnpaid, Role.OPERATOR, on)

    def terminate(self, on: date, ground: str = "agreement") -> TerminateLicence:
        return self._act(TerminateLicence, Role.LICENSOR, on, ground=ground, agreement=self.world.paper("contract"))

    def substitute_licensee(self, on: date, successor: str = "second_licensee") -> SubstituteParty:
        return self._act(
            SubstituteParty,
            Role.LICENSEE,
            on,
            side="licensee",
            successor=self.world.party(successor),
            proof=self.world.paper("decision"),
        )

    def file_recordal(self, on: date = RECORDAL_FILED_ON, payment_proof: str = "voucher") -> FileRecordal:
        papers = (self.world.paper("form"), self.world.paper("voucher"))
        return self._act(FileRecordal, Role.LICENSOR, on, papers=papers, payment_proof=payment_proof)

    def record(self, on: date = RECORDED_ON) -> Record:
        return self._act(Record, Role.OFFICE, on, recordal_number=f"X{self.filing_id.int % 10**12:012d}")

    def refuse_recordal(self, on: date = RECORDED_ON) -> RefuseRecordal:
        return self._act(RefuseRecordal, Role.OFFICE, on, ground="grace_period")

    def cancel_recordal(self, on: date) -> CancelRecordal:
        return self._act(CancelRecordal, Role.OFFICE, on)

    def apply(self, on: date = APPLIED_ON) -> Apply:
        return self._act(Apply, Role.LICENSOR, on, papers=(self.world.paper("contract"),), desk="desk")

    def accept(self, on: date = ACCEPTED_ON) -> Accept:
        return self._act(Accept, Role.REGISTRAR, on)

    def register(self, on: date = REGISTERED_ON, amount: Money | None = TEN_THOUSAND) -> Register:
        return self._act(
            Register,
            Role.REGISTRAR,
            on,
            registration_number=f"2026{self.filing_id.int % 10**8:08d}",
            contract_class="licence",
            contract_amount=amount,
            technology_transaction_amount=amount,
        )

    def refuse_registration(self, on: date = REGISTERED_ON) -> RefuseRegistration:
        return self._act(RefuseRegistration, Role.REGISTRAR, on, reason="papers are missing")

    def supplement_amounts(self, on: date, amount: Money) -> SupplementAmounts:
        return self._act(
            SupplementAmounts, Role.LICENSOR, on, contract_amount=amount, technology_transaction_amount=amount
        )

    def report_sales(self, on: date, period: int, net_sales: Money) -> ReportSales:
        return self._act(ReportSales, Role.LICENSEE, on, again=period, period=period, sales=Sales(net_sales=net_sales))

    def correct_report(self, on: date, period: int, net_sales: Money, correction: int = 1) -> CorrectReport:
        return self._act(
            CorrectReport,
            Role.LICENSEE,
            on,
            again=(period, correction),
            period=period,
            correction=correction,
            sales=Sales(net_sales=net_sales),
        )

    def book_receipt(
        self,
        amount: Money = TEN_THOUSAND,
        on: date = RECEIVED_ON,
        serial: str = "1",
        obligation: str = "due:1",
        **fields: Any,
    ) -> BookReceipt:
        given = {"allocations": (Allocation(obligation=obligation, amount=amount),), **fields}
        return self._act(
            BookReceipt,
            Role.BANK,
            on,
            again=serial,
            line=self.line(serial),
            amount=amount,
            paid_on=min(PAID_ON, on),
            payer=self.world.party(self.licensee),
            **given,
        )

    def confirm(self, on: date = RECEIVED_ON, serial: str = "1") -> Confirm:
        return self._act(Confirm, Role.FINANCE, on, again=serial, receipt_id=self.receipt_id(serial))

    def reverse_receipt(
        self, on: date, amount: Money = TEN_THOUSAND, serial: str = "1", again: object = ""
    ) -> ReverseReceipt:
        return self._act(
            ReverseReceipt,
            Role.BANK,
            on,
            again=(serial, again),
            receipt_id=self.receipt_id(serial),
            amount=amount,
            reason="sent back",
        )

    def waive(self, on: date, obligation: str, amount: Money) -> Waive:
        return self._act(
            Waive,
            Role.LICENSOR,
            on,
            again=obligation,
            obligation=obligation,
            amount=amount,
            reason=self.world.paper("decision"),
        )

    def take_over(self, on: date, stage: str = "effective", **fields: Any) -> TakeOverLicence:
        given = {"received_on": NOTICED_ON, "effective_on": PAID_ON, **fields}
        return self._act(
            TakeOverLicence,
            Role.OPERATOR,
            on,
            stage=stage,
            declaration_id=self.declaration.filing_id,
            licensee=self.world.party(self.licensee),
            n=self.n,
            **given,
        )

    def correct_fact(
        self, corrects: UUID, on: date, replacement: dict[str, Any], role: Role = Role.OPERATOR
    ) -> CorrectFact:
        return self._act(
            CorrectFact,
            role,
            on,
            again=corrects,
            corrects=corrects,
            replacement=replacement,
            reason=self.world.paper("decision"),
        )

    def countersign(self, countersigns: UUID, on: date, role: Role = Role.OPERATOR) -> Countersign:
        return self._act(
            Countersign, role, on, by=f"second_{role.value}", again=countersigns, countersigns=countersigns
        )

    def pass_day(self, on: date) -> PassDay:
        return self._act(PassDay, Role.TIMER, on)

    def surroundings_changed(self, on: date, cause: UUID) -> SurroundingsChanged:
        return self._act(SurroundingsChanged, Role.TIMER, on, again=cause, cause=cause)

    def recorded(self) -> tuple[LicenceAct, ...]:
        """The straight way of a licence that costs money, to its recordal and registration."""
        return (
            self.give_notice(),
            self.pay(),
            self.file_recordal(),
            self.record(),
            self.apply(),
            self.accept(),
            self.register(),
        )

    def _act(self, model: type[A], role: Role, on: date, **fields: Any) -> A:
        who = self.licensee if role is Role.LICENSEE else None
        return self.world.act(model, self.filing_id, role, on, **{"by": who, **fields})
