"""An act of a filing: its form, made from its model, and what the engine says to it."""

from typing import Any
from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from client.today import today
from schemas.acts.act import TWO_PERSON_ACTS, FilingKind
from schemas.lifecycle.all import LIFECYCLES
from schemas.values.actor import BACK_DATING
from schemas.values.refusal import Refused
from texts.words import name_of
from web.asking import ask, model_of, request_id, stated
from web.documents import texts_of, with_documents
from web.forms.given import Given, read_form
from web.forms.rows import changed_rows
from web.forms.saying import wrong
from web.forms.shape import Field, fields_of
from web.pages.filing.read import ShownFiling, read
from web.pages.undoing import SHOWN_FIRST, Effects, effects_of
from web.parties import with_parties
from web.render import render
from web.rights.table import may
from web.visit import NotFound, Somebody, Visit

router = APIRouter()
_LONGEST_KNOWN = 60
ASKED_AS, PREVIEW, CONFIRMED = "asked_as", "preview", "confirmed"
"""Beside the act's own fields: the request's id, so that a form sent twice asks for one act; and whether what it would
change is to be shown, or was."""
_REFERENCES = 300
"""Acts of the filing that another can be about, and can be chosen from; an older one is named by its id."""


def fields_asked(visit: Visit, kind: FilingKind, act: str) -> tuple[Field, ...]:
    """What is asked for: the day only of whoever may state an earlier one."""
    found = fields_of(model_of(kind, act))
    states_day = visit.membership.role in BACK_DATING
    return tuple(one for one in found if states_day or one.name != "on")


@router.get("/filings/{filing_id}/acts/{act}")
async def act_form(visit: Somebody, filing_id: UUID, act: str) -> Response:
    """The empty form."""
    found = await _found(visit, filing_id, act)
    kind = FilingKind(found.listed.kind)
    why = next((one for one in found.offered.not_now if one.act == act), None)
    if why is not None:
        return render(visit, "filing/not_now.html", found=found, kind=kind.value, act=act, why=why)
    # A page that leads here knows some of it already, such as which period is reported.
    known = {name: value for name, value in visit.request.query_params.items() if len(value) <= _LONGEST_KNOWN}
    given = {"on": today().isoformat(), **known}
    return _form(visit, found, act, fields_asked(visit, kind, act), given, asked_as=uuid4())


@router.post("/filings/{filing_id}/acts/{act}")
async def act_sent(visit: Somebody, filing_id: UUID, act: str) -> Response:
    """What was stated is asked for; a no stands beside its field, and what was typed stays."""
    found = await _found(visit, filing_id, act)
    kind = FilingKind(found.listed.kind)
    fields, form = fields_asked(visit, kind, act), await visit.form()
    texts = texts_of(form)
    asked_as = request_id(texts.get(ASKED_AS))
    try:
        texts = await with_documents(visit, form)
        if (rows := changed_rows(fields, texts)) is not None:
            return _form(visit, found, act, fields, rows, asked_as)
        body = await with_parties(visit, fields, read_form(fields, texts))
        asked = await stated(visit, model_of(kind, act), body, asked_as, filing_id)
        if PREVIEW in texts or (type(asked) in SHOWN_FIRST and CONFIRMED not in texts):
            return _form(visit, found, act, fields, texts, asked_as, effects=await effects_of(visit, kind, asked))
        answer = await ask(visit, kind, asked)
    except Refused as refused:
        return _form(visit, found, act, fields, texts, asked_as, refused)
    return RedirectResponse(f"/acts/{answer.act_id}", 303)


async def _found(visit: Visit, filing_id: UUID, act: str) -> ShownFiling:
    """The filing, where whoever asks may ask for that act of it at all."""
    async with visit.console.pool.acquire() as connection:
        found = await read(visit, connection, filing_id, shown=_REFERENCES)
    if not may(visit.membership.role, FilingKind(found.listed.kind), act):
        raise NotFound(filing_id, act)
    return found


def _references(visit: Visit, found: ShownFiling, act: str) -> list[dict[str, str]]:
    """The acts of the filing that an act can be about, the last first; a second person's are those of two people."""
    events = [one for one in found.told if act != "countersign" or one.act["kind"] in TWO_PERSON_ACTS]
    return [
        {"value": str(one.act_id), "text": f"{one.version}  {_named(visit, found, one.act['kind'])}  {one.legal_on}"}
        for one in events
    ]


def _named(visit: Visit, found: ShownFiling, act: str) -> str:
    return name_of("acts", f"{found.listed.kind}.{act}", visit.language)


def _form(
    visit: Visit,
    found: ShownFiling,
    act: str,
    fields: tuple[Field, ...],
    given: Given,
    asked_as: UUID,
    refused: Refused | None = None,
    effects: Effects | None = None,
) -> Response:
    kind = FilingKind(found.listed.kind)
    rows = LIFECYCLES[kind].rows_of(act)
    above, beside = wrong(fields, given, refused.refusals if refused else (), visit.language)
    context: dict[str, Any] = {
        "found": found,
        "kind": kind.value,
        "act": act,
        "ground": rows[0].article,
        "guard": rows[0].guard,
        "starts": rows[0].starts,
        "fields": fields,
        "references": _references(visit, found, act),
        "given": given,
        "asked_as": asked_as,
        "effects": effects,
        "must_preview": model_of(kind, act) in SHOWN_FIRST,
        "errors": above,
        "problems": beside,
    }
    return render(visit, "act.html", 422 if refused else 200, **context)
