"""The rest days of one year, as the State Council published them; loaded as data, also while the engine runs."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from schemas.values.determination import Citation
from schemas.values.model import Day, Model

Year = Annotated[int, Field(ge=1985, le=2199)]


class RestPeriod(Model):
    """Days off from ``first`` to ``last``, both included."""

    first: Day
    last: Day

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last < self.first:
            raise PydanticCustomError(
                "rest_ends_before_it_begins", "a rest period ends before it begins; swap its days"
            )
        return self


class YearTable(Model):
    """Rest periods, worked weekends and, where its list is known, the tax record days of one year.

    A notice may reach back into the last December, never forward: what the next one takes of December stands there.
    """

    year: Year
    rest: Annotated[tuple[RestPeriod, ...], Field(min_length=1, max_length=20)]
    worked: Annotated[tuple[Day, ...], Field(max_length=30)] = ()
    """Saturdays and Sundays worked by exchange."""
    tax_record_days: Annotated[tuple[Day, ...], Field(min_length=12, max_length=12)] | None = None
    """Last day for the tax record in each month, January first; None: the tax administration's list is not known."""
    cite: Citation
    tax_cite: Citation | None = None
    mark: Literal["V1", "V2", "S", "I", "M"]
    checked_on: Day

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        for day in (*(end for period in self.rest for end in (period.first, period.last)), *self.worked):
            if not date(self.year - 1, 12, 1) <= day <= date(self.year, 12, 31):
                raise PydanticCustomError(
                    "day_of_another_year",
                    "{day} is no day of the table of {year}; put it into its own table",
                    {"day": day.isoformat(), "year": self.year},
                )
        for day in self.worked:
            if day.weekday() < 5 or any(period.first <= day <= period.last for period in self.rest):
                raise PydanticCustomError(
                    "not_a_worked_weekend",
                    "{day} is not a Saturday or Sunday outside the rest periods; correct it",
                    {"day": day.isoformat()},
                )
        for earlier, later in zip(self.rest, self.rest[1:], strict=False):
            if later.first <= earlier.last:
                raise PydanticCustomError(
                    "rest_disordered",
                    "the rest period from {first} overlaps or precedes the one before; put them in order",
                    {"first": later.first.isoformat()},
                )
        if (self.tax_record_days is None) is not (self.tax_cite is None):
            raise PydanticCustomError(
                "tax_list_without_source", "the tax days and their source come together; give both"
            )
        for month, day in enumerate(self.tax_record_days or (), start=1):
            if (day.year, day.month) != (self.year, month):
                raise PydanticCustomError(
                    "tax_day_of_another_month",
                    "{day} does not lie in month {month} of {year}; one day for each month",
                    {"day": day.isoformat(), "month": month, "year": self.year},
                )
        return self
