"""The acts of a payout: the unit pays its inventors for one receipt, or for the grant of the patent."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, ClassVar, TypeVar
from uuid import UUID

from schemas.acts.act import Act, Countersign, FilingKind, PassDay, SurroundingsChanged
from schemas.acts.payout import (
    Adjust,
    Approve,
    Cancel,
    DecideObjection,
    Determine,
    InstructPayment,
    Object,
    Paid,
    Publish,
    RecordTax,
    ReturnedByBank,
    StateFacts,
)
from schemas.statements.remuneration import Completer, Costs, InventorShare, SignedShares, UnitFacts
from schemas.values.actor import Role
from schemas.values.identifiers import act_id_of, payout_id_of, workflow_id
from schemas.values.money import ZERO, Money
from tests.lives.declarations import DeclarationLife
from tests.lives.licences import LicenceLife
from tests.lives.world import (
    APPROVED_ON,
    GRANTED_ON,
    INSTRUCTED_ON,
    PAID_OUT_ON,
    PUBLISHED_ON,
    RECEIVED_ON,
    STATED_ON,
    TAX_RECORDED_ON,
    World,
)

A = TypeVar("A", bound=Act)
NO_COSTS = Costs(transaction_taxes=ZERO, upkeep=ZERO, direct=ZERO, other=ZERO)


@dataclass(frozen=True)
class PayoutLife:
    """The payout of one receipt of a licence, or of a declaration's first grant."""

    parent: LicenceLife | DeclarationLife
    serial: str = "1"
    unit: str = "unit"
    kind: ClassVar[FilingKind] = FilingKind.PAYOUT

    @property
    def world(self) -> World:
        return self.parent.world

    @property
    def subject(self) -> str:
        return str(self.parent.receipt_id(self.serial)) if isinstance(self.parent, LicenceLife) else "grant"

    @cached_property
    def filing_id(self) -> UUID:
        return payout_id_of(self.parent.filing_id, self.world.party(self.unit), self.subject)

    @property
    def workflow_id(self) -> str:
        return workflow_id("payout", self.parent.filing_id, self.world.party(self.unit), self.subject)

    def unit_facts(self, **changes: Any) -> UnitFacts:
        """A State-set unit without a rule of its own: the law's half, 60 and 40 percent to two inventors."""
        shares = (("inventor_1", "60"), ("inventor_2", "40"))
        completers = tuple(
            Completer.model_validate({"party": self.world.party(name), "percent": percent}) for name, percent in shares
        )
        return UnitFacts.model_validate(
            {
                "unit": self.world.party(self.unit),
                "state_set": True,
                "contributions": SignedShares(document=self.world.paper("signed_shares"), shares=completers),
                "inventors": tuple(InventorShare(party=self.world.party(name)) for name, _ in shares),
                **changes,
            }
        )

    def line_of(self, inventor: str) -> str:
        kind = "person" if isinstance(self.parent, LicenceLife) else "bonus"
        return f"{kind}:{self.world.party(inventor)}"

    def determine(self, on: date | None = None) -> Determine:
        """The very act by which the payout's workflow begins, so that asking for it again is a repeat."""
        usual = RECEIVED_ON if isinstance(self.parent, LicenceLife) else GRANTED_ON
        return self._act(
            Determine,
            Role.TIMER,
            on or usual,
            act_id=act_id_of("determine", self.filing_id),
            parent_id=self.parent.filing_id,
            unit=self.world.party(self.unit),
            subject=self.subject,
        )

    def state_facts(self, on: date = STATED_ON, costs: Costs = NO_COSTS, **changes: Any) -> StateFacts:
        return self._act(StateFacts, Role.FINANCE, on, facts=self.unit_facts(**changes), costs=costs)

    def publish(self, on: date = PUBLISHED_ON) -> Publish:
        return self._act(Publish, Role.FINANCE, on, notice=self.world.paper("notice"))

    def object(self, on: date) -> Object:
        return self._act(Object, Role.INVENTOR, on, objection=self.world.paper("form"))

    def decide(self, objection: UUID, on: date, changed_facts: UnitFacts | None = None) -> DecideObjection:
        return self._act(
            DecideObjection,
            Role.COMMITTEE,
            on,
            again=objection,
            objection=objection,
            decision=self.world.paper("decision"),
            changed_facts=changed_facts,
        )

    def approve(self, amounts_hash: str, on: date = APPROVED_ON, role: Role = Role.FIRST_APPROVER) -> Approve:
        return self._act(Approve, role, on, again=amounts_hash, amounts_hash=amounts_hash)

    def approved_by_both(self, amounts_hash: str, on: date = APPROVED_ON) -> tuple[Approve, Approve]:
        return self.approve(amounts_hash, on), self.approve(amounts_hash, on, Role.SECOND_APPROVER)

    def instruct(self, line: str, on: date = INSTRUCTED_ON) -> InstructPayment:
        return self._act(
            InstructPayment,
            Role.FINANCE,
            on,
            again=line,
            line=line,
            before_registration_note=self.world.paper("decision"),
        )

    def paid(self, line: str, amount: Money, on: date = PAID_OUT_ON, serial: str = "1") -> Paid:
        return self._act(
            Paid, Role.BANK, on, again=(line, serial), line=line, amount=amount, bank_serial=f"{line} {serial}"
        )

    def returned(self, line: str, on: date, serial: str = "1") -> ReturnedByBank:
        return self._act(ReturnedByBank, Role.BANK, on, again=(line, serial), line=line, bank_serial=f"{line} {serial}")

    def record_tax(self, on: date = TAX_RECORDED_ON) -> RecordTax:
        return self._act(RecordTax, Role.FINANCE, on, record=self.world.paper("record"))

    def cancel(self, on: date) -> Cancel:
        return self._act(Cancel, Role.FINANCE, on)

    def adjust(self, line: str, on: date, decision: str = "leave") -> Adjust:
        return self._act(
            Adjust, Role.FINANCE, on, again=line, line=line, decision=decision, paper=self.world.paper("decision")
        )

    def countersign(self, countersigns: UUID, on: date) -> Countersign:
        return self._act(
            Countersign, Role.FINANCE, on, by="second_finance", again=countersigns, countersigns=countersigns
        )

    def pass_day(self, on: date) -> PassDay:
        return self._act(PassDay, Role.TIMER, on)

    def surroundings_changed(self, on: date, cause: UUID) -> SurroundingsChanged:
        return self._act(SurroundingsChanged, Role.TIMER, on, again=cause, cause=cause)

    def _act(self, model: type[A], role: Role, on: date, **fields: Any) -> A:
        return self.world.act(model, self.filing_id, role, on, **fields)
