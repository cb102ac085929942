"""Acts of a payout: the licensor's own unit pays its inventors (Transformation Law 43 to 45; IR-92 to 94)."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, TypeAdapter

from schemas.acts.act import Act, CorrectFact, Countersign, DismissFinding, PassDay, SurroundingsChanged, TakeOver
from schemas.statements.remuneration import Costs, UnitFacts
from schemas.values.cells.numbers import DIGITS
from schemas.values.due import DAYS, DaysCounted
from schemas.values.model import BankSerial, ContentHash, Day, Model, PartyId, Sha256, ShortText
from schemas.values.money import Money, PositiveAmount


class Determine(Act):
    """Begins a payout for one receipt and one unit, or for the first grant (``subject`` ``grant``)."""

    kind: Literal["determine"] = "determine"
    parent_id: UUID
    """The licence, or for the first-grant bonus the declaration."""
    unit: PartyId
    subject: ShortText
    """The receipt's id, or ``grant``."""


class StateFacts(Act):
    """What only the unit knows: its rule or agreement, the signed shares, the costs. A cost not stated asks."""

    kind: Literal["state_facts"] = "state_facts"
    facts: UnitFacts
    costs: Costs


class Publish(Act):
    """Publicity of persons and amounts; ``on`` is its start and not counted (D-24)."""

    kind: Literal["publish"] = "publish"
    notice: ContentHash
    days: Annotated[int, Field(ge=1, le=365), DIGITS] | None = None
    """The unit's own longer period; never shorter than the law's."""
    days_counted: DaysCounted = DAYS
    leaders: tuple[PartyId, ...] = ()


class Object(Act):
    kind: Literal["object"] = "object"
    objection: ContentHash


class DecideObjection(Act):
    """Changed amounts begin a new publicity (D-24)."""

    kind: Literal["decide"] = "decide"
    objection: UUID
    decision: ContentHash
    changed_facts: UnitFacts | None = None


class Approve(Act):
    """``amounts_hash`` is what the approver saw; if the amounts changed since, the approval is refused."""

    kind: Literal["approve"] = "approve"
    amounts_hash: Sha256


class InstructPayment(Act):
    kind: Literal["instruct_payment"] = "instruct_payment"
    line: ShortText
    before_registration_note: ContentHash | None = None
    """D-23: paying before the contract is registered is allowed with a note; then there is no tax relief."""


class Paid(Act):
    """The bank's line; ``on`` is its day."""

    kind: Literal["paid"] = "paid"
    line: ShortText
    bank_serial: BankSerial
    amount: PositiveAmount


class ReturnedByBank(Act):
    kind: Literal["returned_by_bank"] = "returned_by_bank"
    line: ShortText
    bank_serial: BankSerial


class RecordTax(Act):
    kind: Literal["record_tax"] = "record_tax"
    record: ContentHash


class Cancel(Act):
    kind: Literal["cancel"] = "cancel"


class Adjust(Act):
    """Decides what is done with a negative line: set off later, or left (D-21); never an automatic demand."""

    kind: Literal["adjust"] = "adjust"
    line: ShortText
    decision: Literal["set_off", "demand", "leave"]
    paper: ContentHash


class PaidLine(Model):
    """What was paid to whom before the engine came."""

    party: PartyId
    amount: Money
    paid_on: Day


class TakeOverPayout(TakeOver):
    """A payout that was already made elsewhere."""

    parent_id: UUID
    unit: PartyId
    subject: ShortText
    paid_lines: tuple[PaidLine, ...]


PayoutAct = Annotated[
    Determine
    | StateFacts
    | Publish
    | Object
    | DecideObjection
    | Approve
    | InstructPayment
    | Paid
    | ReturnedByBank
    | RecordTax
    | Cancel
    | Adjust
    | TakeOverPayout
    | PassDay
    | SurroundingsChanged
    | CorrectFact
    | DismissFinding
    | Countersign,
    Field(discriminator="kind"),
]
PAYOUT_ACT: TypeAdapter[PayoutAct] = TypeAdapter(PayoutAct)
