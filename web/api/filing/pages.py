"""A filing's papers, royalties and proofs, and the papers that are printed of it: as its pages show and give them."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel
from starlette.responses import Response

from database.bulletin.pages import read_instant_place
from database.console.history import documents_of
from database.console.mine import Narrowed, mine
from schemas.values.money import Money
from web.api.caller import Reader
from web.api.described import noes
from web.api.reads import OWN, Size, Turn, turn
from web.api.shown import Filings, turned
from web.pages import receipts
from web.pages.filing import history
from web.pages.filing.read import at_one_instant
from web.pages.filing.read import read as read_filing
from web.pages.filing.royalties import read_royalties
from web.pages.licensee import certificate
from web.rights.whose import whose

router = APIRouter()
_READ: dict[str, Any] = {"responses": noes(401, 403, 404), "openapi_extra": OWN, "tags": ["read"]}
_Version = Annotated[int, Path(ge=1, lt=2**31)]


def _file(media_type: str) -> dict[str, Any]:
    content = {media_type: {"schema": {"type": "string", "format": "binary"}}}
    said: dict[int | str, dict[str, Any]] = {200: {"content": content}}
    return {**_READ, "responses": noes(401, 403, 404, 409) | said, "response_class": Response, "tags": ["documents"]}


class PaperOfFiling(BaseModel):
    """A paper that an act of the filing names, with the first act that does."""

    content_hash: str
    name: str
    media_type: str
    size: int
    added_at: datetime
    version: int
    act_id: UUID
    act: str
    legal_on: date


class PapersOfFiling(BaseModel):
    """In the order of recording; ask again with the last ``version`` and ``content_hash``."""

    rows: list[PaperOfFiling]


class ReportedPeriod(BaseModel):
    """One reporting period that has begun: what was told of it, and what it makes payable."""

    n: int
    first_on: date
    last_on: date
    licence_year: int
    sales: dict[str, str]
    owed: Money | None
    is_disputed: bool


class Royalties(BaseModel):
    """The periods of a running royalty, the last first; dues stand in the position of the filing."""

    periods: list[ReportedPeriod]


@router.get("/filings/{filing_id}/documents", **_READ)
async def papers(
    visit: Reader,
    filing_id: UUID,
    after: Annotated[int, Query(ge=0, lt=2**31)] = 0,
    after_hash: Annotated[str, Query(pattern="^[0-9a-f]{0,64}$")] = "",
    limit: Size = 50,
) -> PapersOfFiling:
    """The papers that the acts of a filing name. 事项所列文件。"""
    async with at_one_instant(visit) as connection:
        found = await read_filing(visit, connection, filing_id, shown=0)
        if found.own is not None:
            return PapersOfFiling(rows=[])  # what they say of others, nobody can cut out of a paper
        rows = await documents_of(connection, filing_id, after, after_hash, limit=limit)
    return PapersOfFiling(rows=[PaperOfFiling.model_validate(one, from_attributes=True) for one in rows])


@router.get("/filings/{filing_id}/below", **_READ)
async def below(visit: Reader, filing_id: UUID, older: Turn = "", newer: Turn = "", limit: Size = 50) -> Filings:
    """The filings below it that are yours to see, newest first. 下级事项。"""
    place, direction = turn(older, newer, read_instant_place)
    async with at_one_instant(visit) as connection:
        await read_filing(visit, connection, filing_id, shown=0)
        rows = await mine(
            connection, whose(visit), Narrowed(below=filing_id), place=place, direction=direction, size=limit
        )
    return Filings(rows=rows.rows, **turned(rows))


@router.get("/filings/{filing_id}/royalties", **_READ)
async def royalties(visit: Reader, filing_id: UUID) -> Royalties:
    """What a licence owes, period by period. 许可使用费各期情况。"""
    async with at_one_instant(visit) as connection:
        found = await read_royalties(visit, connection, filing_id)
    periods = [
        ReportedPeriod(
            n=one.period.n,
            first_on=one.period.first_on,
            last_on=one.period.last_on,
            licence_year=one.period.licence_year,
            sales={name: str(value) for name, value in one.sales.items()},
            owed=one.owed,
            is_disputed=one.is_disputed,
        )
        for one in found.reported
    ]
    return Royalties(periods=periods)


@router.get("/filings/{filing_id}/history/{version}/bytes", **_file("application/octet-stream"))
async def event_bytes(visit: Reader, filing_id: UUID, version: _Version) -> Response:
    """The bytes that the chain hashes, exactly. 参与散列的原始字节。"""
    return await history.canonical_bytes(visit, filing_id, version)


@router.get("/acts/{act_id}/paper", **_file("application/pdf"))
async def receipt_paper(visit: Reader, act_id: UUID) -> Response:
    """A receipt to print, in the language that ``Accept-Language`` asks for. 回执的打印件。"""
    return await receipts.receipt_paper(visit, act_id)


@router.get("/licences/{licence_id}/certificate", **_file("application/pdf"))
async def certificate_paper(visit: Reader, licence_id: UUID) -> Response:
    """What was granted, to print; its code leads to ``/verify``. 许可凭证。"""
    return await certificate.certificate(visit, licence_id)


@router.get("/licences/{licence_id}/recordal-papers", **_file("application/zip"))
async def recordal_papers(visit: Reader, licence_id: UUID) -> Response:
    """What proves a licence to the office that records it. 备案材料。"""
    return await certificate.recordal_papers(visit, licence_id)
