"""The papers that the acts of a filing name, to download; and the filings that stand below it."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path
from starlette.responses import HTMLResponse, Response

from database.bulletin.pages import Direction, Place, read_instant_place
from database.console.history import NamedDocument, documents_of
from database.console.mine import Mine, Narrowed, mine
from database.pool import Connection
from schemas.acts.act import FilingKind
from texts.words import name_of
from web.documents import paper_of
from web.lists.listed import BATCH, Columns, Listed, by_key, by_last
from web.pages import filings
from web.pages.filing.page import shown
from web.pages.filing.read import at_one_instant, read
from web.render import render
from web.rights.whose import see, whose
from web.visit import Somebody, Visit

router = APIRouter(prefix="/filings/{filing_id}")
_PAGE = 40


@dataclass(frozen=True)
class OfFiling:
    """Of which filing."""

    filing_id: UUID


Paper = tuple[NamedDocument, FilingKind]


async def _all_papers(visit: Visit, asked: OfFiling) -> AsyncIterator[Sequence[Paper]]:
    async with at_one_instant(visit) as connection:
        found = await read(visit, connection, asked.filing_id, shown=0)
    if found.own is not None:
        return

    async def papers(connection: Connection, after: tuple[int, str]) -> Sequence[Paper]:
        return [(one, found.kind) for one in await documents_of(connection, asked.filing_id, *after, limit=BATCH)]

    async for rows in by_last(visit, papers, (0, ""), lambda one: (one[0].version, one[0].content_hash)):
        yield rows


_PAPERS: Columns[Paper] = (
    ("paper", lambda one, _: one[0].name),
    ("content_hash", lambda one, _: one[0].content_hash),
    ("named_by", lambda one, language: name_of("acts", f"{one[1]}.{one[0].act}", language)),
    ("legal_day", lambda one, _: one[0].legal_on),
    ("bytes", lambda one, _: one[0].size),
)
PAPERS = Listed("/filings/{filing_id}/documents", _PAPERS, _all_papers, OfFiling)


async def _all_below(visit: Visit, asked: OfFiling) -> AsyncIterator[Sequence[Mine]]:
    async with visit.console.pool.acquire() as connection:
        await see(visit, connection, asked.filing_id)
    theirs, narrowed = whose(visit), Narrowed(below=asked.filing_id)
    async for rows in by_key(
        visit, lambda connection, place: mine(connection, theirs, narrowed, place=place, size=BATCH)
    ):
        yield rows


BELOW = Listed("/filings/{filing_id}/below", filings.COLUMNS, _all_below, OfFiling)


@router.get("/documents")
async def documents(visit: Somebody, filing_id: UUID, after: str = "") -> HTMLResponse:
    """The list, in the order of recording; ``after``: the last one of the page before."""
    version, _, content_hash = after.partition(".")
    place = (int(version), content_hash) if version.isdecimal() and len(version) < 9 else (0, "")
    papers = list[NamedDocument]()
    async with at_one_instant(visit) as connection:
        found = await read(visit, connection, filing_id, shown=0)
        if found.own is None:
            papers = await documents_of(connection, filing_id, *place, limit=_PAGE + 1)
    rows = papers[:_PAGE]
    later = f"?after={rows[-1].version}.{rows[-1].content_hash}" if len(papers) > _PAGE else ""
    return render(
        visit, "filing/documents.html", **shown(visit, found, "documents"), listed=PAPERS, papers=rows, later=later
    )


@router.get("/documents/{content_hash}")
async def document(
    visit: Somebody, filing_id: UUID, content_hash: Annotated[str, Path(pattern="^[0-9a-f]{64}$")]
) -> Response:
    """One of them."""
    return await paper_of(visit, filing_id, content_hash)


@router.get("/below")
async def below(visit: Somebody, filing_id: UUID, older: str = "", newer: str = "") -> HTMLResponse:
    """The filings below it that are the reader's to see, newest first."""
    direction: Direction = "newer" if newer else "older"
    place: Place | None = read_instant_place(newer or older)
    async with at_one_instant(visit) as connection:
        found = await read(visit, connection, filing_id, shown=0)
        rows = await mine(
            connection, whose(visit), Narrowed(below=filing_id), place=place, direction=direction, size=_PAGE
        )
    return render(
        visit,
        "filing/below.html",
        **shown(visit, found, "below"),
        listed=BELOW,
        rows=rows.rows,
        newer=f"?newer={rows.newer}" if rows.newer else "",
        older=f"?older={rows.older}" if rows.older else "",
    )
