"""What the rules about inventors' money are asked with from outside a filing."""

from typing import Annotated

from pydantic import Field

from schemas.statements.remuneration import ReceiptInPool, Region, UnitFacts
from schemas.statements.share import Percent
from schemas.values.cells.numbers import DIGITS
from schemas.values.model import Day, Model, ShortText
from schemas.values.money import Amount
from schemas.values.patent_number import PatentKind


class InventorInputs(Model):
    """A unit and the receipts of one licence; with ``receipt_id`` only what that one adds is asked for."""

    unit: UnitFacts
    receipts: Annotated[tuple[ReceiptInPool, ...], Field(max_length=10_000)]
    receipt_id: ShortText | None = None


class FirstGrantBonusInputs(Model):
    """A unit and a patent of its inventors."""

    unit: UnitFacts
    patent_kind: PatentKind
    granted_on: Day
    """Announcement of the grant."""


class YearOfProfit(Model):
    """One year of exploitation; a profit that nobody stated is asked for, a loss is stated as 0."""

    year: Annotated[int, Field(ge=2015, le=2199), DIGITS]
    operating_profit: Amount | None = None
    """From this achievement alone."""


class OwnExploitationInputs(Model):
    """Years of own or joint exploitation, the first counted year first."""

    state_set: bool
    region: Region = ""
    agreed_percent: Percent | None = None
    """By agreement or published rule."""
    agreed_years: Annotated[int, Field(ge=1, le=20), DIGITS] | None = None
    years: Annotated[tuple[YearOfProfit, ...], Field(min_length=1, max_length=20)]
