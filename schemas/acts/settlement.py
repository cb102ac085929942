"""Acts of a settlement: an authority settles one scheme for one year."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, TypeAdapter

from schemas.acts.act import Act, CorrectFact, Countersign, DismissFinding, PassDay, SurroundingsChanged, TakeOver
from schemas.acts.settlement_claims import (
    AcceptClaim,
    DecideRelation,
    DeclineClaim,
    HoldClaim,
    RecommendClaim,
    RejectClaim,
    SubmitClaim,
    SupplementClaim,
    WithdrawClaim,
)
from schemas.schemes.clauses import SchemeId
from schemas.schemes.inputs import CallWindow
from schemas.schemes.kinds import Name
from schemas.values.calendar import Year
from schemas.values.cells.numbers import DIGITS
from schemas.values.credit_code import CreditCode
from schemas.values.due import DAYS, DaysCounted
from schemas.values.model import BankSerial, ContentHash, Day, Model, PartyId, Sha256, ShortText
from schemas.values.money import Amount, PositiveAmount


class OpenYear(Act):
    """Begins the settlement of one scheme, year and authority; by an officer or by the yearly schedule."""

    kind: Literal["open_year"] = "open_year"
    authority: PartyId
    scheme: SchemeId
    year: Year


class Activate(Act):
    """A planned, drafted or unverified version pays only once both approvers have activated it."""

    kind: Literal["activate"] = "activate"
    paper: ContentHash


class Call(Act):
    """Opens the claims: ``window`` only where the scheme leaves it to the call."""

    kind: Literal["call"] = "call"
    last_claim_on: Day
    """The last day on which a claim is in time; of a claim its legal day counts (R1)."""
    budget: Amount | None = None
    window: CallWindow | None = None
    papers: Annotated[tuple[Name, ...], Field(max_length=40)] = ()
    notice: ContentHash


class Calculate(Act):
    """A preview: nothing is owed by it; it takes over what earlier settlements have to adjust (D-13)."""

    kind: Literal["calculate"] = "calculate"


class PublishSettlement(Act):
    """``preview_hash`` is the list that is shown; ``on`` is not counted (D-24)."""

    kind: Literal["publish"] = "publish"
    notice: ContentHash
    preview_hash: Sha256
    days: Annotated[int, Field(ge=1, le=365), DIGITS] | None = None
    """A longer time than the scheme's; never a shorter one."""
    days_counted: DaysCounted = DAYS


class ObjectToSettlement(Act):
    kind: Literal["object"] = "object"
    objection: ContentHash


class DecideSettlementObjection(Act):
    """Two officers; what changes an amount is decided claim by claim, and then calculated again."""

    kind: Literal["decide_objection"] = "decide_objection"
    objection: UUID
    decision: ContentHash


class ApproveSettlement(Act):
    """``preview_hash`` is what the approver saw; if the amounts changed since, the approval is refused."""

    kind: Literal["approve"] = "approve"
    preview_hash: Sha256


class LockSettlement(Act):
    """From here on amounts do not change; what changes is an adjustment (D-13)."""

    kind: Literal["lock"] = "lock"
    preview_hash: Sha256


class PaySubsidy(Act):
    """The treasury's or bank's line; ``on`` is its day."""

    kind: Literal["pay"] = "pay"
    line: ShortText
    amount: PositiveAmount
    bank_serial: BankSerial


class SubsidyReturned(Act):
    kind: Literal["returned"] = "returned"
    line: ShortText
    bank_serial: BankSerial


class DemandBack(Act):
    """What no later run will set off; in force once the officer and both approvers have demanded the same."""

    kind: Literal["demand_back"] = "demand_back"
    line: ShortText
    amount: PositiveAmount
    ground: Literal["fraud", "no_next_run"]
    decision: ContentHash


class Recovered(Act):
    """The bank's line by which money came back."""

    kind: Literal["recovered"] = "recovered"
    line: ShortText
    amount: PositiveAmount
    bank_serial: BankSerial


class SettledBefore(Model):
    """What was paid to whom before the engine came."""

    claimant: PartyId
    credit_code: CreditCode
    payer: Name
    amount: PositiveAmount
    paid_on: Day


class TakeOverSettlement(TakeOver):
    """A settlement that was already made elsewhere."""

    authority: PartyId
    scheme: SchemeId
    year: Year
    paid_lines: tuple[SettledBefore, ...] = ()


SettlementAct = Annotated[
    OpenYear
    | Activate
    | Call
    | SubmitClaim
    | SupplementClaim
    | WithdrawClaim
    | RecommendClaim
    | DeclineClaim
    | AcceptClaim
    | HoldClaim
    | RejectClaim
    | DecideRelation
    | Calculate
    | PublishSettlement
    | ObjectToSettlement
    | DecideSettlementObjection
    | ApproveSettlement
    | LockSettlement
    | PaySubsidy
    | SubsidyReturned
    | DemandBack
    | Recovered
    | TakeOverSettlement
    | PassDay
    | SurroundingsChanged
    | CorrectFact
    | DismissFinding
    | Countersign,
    Field(discriminator="kind"),
]
SETTLEMENT_ACT: TypeAdapter[SettlementAct] = TypeAdapter(SettlementAct)
