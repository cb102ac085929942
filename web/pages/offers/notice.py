"""*Give notice* and the evidence of payment in one way: however often it is sent, it is one notice and one payment."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.responses import HTMLResponse, RedirectResponse, Response

from client.today import today
from database.console.positions import positions_of
from database.reads.matching import licences_of_licensee
from rules.law.calendar import Calendar
from rules.licence.royalty import FirstDue, first_due
from schemas.acts.act import FilingKind
from schemas.acts.licence import GiveNotice, Pay
from schemas.standing.answer import Answer
from schemas.values.model import ContentHash, Model
from schemas.values.money import PositiveAmount
from schemas.values.refusal import Refusal, Refused
from schemas.wire.form import filled
from web.asking import ask, stated
from web.documents import texts_of, with_documents
from web.forms.given import Given, read_form
from web.forms.saying import wrong
from web.forms.shape import Control, Field, fields_of
from web.pages.licensee.licences import Dues, dues_of
from web.pages.offers.offer import ShownOffer, read
from web.parties import with_parties
from web.render import render
from web.visit import Somebody, Visit

router = APIRouter(prefix="/offers")
PAYMENT = "payment"
_STATED_BY_US = frozenset({"declaration_id", "licensee", "n", "on", "evidence"})


class Evidence(Model):
    """What is asked for of a payment; it is looked at before a notice is given that it is to go with."""

    amount: PositiveAmount
    voucher: ContentHash


_PAYING = Field(PAYMENT, Control.GROUP, required=False, inner=fields_of(Evidence))


@dataclass(frozen=True)
class Taking:
    """An offer, and the licence that this licensee has under it already; a second notice would be refused (D-07)."""

    found: ShownOffer
    licence_id: UUID | None
    dues: Dues | None

    @property
    def first(self) -> FirstDue:
        """What has to be paid before a licence takes effect whose notice arrives today."""
        return first_due(self.found.offer.terms[-1].royalty, today(), Calendar.bundled())

    @property
    def asks_payment(self) -> bool:
        """Whether evidence of the first payment is still wanted."""
        if self.dues is None:
            return self.first.condition == "due"
        return self.dues.position.effective_on is None and self.dues.position.payment_condition == "due"


@router.get("/{declaration_id}/notice")
async def notice_form(visit: Somebody, declaration_id: UUID) -> Response:
    """What is still to be stated: notice and payment, or the payment alone."""
    return _form(visit, await _taking(visit, declaration_id), {})


@router.post("/{declaration_id}/notice")
async def notice_sent(visit: Somebody, declaration_id: UUID) -> Response:
    """Both; a defect of the evidence is told before the notice is given, and the same again has the first receipts."""
    taking, form = await _taking(visit, declaration_id), await visit.form()
    given = texts_of(form)
    fields = (*_notice_fields(), _PAYING)
    try:
        given = await with_documents(visit, form)
        body = await with_parties(visit, fields, read_form(fields, given))
        evidence = _evidence(body.pop(PAYMENT, None))
        answer = None if taking.licence_id else await _notified(visit, declaration_id, body)
    except Refused as refused:
        return _form(visit, taking, given, refused.refusals)
    licence_id = taking.licence_id or (answer.filing_id if answer else None)
    assert licence_id is not None
    if evidence is not None:
        try:
            answer = await _paid(visit, licence_id, evidence)
        except Refused as refused:  # the notice stands, and only the payment is asked for again
            return _form(visit, await _taking(visit, declaration_id), given, _of_payment(refused.refusals))
    return RedirectResponse(f"/acts/{answer.act_id}" if answer else f"/licences/{licence_id}", 303)


async def _taking(visit: Visit, declaration_id: UUID) -> Taking:
    async with visit.console.pool.acquire() as connection:
        found = await read(connection, declaration_id)
        licensee = visit.actor().organisation_id
        assert licensee is not None
        own = await licences_of_licensee(connection, declaration_id, licensee, today())
        standing = next((one.filing_id for one in own if one.stands), None)
        stored = await positions_of(connection, [standing]) if standing else {}
    return Taking(found, standing, dues_of(stored[standing]) if standing else None)


def _notice_fields() -> tuple[Field, ...]:
    return tuple(one for one in fields_of(GiveNotice) if one.name not in _STATED_BY_US)


def _evidence(payment: dict[str, Any] | None) -> Evidence | None:
    try:
        return None if payment is None else filled(Evidence, payment)
    except Refused as refused:
        raise Refused(*_of_payment(refused.refusals)) from refused


def _of_payment(refusals: Iterable[Refusal]) -> tuple[Refusal, ...]:
    named = {"amount", "voucher"}
    return tuple(one.but(where=f"{PAYMENT}.{one.where}") if one.where in named else one for one in refusals)


async def _notified(visit: Visit, declaration_id: UUID, body: dict[str, Any]) -> Answer:
    whole = {**body, "declaration_id": declaration_id, "licensee": visit.actor().organisation_id}
    return await ask(visit, FilingKind.LICENCE, await stated(visit, GiveNotice, whole, uuid4()))


async def _paid(visit: Visit, licence_id: UUID, evidence: Evidence) -> Answer:
    # A payment is named by its voucher, so that the same one from two tabs is one.
    paying = await stated(visit, Pay, evidence.model_dump(mode="json"), uuid4(), licence_id)
    return await ask(visit, FilingKind.LICENCE, paying)


def _form(visit: Visit, taking: Taking, given: Given, refusals: tuple[Refusal, ...] = ()) -> HTMLResponse:
    above, beside = wrong((*_notice_fields(), _PAYING), given, refusals, visit.language)
    return render(
        visit,
        "offers/notice.html",
        422 if refusals else 200,
        taking=taking,
        found=taking.found,
        terms=taking.found.offer.terms[-1],
        asks_payment=taking.asks_payment,
        notice_fields=_notice_fields(),
        payment_fields=_PAYING.inner,
        given=given,
        errors=above,
        problems=beside,
    )
