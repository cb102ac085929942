"""The acts of a licence: notice, payment, recordal, registration, reports and receipts."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256
from typing import Any, ClassVar
from uuid import UUID

from cli.demo.filings.days import (
    ACCEPTED_ON,
    APPLIED_ON,
    NOTICED_ON,
    PAID_ON,
    RECEIVED_ON,
    RECORDAL_FILED_ON,
    RECORDED_ON,
    REGISTERED_ON,
)
from cli.demo.filings.declaration import Declaration
from cli.demo.filings.filing import Filing
from schemas.acts.act import FilingKind
from schemas.acts.licence import (
    Accept,
    Apply,
    CloseUnpaid,
    FileRecordal,
    GiveNotice,
    LicenceAct,
    Pay,
    Record,
    RefuseRecordal,
    RefuseRegistration,
    Register,
    SupplementAmounts,
)
from schemas.acts.royalty import BankLine, BookReceipt, CorrectReport, ReportSales, ReverseReceipt
from schemas.values.actor import Role
from schemas.values.identifiers import licence_id_of
from schemas.values.money import Money

TEN_THOUSAND = Money.of("10000.00")


@dataclass(frozen=True)
class Licence(Filing):
    """The n-th licence of a licensee under a declaration."""

    declaration: Declaration
    licensee: str = "licensee"
    n: int = 1
    kind: ClassVar[FilingKind] = FilingKind.LICENCE

    def __post_init__(self) -> None:
        # Frozen, so not by assignment; the world is never another than that of the filing above.
        object.__setattr__(self, "world", self.declaration.world)

    @cached_property
    def filing_id(self) -> UUID:
        return licence_id_of(*self.named_by)

    @property
    def named_by(self) -> tuple[UUID, UUID, int]:
        return self.declaration.filing_id, self.world.party(self.licensee), self.n

    def side(self, role: Role) -> str:
        return self.licensee if role is Role.LICENSEE else self.declaration.licensor

    def line(self, serial: str = "1") -> BankLine:
        """A line of the licensor's account."""
        return BankLine(bank="bank", account=f"account {self.world.seed}", serial=f"{self.licensee} {self.n} {serial}")

    def give_notice(self, on: date = NOTICED_ON, **fields: Any) -> GiveNotice:
        return self.act(GiveNotice, Role.LICENSEE, on, **self.naming(GiveNotice), **fields)

    def voucher(self, again: object = "") -> bytes:
        """What stands in the paper of a payment: each has its own, to be handed in before it is recorded."""
        return self.world.body(f"voucher {self.filing_id} {again}")

    def pay(self, amount: Money = TEN_THOUSAND, on: date = PAID_ON, again: object = "") -> Pay:
        voucher = sha256(self.voucher(again)).hexdigest()
        return self.act(Pay, Role.LICENSEE, on, again=again, amount=amount, voucher=voucher)

    def close_unpaid(self, on: date) -> CloseUnpaid:
        return self.act(CloseUnpaid, Role.OPERATOR, on)

    def file_recordal(self, on: date = RECORDAL_FILED_ON, payment_proof: str = "voucher") -> FileRecordal:
        papers = (self.world.paper("form"), self.world.paper("notice"))
        return self.act(FileRecordal, Role.LICENSOR, on, papers=papers, payment_proof=payment_proof)

    def refuse_recordal(self, on: date) -> RefuseRecordal:
        return self.act(RefuseRecordal, Role.OFFICE, on, ground="contract_lacks_items")

    def record(self, on: date = RECORDED_ON, **fields: Any) -> Record:
        return self.act(Record, Role.OFFICE, on, **{"recordal_number": self._number("X"), **fields})

    def apply(self, on: date = APPLIED_ON) -> Apply:
        papers = (self.world.paper("contract"),)
        return self.act(Apply, Role.LICENSOR, on, papers=papers, desk="技术合同登记处（演示）")

    def accept(self, on: date = ACCEPTED_ON) -> Accept:
        return self.act(Accept, Role.REGISTRAR, on)

    def refuse_registration(self, on: date) -> RefuseRegistration:
        return self.act(RefuseRegistration, Role.REGISTRAR, on, reason="合同文本缺页（假定）")

    def register(self, on: date = REGISTERED_ON, amount: Money | None = TEN_THOUSAND, **fields: Any) -> Register:
        given = {"registration_number": self._number("D"), "contract_class": "licence", **_amounts(amount), **fields}
        return self.act(Register, Role.REGISTRAR, on, **given)

    def supplement_amounts(self, on: date, amount: Money) -> SupplementAmounts:
        return self.act(SupplementAmounts, Role.LICENSOR, on, **_amounts(amount))

    def report_sales(self, on: date, period: int, net_sales: Money) -> ReportSales:
        return self.act(ReportSales, Role.LICENSEE, on, again=period, period=period, sales=_sales(net_sales))

    def correct_report(self, on: date, period: int, net_sales: Money) -> CorrectReport:
        """The first correction of that report."""
        given = {"period": period, "correction": 1, "sales": _sales(net_sales)}
        return self.act(CorrectReport, Role.LICENSEE, on, again=period, **given)

    def book_receipt(
        self,
        amount: Money = TEN_THOUSAND,
        on: date = RECEIVED_ON,
        serial: str = "1",
        obligation: str = "due:1",
        **fields: Any,
    ) -> BookReceipt:
        given = {
            "line": self.line(serial),
            "paid_on": min(PAID_ON, on),
            "payer": self.world.party(self.licensee),
            "allocations": ({"obligation": obligation, "amount": amount},),
            **fields,
        }
        return self.act(BookReceipt, Role.BANK, on, again=serial, amount=amount, **given)

    def receipt_id(self, serial: str = "1") -> UUID:
        """The id of the receipt of a bank line."""
        return self.line(serial).receipt_id

    def reverse_receipt(self, on: date, amount: Money = TEN_THOUSAND, serial: str = "1") -> ReverseReceipt:
        given = {"receipt_id": self.receipt_id(serial), "reason": "付款账户有误，银行冲正（假定）"}
        return self.act(ReverseReceipt, Role.BANK, on, again=serial, amount=amount, **given)

    def recorded(self) -> tuple[LicenceAct, ...]:
        """The straight way of a licence that costs money, to its recordal and registration."""
        recordal = (self.file_recordal(), self.record())
        return self.give_notice(), self.pay(), *recordal, self.apply(), self.accept(), self.register()

    def _number(self, letter: str) -> str:
        """Of a certificate; no other licence has it."""
        return f"{letter}{self.filing_id.int % 10**12:012d}"


def _amounts(amount: Money | None) -> dict[str, Money | None]:
    return {"contract_amount": amount, "technology_transaction_amount": amount}


def _sales(net_sales: Money) -> dict[str, object]:
    """All three bases; the announced terms say which one counts."""
    return {"net_sales": net_sales, "profit": Money(net_sales.fen // 5), "units": net_sales.fen // 4_000}
