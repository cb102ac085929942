"""The open data for programs that would rather have JSON."""

from datetime import date
from decimal import Decimal

from fastapi import APIRouter
from pydantic import BaseModel

from client.today import today
from web.api.caller import Public
from web.api.described import noes
from web.api.reads import OPEN
from web.pages.open_data import TABLES, rows_of

router = APIRouter()


class ActsOfMonth(BaseModel):
    """So many acts of a kind that were recorded in the month that begins on that day."""

    month: date
    kind: str
    number: int


class FilingsOfRegion(BaseModel):
    """So many filings that stand in a stage now; ``region`` is empty where none is known."""

    kind: str
    stage: str
    region: str
    number: int


class _Terms(BaseModel):
    """Offers that stand or have ended, or licences that took effect by the terms that they took.

    ``measure``: amount and unit_price in yuan, rate in percent, started years (0: until the patent ends), licences of
    an offer. ``region``: empty where none is known, ``*`` everywhere.
    """

    counted_as: str
    measure: str
    price_form: str
    region: str


class TermsOfBand(_Terms):
    """So many that lie between ``at_least`` and where its first digit is one more."""

    at_least: Decimal
    number: int


class Quartiles(_Terms):
    """The quartiles of so many announced prices; each is a price that was announced."""

    number: int
    lower_quartile: Decimal
    median: Decimal
    upper_quartile: Decimal


class RoyaltiesOfBand(BaseModel):
    """So many licences of which between ``at_least`` yuan and the next band arrived; none where there are too few."""

    price_form: str
    at_least: Decimal
    number: int


class Statistics(BaseModel):
    """Numbers that name nobody; all of them are counted, none is sampled."""

    acts_by_month: list[ActsOfMonth]
    filings_by_region: list[FilingsOfRegion]
    terms_by_band: list[TermsOfBand]
    prices: list[Quartiles]
    rates: list[Quartiles]
    royalties_received: list[RoyaltiesOfBand]


@router.get("/statistics", responses=noes(), openapi_extra=OPEN, tags=["public"])
async def statistics(visit: Public) -> Statistics:
    """What the page of statistics draws, and the open data has. 统计与开放数据。"""
    async with visit.console.pool.acquire() as connection:
        files = {name: await rows_of(connection, name, today()) for name in TABLES}
    return Statistics.model_validate(
        {name: [dict(zip(TABLES[name].head, row, strict=True)) for row in rows] for name, rows in files.items()}
    )
