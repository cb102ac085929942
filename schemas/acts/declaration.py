"""Acts of a declaration; their order stands in ``schemas/lifecycle/declaration.py``."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from schemas.acts.act import Act, CorrectFact, Countersign, DismissFinding, PassDay, SurroundingsChanged, TakeOver
from schemas.statements.bars import Bar, BarAnswer
from schemas.statements.offer import Gazette, Offer, PatentEndCause, Regime
from schemas.statements.royalty import LicenceTerm, Royalty
from schemas.values.cells.numbers import DIGITS
from schemas.values.model import ContentHash, Day, Model, OfficeNumber, ShortText


class WithdrawalGround(StrEnum):
    """GL-4: a bar, or another legitimate reason; never with a condition attached."""

    BAR = "bar"
    LEGITIMATE_REASON = "legitimate_reason"


class SaveDraft(Act):
    kind: Literal["save_draft"] = "save_draft"
    revision: Annotated[int, Field(ge=1, le=9_999), DIGITS] = 1
    """The highest revision is the draft; a day can see several."""
    offer: Offer


class Discard(Act):
    kind: Literal["discard"] = "discard"


class Submit(Act):
    kind: Literal["submit"] = "submit"
    offer: Offer
    bars: tuple[BarAnswer, ...] = ()


class FieldReason(Model):
    """Why one field of the form came back."""

    field: ShortText
    reason: ShortText


class Return(Act):
    kind: Literal["return"] = "return"
    reasons: Annotated[tuple[FieldReason, ...], Field(min_length=1, max_length=40)]


class Resubmit(Act):
    kind: Literal["resubmit"] = "resubmit"
    round: Annotated[int, Field(ge=1, le=999), DIGITS] = 1
    """Counts the resubmissions of this declaration; the highest round is what was filed."""
    offer: Offer
    bars: tuple[BarAnswer, ...] = ()


class TakeBack(Act):
    kind: Literal["take_back"] = "take_back"


class MarkFiled(Act):
    kind: Literal["mark_filed"] = "mark_filed"
    office_receipt_number: OfficeNumber
    bars: tuple[BarAnswer, ...]


class Refuse(Act):
    kind: Literal["refuse"] = "refuse"
    ground: ShortText


class TakeBackFiling(Act):
    kind: Literal["take_back_filing"] = "take_back_filing"


class Announce(Act):
    """``on``: the day of announcement, from which the offer is in force; printed fields are compared, never obeyed."""

    kind: Literal["announce"] = "announce"
    declaration_number: OfficeNumber
    gazette: Gazette
    printed_patent_number: ShortText | None = None
    printed_royalty: Royalty | None = None
    printed_term: LicenceTerm | None = None


class CorrectAnnouncement(Act):
    kind: Literal["correct_announcement"] = "correct_announcement"
    old_text: ContentHash
    royalty: Royalty
    term: LicenceTerm


class FileWithdrawal(Act):
    kind: Literal["file_withdrawal"] = "file_withdrawal"
    ground: WithdrawalGround
    reason: ContentHash | None = None
    consents: tuple[ContentHash, ...] = ()
    condition: ShortText | None = None


class RefuseWithdrawal(Act):
    kind: Literal["refuse_withdrawal"] = "refuse_withdrawal"
    reasons: ShortText


class AnnounceWithdrawal(Act):
    kind: Literal["announce_withdrawal"] = "announce_withdrawal"
    gazette: Gazette


class Terminate(Act):
    kind: Literal["terminate"] = "terminate"
    gazette: Gazette | None = None


class Revoke(Act):
    kind: Literal["revoke"] = "revoke"
    gazette: Gazette | None = None
    ground: ShortText


class ReportBar(Act):
    """``on`` is the day since which the bar exists."""

    kind: Literal["report_bar"] = "report_bar"
    bar: Bar


class ClearBar(Act):
    """``on`` is the last day on which the bar existed."""

    kind: Literal["clear_bar"] = "clear_bar"
    bar: Bar


class CheckStatus(Act):
    """Somebody looked into the register while the offer stands: nine answers with their evidence (D-34)."""

    kind: Literal["check_status"] = "check_status"
    bars: tuple[BarAnswer, ...]


class ReportPledge(Act):
    kind: Literal["report_pledge"] = "report_pledge"
    consent: ContentHash | None = None


class ReportPatenteeChange(Act):
    kind: Literal["report_patentee_change"] = "report_patentee_change"
    cause: Literal["merger", "succession", "rename"]


class ReportTransfer(Act):
    kind: Literal["report_transfer"] = "report_transfer"


class ReportAbandonment(Act):
    kind: Literal["report_abandonment"] = "report_abandonment"


class ReportPatentEnd(Act):
    """``on`` is the day the right ended; ``noticed_on`` the day of the notice, from which the remedy period runs."""

    kind: Literal["report_patent_end"] = "report_patent_end"
    cause: PatentEndCause
    noticed_on: Day | None = None


class RestoreRight(Act):
    kind: Literal["restore_right"] = "restore_right"


class AnnulDecision(Act):
    kind: Literal["annul_decision"] = "annul_decision"


class ConfirmEnd(Act):
    kind: Literal["confirm_end"] = "confirm_end"
    gazette: Gazette


class ReportPartialInvalidation(Act):
    kind: Literal["report_partial_invalidation"] = "report_partial_invalidation"
    claims_kept: ShortText


class ReportTermCompensation(Act):
    kind: Literal["report_term_compensation"] = "report_term_compensation"
    days: Annotated[int, Field(ge=1, le=1_826), DIGITS]


class TakeOverDeclaration(TakeOver):
    """A declaration, or a pilot listing, that already existed."""

    offer: Offer
    regime: Regime
    announced_on: Day | None = None
    declaration_number: OfficeNumber | None = None


DeclarationAct = Annotated[
    SaveDraft
    | Discard
    | Submit
    | Return
    | Resubmit
    | TakeBack
    | MarkFiled
    | Refuse
    | TakeBackFiling
    | Announce
    | CorrectAnnouncement
    | FileWithdrawal
    | RefuseWithdrawal
    | AnnounceWithdrawal
    | Terminate
    | Revoke
    | ReportBar
    | ClearBar
    | CheckStatus
    | ReportPledge
    | ReportPatenteeChange
    | ReportTransfer
    | ReportAbandonment
    | ReportPatentEnd
    | RestoreRight
    | AnnulDecision
    | ConfirmEnd
    | ReportPartialInvalidation
    | ReportTermCompensation
    | TakeOverDeclaration
    | PassDay
    | SurroundingsChanged
    | CorrectFact
    | DismissFinding
    | Countersign,
    Field(discriminator="kind"),
]
DECLARATION_ACT: TypeAdapter[DeclarationAct] = TypeAdapter(DeclarationAct)
