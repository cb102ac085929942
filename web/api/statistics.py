"""The open data for programs that would rather have JSON."""

from datetime import date

from fastapi import APIRouter
from pydantic import BaseModel

from client.today import today
from web.api.caller import Public
from web.api.described import noes
from web.api.reads import OPEN
from web.pages import statistics as statistics_page

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


class Statistics(BaseModel):
    """Numbers that name nobody."""

    acts_by_month: list[ActsOfMonth]
    filings_by_region: list[FilingsOfRegion]


@router.get("/statistics", responses=noes(), openapi_extra=OPEN, tags=["public"])
async def statistics(visit: Public) -> Statistics:
    """What the page of statistics draws, and the open data has. 统计与开放数据。"""
    async with visit.console.pool.acquire() as connection:
        found = await statistics_page.read(connection, today())
    return Statistics(
        acts_by_month=[ActsOfMonth(month=one.month, kind=one.kind, number=one.number) for one in found.months],
        filings_by_region=[
            FilingsOfRegion(kind=one.kind, stage=one.stage, region=one.region, number=one.number)
            for one in found.standing
        ],
    )
