"""Acts of a licence: the right, the recordal, the technology-contract registration."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, TypeAdapter

from schemas.acts.act import Act, CorrectFact, Countersign, DismissFinding, PassDay, SurroundingsChanged, TakeOver
from schemas.acts.royalty import (
    AuditAccounts,
    BookReceipt,
    Confirm,
    CorrectReport,
    DisputeReport,
    Pursue,
    ReportSales,
    ReverseReceipt,
    Settle,
    Waive,
    WriteOff,
)
from schemas.statements.offer import SubstitutionGround
from schemas.values.cells.numbers import DIGITS
from schemas.values.cells.truth import Truth
from schemas.values.model import ContentHash, Day, OfficeNumber, PartyId, ShortText
from schemas.values.money import Amount, PositiveAmount


class GiveNotice(Act):
    """The licensee's written notice; ``on`` is the day it reached the patentee. The terms are taken whole (PL-51-1)."""

    kind: Literal["give_notice"] = "give_notice"
    declaration_id: UUID
    licensee: PartyId
    n: Annotated[int, Field(ge=1, le=999), DIGITS]
    foreign_licensee: Truth = False
    affiliate_of_licensor: Truth = False
    notice_document: ContentHash | None = None
    wishes: ShortText | None = None
    """Any wish makes it a negotiated licence (PL-51-3), so it must be empty."""
    sub_platform: ShortText | None = None


class PermitNeeded(Act):
    kind: Literal["permit_needed"] = "permit_needed"


class PermitIssued(Act):
    kind: Literal["permit_issued"] = "permit_issued"
    number: OfficeNumber


class PermitRefused(Act):
    kind: Literal["permit_refused"] = "permit_refused"


class Pay(Act):
    """The payer's voucher; ``on`` is the voucher's day. It makes a licence effective; money follows the bank line."""

    kind: Literal["pay"] = "pay"
    amount: PositiveAmount
    voucher: ContentHash


class Retract(Act):
    kind: Literal["retract"] = "retract"


class CloseUnpaid(Act):
    kind: Literal["close_unpaid"] = "close_unpaid"


class TerminateLicence(Act):
    kind: Literal["terminate"] = "terminate"
    ground: Literal["agreement", "breach", "court"]
    agreement: ContentHash | None = None


class SubstituteParty(Act):
    """Another party comes into the place of licensor or licensee, from ``on`` on (Civil Code 67).

    A merger and a rename carry everything over; after an assignment of the patent the earlier receipts stay where they
    arrived. Unstated it counts as a merger, which gives public money once and not twice.
    """

    kind: Literal["substitute_party"] = "substitute_party"
    side: Literal["licensor", "licensee"]
    successor: PartyId
    predecessor: PartyId | None = None
    """Whose place it is; of a side of one party it need not be said."""
    ground: SubstitutionGround | None = None
    proof: ContentHash


class OpenDispute(Act):
    kind: Literal["open_dispute"] = "open_dispute"
    freezes: ShortText


class Decide(Act):
    kind: Literal["decide"] = "decide"
    decision: ContentHash


class DeliverMaterial(Act):
    kind: Literal["deliver_material"] = "deliver_material"


class ClaimMissing(Act):
    kind: Literal["claim_missing"] = "claim_missing"


class FileRecordal(Act):
    """One side is enough (rule 87). Instead of the voucher an announced deferral may stand (D-03)."""

    kind: Literal["file_recordal"] = "file_recordal"
    papers: Annotated[tuple[ContentHash, ...], Field(min_length=1, max_length=40)]
    payment_proof: Literal["voucher", "licensor_receipt", "announced_deferral", "free"]
    agency: PartyId | None = None


class AskSupplement(Act):
    kind: Literal["ask_supplement"] = "ask_supplement"
    answer_by: Day | None = None


class Supplement(Act):
    kind: Literal["supplement"] = "supplement"


class Record(Act):
    kind: Literal["record"] = "record"
    recordal_number: OfficeNumber


class RefuseRecordal(Act):
    kind: Literal["refuse_recordal"] = "refuse_recordal"
    ground: Literal[
        "right_ended",
        "licensor_not_entitled",
        "contract_lacks_items",
        "term_beyond_patent",
        "co_owner_rule",
        "grace_period",
        "suspension",
        "same_contract_twice",
        "pledge",
        "conflict_with_recorded",
        "other",
    ]


class ChangeRecordal(Act):
    """Asked by a party, effective when the office says so."""

    kind: Literal["change_recordal"] = "change_recordal"


class CancelRecordal(Act):
    """Asked by a party, effective when the office says so."""

    kind: Literal["cancel_recordal"] = "cancel_recordal"


class RevokeRecordal(Act):
    kind: Literal["revoke_recordal"] = "revoke_recordal"
    ground: ShortText


class Apply(Act):
    kind: Literal["apply"] = "apply"
    papers: Annotated[tuple[ContentHash, ...], Field(min_length=1, max_length=40)]
    desk: ShortText


class AskRegistrationSupplement(Act):
    kind: Literal["ask_registration_supplement"] = "ask_registration_supplement"


class SupplementRegistration(Act):
    kind: Literal["supplement_registration"] = "supplement_registration"


class Accept(Act):
    kind: Literal["accept"] = "accept"


class Register(Act):
    """``None`` for an amount that is still open (running royalty); it is flagged until it is supplemented.

    The class is the one that is printed, also where the Measures of the application have another for a licence.
    """

    kind: Literal["register"] = "register"
    registration_number: OfficeNumber
    contract_class: Literal["transfer", "licence", "development", "consulting", "service"]
    contract_amount: Amount | None = None
    technology_transaction_amount: Amount | None = None


class RefuseRegistration(Act):
    kind: Literal["refuse_registration"] = "refuse_registration"
    reason: ShortText


class SupplementAmounts(Act):
    kind: Literal["supplement_amounts"] = "supplement_amounts"
    contract_amount: Amount
    technology_transaction_amount: Amount


class ChangeRegistration(Act):
    kind: Literal["change_registration"] = "change_registration"
    reason: ShortText


class CancelRegistration(Act):
    kind: Literal["cancel_registration"] = "cancel_registration"
    reason: ShortText


class RevokeRegistration(Act):
    kind: Literal["revoke_registration"] = "revoke_registration"
    reason: ShortText


class DecideClass(Act):
    """What two people decide of a registration in a class that its Measures do not have for a licence."""

    kind: Literal["decide_class"] = "decide_class"
    registration_number: ShortText
    decision: Literal["stands", "does_not_count"]
    paper: ContentHash


class TakeOverLicence(TakeOver):
    """A licence that already existed, with its own dates."""

    declaration_id: UUID
    licensee: PartyId
    n: Annotated[int, Field(ge=1, le=999), DIGITS]
    received_on: Day
    effective_on: Day | None = None


LicenceAct = Annotated[
    GiveNotice
    | PermitNeeded
    | PermitIssued
    | PermitRefused
    | Pay
    | Retract
    | CloseUnpaid
    | TerminateLicence
    | SubstituteParty
    | OpenDispute
    | Decide
    | DeliverMaterial
    | ClaimMissing
    | FileRecordal
    | AskSupplement
    | Supplement
    | Record
    | RefuseRecordal
    | ChangeRecordal
    | CancelRecordal
    | RevokeRecordal
    | Apply
    | AskRegistrationSupplement
    | SupplementRegistration
    | Accept
    | Register
    | RefuseRegistration
    | SupplementAmounts
    | ChangeRegistration
    | CancelRegistration
    | RevokeRegistration
    | DecideClass
    | ReportSales
    | CorrectReport
    | DisputeReport
    | AuditAccounts
    | BookReceipt
    | Confirm
    | ReverseReceipt
    | Settle
    | Waive
    | WriteOff
    | Pursue
    | TakeOverLicence
    | PassDay
    | SurroundingsChanged
    | CorrectFact
    | DismissFinding
    | Countersign,
    Field(discriminator="kind"),
]
LICENCE_ACT: TypeAdapter[LicenceAct] = TypeAdapter(LicenceAct)
