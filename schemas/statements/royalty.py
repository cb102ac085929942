"""Payment method and standard of an offer: a closed union (Civil Code art. 846; Guidelines V-11-3.3).

Every form may carry an announced deferral of the first payment (use first, pay later): only an *announced* deferral
keeps the licence an open licence (D-03).
"""

import re
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from schemas.values.cells.numbers import DIGITS, percent_of
from schemas.values.cells.reading import are_read
from schemas.values.cells.truth import Truth
from schemas.values.due import DAYS, DaysCounted
from schemas.values.model import Day, Model
from schemas.values.money import Amount, PositiveAmount

_PRINTED = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def _exact_text(value: object, info: ValidationInfo) -> object:
    # A JSON number with a point has been a float somewhere on its way, so rates travel as text.
    if isinstance(value, bool | float):
        raise PydanticCustomError("float_rate", 'a rate is a string such as "3.5", never a number with a point')
    if isinstance(value, str) and are_read(info):
        value = percent_of(value)
    # Decimal would also read 1e1, 1_0 and NaN, which two programs could understand differently.
    if isinstance(value, str) and not _PRINTED.fullmatch(value):
        raise PydanticCustomError("not_a_percentage", "a percentage is digits with at most six decimals")
    return value


def _percent(value: Decimal) -> Decimal:
    if not value.is_finite() or not 0 < value <= 100 or value != value.quantize(Decimal("0.000001")):
        raise PydanticCustomError(
            "not_a_percentage", "a percentage is more than 0, at most 100, with at most six decimals"
        )
    return value


Percent = Annotated[Decimal, BeforeValidator(_exact_text), AfterValidator(_percent)]
Months = Annotated[int, Field(ge=0, le=240), DIGITS]
Days = Annotated[int, Field(ge=0, le=3_660), DIGITS]


class RunningBase(StrEnum):
    """What a running royalty is counted on."""

    NET_SALES = "net_sales"
    PROFIT = "profit"
    UNITS = "units"


class ReportingPeriod(StrEnum):
    """How often the licensee reports."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"

    @property
    def months(self) -> int:
        return {"month": 1, "quarter": 3, "half_year": 6, "year": 12}[self.value]


PeriodsBy = Annotated[Literal["effect", "calendar"], Field(exclude_if=lambda by: by == "effect")]
"""Where reporting periods begin: counted from the day of effect, or the calendar's own months, quarters and so on.

By the calendar the first and the last are the started parts in which the licence begins and ends. Left out where they
are counted from the effect, so that what was announced or signed before reads as it did.
"""
PayFrom = Annotated[Literal["report", "last_report_day", "period_end"], Field(exclude_if=lambda at: at == "report")]
"""What the days to pay are counted from: the report (a late one puts nothing off), the last day for it, or the last day
of the period."""


class Free(Model):
    """No royalty: still a recordal, still an annual fee reduction (GL-8)."""

    form: Literal["free"] = "free"


class LumpSum(Model):
    """一次总付."""

    form: Literal["lump_sum"] = "lump_sum"
    amount: PositiveAmount
    pay_within_days: Days | None = None
    """Announced days from the notice; None: no day announced, then only a service day runs."""
    pay_within_days_counted: DaysCounted = DAYS
    first_payment_after_months: Months = 0
    """Announced deferral; 0: due with the notice."""


class Instalment(Model):
    """One part of a price paid in parts."""

    amount: PositiveAmount
    after_months: Months


class Instalments(Model):
    """A price paid in parts; the first part makes the licence effective unless its day is announced later."""

    form: Literal["instalments"] = "instalments"
    instalments: Annotated[tuple[Instalment, ...], Field(min_length=2, max_length=60)]
    pay_within_days: Days | None = None
    pay_within_days_counted: DaysCounted = DAYS

    @model_validator(mode="after")
    def _in_order(self) -> "Instalments":
        months = [part.after_months for part in self.instalments]
        if sorted(set(months)) != months:
            raise PydanticCustomError(
                "instalments_disordered", "instalments stand in the order of their months, one a month"
            )
        return self


class RateStep(Model):
    """The rate from that licence year on; several steps make a rising or falling rate."""

    from_year: Annotated[int, Field(ge=1, le=20), DIGITS]
    percent: Percent


class UnitPriceStep(Model):
    """The price per unit from that licence year on."""

    from_year: Annotated[int, Field(ge=1, le=20), DIGITS]
    price: PositiveAmount


class Running(Model):
    """提成: counted on net sales or profit by a rate, or on units by a price."""

    form: Literal["running"] = "running"
    base: RunningBase
    rates: Annotated[tuple[RateStep, ...], Field(max_length=20)] = ()
    unit_prices: Annotated[tuple[UnitPriceStep, ...], Field(max_length=20)] = ()
    period: ReportingPeriod = ReportingPeriod.YEAR
    report_within_days: Days = 30
    report_within_days_counted: DaysCounted = DAYS
    pay_within_days: Days = 30
    pay_within_days_counted: DaysCounted = DAYS
    periods_by: PeriodsBy = "effect"
    pay_from: PayFrom = "report"
    minimum: Amount | None = None
    """Least royalty of one full period."""
    minimum_pro_rata: Truth = False
    """Only if the announced terms say so is the minimum of a part period cut (D-41)."""

    @model_validator(mode="after")
    def _one_scale(self) -> "Running":
        scale: tuple[RateStep, ...] | tuple[UnitPriceStep, ...]
        scale, other = (
            (self.unit_prices, self.rates) if self.base is RunningBase.UNITS else (self.rates, self.unit_prices)
        )
        years = [step.from_year for step in scale]
        if other or not scale or years[0] != 1 or sorted(set(years)) != years:
            raise PydanticCustomError(
                "running_scale",
                "a running royalty on {base} needs its own scale, from year 1, in the order of years",
                {"base": self.base.value},
            )
        return self


class EntryPlusRunning(Model):
    """入门费加提成."""

    form: Literal["entry_plus_running"] = "entry_plus_running"
    entry: PositiveAmount
    running: Running
    pay_within_days: Days | None = None
    pay_within_days_counted: DaysCounted = DAYS
    first_payment_after_months: Months = 0


Royalty = Annotated[Free | LumpSum | Instalments | Running | EntryPlusRunning, Field(discriminator="form")]


class FixedEnd(Model):
    """The licence ends on a printed day."""

    form: Literal["fixed_end"] = "fixed_end"
    ends_on: Day


class YearsFromEffect(Model):
    """n years from effect; the last day is the corresponding day (D-06)."""

    form: Literal["years_from_effect"] = "years_from_effect"
    years: Annotated[int, Field(ge=1, le=20), DIGITS]


class UntilPatentEnds(Model):
    """From effect, not beyond the patent."""

    form: Literal["until_patent_ends"] = "until_patent_ends"


LicenceTerm = Annotated[FixedEnd | YearsFromEffect | UntilPatentEnds, Field(discriminator="form")]
