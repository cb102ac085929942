"""The task list, one page a step, *check your answers*, and the declaration itself."""

from collections.abc import AsyncIterator, Sequence
from uuid import UUID, uuid4

from fastapi import APIRouter
from markupsafe import escape
from starlette.responses import HTMLResponse, RedirectResponse, Response

from client.meant import id_typed
from database.bulletin.pages import Direction, read_instant_place
from database.console.drafts import Draft
from database.registers.parties import public_names
from schemas.acts.act import FilingKind
from schemas.values.refusal import Refusal, Refused
from web.asking import ask
from web.consents.asked import begin_draft
from web.documents import texts_of, with_documents
from web.drafts import Drafts
from web.forms.given import UPLOADED
from web.forms.rows import changed_rows
from web.forms.saying import wrong
from web.lists.listed import BATCH, Columns, Listed, by_key
from web.lists.turned import turned_to
from web.pages.declare.brought import traced
from web.pages.declare.checking import FIELDS, Checked, checked, submitted, wrong_in
from web.pages.declare.register import with_register
from web.pages.declare.steps import STEPS, Step, address_of, asked_by, changes, of_step, state_of, step_of
from web.pages.receipts import read as read_receipt
from web.parties import party_ids
from web.render import instant, render
from web.visit import NotFound, Somebody, Visit
from web.words import word

router = APIRouter(prefix="/declare")
_ACT = "submit"
PAGE = "page"
"""Beside the fields: which open page sends them, and which version of the draft it was made from."""


def _all(visit: Visit, _: object) -> AsyncIterator[Sequence[Draft]]:
    mine = Drafts.of(visit)
    return by_key(visit, lambda connection, place: mine.read(connection, _ACT, place, size=BATCH))


_COLUMNS: Columns[Draft] = (
    ("title", lambda one, _: one.fields.get("offer.title")),
    ("patent_number", lambda one, _: one.fields.get("offer.patent_number")),
    ("changed_at", lambda one, _: one.updated_at),
)
LIST = Listed("/declare", _COLUMNS, _all)


@router.get("")
async def drafts(visit: Somebody, older: str = "", newer: str = "") -> HTMLResponse:
    """The drafts of this organisation, a page at a time, and the button to begin another."""
    direction: Direction = "newer" if newer else "older"
    async with visit.console.pool.acquire() as connection:
        place = read_instant_place(newer or older)
        found = await Drafts.of(visit).read(connection, _ACT, place, direction)
    newer, older = turned_to("newer", found.newer, {}), turned_to("older", found.older, {})
    return render(visit, "declare/drafts.html", listed=LIST, drafts=found.rows, newer=newer, older=older)


@router.post("")
async def begin(visit: Somebody) -> Response:
    """A new draft, with what is known of the organisation already."""
    await visit.form()
    draft = await begin_draft(visit)
    return RedirectResponse(f"/declare/{draft.draft_id}/{STEPS[0].key}", 303)


@router.get("/{draft_id}")
async def tasks(visit: Somebody, draft_id: UUID) -> Response:
    """What is filled in and what is still to do."""
    try:
        draft = await _draft(visit, draft_id)
    except NotFound:
        return await _filed(visit, draft_id)
    refusals = await wrong_in(visit, draft)
    steps = [(one.key, state_of(one, draft.fields, refusals)) for one in STEPS]
    return render(visit, "declare/tasks.html", draft=draft, steps=steps, is_whole=not refusals)


@router.get("/{draft_id}/check")
async def check(visit: Somebody, draft_id: UUID) -> Response:
    """Every answer, and what is still wrong; what will happen, and what a licence would bring to whom."""
    try:
        draft = await _draft(visit, draft_id)
    except NotFound:
        return await _filed(visit, draft_id)
    asked = visit.request.query_params
    state_set, price = asked.get("state_set", "yes") != "no", asked.get("price", "")
    return await _checked(visit, draft, await checked(visit, draft, price, state_set=state_set))


@router.post("/{draft_id}/submit")
async def submit(visit: Somebody, draft_id: UUID) -> Response:
    """The declaration; the draft's id is the act's, so that it is filed once however often it is sent."""
    await visit.form()
    try:
        draft = await _draft(visit, draft_id)
    except NotFound:
        return RedirectResponse(f"/acts/{draft_id}", 303)  # filed before: there is its receipt, or nothing either
    try:
        answer = await ask(visit, FilingKind.DECLARATION, await submitted(visit, draft))
    except Refused as refused:
        return await _checked(visit, draft, Checked(refused.refusals), status=422)
    await Drafts.of(visit).end(draft)
    return RedirectResponse(f"/acts/{answer.act_id}", 303)


@router.get("/{draft_id}/{key}")
async def page(visit: Somebody, draft_id: UUID, key: str) -> Response:
    """One step."""
    try:
        return _page(visit, await _draft(visit, draft_id), _step(key))
    except NotFound:
        return await _filed(visit, draft_id)


@router.post("/{draft_id}/{key}")
async def saved(visit: Somebody, draft_id: UUID, key: str) -> Response:
    """Keeps what was typed, whatever it is; goes on where the page is right, and else says what is not, beside it."""
    draft, step, form = await _draft(visit, draft_id), _step(key), await visit.form()
    typed = texts_of(form)
    refusals: tuple[Refusal, ...] = ()
    try:
        typed = await with_documents(visit, form)
    except Refused as refused:
        refusals = refused.refusals
    rows = changed_rows(FIELDS, typed)
    now = typed if rows is None else rows
    if step.key == "patent":
        now = await with_register(visit, now)
    try:
        seen = _seen(typed), id_typed(typed.get(PAGE, ""))
        draft = await Drafts.of(visit).save(draft, changes(draft.fields, step, now), *seen, is_sent=True)
    except Refused as refused:
        if refused.refusals[0].code != "draft_changed":
            raise
        return _page(visit, await _draft(visit, draft_id), step, moved_by=now, status=409)
    if rows is None:
        refusals = (*refusals, *of_step(step, await wrong_in(visit, draft)))
    if refusals or rows is not None:
        return _page(visit, draft, step, refusals=refusals, status=422 if refusals else 200)
    following = STEPS.index(step) + 1
    to = "check" if "to_check" in typed or following == len(STEPS) else STEPS[following].key
    return RedirectResponse(f"/declare/{draft_id}/{to}", 303)


@router.post("/{draft_id}/{key}/kept")
async def kept(visit: Somebody, draft_id: UUID, key: str) -> Response:
    """Keeps what was typed as soon as a field is left, and says so; files are kept when the page is sent."""
    draft, step, form = await _draft(visit, draft_id), _step(key), await visit.form()
    typed = {name: value for name, value in form.items() if isinstance(value, str) and not name.endswith(UPLOADED)}
    seen = _seen(typed), id_typed(typed.get(PAGE, ""))
    try:
        draft = await Drafts.of(visit).save(draft, changes(draft.fields, step, typed), *seen)
    except Refused as refused:
        if refused.refusals[0].code != "draft_changed":
            raise
        return HTMLResponse(escape(word("draft_moved_kept", visit.language)), 409)
    return HTMLResponse(escape(word("draft_saved_at", visit.language, at=instant(draft.updated_at))))


async def _filed(visit: Visit, draft_id: UUID) -> Response:
    """To its receipt, for whoever goes back after it was filed; raises NotFound where there is none that is yours."""
    await read_receipt(visit, draft_id)
    return RedirectResponse(f"/acts/{draft_id}", 303)


async def _draft(visit: Visit, draft_id: UUID) -> Draft:
    return await Drafts.of(visit).find(draft_id, _ACT)


def _seen(typed: dict[str, str]) -> int | None:
    """The version of the draft that the page was made from."""
    text = typed.get("version", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else None


def _step(key: str) -> Step:
    step = step_of(key)
    if step is None:
        raise NotFound
    return step


def _page(
    visit: Visit,
    draft: Draft,
    step: Step,
    refusals: tuple[Refusal, ...] = (),
    moved_by: dict[str, str] | None = None,
    status: int = 200,
) -> HTMLResponse:
    given = moved_by if moved_by is not None else draft.fields
    above, beside = wrong(FIELDS, given, refusals, visit.language)
    places = [(place.rpartition(".")[0], field) for place, field in zip(step.fields, asked_by(step), strict=True)]
    return render(
        visit,
        "declare/step.html",
        status,
        draft=draft,
        page=uuid4(),
        step=step.key,
        number=STEPS.index(step) + 1,
        total=len(STEPS),
        places=places,
        given=given,
        errors=above,
        problems=beside,
        has_moved=moved_by is not None,
    )


async def _checked(visit: Visit, draft: Draft, found: Checked, status: int = 200) -> HTMLResponse:
    above, _ = wrong(FIELDS, draft.fields, found.refusals, visit.language)
    async with visit.console.pool.acquire() as connection:
        known = await public_names(connection, party_ids(dict(draft.fields)))
    names = {str(party_id): name for party_id, name in known.items()}
    for one, refusal in zip(above, found.refusals, strict=True):
        if (address := address_of(draft.draft_id, refusal)) is not None:
            one["href"] = address
    return render(
        visit,
        "declare/check.html",
        status,
        draft=draft,
        steps=STEPS,
        errors=above,
        preview=found.preview,
        brought=found.brought,
        names=names,
        **traced(visit.language),
    )
