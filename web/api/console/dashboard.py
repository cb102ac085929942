"""How the platform stands, for programs of operators."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel

from web.api.caller import Reader
from web.api.described import noes
from web.api.reads import OWN
from web.pages.operator.dashboard import counted

router = APIRouter()
_READ: dict[str, Any] = {"responses": noes(401, 403, 404), "openapi_extra": OWN, "tags": ["operate"]}


class CountedFilings(BaseModel):
    """So many filings with these values; what is not told apart is empty."""

    kind: str
    stage: str
    region: str
    platform: str
    number: int


class CountedDay(BaseModel):
    """So many of a day."""

    on: date
    number: int


class CountedTasks(BaseModel):
    """So many open tasks of a role, so many of them late; counted up to 1,001."""

    role: str
    number: int
    late: int


class CountedAges(BaseModel):
    """So many filings that have stood in a stage for so many days and more."""

    kind: str
    stage: str
    days: int
    number: int


class StuckFiling(BaseModel):
    """A filing that does not go on though nobody and no day is waited for."""

    filing_id: UUID
    kind: str | None
    why: str
    since: datetime


class Dashboard(BaseModel):
    """Counts; what is due, waits, is done and stuck is told of the whole, and null for a sub-platform."""

    stages: list[CountedFilings]
    regions: list[CountedFilings]
    platforms: list[CountedFilings]
    due: list[CountedDay] | None = None
    tasks: list[CountedTasks] | None = None
    aged: list[CountedAges] | None = None
    done: list[CountedDay] | None = None
    stuck: list[StuckFiling] | None = None


@router.get("/dashboard", **_READ)
async def dashboard(visit: Reader) -> Dashboard:
    """How many filings stand where, and what is at risk. 运行概况。"""
    async with visit.console.pool.acquire() as connection:
        return Dashboard.model_validate(await counted(visit, connection), from_attributes=True)
