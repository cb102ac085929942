"""Where a settlement stands: its claims, its lines, and what it owes or is owed after it was locked."""

from datetime import date
from typing import Literal
from uuid import UUID

from schemas.lifecycle.stages.settlement import SettlementStage
from schemas.schemes.inputs import CallWindow
from schemas.standing.listed import LineKey
from schemas.standing.position import BasePosition, PublicitySteps
from schemas.values.model import Model
from schemas.values.money import ZERO, Money

LineState = Literal["undecided", "accepted", "held", "rejected", "late", "does_not_count"]
ClaimStanding = Literal["submitted", "accepted", "held", "rejected", "declined", "late", "withdrawn"]


class ClaimLineState(Model):
    """One line of a claim; ``because`` is the clause that holds or rejects it."""

    key: str
    receipt_id: UUID | None = None
    owner: UUID | None = None
    """Whose part of the receipt is claimed: the claimant or a predecessor."""
    state: LineState
    because: str = ""
    by_rule: bool = False
    """The scheme itself says *no*; nobody rejected it, and it counts again once what the clause asks is there."""
    in_window: bool = True
    since_on: date | None = None
    """With ``since_at``, when the line was first claimed: who claimed a receipt first is paid first (D-43)."""
    since_at: str | None = None
    """The instant as the event log writes it."""


class ClaimState(Model):
    """One claim. ``payable`` and ``reserved`` are those of the preview, and of the lock once it is locked."""

    claim_id: UUID
    claimant: UUID
    credit_code: str
    predecessors: tuple[str, ...] = ()
    claimed_on: date
    recommended: bool | None = None
    state: ClaimStanding
    because: str = ""
    """The clause and the reason why it is given nothing, or has to wait."""
    lines: tuple[ClaimLineState, ...]
    entitled: Money | None = None
    payable: Money = ZERO
    reserved: Money = ZERO

    @property
    def is_live(self) -> bool:
        """Whether it can be given anything, now or once what the scheme asks is there."""
        return self.state in ("submitted", "accepted", "held") or (
            self.state == "rejected" and any(line.by_rule for line in self.lines)
        )


class SubsidyPayment(Model):
    """One payment that was made and did not come back."""

    bank_serial: str
    amount: Money
    paid_on: date


class SettlementLine(Model):
    """What one beneficiary has from one payer: this year's subsidy, and what earlier settlements adjust.

    ``settled`` is that of the list and of all supplementary lists that were locked.
    """

    key: str
    credit_code: str
    claimant: UUID | None
    """None where a correction took the code from the claim; what was settled under it stays visible."""
    payer: str
    settled: Money = ZERO
    carried: Money = ZERO
    payments: tuple[SubsidyPayment, ...] = ()
    returned_on: date | None = None

    @property
    def line(self) -> LineKey:
        return LineKey(self.credit_code, self.payer)

    @property
    def due(self) -> Money:
        """What is to be paid; a negative sum is not paid but carried on to the next run."""
        return max(self.settled + self.carried, ZERO)

    @property
    def carried_on(self) -> Money:
        """What is left for the next run: never more than zero."""
        return min(self.settled + self.carried, ZERO)

    @property
    def overpaid(self) -> Money:
        """What was paid more than once, or to nobody whom the list knows; it goes back with the next run."""
        return max(self.paid_amount - self.due, ZERO)

    @property
    def paid_amount(self) -> Money:
        return Money(sum(one.amount.fen for one in self.payments))


class AdjustmentState(Model):
    """What a locked settlement still owes a beneficiary, or is owed (negative), on one payer's account.

    ``amount`` is restated less settled, with what was carried on and what is demanded; ``taken`` of it by other runs.
    """

    key: str
    credit_code: str
    claimant: UUID | None
    payer: str
    amount: Money
    taken: Money = ZERO
    demanded: Money = ZERO
    recovered: Money = ZERO

    @property
    def line(self) -> LineKey:
        return LineKey(self.credit_code, self.payer)

    @property
    def open_amount(self) -> Money:
        return self.amount - self.taken


class SupplementLine(Model):
    """What a supplementary list adds to one line of the locked list, from its reserve."""

    key: str
    amount: Money


class SupplementState(Model):
    """A supplementary list of a locked one: the ``number``-th, with its own publicity, approvals and lock."""

    number: int
    preview_hash: str
    """Over every line as it stands with this list, and the scheme's text."""
    lines: tuple[SupplementLine, ...]
    calculated_on: date | None = None
    """None: nobody has calculated it as it is now."""
    publicity_from: date | None = None
    publicity_last_on: date | None = None
    first_approved_by: UUID | None = None
    second_approved_by: UUID | None = None
    locked_on: date | None = None


class SettlementPosition(BasePosition):
    kind: Literal["settlement"] = "settlement"
    stage: SettlementStage
    authority: UUID
    scheme: str
    year: int
    activation_needed: bool = False
    activated_by: tuple[UUID, ...] = ()
    last_claim_on: date | None = None
    budget: Money | None = None
    window: CallWindow | None = None
    """Of the call, where the scheme leaves it to the call; then receipts are known to count in this year."""
    claims: tuple[ClaimState, ...] = ()
    unknown: tuple[str, ...] = ()
    preview_hash: str | None = None
    """Over every line and the scheme's text: of the preview, and once it is locked of what was locked."""
    lines: tuple[SettlementLine, ...] = ()
    publicity_from: date | None = None
    publicity_last_on: date | None = None
    publicity_counted: PublicitySteps = ()
    prepared_by: tuple[UUID, ...] = ()
    first_approved_by: UUID | None = None
    second_approved_by: UUID | None = None
    locked_on: date | None = None
    supplements: tuple[SupplementState, ...] = ()
    """The supplementary lists that were locked, in their order."""
    supplement: SupplementState | None = None
    """The next one, where something is free of the reserve."""
    adjustments: tuple[AdjustmentState, ...] = ()
