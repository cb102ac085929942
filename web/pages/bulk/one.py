"""One bulk: its form, what the dry run says of each filing, how far it is, and what came of each."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.responses import RedirectResponse, Response

from client.today import today
from database.work import bulks
from database.work.bulks import UNDER_WAY, Bulk, BulkItem
from schemas.acts.act import FilingKind
from schemas.lifecycle.all import LIFECYCLES
from schemas.values.refusal import Refused
from texts.words import name_of
from web.bulks.acting import acts_for_many, fields_for_many, needs_two
from web.bulks.asking import Why, asked_act, bulk_of, do, sign, try_act
from web.documents import texts_of, with_documents
from web.forms.given import Given, read_form
from web.forms.rows import changed_rows
from web.forms.saying import wrong
from web.forms.shape import fields_of
from web.lists.listed import BATCH, Columns, Listed, by_last
from web.parties import with_parties
from web.render import render
from web.visit import Somebody, Visit
from web.words import whys_in, word

router = APIRouter()
PAGE = 50


@dataclass(frozen=True)
class AskedItems:
    """Of which bulk."""

    bulk_id: UUID


async def _all(visit: Visit, asked: AskedItems) -> AsyncIterator[Sequence[BulkItem]]:
    async with visit.console.pool.acquire() as connection:
        await bulk_of(visit, connection, asked.bulk_id)
    async for items in by_last(
        visit,
        lambda connection, after: bulks.items_of(connection, asked.bulk_id, after, BATCH),
        0,
        lambda one: one.number,
    ):
        yield items


_COLUMNS: Columns[BulkItem] = (
    ("number", lambda one, _: one.number),
    ("kind", lambda one, language: name_of("kinds", one.kind, language)),
    ("filing_id", lambda one, _: one.filing_id),
    ("bulk_item", lambda one, language: word(f"bulk_item_{_said(one)}", language)),
    ("why", lambda one, language: whys_in(one.refusals, language)),
    ("act_id", lambda one, _: one.act_id),
)
LIST = Listed("/bulks/{bulk_id}", _COLUMNS, _all, AskedItems)


@router.get("/bulks/{bulk_id}")
async def one_bulk(visit: Somebody, bulk_id: UUID, after: int = Query(0, ge=0, le=10_000)) -> Response:
    """The page; while the console is at work a part of it asks again by itself."""
    return await _page(visit, bulk_id, "bulk/one.html", after)


@router.get("/bulks/{bulk_id}/progress")
async def progress(visit: Somebody, bulk_id: UUID, after: int = Query(0, ge=0, le=10_000)) -> Response:
    """That part alone."""
    return await _page(visit, bulk_id, "bulk/results.html", after)


async def _page(visit: Visit, bulk_id: UUID, template: str, after: int) -> Response:
    async with visit.console.pool.acquire() as connection:
        bulk = await bulk_of(visit, connection, bulk_id)
        items = await bulks.items_of(connection, bulk_id, after, PAGE + 1)
        numbers = await bulks.counted(connection, bulk_id)
        kinds = await bulks.kinds_in(connection, bulk_id)
    assert visit.session is not None
    return render(
        visit,
        template,
        listed=LIST,
        compact=True,
        bulk=bulk,
        items=items[:PAGE],
        following=items[PAGE - 1].number if len(items) > PAGE else None,
        after=after,
        numbers=numbers,
        is_under_way=bulk.stage in UNDER_WAY,
        found_out=_found_out(bulk, numbers),
        acts=[f"{kind}.{act}" for kind in kinds for act in acts_for_many(visit.membership.role, FilingKind(kind))],
        needs_two=needs_two(bulk),
        is_mine=bulk.asked_by == visit.session.party_id,
        answers=[_said(one) for one in items[:PAGE]],
    )


def _found_out(bulk: Bulk, numbers: dict[str, int]) -> tuple[int, int]:
    """How many items are answered in this stage, of how many."""
    if bulk.stage not in UNDER_WAY:
        return 0, 0
    step, _ = UNDER_WAY[bulk.stage]
    of = {
        "trial": numbers["all"],
        "outcome": numbers.get("trial.possible", 0),
        "signed": numbers.get("outcome.granted", 0),
    }
    answered = sum(numbers.get(f"{step}.{one}", 0) for one in ("possible", "granted", "refused", "fault"))
    return answered, of[step]


def _said(item: BulkItem) -> str:
    """What is known of the item last, as a word."""
    if item.signed:
        return f"signed_{item.signed}"
    if item.outcome:
        return f"outcome_{item.outcome}"
    return f"trial_{item.trial}" if item.trial else "trial_none"


@router.get("/bulks/{bulk_id}/act")
async def bulk_form(visit: Somebody, bulk_id: UUID, act: str = Query(max_length=80)) -> Response:
    """The form of the act, once for all."""
    async with visit.console.pool.acquire() as connection:
        bulk = await bulk_of(visit, connection, bulk_id)
    given = {"on": today().isoformat(), "reason_of_bulk": bulk.reason or ""}
    return _form(visit, bulk, *asked_act(visit, act), given)


@router.post("/bulks/{bulk_id}/act")
async def stated(visit: Somebody, bulk_id: UUID, act: str = Query(max_length=80)) -> Response:
    """What is asked for is kept, and tried for each filing; a no stands beside its field, and what was typed stays."""
    async with visit.console.pool.acquire() as connection:
        bulk = await bulk_of(visit, connection, bulk_id)
    kind, name = asked_act(visit, act)
    fields, form = fields_for_many(kind, name), await visit.form()
    texts = texts_of(form)
    try:
        texts = await with_documents(visit, form)
        if (rows := changed_rows(fields, texts)) is not None:
            return _form(visit, bulk, kind, name, rows)
        body = await with_parties(visit, fields, read_form(fields, texts))
        await try_act(visit, bulk_id, act, body, read_form(fields_of(Why), texts).get("reason_of_bulk"))
    except Refused as refused:
        return _form(visit, bulk, kind, name, texts, refused)
    return RedirectResponse(f"/bulks/{bulk_id}", 303)


@router.post("/bulks/{bulk_id}/do")
async def done(visit: Somebody, bulk_id: UUID) -> Response:
    """It is done, by whoever asked for it; what was not answered is asked again."""
    await visit.form()
    await do(visit, bulk_id)
    return RedirectResponse(f"/bulks/{bulk_id}", 303)


@router.post("/bulks/{bulk_id}/sign")
async def signed(visit: Somebody, bulk_id: UUID) -> Response:
    """The second person countersigns the bulk as a whole: each of its acts gets that signature."""
    await visit.form()
    await sign(visit, bulk_id)
    return RedirectResponse(f"/bulks/{bulk_id}", 303)


def _form(
    visit: Visit, bulk: Bulk, kind: FilingKind, act: str, given: Given, refused: Refused | None = None
) -> Response:
    fields = (*fields_for_many(kind, act), *fields_of(Why))
    above, beside = wrong(fields, given, refused.refusals if refused else (), visit.language)
    context: dict[str, Any] = {
        "bulk": bulk,
        "kind": kind.value,
        "act": act,
        "ground": LIFECYCLES[kind].rows_of(act)[0].article,
        "fields": fields,
        "given": given,
        "errors": above,
        "problems": beside,
    }
    return render(visit, "bulk/act.html", 422 if refused else 200, **context)
