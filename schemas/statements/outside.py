"""What stands in one line of a list that somebody else keeps: a bank, a treasury, the Gazette, a contract registry."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator

from schemas.values.cells.reading import plain
from schemas.values.credit_code import CreditCode
from schemas.values.model import AccountNumber, BankName, BankSerial, Day, Model, OfficeNumber, ShortText
from schemas.values.money import Amount, Money
from schemas.values.patent_number import PatentNumber

_ANNOUNCED = {
    "公告": "announced",
    "开放许可声明": "announced",
    "撤回": "withdrawn",
    "终止": "terminated",
    "撤销": "revoked",
}


def _what_happened(value: Any) -> Any:
    return _ANNOUNCED.get(plain(value), plain(value)) if isinstance(value, str) else value


class OutsideEntry(Model):
    """One line; ``line``: where it stands in the list."""

    line: int
    on: Day

    @property
    def key(self) -> str:
        """By what both sides know it."""
        raise NotImplementedError

    @property
    def amount(self) -> Money | None:
        """Yuan; None where such a list has none."""
        return None

    @property
    def party(self) -> str | None:
        """Who is behind it; None where the list does not say."""
        return None

    @property
    def patent_number(self) -> str | None:
        """None where the list does not say."""
        return None


class BankEntry(OutsideEntry):
    """A line of a statement; a negative amount went out."""

    bank: BankName
    account: AccountNumber
    serial: BankSerial
    yuan: Money
    counterparty: ShortText | None = None

    @property
    def account_key(self) -> str:
        """The account as our lines begin with it."""
        return f"{self.bank} {self.account}"

    @property
    def key(self) -> str:
        return self.serial if self.yuan.fen < 0 else f"{self.account_key} {self.serial}"

    @property
    def amount(self) -> Money:
        return self.yuan

    @property
    def party(self) -> str | None:
        return self.counterparty


class TreasuryEntry(OutsideEntry):
    """A payment of a subsidy."""

    serial: BankSerial
    yuan: Amount
    credit_code: CreditCode | None = None

    @property
    def key(self) -> str:
        return self.serial

    @property
    def amount(self) -> Money:
        return self.yuan

    @property
    def party(self) -> str | None:
        return self.credit_code


class GazetteEntry(OutsideEntry):
    """An open licence that was announced, or whose end was."""

    declaration_number: OfficeNumber
    what: Annotated[Literal["announced", "withdrawn", "terminated", "revoked"], BeforeValidator(_what_happened)] = (
        "announced"
    )
    patent: PatentNumber | None = None
    patentee: ShortText | None = None

    @property
    def key(self) -> str:
        return f"{self.declaration_number} {self.what}"

    @property
    def party(self) -> str | None:
        return self.patentee

    @property
    def patent_number(self) -> str | None:
        return None if self.patent is None else str(self.patent)


class RegistrationEntry(OutsideEntry):
    """A technology contract that was registered."""

    registration_number: OfficeNumber
    contract_amount: Amount | None = None
    licensee: ShortText | None = None
    patent: PatentNumber | None = None

    @property
    def key(self) -> str:
        return self.registration_number

    @property
    def amount(self) -> Money | None:
        return self.contract_amount

    @property
    def party(self) -> str | None:
        return self.licensee

    @property
    def patent_number(self) -> str | None:
        return None if self.patent is None else str(self.patent)
