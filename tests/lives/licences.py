"""Licences with every turn that a life can take."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from cli.demo.filings.days import NOTICED_ON, PAID_ON, RECEIVED_ON
from cli.demo.filings.licence import TEN_THOUSAND, Licence
from database.pool import Pool
from database.registers.documents import add_document
from schemas.acts.act import Act
from schemas.acts.licence import CancelRecordal, Pay, Retract, TakeOverLicence, TerminateLicence
from schemas.acts.royalty import Confirm, Waive
from schemas.values.actor import Role
from schemas.values.money import Money
from tests.lives.declarations import DeclarationLife
from tests.lives.life import Life

_VOUCHERS: dict[str, bytes] = {}


async def hand_in(pool: Pool, act: Act) -> None:
    """Writes the voucher that a payment names; of other acts the world wrote the papers."""
    body = _VOUCHERS.get(act.voucher) if isinstance(act, Pay) else None
    if body is not None:
        async with pool.acquire() as connection:
            await add_document(connection, body, name="voucher", media_type="text/plain", added_by=act.by.party_id)


@dataclass(frozen=True)
class LicenceLife(Licence, Life):
    """One licence of the tests."""

    declaration: DeclarationLife

    def pay(self, amount: Money = TEN_THOUSAND, on: date = PAID_ON, again: object = "") -> Pay:
        act = super().pay(amount, on, again)
        _VOUCHERS[act.voucher] = self.voucher(again)
        return act

    def retract(self, on: date = PAID_ON) -> Retract:
        return self.act(Retract, Role.LICENSEE, on)

    def terminate(self, on: date) -> TerminateLicence:
        return self.act(TerminateLicence, Role.LICENSOR, on, ground="agreement", agreement=self.world.paper("contract"))

    def cancel_recordal(self, on: date) -> CancelRecordal:
        return self.act(CancelRecordal, Role.OFFICE, on)

    def confirm(self, on: date = RECEIVED_ON, serial: str = "1") -> Confirm:
        return self.act(Confirm, Role.FINANCE, on, again=serial, receipt_id=self.receipt_id(serial))

    def waive(self, on: date, obligation: str, amount: Money) -> Waive:
        given = {"obligation": obligation, "amount": amount, "reason": self.world.paper("decision")}
        return self.act(Waive, Role.LICENSOR, on, again=obligation, **given)

    def take_over(self, on: date, **fields: Any) -> TakeOverLicence:
        given = {**self.naming(TakeOverLicence), "received_on": NOTICED_ON, "effective_on": PAID_ON, **fields}
        return self.act(TakeOverLicence, Role.OPERATOR, on, stage="effective", **given)
