"""The correction of what was recorded wrongly: the form of the act as it stands, and what is changed in it."""

from operator import attrgetter
from typing import Any
from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from schemas.acts.act import Act, CorrectFact, FilingKind
from schemas.acts.beginning import never_corrected
from schemas.values.money import STORED
from schemas.values.refusal import Refused
from schemas.wire.form import filled
from web.asking import act_shown, ask, model_of, request_id, stated
from web.documents import texts_of, with_documents
from web.forms.given import Given, as_form, place, read_form
from web.forms.rows import changed_rows
from web.forms.saying import wrong
from web.forms.shape import Control, Field, fields_of
from web.pages.filing.read import ShownFiling, read
from web.parties import with_parties
from web.render import render
from web.rights.table import may
from web.visit import NotFound, Somebody, Visit

router = APIRouter(prefix="/filings/{filing_id}/corrections")
_ACT = "correct_fact"
_OURS = tuple(one for one in fields_of(CorrectFact) if one.name in ("reason", "evidence"))
_REPLACEMENT = "replacement"
_MOST = 10_000
"""Acts of a filing among which the corrected one is looked for; no filing has as many."""


@router.get("/{act_id}")
async def correction_form(visit: Somebody, filing_id: UUID, act_id: UUID) -> Response:
    """The act as it was recorded."""
    found, fields, was = await _found(visit, filing_id, act_id)
    given = as_form(fields, was.model_dump(mode="json", exclude_none=True), _REPLACEMENT)
    return _form(visit, found, act_id, fields, given, uuid4())


@router.post("/{act_id}")
async def correction_sent(visit: Somebody, filing_id: UUID, act_id: UUID) -> Response:
    """What was changed is asked for as a correction; it takes effect with the second person's signature."""
    found, fields, was = await _found(visit, filing_id, act_id)
    form = await visit.form()
    given = texts_of(form)
    asked_as = request_id(given.get("asked_as"))
    try:
        given = await with_documents(visit, form)
        if (rows := changed_rows(_whole(fields), given)) is not None:
            return _form(visit, found, act_id, fields, rows, asked_as)
        changed = await _changed(visit, was, fields, given)
        if (before := _last_that_says(found, act_id, changed)) is not None:
            return RedirectResponse(f"/acts/{before}", 303)  # whoever goes back is given a new form
        stated_body = {**read_form(_OURS, given), "corrects": str(act_id), _REPLACEMENT: changed}
        act = await stated(visit, model_of(FilingKind(found.listed.kind), _ACT), stated_body, asked_as, filing_id)
        answer = await ask(visit, FilingKind(found.listed.kind), act)
    except Refused as refused:
        return _form(visit, found, act_id, fields, given, asked_as, refused)
    return RedirectResponse(f"/acts/{answer.act_id}", 303)


def _last_that_says(found: ShownFiling, act_id: UUID, changed: dict[str, Any]) -> UUID | None:
    """The last correction of that act, where it says the same: asked again, nothing else would come of it."""
    about = [one for one in found.told if one.act["kind"] == _ACT and one.act["corrects"] == str(act_id)]
    last = max(about, key=attrgetter("version"), default=None)
    if last is None or act_shown(found.kind, last.act)[_REPLACEMENT] != changed:
        return None
    return last.act_id


async def _changed(visit: Visit, was: Act, fields: tuple[Field, ...], given: Given) -> dict[str, Any]:
    """The fields that are other than they were recorded, as they are kept; raises Refused for a wrong form."""
    before, asked = was.model_dump(mode="json"), {one.name for one in fields}
    try:
        now = await with_parties(visit, fields, read_form(fields, given, _REPLACEMENT))
        after = filled(type(was), {name: one for name, one in before.items() if name not in asked} | now)
    except Refused as refused:  # it is told by its place in the act, which is a part of this form
        raise Refused(*(one.but(where=place(_REPLACEMENT, one.where)) for one in refused.refusals)) from None
    return {name: value for name, value in after.model_dump(mode="json").items() if value != before.get(name)}


def _whole(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    return (*_OURS, Field(_REPLACEMENT, Control.GROUP, inner=fields))


async def _found(visit: Visit, filing_id: UUID, act_id: UUID) -> tuple[ShownFiling, tuple[Field, ...], Act]:
    """The filing, the fields of the act that can be corrected, and the act as it was recorded."""
    async with visit.console.pool.acquire() as connection:
        found = await read(visit, connection, filing_id, shown=_MOST)
    kind = FilingKind(found.listed.kind)
    if not may(visit.membership.role, kind, _ACT):
        raise NotFound(filing_id, _ACT)
    body = next((one.act for one in found.told if one.act_id == act_id), None)
    if body is None:
        raise NotFound
    was = model_of(kind, body["kind"]).model_validate(body, context=STORED)
    fixed = never_corrected(was)
    return found, tuple(one for one in fields_of(type(was)) if one.name not in fixed), was


def _form(
    visit: Visit,
    found: ShownFiling,
    act_id: UUID,
    fields: tuple[Field, ...],
    given: Given,
    asked_as: UUID,
    refused: Refused | None = None,
) -> Response:
    above, beside = wrong(_whole(fields), given, refused.refusals if refused else (), visit.language)
    return render(
        visit,
        "correction.html",
        422 if refused else 200,
        found=found,
        kind=found.listed.kind,
        corrected=next(one for one in found.told if one.act_id == act_id),
        fields=fields,
        ours=_OURS,
        given=given,
        asked_as=asked_as,
        errors=above,
        problems=beside,
    )
