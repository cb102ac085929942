"""Payouts with every turn that a life can take."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from cli.demo.filings.days import GRANTED_ON, INSTRUCTED_ON, RECEIVED_ON
from cli.demo.filings.payout import Payout
from schemas.acts.payout import Adjust, Determine, InstructPayment
from schemas.values.actor import Role
from schemas.values.identifiers import act_id_of
from tests.lives.declarations import DeclarationLife
from tests.lives.licences import LicenceLife
from tests.lives.life import Life


@dataclass(frozen=True)
class PayoutLife(Payout, Life):
    """One payout of the tests."""

    parent: LicenceLife | DeclarationLife

    def line_of(self, inventor: str) -> str:
        """The key of an inventor's line."""
        kind = "person" if isinstance(self.parent, LicenceLife) else "bonus"
        return f"{kind}:{self.world.party(inventor)}"

    def determine(self, on: date | None = None) -> Determine:
        """The very act by which the payout's workflow begins, so that asking for it again is a repeat."""
        usual = RECEIVED_ON if isinstance(self.parent, LicenceLife) else GRANTED_ON
        act_id = act_id_of("determine", self.filing_id)
        return self.act(Determine, Role.TIMER, on or usual, act_id=act_id, **self.naming(Determine))

    def instruct(self, line: str, on: date = INSTRUCTED_ON, **fields: Any) -> InstructPayment:
        """With the note that is needed before the contract is registered."""
        return super().instruct(line, on, before_registration_note=self.world.paper("decision"), **fields)

    def adjust(self, line: str, on: date) -> Adjust:
        given = {"line": line, "decision": "leave", "paper": self.world.paper("decision")}
        return self.act(Adjust, Role.FINANCE, on, again=line, **given)
