"""Where a filing stands: what ``rules/kinds.py`` derives from its facts, and what is posted when it changes."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from schemas.lifecycle.stages.declaration import DeclarationStage
from schemas.lifecycle.stages.licence import LicenceStage, RegistrationStage
from schemas.lifecycle.stages.payout import PayoutStage
from schemas.standing.dues import Obligation, ReceiptState
from schemas.standing.identity import Identity
from schemas.standing.parties import LicensorSpan, PartySpan
from schemas.standing.surroundings import OfferView, RegistrationSpan
from schemas.standing.tracks import Tracks
from schemas.statements.offer import Offer
from schemas.statements.remuneration import Costs, UnitFacts
from schemas.values.actor import Role
from schemas.values.determination import Answer3, Determination, Step
from schemas.values.due import Basis
from schemas.values.model import Model
from schemas.values.money import ZERO, Money


def _is_empty(value: object) -> bool:
    return value == ()


class Deadline(Model):
    """A day by which somebody must act. It decides nothing by itself; only ``pass_day`` turns it into a task."""

    key: str
    what: str
    role: Role
    by: date
    basis: Basis
    article: str
    provisional: bool = False
    because: str = ""


class Task(Model):
    """Something a person has to do; ``closed_how``: done, done_in_time_told_late, done_late, or moot."""

    key: str
    what: str
    role: Role
    basis: Basis
    article: str
    by: date | None = None
    provisional: bool = False
    opened_on: date
    closed_on: date | None = None
    closed_how: str | None = None


class Finding(Model):
    """A contradiction between what an authority says and what we have; it stays visible until somebody closes it."""

    key: str
    code: str
    about: UUID
    opened_on: date
    others: tuple[UUID, ...] = ()
    """Other filings that it concerns."""


class MoneyLine(Model):
    """One amount from one account to another; a line that falls away is posted back to zero."""

    key: str
    debit: str
    credit: str
    amount: Money
    on: date


PublicitySteps = Annotated[tuple[Step, ...], Field(exclude_if=lambda steps: not steps)]
"""How the last day of a publicity was counted, one step for each period that the law, a scheme or somebody states."""


class BasePosition(Model):
    """What every filing's position has."""

    stage: str
    identities: tuple[Identity, ...] = Field(default=(), exclude_if=_is_empty)
    """What of the outside world the filing says is its own."""
    tracks: Tracks = Tracks()
    passed_on: date | None = None
    provisional: bool = False
    deadlines: tuple[Deadline, ...] = ()
    tasks: tuple[Task, ...] = ()
    findings: tuple[Finding, ...] = ()
    money: tuple[MoneyLine, ...] = ()
    met: tuple[str, ...] = ()
    """Keys of deadlines that were met in time; a task that was open for one is closed as *done in time, told late*."""
    warnings: tuple[str, ...] = ()
    """Codes of what people are warned of; no refusals."""
    ended: bool = False
    """Nothing more is expected: no open deadline and a terminal stage."""

    @property
    def due_by(self) -> date | None:
        """The earliest day a timer has to look at."""
        return min((one.by for one in self.deadlines), default=None)

    @property
    def next_deadline(self) -> Deadline | None:
        return min(self.deadlines, key=lambda one: (one.by, one.key), default=None)


ClassDecision = Literal["open", "stands", "does_not_count"]
"""Of a registration whose class is not the one of its Measures: undecided, or what two people decided."""


class Duty(Model):
    """A bar that is open while the offer is in force: withdraw promptly and tell licensees (no number of days)."""

    bar: str
    since_on: date
    until_on: date | None = None


class Particulars(Model):
    """What of the declaration's form is shown and searched beside its terms, as it was filed last."""

    title: str
    main_classification: str | None = None
    sub_platform: str | None = None
    agency: UUID | None = None

    @classmethod
    def of(cls, offer: Offer) -> "Particulars":
        """Those of one form."""
        return cls(
            title=offer.title,
            main_classification=offer.main_classification,
            sub_platform=offer.sub_platform,
            agency=offer.agency.party_id if offer.agency else None,
        )


class DeclarationPosition(BasePosition):
    kind: Literal["declaration"] = "declaration"
    stage: DeclarationStage
    offer: OfferView | None = None
    particulars: Annotated[Particulars | None, Field(exclude_if=lambda said: said is None)] = None
    declaration_number: str | None = None
    office_receipt_number: str | None = None
    duties: tuple[Duty, ...] = ()


class LicencePosition(BasePosition):
    kind: Literal["licence"] = "licence"
    stage: LicenceStage
    licence_id: UUID | None = None
    licensee: UUID
    """Who gave the notice; who stands in its place now, ``licensees`` say."""
    licensors: tuple[LicensorSpan, ...] = ()
    """Everybody who was or is licensor, by day; empty in a position of before, where the offer's owners are meant."""
    licensees: tuple[PartySpan, ...] = ()
    n: int
    sub_platform: Annotated[str | None, Field(exclude_if=lambda name: name is None)] = None
    """Through which the notice was given, where it names one."""
    received_on: date
    terms_version: int
    payment_condition: Literal["free", "due", "not_yet_due", "paid"] = "due"
    effective_on: date | None = None
    term_ends_on: date | None = None
    ended_on: date | None = None
    receipt_number: str | None = None
    paid: Money = ZERO
    first_due: Money = ZERO
    obligations: tuple[Obligation, ...] = ()
    receipts: tuple[ReceiptState, ...] = ()
    credit: Money = ZERO
    recordal_number: str | None = None
    recorded_on: date | None = None
    recordal_due_by: date | None = None
    """The first day of the law for filing; it stays visible when the filing was late or refused (D-32)."""
    registration_number: str | None = None
    registration_regime: str | None = None
    registered_on: date | None = None
    registered_class: str | None = None
    class_decision: ClassDecision | None = None
    """None: the class is the one of the Measures that governed the application."""
    registrations: tuple[RegistrationSpan, ...] = ()
    """The days on which benefits could rest on a registration."""
    contract_amount: Money | None = None
    technology_transaction_amount: Money | None = None
    """As registered, or supplemented since; None while open (L-20)."""
    open_amounts: bool = False
    disputed: str | None = None

    def licensee_on(self, day: date) -> UUID:
        """The licensee of that day."""
        return next((one.party_id for one in self.licensees if one.holds(day)), self.licensee)

    @property
    def is_registered(self) -> bool:
        """Whether benefits may rest on the registration; an undecided class is asked for separately."""
        return self.tracks.registration is RegistrationStage.REGISTERED and self.class_decision != "does_not_count"


class LinePayment(Model):
    """One payment of a line that the bank made and did not return; judged on its own day (Caishui 2018 no. 58)."""

    bank_serial: str
    amount: Money
    paid_on: date
    tax_record_by: date | None = None
    """Last day for the record of a cash reward to a person, or for its ordinary declaration; else None."""
    half_counts: Answer3 | None = None
    """Whether only half of it counts as wages, by what stood on its own day; unknown where only the unit can say."""
    correct_since: date | None = None
    """Since when the declaration of its month has to be looked at again: the registration is not what it was then."""


class PayoutLine(Model):
    """What one party has from one determination; ``paid_amount`` is what the bank said."""

    key: str
    party: UUID | None
    name: str
    """team, team_member, undistributed_team, department, institution, person, bonus, or unknown for a stray payment."""
    amount: Money
    payable: bool = True
    """False for the team's sum, for what nobody is entitled to yet, and for what the unit keeps itself."""
    instructed: bool = False
    returned_on: date | None = None
    """The bank returned the last payment or order, and nothing was instructed again."""
    payments: tuple[LinePayment, ...] = ()
    paid_amount: Money = ZERO
    paid_on: date | None = None
    tax_record_by: date | None = None
    decision: Literal["set_off", "demand", "leave"] | None = None
    """What two people decided about a negative ``owed`` (D-21)."""

    @property
    def owed(self) -> Money:
        return self.amount - self.paid_amount


class PayoutPosition(BasePosition):
    kind: Literal["payout"] = "payout"
    stage: PayoutStage
    parent_id: UUID
    unit: UUID
    subject: str
    facts: UnitFacts | None = None
    costs: Costs | None = None
    unknown: tuple[str, ...] = ()
    determination: Determination | None = None
    lines: tuple[PayoutLine, ...] = ()
    pool: Money = ZERO
    amounts_hash: str | None = None
    publicity_from: date | None = None
    publicity_last_on: date | None = None
    publicity_counted: PublicitySteps = ()
    relief_notice_until: date | None = None
    """The last day for which the relief of income tax wants the present amounts shown."""
    prepared_by: UUID | None = None
    first_approved_by: UUID | None = None
    second_approved_by: UUID | None = None
