"""What has to be reached, and within what an amount stays: thresholds, criteria of which some suffice, floors, caps."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from schemas.schemes.cases import Leaf, leaves, require_cases, shape_of_cases
from schemas.schemes.clauses import (
    Clause,
    Counted,
    Flag,
    Measure,
    Per,
    PositiveYuan,
    SchemeYuan,
    is_none,
    is_one_of,
    says,
    where,
)
from schemas.schemes.conditions import ClaimantCondition, ItemCondition
from schemas.schemes.vocabularies import FactName
from schemas.values.model import Filled, Model
from schemas.values.money import Money

Summed = Literal[
    Measure.RECEIVED,
    Measure.PAID,
    Measure.CONTRACT_AMOUNT,
    Measure.TECHNOLOGY_TRANSACTION_AMOUNT,
    Measure.NEW_PRODUCT_REVENUE,
    Measure.INVESTMENT,
    Measure.TRANSACTION_VOLUME,
]
"""What items state in yuan, each item its own."""


def first_reaching(count: int | None, at_least: Money | None, beyond: Money | None) -> int:
    """The smallest base that reaches the one border that is stated, in fen; for a count, how many."""
    if count is not None:
        return count
    if at_least is not None:
        return at_least.fen
    assert beyond is not None
    return beyond.fen + 1


class Threshold(Clause):
    """What falls short of it counts for nothing; exactly one of the three ways to say it.

    It looks at the base; ``count_of`` at how many there are instead, ``measure`` at another amount of the items.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "oneOf": [says("at_least"), says("more_than"), says("count_at_least")],
            **where(
                (says("count_of"), says("count_at_least")),
                (says("measure"), {"not": {"anyOf": [says("count_at_least"), is_one_of("per", Per.PATENT)]}}),
            ),
        }
    )

    per: Per
    at_least: SchemeYuan | None = None
    """以上: the amount itself is enough."""
    more_than: SchemeYuan | None = None
    """超过: the amount itself is not enough."""
    count_at_least: Annotated[int, Field(strict=True, ge=1)] | None = None
    count_of: Counted | None = Field(default=None, exclude_if=is_none)
    """What is counted, each once, of what has a base."""
    measure: Summed | None = Field(default=None, exclude_if=is_none)
    before_growth: Flag = False
    """Where the base grows: of the whole of the year, not of what has grown."""

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if sum(one is not None for one in (self.at_least, self.more_than, self.count_at_least)) != 1:
            raise PydanticCustomError(
                "threshold_unclear", "a threshold has one of at_least, more_than and count_at_least"
            )
        if self.count_of is not None and self.count_at_least is None:
            raise PydanticCustomError("count_without_number", "count_of stands with count_at_least; say how many")
        if self.measure is not None and (self.count_at_least is not None or self.per is Per.PATENT):
            raise PydanticCustomError(
                "measure_of_a_threshold",
                "another measure stands with at_least or more_than, and not per patent: its parts are not stated",
            )
        if self.before_growth and not self.is_of_base:
            raise PydanticCustomError("growth_unclear", "before_growth stands with growth of the base only")
        return self

    @property
    def is_of_base(self) -> bool:
        """Whether it looks at the base of the scheme."""
        return self.count_of is None and self.measure is None

    @property
    def first(self) -> int:
        """The smallest base that reaches it, in fen; for a count, how many."""
        return first_reaching(self.count_at_least, self.at_least, self.more_than)


class Criteria(Clause):
    """Conditions and thresholds of which so many have to be met, whichever they are."""

    met: Annotated[int, Field(strict=True, ge=1)]
    claimant: tuple[ClaimantCondition, ...] = ()
    items: tuple[ItemCondition, ...] = ()
    thresholds: tuple[Threshold, ...] = ()

    @model_validator(mode="after")
    def _can_be_met(self) -> Self:
        if not 2 <= self.size >= self.met:
            raise PydanticCustomError(
                "criteria_unclear",
                "{met} of {size} criteria: there are at least two, and at least as many as have to be met",
                {"met": self.met, "size": self.size},
            )
        return self

    @property
    def size(self) -> int:
        """How many there are."""
        return len(self.claimant) + len(self.items) + len(self.thresholds)

    @property
    def of(self) -> Literal["claimant", "items", "year"]:
        """What can be judged alone: the claimant, each item; with a threshold among them, or both, only the year."""
        if self.thresholds or (self.claimant and self.items):
            return "year"
        return "claimant" if self.claimant else "items"


class BoundCase(Model):
    """The amount of a floor or a cap for one value of a fact; or cases of another fact."""

    model_config = shape_of_cases("amount", "by")

    amount: PositiveYuan | None = Field(default=None, exclude_if=is_none)
    by: FactName | None = Field(default=None, exclude_if=is_none)
    cases: Mapping[Filled, "BoundCase"] | None = Field(default=None, exclude_if=is_none)
    otherwise: "BoundCase | None" = Field(default=None, exclude_if=is_none)

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        _require_an_amount(self)
        return self


class Bound(Clause):
    """A floor or a cap of one ``per``; with ``by`` each value has its own, of what belongs to that value."""

    model_config = shape_of_cases("amount", "by")

    per: Per
    amount: PositiveYuan | None = Field(default=None, exclude_if=is_none)
    by: FactName | None = Field(default=None, exclude_if=is_none)
    cases: Mapping[Filled, BoundCase] | None = Field(default=None, exclude_if=is_none)
    otherwise: BoundCase | None = Field(default=None, exclude_if=is_none)

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        _require_an_amount(self)
        return self


def amounts_of_bound(bound: Bound, name: str) -> Iterator[Leaf]:
    """Each amount that the floor or cap can be, in the order of the file.

    To one claimant a version can say nothing for some values of another fact; such a case has no amount.
    """
    return (leaf for leaf in leaves(bound, name) if leaf.said.amount is not None)


def _require_an_amount(bound: BoundCase | Bound) -> None:
    require_cases(bound, bound.amount is not None)
    if bound.by is None and bound.amount is None:
        raise PydanticCustomError("bound_unclear", "a floor or a cap has an amount, or by and cases")
