"""A day by which something is due, and whether that day can still move."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from schemas.values.model import Day, Model

Because = Literal["", "unknown_year", "no_tax_list", "unconfirmed_value"]
"""Why a day is provisional: a notice of rest days that decides it is unknown; no list of tax days; a period from memory
(mark M)."""

Basis = Literal["legal", "service"]
"""A legal deadline, or one of the platform's own service days (R6); never mixed up anywhere."""

DAYS: Literal["days"] = "days"
DaysCounted = Annotated[Literal["days", "working_days"], Field(exclude_if=lambda counted: counted == DAYS)]
"""How a stated number of days is counted: every day, or working days of the State Council's table (domain L-02 c).

Left out where every day counts, so that what was stated, signed or hashed before reads as it did.
"""


class DueDay(Model):
    """The last day on which an act is in time; a provisional one is shown as such and blocks nothing (R4)."""

    by: Day
    provisional: bool = False
    because: Because = ""

    @model_validator(mode="after")
    def _says_why(self) -> Self:
        if self.provisional is not bool(self.because):
            raise PydanticCustomError(
                "provisional_without_reason", "a day is provisional exactly when it says because of what"
            )
        return self
