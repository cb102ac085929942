"""What a licensee owes, and what arrived of it."""

from datetime import date
from typing import Literal
from uuid import UUID

from schemas.values.due import Basis
from schemas.values.model import Model
from schemas.values.money import ZERO, Money

Pursuit = Literal["open", "stopped", "by_decision", "pursued"]
"""Whether an unpaid due is asked for. ``stopped``: not while the end of the right is provisional (D-22).

``by_decision``: the patent was invalidated, so not to be pursued without a decision of two people (PL-47, L-10);
``pursued``: they decided to.
"""


class Obligation(Model):
    """A due of the licensee: ``due:n`` from the announced terms, ``report:n`` / ``correction:n.m`` from reports."""

    key: str
    amount: Money
    due_by: date | None
    basis: Basis = "legal"
    provisional: bool = False
    allocated: Money = ZERO
    closed: Money = ZERO
    """Settled, waived or written off by two people, or taken off by a later report."""
    given_up: Money = ZERO
    """What of ``closed`` two people settled, waived or wrote off."""
    state: Literal["scheduled", "overdue", "paid", "closed", "reported", "void"] = "scheduled"
    pursuit: Pursuit = "open"

    @property
    def open_amount(self) -> Money:
        return self.amount - self.allocated - self.closed

    @property
    def owed(self) -> Money:
        """The amount after later reports: what there was to pay or to give up."""
        return self.amount - (self.closed - self.given_up)


class ReceiptState(Model):
    """One booked bank line, net of its reversals."""

    receipt_id: UUID
    amount: Money
    reversed_amount: Money = ZERO
    received_on: date
    paid_on: date | None = None
    escrow: bool = False
    confirmed: bool = False
    credit: Money = ZERO
    """What no obligation takes: too much, or paid for something that fell away; in no base (D-08)."""
    outside_royalty: Money = ZERO
    """Late interest, penalties, damages: no royalty, and in no base (D-42)."""

    @property
    def net(self) -> Money:
        return self.amount - self.reversed_amount

    @property
    def counts(self) -> bool:
        """Whether it is in the licensor's own account: an exchange's escrow only once confirmed."""
        return self.confirmed or not self.escrow

    @property
    def royalty(self) -> Money:
        """What of it is royalty in the licensor's own account, net of reversals (D-08, D-42); zero until it counts."""
        return self.net - self.credit - self.outside_royalty if self.counts else ZERO
