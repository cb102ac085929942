"""Acts of a licence about royalties and receipts (Civil Code 846; D-08, D-09)."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from schemas.acts.act import Act
from schemas.values.cells.numbers import DIGITS
from schemas.values.cells.truth import Truth
from schemas.values.identifiers import receipt_id_of
from schemas.values.model import (
    AccountNumber,
    BankName,
    BankSerial,
    ContentHash,
    Day,
    Model,
    PartyId,
    Reason,
    ShortText,
)
from schemas.values.money import Amount, PositiveAmount, total
from schemas.values.outside import normal


class Sales(Model):
    """What the licensee reports for one period; only the base of the announced terms counts."""

    net_sales: Amount | None = None
    profit: Amount | None = None
    units: Annotated[int, Field(ge=0, le=10**12), DIGITS] | None = None


class ReportSales(Act):
    kind: Literal["report_sales"] = "report_sales"
    period: Annotated[int, Field(ge=1, le=240), DIGITS]
    """The n-th reporting period of the licence, from 1."""
    sales: Sales


class CorrectReport(Act):
    """A later report replaces; the difference is an obligation of its own (D-41)."""

    kind: Literal["correct_report"] = "correct_report"
    period: Annotated[int, Field(ge=1, le=240), DIGITS]
    correction: Annotated[int, Field(ge=1, le=99), DIGITS]
    sales: Sales


class DisputeReport(Act):
    kind: Literal["dispute_report"] = "dispute_report"
    period: Annotated[int, Field(ge=1, le=240), DIGITS]


class AuditAccounts(Act):
    kind: Literal["audit"] = "audit"
    period: Annotated[int, Field(ge=1, le=240), DIGITS]
    outcome: ContentHash | None = None


class BankLine(Model):
    """The natural key of money that arrived: unique over all filings and channels (D-09)."""

    bank: BankName
    account: AccountNumber
    serial: BankSerial

    @property
    def receipt_id(self) -> UUID:
        return receipt_id_of(self.bank, self.account, self.serial)

    def part_id(self, licence_id: UUID) -> UUID:
        """The receipt of one licence, where the line belongs to several."""
        return receipt_id_of(self.bank, self.account, self.serial, licence_id)


class Allocation(Model):
    """A part of a bank line for one obligation (``due:1``, ``report:3`` ...), or for none of them.

    ``credit`` is what is too much, ``outside_royalty`` are late interest, penalties and damages (D-42).
    """

    obligation: ShortText
    amount: PositiveAmount


class BookReceipt(Act):
    """Money that arrived; ``on`` is the day of arrival (``received_on``), ``paid_on`` the payer's day (D-04)."""

    kind: Literal["book_receipt"] = "book_receipt"
    line: BankLine
    amount: PositiveAmount
    line_amount: PositiveAmount | None = None
    """The whole bank line, where ``amount`` is only this licence's part of it; the parts never exceed it (D-09)."""
    paid_on: Day
    payer: PartyId
    payer_explained: ContentHash | None = None
    """Why somebody else than the licensee paid."""
    escrow: Truth = False
    """An exchange's escrow is not yet the licensor's own account."""
    allocations: Annotated[tuple[Allocation, ...], Field(min_length=1, max_length=60)]

    @model_validator(mode="after")
    def _adds_up(self) -> "BookReceipt":
        if total(part.amount for part in self.allocations) != self.amount:
            raise PydanticCustomError(
                "allocations_do_not_add_up", "the allocations of a bank line add up to its amount"
            )
        if self.line_amount is not None and self.line_amount < self.amount:
            raise PydanticCustomError("part_exceeds_line", "a part of a bank line is not more than the whole line")
        return self

    @property
    def receipt_id(self) -> UUID:
        """The receipt that this line, or this licence's part of it, is."""
        return self.line.receipt_id if self.line_amount is None else self.line.part_id(self.filing_id)


class Confirm(Act):
    kind: Literal["confirm"] = "confirm"
    receipt_id: UUID


class ReverseReceipt(Act):
    """Whole or part, with its own legal day; it restates the receipt it points to (D-13)."""

    kind: Literal["reverse_receipt"] = "reverse_receipt"
    receipt_id: UUID
    amount: PositiveAmount
    reason: Reason
    bank_serial: BankSerial | None = None
    """The reversal's own serial, where the bank gives one; by it two equal reversals of one day are two."""

    @property
    def key(self) -> str:
        """What makes it one reversal of its receipt, however often it is told."""
        if self.bank_serial is not None:
            return normal("bank_serial", self.bank_serial)
        return f"{self.on} {self.amount} {normal('reason', self.reason)}"


class _CloseObligation(Act):
    obligation: ShortText
    amount: PositiveAmount
    reason: ContentHash


class Settle(_CloseObligation):
    kind: Literal["settle"] = "settle"


class Waive(_CloseObligation):
    kind: Literal["waive"] = "waive"


class WriteOff(_CloseObligation):
    kind: Literal["write_off"] = "write_off"


class Pursue(Act):
    """Two people decide to ask for what was unpaid when the patent was invalidated (PL-47, D-21)."""

    kind: Literal["pursue"] = "pursue"
    obligation: ShortText
    reason: ContentHash
