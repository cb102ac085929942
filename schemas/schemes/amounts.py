"""How much a scheme gives: rates, tiers, steps, lump sums, and amounts that an authority sets within bounds."""

from collections.abc import Mapping
from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from schemas.schemes.cases import leaves, require_cases, shape_of_cases
from schemas.schemes.clauses import Base, Clause, Per, PositiveYuan, SchemeYuan, Share, exactly_one, is_none
from schemas.schemes.conditions import ItemCondition
from schemas.schemes.kinds import Name
from schemas.schemes.limits import Bound, Threshold, first_reaching
from schemas.schemes.vocabularies import FactName
from schemas.values.model import Filled, Model


class Tier(Model):
    """A step of the base; exactly one of ``at_least`` (以上, the amount included) and ``above`` (超过)."""

    model_config = exactly_one("at_least", "above")

    at_least: SchemeYuan | None = None
    above: SchemeYuan | None = None
    rate: Share

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if (self.at_least is None) is (self.above is None):
            raise PydanticCustomError("tier_unclear", "a tier has one of at_least and above")
        return self

    @property
    def begins_fen(self) -> int:
        """The border of the tier, in fen."""
        begins = self.at_least if self.at_least is not None else self.above
        assert begins is not None
        return begins.fen

    @property
    def first_fen(self) -> int:
        """The smallest base that lies in the tier, in fen."""
        return self.begins_fen if self.at_least is not None else self.begins_fen + 1


class Further(Model):
    """What a step adds for the base beyond its border: a share of it, or so much for each further full amount.

    What does not fill one more is given nothing; of counts the same goes by number.
    """

    model_config = exactly_one("rate", "each_full", "each_full_count")

    rate: Share | None = Field(default=None, exclude_if=is_none)
    each_full: PositiveYuan | None = Field(default=None, exclude_if=is_none)
    each_full_count: Annotated[int, Field(strict=True, ge=1)] | None = Field(default=None, exclude_if=is_none)
    amount: PositiveYuan | None = Field(default=None, exclude_if=is_none)
    """For each of them."""

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        ways = sum(one is not None for one in (self.rate, self.each_full, self.each_full_count))
        if ways != 1 or (self.rate is None) is (self.amount is None):
            raise PydanticCustomError(
                "further_unclear", "further has a rate, or each_full or each_full_count with the amount for each"
            )
        return self

    @property
    def full(self) -> int:
        """How much, in fen, or how many fill one more."""
        return self.each_full_count or (self.each_full.fen if self.each_full is not None else 1)


class FixedStep(Model):
    """From a base of so much, or from so many, an amount of so much; exactly one of the three ways to say from."""

    model_config = exactly_one("at_least", "above", "count_at_least")

    at_least: SchemeYuan | None = None
    above: SchemeYuan | None = None
    count_at_least: Annotated[int, Field(strict=True, ge=1)] | None = None
    amount: SchemeYuan
    further: Further | None = Field(default=None, exclude_if=is_none)

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if sum(one is not None for one in (self.at_least, self.above, self.count_at_least)) != 1:
            raise PydanticCustomError("step_unclear", "a step has one of at_least, above and count_at_least")
        if self.further and (self.further.each_full_count is None) is not (self.count_at_least is None):
            raise PydanticCustomError(
                "further_of_another_unit", "each_full_count stands in steps of a count, rate and each_full in others"
            )
        return self

    @property
    def border(self) -> int:
        """From where on ``further`` counts: the border itself, in fen; for a count, how many."""
        return self.above.fen if self.above is not None else self.first

    @property
    def first(self) -> int:
        """The smallest base that reaches the step, in fen; for a count, how many."""
        return first_reaching(self.count_at_least, self.at_least, self.above)


class Award(Model):
    """An amount that the authority sets for each item, stated as ``awarded``; outside the bounds it is refused."""

    at_least: SchemeYuan | None = None
    at_most: PositiveYuan

    @model_validator(mode="after")
    def _is_a_range(self) -> Self:
        if self.at_least is not None and self.at_most < self.at_least:
            raise PydanticCustomError("award_without_room", "at_most lies below at_least; swap or correct them")
        return self


WAYS = ("rate", "marginal", "whole", "steps", "each", "lump", "awarded")


class Formula(Model):
    """How much; exactly one of the ways."""

    model_config = exactly_one(*WAYS)

    rate: Share | None = None
    marginal: Annotated[tuple[Tier, ...], Field(min_length=1)] | None = None
    """Each part of the base at the rate of its own tier."""
    whole: Annotated[tuple[Tier, ...], Field(min_length=1)] | None = None
    """The whole base at the rate of the tier it reaches."""
    steps: Annotated[tuple[FixedStep, ...], Field(min_length=1)] | None = None
    each: PositiveYuan | None = None
    """So much for each one counted; with the measure ``count`` only."""
    lump: Annotated[dict[Name, PositiveYuan], Field(min_length=1)] | None = None
    """So much for an event of that name, once for each item."""
    awarded: Award | None = None

    @model_validator(mode="after")
    def _is_one_way(self) -> Self:
        if sum(getattr(self, name) is not None for name in WAYS) != 1:
            raise PydanticCustomError(
                "formula_unclear", "an amount is calculated in one way; one of {ways}", {"ways": ", ".join(WAYS)}
            )
        for tiers in (self.marginal, self.whole):
            begins = [tier.begins_fen for tier in tiers or ()]
            if begins != sorted(set(begins)):
                raise PydanticCustomError("tiers_unordered", "tiers stand in order of their beginnings, each once")
        steps = [step.first for step in self.steps or ()]
        if steps != sorted(set(steps)):
            raise PydanticCustomError("steps_unordered", "steps stand in order of their beginnings, each once")
        if len({step.count_at_least is None for step in self.steps or ()}) > 1:
            raise PydanticCustomError("steps_mixed", "steps are all of money or all of a count")
        return self

    @property
    def counts(self) -> bool | None:
        """Whether it goes by how many rather than by how much; None where it goes by neither."""
        if self.lump is not None or self.awarded is not None:
            return None
        return self.each is not None or (self.steps is not None and self.steps[0].count_at_least is not None)

    @property
    def is_by_item(self) -> bool:
        """Whether every item has an amount of its own, whatever its base."""
        return self.counts is None


def _require_one_way(place: "Case | OneAmount", more: bool = False) -> None:
    own = any(getattr(place, name) is not None for name in WAYS)
    require_cases(place, own or more)
    if own and more:
        raise PydanticCustomError("sum_unclear", "in a sum, each way stands in its part")
    if place.by is None and not more:
        Formula._is_one_way(place)  # type: ignore[operator]  # a validator is a method as well


class Case(Formula):
    """The formula for one value of a fact; or cases of another fact within it."""

    model_config = shape_of_cases(*WAYS, "by")

    by: FactName | None = Field(default=None, exclude_if=is_none)
    cases: Mapping[Filled, "Case"] | None = Field(default=None, exclude_if=is_none)
    otherwise: "Case | None" = Field(default=None, exclude_if=is_none)

    @model_validator(mode="after")
    def _is_one_way(self) -> Self:
        _require_one_way(self)
        return self


class OneAmount(Clause, Formula):
    """The amount of each ``per``; with ``by`` a formula for each value of a fact of the items instead."""

    model_config = shape_of_cases(*WAYS, "by")

    per: Per = Per.YEAR
    by: FactName | None = None
    cases: Mapping[Filled, Case] | None = None
    otherwise: Case | None = None
    """For values without a case; without it they get nothing."""

    @model_validator(mode="after")
    def _is_one_way(self) -> Self:
        _require_one_way(self)
        return self

    @property
    def formulas(self) -> tuple[Formula, ...]:
        """All formulas of this amount."""
        return tuple(leaf.said for leaf in leaves(self, "amount"))


class Summand(OneAmount):
    """One part of a sum: calculated by itself, of its own base and items, within its own floors and caps."""

    base: Base | None = Field(default=None, exclude_if=is_none)
    """None: that of the version."""
    items: tuple[ItemCondition, ...] = ()
    """Further conditions beside those of the version."""
    thresholds: tuple[Threshold, ...] = ()
    floors: tuple[Bound, ...] = ()
    caps: tuple[Bound, ...] = ()


class SchemeAmount(OneAmount):
    """How much a version gives; with ``sum`` the amounts of several parts together."""

    model_config = shape_of_cases(*WAYS, "by", "sum")

    sum: Annotated[tuple[Summand, ...], Field(min_length=2)] | None = Field(default=None, exclude_if=is_none)

    @model_validator(mode="after")
    def _is_one_way(self) -> Self:
        _require_one_way(self, more=self.sum is not None)
        if self.sum is not None and (self.by is not None or self.per is not Per.YEAR):
            raise PydanticCustomError("sum_unclear", "in a sum, per and by stand in its parts")
        return self

    @property
    def formulas(self) -> tuple[Formula, ...]:
        """All formulas of this amount, or of its parts."""
        return tuple(one for part in self.sum for one in part.formulas) if self.sum is not None else super().formulas
