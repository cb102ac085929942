"""The elements of a scheme: bases, windows, conditions, thresholds, amounts, bounds, funding (domain 7.1)."""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, PlainSerializer, StringConstraints, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from schemas.determination import Citation
from schemas.model import Model
from schemas.money import Amount, PositiveAmount
from schemas.parameter import Filled, Mark


class Measure(StrEnum):
    """What is added up; ``registered_receipts`` is at most what the contract registration certifies (D-18)."""

    RECEIVED = "received"
    PAID = "paid"
    CONTRACT_AMOUNT = "contract_amount"
    TECHNOLOGY_TRANSACTION_AMOUNT = "technology_transaction_amount"
    REGISTERED_RECEIPTS = "registered_receipts"
    NEW_PRODUCT_REVENUE = "new_product_revenue"
    INVESTMENT = "investment"
    TRANSACTION_VOLUME = "transaction_volume"
    COUNT = "count"


class Per(StrEnum):
    """Over what an amount, a threshold, a floor or a cap is taken; ``year`` is all of one claimant in one year."""

    ITEM = "item"
    PATENT = "patent"
    CONTRACT = "contract"
    PROJECT = "project"
    YEAR = "year"


def _exact(value: Any) -> Any:
    # A YAML float is refused by the loader, a JSON number here: both may have lost digits.
    if isinstance(value, Decimal):
        return value
    if isinstance(value, str) and value.isascii() and value.replace(".", "", 1).isdigit():
        return Decimal(value)
    raise PydanticCustomError("not_a_share", 'a share is a quoted decimal fraction such as "0.05", never a number')


Share = Annotated[
    Decimal,
    BeforeValidator(_exact),
    Field(ge=0, le=1, decimal_places=8),
    PlainSerializer(lambda share: f"{share:f}", return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "pattern": r"^[01](\.\d{1,8})?$", "examples": ["0.05"]}),
]
"""A part of one, from 0 to 1; in YAML and JSON a quoted decimal fraction."""
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=80)]
SchemeId = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9]*(-[A-Z0-9]+)*$", max_length=60)]
Region = Annotated[str, StringConstraints(pattern=r"^[a-z_]+(\.[a-z_]+)*$", max_length=80)]


class Clause(Model):
    """One element of a scheme; without its own citation and mark it rests on those of the version."""

    cite: Citation | None = None
    mark: Mark | None = None


class Condition(Clause):
    """What a fact must be; exactly one of ``one_of``, ``none_of`` and ``within`` (a region and all inside it)."""

    fact: Name
    one_of: Annotated[tuple[Filled, ...], Field(min_length=1)] | None = None
    none_of: Annotated[tuple[Filled, ...], Field(min_length=1)] | None = None
    within: Region | None = None

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if sum(one is not None for one in (self.one_of, self.none_of, self.within)) != 1:
            raise PydanticCustomError("condition_unclear", "a condition has one of one_of, none_of and within")
        return self


class Base(Clause):
    """What is added up; ``growth``: only what is more than in the year before."""

    measure: Measure
    growth: bool = False
    count_of: Literal["item", "patent", "contract", "project"] = "item"
    """What is counted, each once; with the measure ``count`` only."""

    @model_validator(mode="after")
    def _counts(self) -> Self:
        if self.measure is not Measure.COUNT and "count_of" in self.model_fields_set:
            raise PydanticCustomError("count_of_without_count", "count_of stands with the measure count only")
        if self.measure is Measure.COUNT and self.growth:
            raise PydanticCustomError("count_grows", "a count does not grow; use a measure of money")
        return self


class Window(Clause):
    """The day that decides the year, and the year: it begins on ``begins`` and is named by the year it begins in."""

    decided_by: Literal["received_on", "paid_on", "contract_on", "registered_on", "recorded_on", "event_on"]
    span: Literal["year", "call"] = "year"
    """``call``: the first and last day are set by the call."""
    begins: Annotated[str, StringConstraints(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")] = "01-01"


class Threshold(Clause):
    """What falls short of it counts for nothing; exactly one of the three ways to say it."""

    per: Per
    at_least: Amount | None = None
    """以上: the amount itself is enough."""
    more_than: Amount | None = None
    """超过: the amount itself is not enough."""
    count_at_least: Annotated[int, Field(strict=True, ge=1)] | None = None

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if sum(one is not None for one in (self.at_least, self.more_than, self.count_at_least)) != 1:
            raise PydanticCustomError(
                "threshold_unclear", "a threshold has one of at_least, more_than and count_at_least",
            )
        return self


class Tier(Model):
    """A step of the base; exactly one of ``at_least`` (以上, the amount included) and ``above`` (超过)."""

    at_least: Amount | None = None
    above: Amount | None = None
    rate: Share

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if (self.at_least is None) is (self.above is None):
            raise PydanticCustomError("tier_unclear", "a tier has one of at_least and above")
        return self

    @property
    def begins_fen(self) -> int:
        """Where the tier begins, in fen."""
        begins = self.at_least if self.at_least is not None else self.above
        assert begins is not None
        return begins.fen


class FixedStep(Model):
    """From a base of so much (included), an amount of so much."""

    at_least: Amount
    amount: Amount


class Formula(Model):
    """How much; exactly one of the ways."""

    rate: Share | None = None
    marginal: Annotated[tuple[Tier, ...], Field(min_length=1)] | None = None
    """Each part of the base at the rate of its own tier."""
    whole: Annotated[tuple[Tier, ...], Field(min_length=1)] | None = None
    """The whole base at the rate of the tier it reaches."""
    steps: Annotated[tuple[FixedStep, ...], Field(min_length=1)] | None = None
    each: PositiveAmount | None = None
    """So much for each one counted; with the measure ``count`` only."""
    lump: dict[Name, PositiveAmount] | None = None
    """So much for an event of that name, once for each item."""

    @model_validator(mode="after")
    def _is_one_way(self) -> Self:
        ways = [name for name in WAYS if getattr(self, name) is not None]
        if len(ways) != 1:
            raise PydanticCustomError("formula_unclear", "an amount is reckoned in one way; one of {ways}",
                                      {"ways": ", ".join(WAYS)})
        for tiers in (self.marginal, self.whole):
            begins = [tier.begins_fen for tier in tiers or ()]
            if begins != sorted(set(begins)):
                raise PydanticCustomError("tiers_unordered", "tiers stand in order of their beginnings, each once")
        steps = [step.at_least.fen for step in self.steps or ()]
        if steps != sorted(set(steps)):
            raise PydanticCustomError("steps_unordered", "steps stand in order of their beginnings, each once")
        return self


WAYS = ("rate", "marginal", "whole", "steps", "each", "lump")


class SchemeAmount(Clause, Formula):
    """The amount of each ``per``; with ``by`` a formula for each value of a fact of the items instead."""

    per: Per = Per.YEAR
    by: Name | None = None
    cases: Mapping[Filled, Formula] | None = None

    @model_validator(mode="after")
    def _is_one_way(self) -> Self:
        if (self.by is None) is not (self.cases is None):
            raise PydanticCustomError("cases_unclear", "by and cases stand together")
        if self.cases is None:
            Formula._is_one_way(self)  # type: ignore[operator]  # a validator is a method as well
        elif any(getattr(self, name) is not None for name in WAYS) or not self.cases:
            raise PydanticCustomError("cases_unclear", "with by, each way stands in its case")
        return self

    @property
    def formulas(self) -> tuple[Formula, ...]:
        """All formulas of this amount."""
        return tuple(self.cases.values()) if self.cases else (self,)


class Bound(Clause):
    """A floor or a cap of one ``per``."""

    per: Per
    amount: PositiveAmount


class Payer(Model):
    """Who pays which part."""

    payer: Name
    share: Share


class Funding(Clause):
    """Parts that add up to the whole; ``odd_fen`` is the payer who gets what does not divide."""

    parts: Annotated[tuple[Payer, ...], Field(min_length=1)]
    odd_fen: Name

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        names = [part.payer for part in self.parts]
        if len(set(names)) != len(names) or self.odd_fen not in names:
            raise PydanticCustomError("funding_unclear", "each payer stands once, and odd_fen is one of them")
        if sum((part.share for part in self.parts), Decimal(0)) != 1:
            raise PydanticCustomError("funding_not_whole", "the payers' shares must add up to 1")
        return self


class PassThrough(Clause):
    """The least part that the claimant has to pass on."""

    to: Name
    at_least: Share


class Budget(Clause):
    """What happens when the claims are more than the budget."""

    when_short: Literal["pro_rata", "first_come", "pay_all"] = "pay_all"


class Stacking(Clause):
    """The same receipt in another scheme of the same payers; without this clause it is flagged (D-43)."""

    rule: Literal["none", "best_of", "add"]
    among: Annotated[tuple[SchemeId, ...], Field(min_length=1)]
