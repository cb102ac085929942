"""The record of a filing as it is kept: every event with what proves it, for operators and auditors."""

import json
from collections.abc import AsyncIterator, Sequence
from hashlib import sha256
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import HTMLResponse, Response

from database.console.history import Recorded, find_recorded, recorded_of
from web.lists.listed import BATCH, Columns, Listed, by_last
from web.pages.filing.documents import OfFiling
from web.pages.filing.page import shown
from web.pages.filing.read import ShownFiling, at_one_instant, read
from web.render import render
from web.rights.whose import see
from web.visit import NotFound, Somebody, Visit

router = APIRouter(prefix="/filings/{filing_id}/history")
_PAGE, _LONGEST = 50, 30_000
"""Events of a page, and signs of a body that a page shows; the bytes have all."""


async def _all(visit: Visit, asked: OfFiling) -> AsyncIterator[Sequence[Recorded]]:
    async with visit.console.pool.acquire() as connection:
        await see(visit, connection, asked.filing_id)
    async for rows in by_last(
        visit,
        lambda connection, after: recorded_of(connection, asked.filing_id, after, BATCH),
        0,
        lambda one: one.version,
    ):
        yield rows


_COLUMNS: Columns[Recorded] = (
    ("version", lambda one, _: one.version),
    ("event", lambda one, _: one.kind),
    ("legal_day", lambda one, _: one.legal_on),
    ("recorded_at", lambda one, _: one.recorded_at),
    ("bytes", lambda one, _: one.size),
    ("act_id", lambda one, _: one.act_id),
    ("chain_hash", lambda one, _: one.hash.hex()),
)
LIST = Listed("/filings/{filing_id}/history", _COLUMNS, _all, OfFiling)


@router.get("")
async def history(visit: Somebody, filing_id: UUID, after: int = 0) -> HTMLResponse:
    """The chain, in its order; ``after``: the last version of the page before."""
    async with at_one_instant(visit) as connection:
        found = await read(visit, connection, filing_id, shown=0)
        events = await recorded_of(connection, filing_id, _version(after), limit=_PAGE + 1)
    rows = events[:_PAGE]
    later = f"?after={rows[-1].version}" if len(events) > _PAGE else ""
    return render(visit, "filing/history.html", **shown(visit, found, "history"), listed=LIST, events=rows, later=later)


@router.get("/{version}")
async def event(visit: Somebody, filing_id: UUID, version: int) -> HTMLResponse:
    """One event: what it says, and every number by which it can be proved."""
    async with at_one_instant(visit) as connection:
        found: ShownFiling = await read(visit, connection, filing_id, shown=0)
        kept = await find_recorded(connection, filing_id, _version(version))
    if kept is None:
        raise NotFound
    recorded, body, canonical = kept
    text = json.dumps(body, ensure_ascii=False, indent=1)
    return render(
        visit,
        "filing/event.html",
        **shown(visit, found, "history"),
        event=recorded,
        body=text[:_LONGEST],
        is_cut=len(text) > _LONGEST,
        bytes_hash=sha256(canonical).hexdigest(),
    )


@router.get("/{version}/bytes")
async def canonical_bytes(visit: Somebody, filing_id: UUID, version: int) -> Response:
    """The bytes that the chain hashes, exactly."""
    async with at_one_instant(visit) as connection:
        await read(visit, connection, filing_id, shown=0)
        kept = await find_recorded(connection, filing_id, _version(version))
    if kept is None:
        raise NotFound
    headers = {"Content-Disposition": f'attachment; filename="{filing_id}-{version}.json"'}
    return Response(kept[2], media_type="application/octet-stream", headers=headers)


def _version(given: int) -> int:
    """A number that the database takes; no filing has an event of the others."""
    return given if 0 <= given < 2**31 else 0
