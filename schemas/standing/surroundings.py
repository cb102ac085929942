"""What a filing stands on but does not say itself: snapshots of other filings and of the register.

A snapshot is kept in the fact that used it first, so that a filing's position can be derived again from its own events
alone; when the other side changes, the filing is told (``surroundings_changed``) and takes a new snapshot.
"""

from datetime import date, datetime
from fractions import Fraction
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from schemas.lifecycle.stages.declaration import OfferEndStage
from schemas.standing.identity import SharedIdentity
from schemas.statements.bars import Bar
from schemas.statements.offer import OwnerPart, PatentEndCause, Regime, SubstitutionGround, TermsVersion
from schemas.statements.remuneration import Costs, UnitFacts
from schemas.values.actor import Role
from schemas.values.determination import Answer3
from schemas.values.model import Model
from schemas.values.money import Money
from schemas.values.patent_number import PatentKind


class RegisterView(Model):
    """What the platform knows of a patent in the office's register; an unknown thing is None, never a guess."""

    patent_number: str
    title: str | None = None
    kind: PatentKind
    status: Literal["granted", "pending", "refused", "lapsed", "invalidated", "unknown"]
    filed_on: date | None = None
    granted_on: date | None = None
    ended_on: date | None = None
    checked_on: date | None = None
    source: str


class DeclarationSurroundings(Model):
    """The register's row of the patent; None when the register has none."""

    of: Literal["declaration"] = "declaration"
    register_row: RegisterView | None = None
    shared: tuple[SharedIdentity, ...] = ()
    """What another filing says is its own as well."""


class OwnerView(Model):
    """An owner with its share as stated; None means equal shares unless a contribution is proved (D-10)."""

    party_id: UUID
    is_person: bool = False
    share: OwnerPart | None = None


class BarSpan(Model):
    """A bar from its first day to its last; open while ``until_on`` is None."""

    bar: Bar
    since_on: date
    until_on: date | None = None


class PatenteeChange(Model):
    """Another party came into a patentee's place on that day, as that role tells; ``act_id`` is the telling act's."""

    act_id: UUID
    on: date
    ground: SubstitutionGround
    told_by: Role


class OfferView(Model):
    """What licences need to know of their declaration."""

    declaration_id: UUID
    patent_number: str
    patent_kind: PatentKind
    granted_on: date
    regime: Regime
    owners: tuple[OwnerView, ...]
    terms: tuple[TermsVersion, ...]
    in_force_from: date | None = None
    ended_on: date | None = None
    """First day on which the offer no longer stands (half-open, D-01)."""
    ended_how: OfferEndStage | None = None
    right_ended_on: date | None = None
    right_end_provisional: bool = False
    right_ended_how: PatentEndCause | None = None
    """Why: each ground has consequences of its own."""
    invalidated_on: date | None = None
    """The day of the decision that the patent never existed, also where its right had ended before (PL-47, L-10)."""
    invalidation_provisional: bool = False
    patent_last_day: date
    bars: tuple[BarSpan, ...] = ()
    patentee_changes: tuple[PatenteeChange, ...] = ()
    """Who is patentee since then, each licence says by a substitution of its own."""


class TreatedElsewhere(Model):
    """An obligation of another licensee of the offer that is overdue, or of which two people gave up something."""

    licence_id: UUID
    obligation: str
    owed: Money
    given_up: Money

    @property
    def share(self) -> Fraction:
        """What part of it was given up."""
        return Fraction(self.given_up.fen, self.owed.fen)


class LicenceSurroundings(Model):
    """The declaration's offer as now known."""

    of: Literal["licence"] = "licence"
    offer: OfferView
    elsewhere: tuple[TreatedElsewhere, ...] = ()
    """How the same obligations of other licensees were treated; read where something was given up here."""
    persons: tuple[UUID, ...] = ()
    """Which of those who came into a licensor's place are natural persons; they owe no payout."""
    shared: tuple[SharedIdentity, ...] = ()
    """What another filing says is its own as well."""


class RegistrationSpan(Model):
    """Days on which benefits could rest on a registered contract; ``until_on`` is the first without."""

    from_on: date
    until_on: date | None = None


class Succession(Model):
    """A party whose rights and duties went over to another as a whole, by merger or rename (Civil Code 67)."""

    predecessor: UUID
    successor: UUID
    on: date


class ReceiptView(Model):
    """A receipt of the licence, net of what was reversed."""

    receipt_id: str
    received_on: date
    amount: Money
    owners: tuple[OwnerView, ...] | None = None
    """Who shared it on its day, where another party came into a licensor's place; else the owners of the offer."""


class SiblingFacts(Model):
    """What the same unit stated in the payouts of the licence's other receipts."""

    subject: str
    facts: UnitFacts | None = None
    costs: Costs | None = None


class PayoutSurroundings(Model):
    """The licence's receipts and the owners they are shared among; for the first grant: the patent and its owners."""

    of: Literal["payout"] = "payout"
    patent_kind: PatentKind
    granted_on: date
    owners: tuple[OwnerView, ...]
    licence_stands: bool = True
    """False once the licence is void or was never concluded; then every line is zero."""
    provisional: bool = False
    contract_registered: bool = False
    registration_number: str | None = None
    registrations: tuple[RegistrationSpan, ...] | None = None
    """The days on which relief could rest on a registration; None in a snapshot that only knew how it stood then."""
    receipts: tuple[ReceiptView, ...] = ()
    successions: tuple[Succession, ...] = ()
    """Licensors that were merged into others, or renamed; what was begun for them is carried on by the successor."""
    siblings: tuple[SiblingFacts, ...] = ()


class ClaimedReceipt(Model):
    """A receipt of the platform as a claim of it stands on it; amounts before they are split among co-owners."""

    receipt_id: UUID
    licence_id: UUID
    licensors: tuple[OwnerView, ...]
    licensee: UUID
    successions: tuple[Succession, ...] = ()
    """Licensors that were merged into others, or renamed: the successor claims for both (D-16)."""
    received_on: date
    paid_on: date | None = None
    amount: Money
    """Arrived in the licensor's own account, less reversals, credit and interest; zero where nothing came of it."""
    provisional: bool = False
    """The licence's end can still be undone: nothing is reversed before that is final (D-22)."""
    effective_on: date | None = None
    registered: Answer3 = Answer3.NO
    registered_not_yet: bool = False
    """It can still come: nobody applied, or the registry has not decided; a refusal or a cancellation is a *no*."""
    registered_on: date | None = None
    registered_class: str | None = None
    class_undecided: bool = False
    """Its class is not one of the Measures of its application, and two people have not decided yet."""
    registered_amount: Money | None = None
    """The part of the registered technology transaction amount that this receipt realises; None while it is open."""
    contract_registered_amount: Money | None = None
    """The whole of it."""
    contract_amount: Money | None = None
    """The contract's amount, with its first receipt; zero with the others, so that a contract counts once."""
    recorded_on: date | None = None
    patent_number: str
    patent_kind: PatentKind
    licensee_is_affiliate: bool = False


class Beneficiary(Model):
    """Who has receipts under a scheme that needs no claim; None is what the platform does not know."""

    party: UUID
    credit_code: str | None = None
    kind: str | None = None
    region: str | None = None


class ClaimElsewhere(Model):
    """Another live claim of the same part of a receipt, in another scheme or year (D-43)."""

    receipt_id: UUID
    owner: UUID
    settlement_id: UUID
    scheme: str
    claimed_on: date
    claimed_at: datetime


class Carried(Model):
    """One adjustment of an earlier settlement that this run has taken, or takes with its calculation (D-13)."""

    settlement_id: UUID
    version: int
    credit_code: str
    claimant: UUID | None
    payer: str
    amount: Money


class Taken(Model):
    """How much of this settlement's adjustments other runs have taken, by beneficiary and payer."""

    credit_code: str
    payer: str
    amount: Money


class SettlementSurroundings(Model):
    """The receipts that are claimed, and what stands between this settlement and others of its scheme."""

    of: Literal["settlement"] = "settlement"
    receipts: tuple[ClaimedReceipt, ...] = ()
    beneficiaries: tuple[Beneficiary, ...] = ()
    """Only of a scheme that needs no claim (D-14)."""
    elsewhere: tuple[ClaimElsewhere, ...] = ()
    carried: tuple[Carried, ...] = ()
    taken: tuple[Taken, ...] = ()


Surroundings = Annotated[
    DeclarationSurroundings | LicenceSurroundings | PayoutSurroundings | SettlementSurroundings,
    Field(discriminator="of"),
]
