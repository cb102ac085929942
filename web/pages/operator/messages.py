"""What waits for a person: messages that nobody received, deliveries that found no filing, lines that were refused."""

import json
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import HTMLResponse, RedirectResponse, Response

from client.meant import filing_meant
from database.bulletin.pages import Place, read_instant_place
from database.pool import Connection
from database.registers.deliveries import UnmatchedDelivery, find_unmatched, list_unmatched
from database.registers.refused_lines import RefusedLine, SeenTo, find_refused, list_refused, list_seen_to
from database.standing.outbox import Quarantined, list_quarantined
from schemas.values.refusal import Refused
from web.documents import texts_of
from web.forms.saying import wrong
from web.lists.listed import BATCH, Columns, Listed, by_last
from web.registers.messages import RESUME, SEE_TO, book_delivery, put_away, resume_message
from web.registers.writing import may_write
from web.render import render
from web.visit import NotFound, Somebody, Visit
from web.words import whys_in

router = APIRouter(prefix="/messages")
_PAGE = 25
_KINDS = ("unmatched", "refused")


_After = tuple[datetime | None, UUID | None]
_BEGIN: _After = (None, None)


def _all_quarantined(visit: Visit, _: object) -> AsyncIterator[Sequence[Quarantined]]:
    return by_last(visit, lambda found, after: list_quarantined(found, after, BATCH), 0, lambda one: one.id)


def _all_unmatched(visit: Visit, _: object) -> AsyncIterator[Sequence[UnmatchedDelivery]]:
    async def read(connection: Connection, after: _After) -> Sequence[UnmatchedDelivery]:
        return await list_unmatched(connection, *after, limit=BATCH)

    return by_last(visit, read, _BEGIN, lambda one: (one.received_at, one.delivery_id))


def _all_refused(visit: Visit, _: object) -> AsyncIterator[Sequence[RefusedLine]]:
    async def read(connection: Connection, after: _After) -> Sequence[RefusedLine]:
        return await list_refused(connection, BATCH, *after)

    return by_last(visit, read, _BEGIN, lambda one: (one.received_at, one.line_id))


_QUARANTINED: Columns[Quarantined] = (
    ("number", lambda one, _: one.id),
    ("since", lambda one, _: one.created_at),
    ("what", lambda one, _: one.topic),
    ("why", lambda one, _: one.last_error),
    ("filing_id", lambda one, _: one.filing_id),
    ("tries", lambda one, _: one.attempts),
)
_UNMATCHED: Columns[UnmatchedDelivery] = (
    ("event", lambda one, _: one.event_id),
    ("received_at", lambda one, _: one.received_at),
    ("source", lambda one, _: one.source),
    ("kind", lambda one, _: one.type),
)
_REFUSED: Columns[RefusedLine] = (
    ("line_of_file", lambda one, _: f"{one.file} {one.line}"),
    ("received_at", lambda one, _: one.received_at),
    ("why", lambda one, language: whys_in(one.reasons, language)),
)
LISTS: dict[str, Listed[Any]] = {
    "messages": Listed("/messages", _QUARANTINED, _all_quarantined),
    "unmatched": Listed("/messages/unmatched", _UNMATCHED, _all_unmatched),
    "refused": Listed("/messages/refused", _REFUSED, _all_refused),
}


@router.get("")
async def messages(visit: Somebody, after: int = 0, done: str = "") -> HTMLResponse:
    """Messages that hold back their filing, oldest first."""
    return await _messages(visit, after if 0 <= after < 2**62 else 0, done)


async def _messages(visit: Visit, after: int, done: str = "", refused: Refused | None = None) -> HTMLResponse:
    async with visit.console.pool.acquire() as connection:
        found = await list_quarantined(connection, after, limit=_PAGE + 1)
    rows = found[:_PAGE]
    later = f"?after={rows[-1].id}" if len(found) > _PAGE else ""
    return _shown(visit, "messages", refused, rows=rows, later=later, done=done, may_resume=may_write(visit, RESUME))


@router.post("/{message_id}/resume")
async def resumed(visit: Somebody, message_id: int) -> Response:
    """After the cause is mended it is tried again, from its first try."""
    try:
        await visit.form()
        await resume_message(visit, message_id)
    except Refused as why:
        return await _messages(visit, 0, refused=why)
    return RedirectResponse("/messages?done=resumed", 303)


@router.get("/unmatched")
async def unmatched(visit: Somebody, after: str = "", done: str = "") -> HTMLResponse:
    """Delivered events that name nothing we know, oldest first."""
    async with visit.console.pool.acquire() as connection:
        found = await list_unmatched(connection, *_place(after), limit=_PAGE + 1)
        waits = {one.kept_id: one for one in await list_seen_to(connection)}
    rows = found[:_PAGE]
    later = _later([(one.received_at, one.delivery_id) for one in rows], is_more=len(found) > _PAGE)
    return _shown(visit, "unmatched", rows=rows, later=later, done=done, waits=waits)


@router.get("/refused")
async def refused_lines(visit: Somebody, after: str = "", done: str = "") -> HTMLResponse:
    """Lines that imports and deliveries refused, with their reasons, oldest first."""
    at, after_id = _place(after)
    async with visit.console.pool.acquire() as connection:
        found = await list_refused(connection, _PAGE + 1, at, after_id)
        waits = {one.kept_id: one for one in await list_seen_to(connection)}
    rows = found[:_PAGE]
    later = _later([(one.received_at, one.line_id) for one in rows], is_more=len(found) > _PAGE)
    return _shown(visit, "refused", rows=rows, later=later, done=done, waits=waits)


@router.get("/{kind}/{kept_id}")
async def kept(visit: Somebody, kind: str, kept_id: UUID) -> Response:
    """One of them, whole, and what can be done about it."""
    return await _kept(visit, kind, kept_id, {})


@router.post("/unmatched/{kept_id}/book")
async def booked(visit: Somebody, kept_id: UUID) -> Response:
    """A person names the filing; the act is asked for there, and refused or granted like any other."""
    form = texts_of(await visit.form())
    try:
        async with visit.console.pool.acquire() as connection:
            filing_id, _ = await filing_meant(connection, form.get("filing", "").strip() or "-", where="filing")
        act_id = await book_delivery(visit, kept_id, filing_id, form.get("reason", ""))
    except Refused as why:
        return await _kept(visit, "unmatched", kept_id, form, why)
    return RedirectResponse(f"/acts/{act_id}", 303)


@router.post("/{kind}/{kept_id}/seen-to")
async def seen_to(visit: Somebody, kind: str, kept_id: UUID) -> Response:
    """A person says that it needs nothing more, and why; what was delivered ends with the second one."""
    if kind not in _KINDS:
        raise NotFound
    form = texts_of(await visit.form())
    try:
        has_ended = await put_away(visit, kept_id, form.get("reason", ""))
    except Refused as why:
        return await _kept(visit, kind, kept_id, form, why)
    return RedirectResponse(f"/messages/{kind}?done={'ended' if has_ended else 'needs_second'}", 303)


async def _kept(
    visit: Visit, kind: str, kept_id: UUID, given: dict[str, str], refused: Refused | None = None
) -> HTMLResponse:
    if kind not in _KINDS:
        raise NotFound
    async with visit.console.pool.acquire() as connection:
        delivery = await find_unmatched(connection, kept_id) if kind == "unmatched" else None
        line = await find_refused(connection, kept_id) if kind == "refused" else None
        first: SeenTo | None = next(iter(await list_seen_to(connection, kept_id)), None)
    if delivery is None and line is None:
        raise NotFound
    above, beside = wrong((), given, refused.refusals if refused else (), visit.language)
    text = json.dumps(delivery.event, ensure_ascii=False, indent=1) if delivery else line.body if line else ""
    context: dict[str, Any] = {
        "kind": kind,
        "kept_id": kept_id,
        "delivery": delivery,
        "line": line,
        "body": text,
        "first": first,
        "is_first": first is not None and visit.session is not None and first.seen_by == visit.session.party_id,
        "needs_two": delivery is not None or (line is not None and line.origin == "deliver"),
        "given": given,
        "errors": above,
        "problems": beside,
        "may_end": may_write(visit, SEE_TO),
    }
    return render(visit, "operator/kept.html", 422 if refused else 200, compact=True, **context)


def _shown(visit: Visit, section: str, refused: Refused | None = None, **context: Any) -> HTMLResponse:
    errors = wrong((), {}, refused.refusals if refused else (), visit.language)[0]
    pages = [
        (f"messages_{one}", "/messages" + ("" if one == "messages" else f"/{one}")) for one in ("messages", *_KINDS)
    ]
    context |= {"section": section, "pages": pages, "errors": errors}
    return render(
        visit, "operator/messages.html", 422 if refused else 200, listed=LISTS[section], compact=True, **context
    )


def _place(after: str) -> tuple[datetime | None, UUID | None]:
    place: Place | None = read_instant_place(after)
    return (place.at, place.id) if place is not None and isinstance(place.at, datetime) else (None, None)


def _later(places: list[tuple[datetime, UUID]], *, is_more: bool) -> str:
    return f"?after={quote(str(Place(*places[-1])), safe='')}" if is_more else ""
