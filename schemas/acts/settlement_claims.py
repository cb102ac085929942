"""What a claim says, and the acts of claimants, districts and scheme officers about it (D-14, D-15)."""

from datetime import date
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from schemas.acts.act import Act
from schemas.schemes.clauses import Region
from schemas.schemes.inputs import SchemeItem
from schemas.schemes.kinds import Name, SortWord
from schemas.values.credit_code import CreditCode
from schemas.values.determination import Answer3
from schemas.values.model import ContentHash, Day, Model, PartyId, ShortText
from schemas.values.money import Amount

MOST_LINES = 500
"""A claim travels and is kept as one act; a larger claimant claims contract by contract."""


class Seat(Model):
    """Where the claimant has its seat from a day on."""

    since_on: Day
    region: Region


class ClaimantInputs(Model):
    """What schemes ask of a claimant; ``None`` is *not stated*."""

    kind: SortWord | None = None
    seats: Annotated[tuple[Seat, ...], Field(max_length=20)] = ()
    """In order of time. The seat counts on the day of the receipt and on the day of the claim (D-37)."""
    small_or_medium: Answer3 | None = None
    good_credit: Answer3 | None = None
    other: dict[Name, ShortText] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        days = [one.since_on for one in self.seats]
        if days != sorted(set(days)):
            raise PydanticCustomError("seats_unordered", "seats stand in order of their first days, each day once")
        return self

    def region_on(self, day: date) -> str | None:
        """The region of the seat on a day; None where nothing is stated of that day."""
        known = [one.region for one in self.seats if one.since_on <= day]
        return known[-1] if known else None


class ClaimLine(Model):
    """A receipt of the platform, or one payment, contract or event from outside.

    Of a platform receipt the amounts, days, contract and patent are read from the platform, whatever ``stated`` says.
    """

    receipt_id: UUID | None = None
    stated: SchemeItem | None = None
    evidence: Annotated[tuple[ContentHash, ...], Field(max_length=20)] = ()

    @model_validator(mode="before")
    @classmethod
    def _names_its_receipt(cls, given: Any) -> Any:
        # What is stated of a receipt need not repeat which receipt it is.
        if isinstance(given, dict) and given.get("receipt_id") and isinstance(given.get("stated"), dict):
            return {**given, "stated": {"item_id": str(given["receipt_id"]), **given["stated"]}}
        return given

    @model_validator(mode="after")
    def _is_one_thing(self) -> Self:
        if self.receipt_id is None and self.stated is None:
            raise PydanticCustomError("claim_line_empty", "a line names a receipt of the platform or states an item")
        if self.receipt_id and self.stated and self.stated.item_id != str(self.receipt_id):
            raise PydanticCustomError("claim_line_of_two", "item_id of a receipt is its receipt_id, or left out")
        return self

    @property
    def key(self) -> str:
        """The name of the line within its claim."""
        if self.receipt_id is not None:
            return str(self.receipt_id)
        assert self.stated is not None  # one of the two is there
        return self.stated.item_id


class Predecessor(Model):
    """Who was merged into the claimant; its receipts count inside the successor's one cap of that year (D-16)."""

    party: PartyId
    credit_code: CreditCode
    merged_on: Day
    proof: ContentHash


class _Content(Act):
    claimant: PartyId
    credit_code: CreditCode
    facts: ClaimantInputs = ClaimantInputs()
    lines: Annotated[tuple[ClaimLine, ...], Field(max_length=MOST_LINES)]
    predecessors: Annotated[tuple[Predecessor, ...], Field(max_length=20)] = ()
    not_related: Answer3 | None = None
    """The declaration that no counterparty is a related party; ``no`` names nobody, so lines then say which."""
    exploited: Answer3 | None = None
    previous_year: Amount | None = None
    """What the base was in the year before, for a scheme whose base is growth."""

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        keys = [line.key for line in self.lines]
        if not keys:
            raise PydanticCustomError("claim_empty", "a claim has at least one line")
        if len(set(keys)) != len(keys):
            raise PydanticCustomError("claim_line_twice", "a receipt or item stands twice in one claim")
        codes = [self.credit_code, *(one.credit_code for one in self.predecessors)]
        if len(set(codes)) != len(codes):
            raise PydanticCustomError("predecessor_twice", "a predecessor stands twice, or is the claimant itself")
        return self


class SubmitClaim(_Content):
    """A claim is named by the act that submits it; a claimant has at most one that is not withdrawn."""

    kind: Literal["submit_claim"] = "submit_claim"


class SupplementClaim(_Content):
    """The claim's whole content as it now stands; a line that was changed or added has to be decided anew."""

    kind: Literal["supplement_claim"] = "supplement_claim"
    claim: UUID


class WithdrawClaim(Act):
    kind: Literal["withdraw_claim"] = "withdraw_claim"
    claim: UUID


class RecommendClaim(Act):
    """By the district, where the scheme says so."""

    kind: Literal["recommend"] = "recommend"
    claim: UUID


class DeclineClaim(Act):
    kind: Literal["decline"] = "decline"
    claim: UUID
    reason: ShortText


class _Decision(Act):
    claim: UUID
    lines: Annotated[tuple[ShortText, ...], Field(max_length=MOST_LINES)] = ()
    """Keys of lines; none means the whole claim as it now stands."""


class AcceptClaim(_Decision):
    kind: Literal["accept_claim"] = "accept_claim"


class HoldClaim(_Decision):
    """A held line is not paid; its part is reserved (D-15)."""

    kind: Literal["hold_claim"] = "hold_claim"
    clause: ShortText
    reason: ShortText
    answer_by: Day | None = None


class RejectClaim(_Decision):
    kind: Literal["reject_claim"] = "reject_claim"
    clause: ShortText
    reason: ShortText


class DecideRelation(Act):
    """D-17: what two people decide of lines with a related party where the scheme is silent."""

    kind: Literal["decide_relation"] = "decide_relation"
    claim: UUID
    lines: Annotated[tuple[ShortText, ...], Field(min_length=1, max_length=MOST_LINES)]
    decision: Literal["pays", "excluded"]
    paper: ContentHash
