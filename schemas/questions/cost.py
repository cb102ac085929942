"""What somebody says who asks what an open licence would cost him: his day, what he expects to sell, and who he is."""

from typing import Annotated

from pydantic import Field

from schemas.schemes.clauses import Region
from schemas.schemes.kinds import SortWord
from schemas.values.cells.numbers import DIGITS
from schemas.values.model import Day, Model
from schemas.values.money import Amount


class CostQuestion(Model):
    """``None`` is *not stated*: what the terms or a scheme need and nobody stated is asked for."""

    notice_on: Day
    """The day on which the notice would reach the patentee; what is due with it is taken to be paid that day."""
    net_sales: Amount | None = None
    """Expected in each full reporting period; a part period has as much of it as it has days. So the two below."""
    profit: Amount | None = None
    units: Annotated[int, Field(ge=0, le=10**12), DIGITS] | None = None
    kind: SortWord | None = None
    region: Region | None = None
    counterparty_kind: SortWord | None = None
    """What the patentee is, and below where it sits."""
    counterparty_region: Region | None = None
