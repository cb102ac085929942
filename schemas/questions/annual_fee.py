"""What must be known of a patent to say which annual fee (年费) is due for one of its years, and what is still owed."""

from typing import Annotated, Literal

from pydantic import Field

from schemas.values.cells.numbers import DIGITS
from schemas.values.model import Day, Model
from schemas.values.money import Amount, PositiveAmount
from schemas.values.patent_number import PatentKind


class FeePayment(Model):
    """What the office received for this year's fee and surcharge, and when."""

    paid_on: Day
    amount: PositiveAmount


class OwnerMeans(Model):
    """One owner with its means in the year before; an income that nobody stated is asked for."""

    kind: Literal[
        "individual", "enterprise", "public_institution", "social_organisation", "nonprofit_research_body", "other"
    ]
    monthly_income: Amount | None = None
    """Individuals: average of a month of last year."""
    taxable_income: Amount | None = None
    """Enterprises: taxable income of last year."""


class RecordedLicence(Model):
    """A recorded licence of the patent; only one under the announced terms is an open licence (GL-8)."""

    effective_on: Day
    ends_on: Day | None = None
    """Last day of its term, included; None is "not stated"."""
    recorded_on: Day
    negotiated: bool = False
    withdrawal_announced_on: Day | None = None
    """When the withdrawal of the declaration that it came from was announced."""


class AnnualFeeInputs(Model):
    """``None`` is "not stated", ``()`` is "none"; the first patent ``year`` begins on the filing day."""

    patent_kind: PatentKind
    filed_on: Day
    granted_on: Day
    """Announcement of the grant."""
    year: Annotated[int, Field(ge=1, le=40), DIGITS]
    compensation_days: Annotated[int, Field(ge=0, le=3_700), DIGITS] = 0
    owners: Annotated[tuple[OwnerMeans, ...], Field(max_length=60)] | None = None
    licences: Annotated[tuple[RecordedLicence, ...], Field(max_length=1_000)] | None = None
    payments: Annotated[tuple[FeePayment, ...], Field(max_length=100)] = ()
    termination_notice_received_on: Day | None = None
    restored_on: Day | None = None
    """The office's decision to restore the right."""
