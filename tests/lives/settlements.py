"""Settlements with every turn that a life can take: Shenzhen's university scheme for the year of the receipts."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from cli.demo.filings.settlement import APPROVERS, CLAIMED_ON, DECIDED_ON, LISTED_ON, Settlement
from schemas.acts.settlement import (
    DecideSettlementObjection,
    DemandBack,
    ObjectToSettlement,
    PaySubsidy,
    Recovered,
    SettlementAct,
)
from schemas.acts.settlement_claims import HoldClaim, SubmitClaim, SupplementClaim, WithdrawClaim
from schemas.values.actor import Role
from schemas.values.money import Money
from tests.lives.life import Life

SCHEME = "SZ-2021-UNIV-5PCT"


@dataclass(frozen=True)
class SettlementLife(Settlement, Life):
    """One settlement of the tests."""

    year: int = 2026
    scheme: str = SCHEME

    def line_of(self, claimant: str = "unit", payer: str = "authority") -> str:
        return f"{self.world.credit_code(claimant)}:{payer}"

    def supplement(self, claim: SubmitClaim, *receipts: UUID, on: date, **fields: Any) -> SupplementClaim:
        content = {"claim": claim.act_id, **self.content(receipts, "unit", **fields)}
        return self.act(SupplementClaim, Role.LICENSOR, on, again=(claim.act_id, receipts), **content)

    def withdraw(self, claim: SubmitClaim, on: date | None = None) -> WithdrawClaim:
        on = on or self.day(CLAIMED_ON)
        return self.act(WithdrawClaim, Role.LICENSOR, on, again=claim.act_id, claim=claim.act_id)

    def hold(self, claim: SubmitClaim) -> HoldClaim:
        given = {"claim": claim.act_id, "clause": "evidence", "reason": "the voucher cannot be read"}
        return self.act(HoldClaim, Role.SCHEME_OFFICER, self.day(DECIDED_ON), again=claim.act_id, **given)

    def object(self) -> ObjectToSettlement:
        paper = self.world.paper("objection")
        return self.act(ObjectToSettlement, Role.LICENSOR, self.day(LISTED_ON), objection=paper)

    def decide(self, objection: UUID) -> DecideSettlementObjection:
        given = {"objection": objection, "decision": self.world.paper("decision")}
        on = self.day(LISTED_ON)
        return self.act(DecideSettlementObjection, Role.SCHEME_OFFICER, on, again=objection, **given)

    def pay(self, amount: Money, line: str = "", serial: str = "1") -> PaySubsidy:
        """The unit's own line, if no other is named."""
        return super().pay(amount, line or self.line_of(), serial)

    def demanded_by_all(self, amount: Money, on: date, line: str = "") -> tuple[DemandBack, ...]:
        given = {"ground": "no_next_run", "decision": self.world.paper("decision")}
        roles = (Role.SCHEME_OFFICER, *APPROVERS)
        return self.by_each(DemandBack, roles, on, line=line or self.line_of(), amount=amount, **given)

    def recovered(self, amount: Money, on: date, line: str = "") -> Recovered:
        given = {"line": line or self.line_of(), "amount": amount, "bank_serial": f"back {self.year}"}
        return self.act(Recovered, Role.BANK, on, **given)

    def called(self) -> tuple[SettlementAct, ...]:
        """Opened, activated by two people, and called."""
        return (self.open_year(), *self.activated_by_both(), self.call())
