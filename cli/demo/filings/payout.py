"""The acts of a payout: the unit pays its inventors for one receipt, or for the grant of the patent."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, ClassVar
from uuid import UUID

from cli.demo.filings.days import APPROVED_ON, INSTRUCTED_ON, PAID_OUT_ON, PUBLISHED_ON, STATED_ON, TAX_RECORDED_ON
from cli.demo.filings.declaration import Declaration
from cli.demo.filings.filing import Filing
from cli.demo.filings.licence import Licence
from schemas.acts.act import FilingKind
from schemas.acts.payout import (
    Approve,
    DecideObjection,
    InstructPayment,
    Object,
    Paid,
    Publish,
    RecordTax,
    ReturnedByBank,
    StateFacts,
)
from schemas.statements.remuneration import Costs
from schemas.values.actor import Role
from schemas.values.identifiers import payout_id_of
from schemas.values.money import ZERO, Money

NO_COSTS = Costs(transaction_taxes=ZERO, upkeep=ZERO, direct=ZERO, other=ZERO)


@dataclass(frozen=True)
class Payout(Filing):
    """The payout of one receipt of a licence, or of a declaration's first grant."""

    parent: Licence | Declaration
    serial: str = "1"
    unit: str = "unit"
    kind: ClassVar[FilingKind] = FilingKind.PAYOUT

    def __post_init__(self) -> None:
        # Frozen, so not by assignment; the world is never another than that of the filing above.
        object.__setattr__(self, "world", self.parent.world)

    @property
    def subject(self) -> str:
        """What it is paid for: the receipt, or the grant."""
        return str(self.parent.receipt_id(self.serial)) if isinstance(self.parent, Licence) else "grant"

    @cached_property
    def filing_id(self) -> UUID:
        return payout_id_of(*self.named_by)

    @property
    def named_by(self) -> tuple[UUID, UUID, str]:
        return self.parent.filing_id, self.world.party(self.unit), self.subject

    def side(self, role: Role) -> str:
        return self.unit

    def unit_facts(self, **changes: Any) -> dict[str, Any]:
        """A State-set unit without a rule of its own: the law's half, 60 and 40 percent to two inventors."""
        first, second = self.world.party("inventor_1"), self.world.party("inventor_2")
        shares = ({"party": first, "percent": "60"}, {"party": second, "percent": "40"})
        return {
            "unit": self.world.party(self.unit),
            "state_set": True,
            "contributions": {"document": self.world.paper("shares"), "shares": shares},
            "inventors": ({"party": first}, {"party": second}),
            **changes,
        }

    def state_facts(self, on: date = STATED_ON, costs: Any = NO_COSTS, facts: Any = None, **changes: Any) -> StateFacts:
        facts = facts or self.unit_facts(**changes)
        return self.act(StateFacts, Role.FINANCE, on, facts=facts, costs=costs)

    def publish(self, on: date = PUBLISHED_ON) -> Publish:
        return self.act(Publish, Role.FINANCE, on, notice=self.world.paper("publicity"))

    def object(self, on: date, **fields: Any) -> Object:
        return self.act(Object, Role.INVENTOR, on, objection=self.world.paper("objection"), **fields)

    def decide(self, objection: UUID, on: date) -> DecideObjection:
        given = {"objection": objection, "decision": self.world.paper("decision")}
        return self.act(DecideObjection, Role.COMMITTEE, on, again=objection, **given)

    def approved_by_both(self, amounts_hash: str, on: date = APPROVED_ON) -> tuple[Approve, ...]:
        """The two approvals of what was shown."""
        approvers = (Role.FIRST_APPROVER, Role.SECOND_APPROVER)
        return self.by_each(Approve, approvers, on, again=amounts_hash, amounts_hash=amounts_hash)

    def instruct(self, line: str, on: date = INSTRUCTED_ON, **fields: Any) -> InstructPayment:
        return self.act(InstructPayment, Role.FINANCE, on, again=line, line=line, **fields)

    def paid(self, line: str, amount: Money, on: date = PAID_OUT_ON, serial: str = "1") -> Paid:
        given = {"line": line, "amount": amount, "bank_serial": self._serial(line, serial)}
        return self.act(Paid, Role.BANK, on, again=(line, serial), **given)

    def returned(self, line: str, on: date, serial: str = "1") -> ReturnedByBank:
        given = {"line": line, "bank_serial": self._serial(line, serial)}
        return self.act(ReturnedByBank, Role.BANK, on, again=(line, serial), **given)

    def record_tax(self, on: date = TAX_RECORDED_ON) -> RecordTax:
        return self.act(RecordTax, Role.FINANCE, on, record=self.world.paper("record"))

    def _serial(self, line: str, serial: str) -> str:
        return f"P-{self.filing_id.hex[:12]}-{line.partition(':')[2][:8]}-{serial}"
