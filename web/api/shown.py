"""What the lists and pages of the API answer with: the rows of the database as they are, and where they go on."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from database.bulletin.pages import Page, Portion
from database.console.mine import Mine
from database.record.posting import Finding, Task
from database.work.tasks import OpenTask
from schemas.acts.act import FilingKind
from schemas.statements.terms import TermsNote
from schemas.values.determination import Determination, Step
from schemas.values.money import Amount
from web.pages.offers.cost import Costing


class Turned(BaseModel):
    """A page of a list, newest first. ``newer`` and ``older``: what to ask with for the neighbouring pages."""

    newer: str | None
    older: str | None


class Filings(Turned):
    """Filings that are yours."""

    rows: list[Mine]


@dataclass(frozen=True)
class ShownTask(OpenTask):
    """A task with how long it has waited, and how long is left until its day, in working days."""

    waited_working_days: int
    working_days_left: int | None


class Tasks(Turned):
    """What is to be done by this role, the earliest day first and what has none last; ``older`` is what follows."""

    rows: list[ShownTask]


class ShownFinding(BaseModel):
    """What an authority says and what we have contradict each other."""

    filing_id: UUID
    key: str
    code: str
    about: dict[str, Any]
    opened_on: date
    closed_on: date | None


class Findings(Turned):
    """Open findings of filings that are yours, the oldest first; ``older`` is what follows."""

    rows: list[ShownFinding]


class ShownEvent(BaseModel):
    """One fact: the act as it was stated, money in yuan."""

    version: int
    act_id: UUID
    kind: str
    legal_on: date
    recorded_at: datetime
    act: dict[str, Any]


class Fact(ShownEvent):
    """A fact at its place in the order over all filings."""

    sequence_number: int
    filing_id: UUID


class Feed(BaseModel):
    """Facts in the order over all filings; ask again with ``after=next``, also where there were none."""

    facts: list[Fact]
    next: int


class Events(BaseModel):
    """All facts of a filing, in the order of recording."""

    rows: list[ShownEvent]


class Filing(BaseModel):
    """A filing as it stands."""

    filing_id: UUID
    kind: FilingKind
    stage: str
    parent_id: UUID | None
    patent_number: str | None
    title: str | None
    declaration_number: str | None
    position: dict[str, Any]
    tasks: list[Task]
    findings: list[ShownFinding]
    acts: tuple[str, ...]
    """What whoever asks may ask for now."""


class Offer(BaseModel):
    """An announced offer in the bulletin; ``terms`` as announced last, money in yuan."""

    declaration_id: UUID
    patent_number: str
    patent_kind: str
    title: str
    patentees: str
    classification: str | None
    region: str | None
    price_form: str
    status: str
    announced_on: date
    declaration_number: str | None
    terms: dict[str, Any]
    warnings: list[str]


class Offers(Turned):
    """Announced offers."""

    rows: list[Offer]


class CostPayment(BaseModel):
    """One amount that would fall due; ``due_by`` null: with the notice. ``determination``: how it was computed."""

    key: str
    amount: Amount
    paid_on: date
    due_by: date | None
    provisional: bool
    first_on: date | None
    last_on: date | None
    determination: Determination | None


class CostSubsidy(BaseModel):
    """What one scheme would give for one year; ``payable`` null: something has to be stated first."""

    scheme: str
    title_zh: str
    title_en: str
    year: int
    payable: Amount | None
    without: Amount
    """What the year gives for so many ``others`` of the licensee's payments alone; ``left_out`` are unclear."""
    others: int
    left_out: int
    why_nothing: Step | None
    determination: Determination | None
    refusals: list[str]


class CostTaxYears(BaseModel):
    """What the law says of the value-added tax on what is paid in those years."""

    first: int
    last: int
    determination: Determination


class OfferCost(BaseModel):
    """What an offer would cost over the whole term; ``royalties`` null: what ``unknown`` names is stated first."""

    effective_on: date
    last_day: date
    royalties: Amount | None
    subsidies_in_all: Amount
    unknown: list[str]
    payments: list[CostPayment]
    subsidies: list[CostSubsidy]
    taxes: list[CostTaxYears]
    stamp_tax: Determination | None
    """What each party owes on all royalties; null while they, or the rules of that day, are unknown."""
    stamp_tax_if_small: Determination | None
    remarks: list[TermsNote]
    others_are_counted: bool


def cost_shown(made: Costing) -> OfferCost:
    """The whole of it, every payment too."""
    cost = made.cost
    return OfferCost(
        effective_on=cost.effective_on,
        last_day=cost.last_day,
        royalties=made.royalties,
        subsidies_in_all=made.subsidised,
        unknown=list(cost.unknown),
        payments=[
            CostPayment(
                key=one.key,
                amount=one.amount,
                paid_on=one.paid_on,
                due_by=one.due.by if one.due else None,
                provisional=bool(one.due and one.due.provisional),
                first_on=one.period.first_on if one.period else None,
                last_on=one.period.last_on if one.period else None,
                determination=one.made,
            )
            for one in cost.payments
        ],
        subsidies=[
            CostSubsidy(
                scheme=one.scheme.id,
                title_zh=one.scheme.title_zh,
                title_en=one.scheme.title_en,
                year=one.year,
                payable=one.payable,
                without=one.without,
                others=one.others,
                left_out=one.left_out,
                why_nothing=one.why_nothing,
                determination=one.made,
                refusals=[str(why) for why in one.why_not],
            )
            for one in made.subsidies
        ],
        taxes=[CostTaxYears(first=one.first, last=one.last, determination=one.made) for one in made.taxes],
        stamp_tax=made.stamp_tax.made if made.stamp_tax else None,
        stamp_tax_if_small=made.stamp_tax.small if made.stamp_tax else None,
        remarks=list(made.remarks),
        others_are_counted=made.paid is not None,
    )


class Organisation(BaseModel):
    """An organisation; persons are shown to nobody here."""

    party_id: UUID
    public_name: str


class Organisations(BaseModel):
    """Organisations by name; ``following`` goes on after the last one, None where there is no more."""

    rows: list[Organisation]
    following: UUID | None


class ShownPatent(BaseModel):
    """What the register says of a patent, as it was brought last."""

    patent_number: str
    title: str
    kind: str
    filed_on: date | None
    granted_on: date | None
    status: str


def finding_shown(filing_id: UUID, one: Finding) -> ShownFinding:
    """A finding of that filing."""
    return ShownFinding(
        filing_id=filing_id,
        key=one.key,
        code=one.code,
        about=dict(one.about),
        opened_on=one.opened_on,
        closed_on=one.closed_on,
    )


def followed(portion: Portion[Any]) -> str | None:
    """Behind which place it goes on."""
    return str(portion.following) if portion.following else None


def turned(page: Page[Any]) -> dict[str, str | None]:
    """Where its neighbours are."""
    return {"newer": str(page.newer) if page.newer else None, "older": str(page.older) if page.older else None}
