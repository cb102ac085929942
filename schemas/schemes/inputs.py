"""What a scheme is calculated from: a claimant, and the payments, contracts or events of one year.

``None`` is *not stated*. What a scheme needs and nobody stated is asked for, and never taken as zero or as no.
"""

from typing import Annotated, Any, Literal, Self

from pydantic import AwareDatetime, Field, model_validator
from pydantic_core import PydanticCustomError

from schemas.schemes.clauses import Measure, Region, SchemeId, is_none
from schemas.schemes.kinds import ClassWord, ContractWord, Name, OriginWord, PatentWord, SortWord
from schemas.values.cells.numbers import DIGITS
from schemas.values.determination import Answer3
from schemas.values.model import ContractName, CounterpartyName, Day, Model, ProjectName, ShortText
from schemas.values.money import Amount
from schemas.values.patent_number import PatentName

Year = Annotated[int, Field(ge=1985, le=2199), DIGITS]


class PatentPart(Model):
    """One patent of an item, with the stated part of the item's price where it has several (D-09)."""

    patent: PatentName
    amount: Amount | None = None


class SchemeItem(Model):
    """One payment, contract or event. Amounts are net of reversals: a reversal restates its origin item (D-13)."""

    item_id: ShortText
    received: Amount | None = None
    """What arrived in the claimant's own account."""
    paid: Amount | None = None
    contract_amount: Amount | None = None
    technology_transaction_amount: Amount | None = None
    new_product_revenue: Amount | None = None
    investment: Amount | None = None
    transaction_volume: Amount | None = None
    awarded: Amount | None = None
    """What the authority set for this item, where the scheme leaves it an amount within bounds."""
    received_on: Day | None = None
    paid_on: Day | None = None
    contract_on: Day | None = None
    registered_on: Day | None = None
    recorded_on: Day | None = None
    event_on: Day | None = None
    contract: ContractName | None = None
    project: ProjectName | None = None
    counterparty: CounterpartyName | None = Field(default=None, exclude_if=is_none)
    """Who the other side is, by the name or number that all its contracts have."""
    patents: Annotated[tuple[PatentPart, ...], Field(max_length=500)] = ()
    event: Name | None = None
    contract_kind: ContractWord | None = None
    registered: Answer3 | None = None
    registered_class: ClassWord | None = None
    counterparty_kind: SortWord | None = None
    counterparty_region: Region | None = None
    counterparty_origin: OriginWord | None = None
    patent_kind: PatentWord | None = None
    exploited: Answer3 | None = None
    related: Answer3 | None = None
    """Whether the counterparty is a related party."""
    related_decision: Literal["pays", "excluded"] | None = None
    """What two people decided of a related party where the scheme is silent (D-17)."""
    held: bool = False
    """Waits for an answer: in a call it takes part, and what it brings is reserved (D-15)."""
    other: dict[Name, ShortText] = Field(default_factory=dict)
    """Further inputs that a scheme asks for."""

    @model_validator(mode="after")
    def _parts_add_up(self) -> Self:
        names = [part.patent for part in self.patents]
        if len(set(names)) != len(names):
            raise PydanticCustomError("patent_twice", "a patent stands twice in one item")
        return self

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        if self.registered is Answer3.NO and (self.registered_on or self.registered_class):
            raise PydanticCustomError("registration_contradicted", "registered is no, yet a day or class is stated")
        if self.related is Answer3.NO and self.related_decision is not None:
            raise PydanticCustomError("relation_contradicted", "related is no, yet there is a decision on it")
        return self


class Claimant(Model):
    """Who claims; kinds and regions are names, ``guangdong.shenzhen`` lies within ``guangdong``."""

    claimant: ShortText
    kind: SortWord | None = None
    region: Region | None = None
    small_or_medium: Answer3 | None = None
    good_credit: Answer3 | None = None
    other: dict[Name, ShortText] = Field(default_factory=dict)


class CallWindow(Model):
    """The first and last day that the call sets."""

    first_on: Day
    last_on: Day

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last_on < self.first_on:
            raise PydanticCustomError("window_ends_before_it_begins", "the window's last day lies before its first")
        return self


OF_THE_CONTRACT = (
    "contract_kind",
    "registered",
    "registered_class",
    "counterparty_kind",
    "counterparty_region",
    "counterparty_origin",
)
"""What all items of one contract say alike."""


class YearInputs(Model):
    """One claimant's year; either items, or ``totals`` of what counts where somebody else has added it up."""

    year: Year | None = None
    """None: the year of the day asked for."""
    claimant: Claimant | None = None
    """None: only the amount is asked for, and who may claim is not examined."""
    items: Annotated[tuple[SchemeItem, ...], Field(max_length=1_000_000)] = ()
    totals: dict[Measure, Amount] = Field(default_factory=dict)
    count: Annotated[int, Field(ge=0), DIGITS] | None = None
    previous_year: Amount | None = None
    """What the base was in the year before, for a base that grows."""
    window: CallWindow | None = None
    evidence: tuple[Name, ...] | None = None
    """The papers that were handed in, by the scheme's names; None: papers are not examined here."""
    also_granted: dict[SchemeId, Amount] = Field(default_factory=dict)
    """What other schemes granted for the same base; zero is stated as zero."""

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, given: Any) -> Any:
        # {"technology_transaction_amount": "499999.99"} says the same as a total of that measure.
        if not isinstance(given, dict):
            return given
        short = {key: value for key, value in given.items() if key in list(Measure) and key != Measure.COUNT}
        if not short:
            return given
        rest = {key: value for key, value in given.items() if key not in short}
        return {**rest, "totals": {**rest.get("totals", {}), **short}}

    @model_validator(mode="after")
    def _is_one_account(self) -> Self:
        if self.items and (self.totals or self.count is not None):
            raise PydanticCustomError("items_and_totals", "give items or totals, not both: they could contradict")
        ids = [item.item_id for item in self.items]
        if len(set(ids)) != len(ids):
            raise PydanticCustomError("item_twice", "an item stands twice; restate it instead of adding it again")
        return self

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        if self.year and self.window and not self.window.first_on.year <= self.year <= self.window.last_on.year:
            raise PydanticCustomError("window_of_another_year", "no day of the window lies in the year asked for")
        contracts: dict[str, tuple[object, ...]] = {}
        for item in self.items:
            said = tuple(getattr(item, name) for name in OF_THE_CONTRACT)
            if item.contract is not None and contracts.setdefault(item.contract, said) != said:
                raise PydanticCustomError(
                    "contract_contradicted",
                    "items of the contract {contract} differ in one of {names}",
                    {"contract": item.contract, "names": ", ".join(OF_THE_CONTRACT)},
                )
        return self


class ClaimFacts(Model):
    """One claim of a call: a claimant's year, when it was received, and whether it is held."""

    claim_id: ShortText
    facts: YearInputs
    received_at: AwareDatetime | None = None
    held: bool = False
    """A held claim takes part in a pro rata, and its part is reserved (D-15)."""


class CallInputs(Model):
    """All claims of one call with its budget."""

    budget: Amount | None = None
    claims: Annotated[tuple[ClaimFacts, ...], Field(min_length=1, max_length=100_000)]

    @model_validator(mode="after")
    def _one_claim_each(self) -> Self:
        # Two claims of one claimant would each get the cap.
        named = [one.facts.claimant.claimant for one in self.claims if one.facts.claimant]
        for names in ([one.claim_id for one in self.claims], named):
            if len(set(names)) != len(names):
                raise PydanticCustomError("claim_twice", "a claim, or a claimant, stands twice in the call")
        if len({(one.facts.year, one.facts.window) for one in self.claims}) > 1:
            raise PydanticCustomError("claims_of_several_years", "the claims of one call are of one year and window")
        return self
