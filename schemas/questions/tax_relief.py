"""What is known of an enterprise's technology contracts and of cash rewards, to say which tax relief they have."""

from typing import Annotated, Literal

from pydantic import Field

from schemas.values.cells.numbers import DIGITS
from schemas.values.determination import Answer3
from schemas.values.model import Day, Model, ShortText
from schemas.values.money import Amount, PositiveAmount
from schemas.values.patent_number import PatentKind


class TechnologyTransfer(Model):
    """One contract's income of the tax year, with what reaches technology transfer income (Guoshuihan 2009 no. 212)."""

    name: ShortText
    deal: Literal["assignment", "non_exclusive_licence"] = "non_exclusive_licence"
    effective_on: Day
    ends_on: Day | None = None
    """Last day of the licence term; None is "not stated", and an assignment has none."""
    patent_kind: PatentKind | None = None
    received: Amount | None = None
    """From performing the contract: no goods, no separable services."""
    amortised_cost: Amount | None = None
    taxes: Amount | None = None
    period_expenses: Amount | None = None
    """Apportioned to licences (M); 0 must be stated."""
    owns_technology: Answer3 = Answer3.UNKNOWN
    determined_as_technology_contract: Answer3 = Answer3.UNKNOWN
    """At provincial level or above; across the border by the commerce department."""
    simple_design_change: Answer3 = Answer3.UNKNOWN
    """Designs only: a mere change of pattern or shape."""
    wholly_held_related_party: Answer3 = Answer3.UNKNOWN
    """The other side is held for 100 %, directly and indirectly."""


class IncomeTaxInputs(Model):
    """All technology transfers of one resident enterprise in one tax year."""

    year: Annotated[int, Field(ge=2008, le=2199), DIGITS]
    contracts: Annotated[tuple[TechnologyTransfer, ...], Field(min_length=1, max_length=1_000)]


class ValueAddedTaxInputs(Model):
    """One technology contract's income, and what an exemption asks for."""

    income_on: Day
    """When the liability to the tax would arise."""
    written_contract: Answer3 = Answer3.UNKNOWN
    determined_by_provincial_department: Answer3 = Answer3.UNKNOWN
    papers_kept: Answer3 = Answer3.UNKNOWN


class StampTaxInputs(Model):
    """One technology contract, and whether who asks has the relief of small taxpayers."""

    contract_on: Day
    amount: Amount | None = None
    """Price, remuneration and royalty as the contract states them, without a value-added tax that it states apart;
    where it states none, as they are settled (Stamp Tax Law arts. 5, 6)."""
    small: Answer3 = Answer3.UNKNOWN
    """Small-scale taxpayer, small low-profit enterprise or individual business."""


class RewardPayment(Model):
    """One cash payment to one person."""

    paid_on: Day
    amount: PositiveAmount
    ordered_before_registration: bool = False
    """Then there is no relief, not later either (D-23)."""


class PersonalTaxInputs(Model):
    """Cash rewards out of one receipt of a licence or transfer."""

    received_on: Day
    payments: Annotated[tuple[RewardPayment, ...], Field(min_length=1, max_length=1_000)]
    nonprofit_unit: Answer3 = Answer3.UNKNOWN
    """State or private research body or university without profit, with the listed certificates."""
    contract_registered_on: Day | None = None
    contract_registered: Answer3 = Answer3.UNKNOWN
    """Where the day is not known."""
    publicity_held: Answer3 = Answer3.UNKNOWN
    disguised_salary: Answer3 = Answer3.UNKNOWN


class PayrollInputs(Model):
    """A reward out of a transformation, and who pays it."""

    employer: Literal["state_enterprise", "public_institution", "other"]
    is_transformation_reward: Answer3 = Answer3.UNKNOWN
    """Yes for licences and transfers; contract research only where it is determined by contract registration."""
