"""The elements of a scheme: bases, windows, conditions, thresholds, bounds, funding (docs/schemes.md)."""

import re
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from schemas.schemes.kinds import Name
from schemas.values.determination import Answer3, Citation
from schemas.values.model import Model
from schemas.values.money import Amount, PositiveAmount
from schemas.values.parameter import Mark, StrictDay
from schemas.values.refusal import nearest
from schemas.values.regions import REGIONS


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
    COUNTERPARTY = "counterparty"
    YEAR = "year"


Counted = Literal["item", "patent", "contract", "project", "counterparty"]
"""What can be counted, each once; a counterparty is the other side of a contract."""


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


_PART = r"^([01](\.\d{1,8})?|[1-9]\d{0,3}/[1-9]\d{0,3})$"


def _is_part(value: Any) -> Any:
    if isinstance(value, str) and re.fullmatch(_PART, value, re.ASCII) and Fraction(value) <= 1:
        return value
    raise PydanticCustomError("not_a_part", 'a payer\'s share is a quoted decimal or fraction, "0.5" or "1/3"')


Part = Annotated[
    str, BeforeValidator(_is_part), WithJsonSchema({"type": "string", "pattern": _PART, "examples": ["0.5", "1/3"]})
]
"""As ``Share``, and also as a fraction, since a third has no end as a decimal; ``Fraction`` reads both."""
SchemeId = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9]*(-[A-Z0-9]+)*$", max_length=60)]


def _is_somewhere(region: Any) -> Any:
    if isinstance(region, str) and not re.fullmatch(_REGION, region, re.ASCII):
        raise not_a_region(region)
    return region


def not_a_region(given: str) -> PydanticCustomError:
    """The no to what lies in no province; it names the region that was probably meant."""
    province, *inside = given.split(".")
    meant = nearest(province, REGIONS)
    like = ".".join((meant, *inside)) if meant else ""
    return PydanticCustomError(
        "unknown_region",
        "{region} lies in no province that we know; write it as province.city, such as {like}",
        {"region": given, "like": like if re.fullmatch(_REGION, like, re.ASCII) else meant or "guangdong.shenzhen"},
    )


_REGION = rf"^({'|'.join(REGIONS)})(\.[a-z_]+)*$"
Region = Annotated[
    str, StringConstraints(pattern=r"^[a-z_]+(\.[a-z_]+)*$", max_length=80), BeforeValidator(_is_somewhere)
]
"""A province and what lies in it, ``guangdong.shenzhen``; ``national`` is all of China, ``abroad`` the rest."""


def is_none(value: object) -> bool:
    """Leaves out of what is written down what nobody said: a scheme keeps its hash when the grammar grows."""
    return value is None


PlacedRegion = Annotated[Region, WithJsonSchema({"type": "string", "maxLength": 80, "pattern": _REGION})]
"""The same, of which the JSON Schema knows the provinces too."""


def says(name: str) -> Any:
    """The JSON Schema of what has that key with a value other than null."""
    return {"required": [name], "properties": {name: {"not": {"type": "null"}}}}


def is_one_of(name: str, *values: str) -> Any:
    """The JSON Schema of what has one of these values under that key."""
    return {"required": [name], "properties": {name: {"enum": [*values]}}}


def where(*demands: tuple[Any, Any]) -> Any:
    """The JSON Schema of what follows wherever something holds, by pairs; validators say the same."""
    return {"allOf": [{"if": holds, "then": follows} for holds, follows in demands]}


def exactly_one(*names: str) -> ConfigDict:
    """Tells the JSON Schema of a model that exactly one of these keys says something; its validator says the same."""
    return ConfigDict(json_schema_extra={"oneOf": [says(name) for name in names]})


def _as_yuan(pattern: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "pattern": pattern, "title": "yuan", "examples": ["2995.00"]})


SchemeYuan = Annotated[Amount, _as_yuan(r"^\d{1,15}(\.\d{1,2})?$")]
PositiveYuan = Annotated[PositiveAmount, _as_yuan(r"^(?=.*[1-9])\d{1,15}(\.\d{1,2})?$")]
"""The same amounts, of which the JSON Schema of schemes knows also that they are never below zero, or are more."""


Flag = Annotated[bool, Field(strict=True)]
"""True or false and nothing that could be read as one: 1 is a number, and "yes" is a text."""


class Clause(Model):
    """One element of a scheme; without its own citation and mark it rests on those of the version."""

    cite: Citation | None = None
    mark: Mark | None = None


class Base(Clause):
    """What is added up; ``growth``: only what is more than in the year before."""

    model_config = ConfigDict(
        json_schema_extra=where(
            (is_one_of("measure", Measure.COUNT), {"properties": {"growth": {"const": False}}}),
            ({"not": is_one_of("measure", Measure.COUNT)}, {"properties": {"count_of": {"const": "item"}}}),
        )
    )

    measure: Measure
    growth: Flag = False
    count_of: Counted = "item"
    """What is counted, each once; with the measure ``count`` only."""

    @model_validator(mode="after")
    def _counts(self) -> Self:
        if self.measure is not Measure.COUNT and self.count_of != "item":
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
    starts_on: StrictDay | None = Field(default=None, exclude_if=is_none)
    """The first day that counts at all, where the first year is no whole one; that year is then the version's."""

    @model_validator(mode="after")
    def _begins_every_year(self) -> Self:
        try:
            self.first_day(2023)  # no leap year
        except ValueError as error:
            raise PydanticCustomError(
                "no_such_day", "{begins} is not a day of every year; choose another", {"begins": self.begins}
            ) from error
        if self.starts_on is not None and self.span == "call":
            raise PydanticCustomError("call_starts", "the call sets the first day; remove starts_on or span")
        return self

    def first_day(self, year: int) -> date:
        """The first day of the year of that name."""
        month, day = (int(part) for part in self.begins.split("-"))
        return date(year, month, day)

    def year_of(self, day: date) -> int:
        """The name of the year that a day lies in."""
        return day.year if day >= self.first_day(day.year) else day.year - 1

    @property
    def first_year(self) -> int | None:
        """The year that begins late, with ``starts_on``; None where every year is a whole one."""
        return None if self.starts_on is None else self.year_of(self.starts_on)


LINES = ("payable", "reserved", "entitled", "settled", "carried", Answer3.UNKNOWN.value)
"""The names of a result's other lines: no payer can have one of them, or two amounts would bear one name."""


def _is_no_line(payer: str) -> str:
    if payer in LINES:
        raise PydanticCustomError("payer_is_a_line", "{payer} is the name of another line", {"payer": payer})
    return payer


PayerName = Annotated[Name, AfterValidator(_is_no_line), Field(json_schema_extra={"not": {"enum": [*LINES]}})]


class Payer(Model):
    """Who pays which part."""

    payer: PayerName
    share: Part


class Funding(Clause):
    """Parts that add up to the whole; ``odd_fen`` is the payer who gets what does not divide."""

    parts: Annotated[tuple[Payer, ...], Field(min_length=1)]
    odd_fen: Name

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        names = [part.payer for part in self.parts]
        if len(set(names)) != len(names) or self.odd_fen not in names:
            raise PydanticCustomError("funding_unclear", "each payer stands once, and odd_fen is one of them")
        if sum((Fraction(part.share) for part in self.parts), Fraction(0)) != 1:
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
    """The same base in other schemes of the same payers; without this clause it is flagged (D-43).

    ``none``: what another of them granted leaves nothing here. ``best_of``: only what is more than the others granted.
    ``add``: each pays in full.
    """

    rule: Literal["none", "best_of", "add"]
    among: Annotated[tuple[SchemeId, ...], Field(min_length=1)]
