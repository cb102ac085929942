"""What an offer would cost over the whole term, for anybody: asked by the address alone, and nothing is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from client.today import today
from rules.cost.royalties import Cost, Payment, cost_of
from rules.cost.subsidies import Expected, expected_subsidies, regions_with_schemes
from rules.cost.taxes import StampTax, TaxYears, remarks, stamp_tax_of, value_added_tax
from rules.law.calendar import Calendar
from rules.licence.royalty import running_part
from schemas.lifecycle.stages.declaration import OFFERED
from schemas.questions.cost import CostQuestion
from schemas.schemes.kinds import PartySort
from schemas.statements.terms import TermsNote
from schemas.values.money import Money, total
from schemas.values.refusal import Refused, refusal
from schemas.values.regions import PROVINCES
from schemas.wire.form import filled
from texts.traces.told import cited_in, key_in, step_in
from texts.words import name_of, refusal_in
from web.forms.saying import wrong
from web.forms.shape import Control, Field
from web.pages.offers.offer import ShownOffer, read
from web.pages.offers.paid import Paid, paid_by
from web.render import render
from web.visit import Anybody, Visit

router = APIRouter(prefix="/offers")
FIELDS = tuple(Field(name, Control.TEXT) for name in CostQuestion.model_fields)
_LONGEST = 80
SHOWN = 24
"""Payments that the page shows one by one; of a long licence it shows the years, and the API every payment."""


@dataclass(frozen=True)
class Costing:
    """What an offer would cost, what could come back of it, and what to know of taxes."""

    cost: Cost
    subsidies: tuple[Expected, ...]
    taxes: tuple[TaxYears, ...]
    stamp_tax: StampTax | None
    remarks: tuple[TermsNote, ...]
    paid: Paid | None
    """What the licensee who asks has paid elsewhere; None where nobody knows who asks."""

    @property
    def royalties(self) -> Money | None:
        """None while something is unknown."""
        return None if self.cost.unknown else self.cost.royalties

    @property
    def subsidised(self) -> Money:
        """What the schemes give, as far as they can say."""
        return total(one.payable for one in self.subsidies if one.payable is not None)

    @property
    def others(self) -> int:
        """So many other payments count with these."""
        return sum(one.others for one in self.subsidies)

    @property
    def left_out(self) -> int:
        """So many other payments do not, since something that is asked of them is not known."""
        return sum(one.left_out for one in self.subsidies)

    @property
    def by_year(self) -> list[tuple[int, int, Money]]:
        """Each calendar year with how many payments fall due in it, and their sum."""
        ordered = sorted(self.cost.payments, key=lambda one: one.paid_on)
        years = [(year, list(ones)) for year, ones in groupby(ordered, key=lambda one: one.paid_on.year)]
        return [(year, len(ones), total(one.amount for one in ones)) for year, ones in years]

    @property
    def traced(self) -> list[Expected]:
        """Of each scheme the first year, and the first in which it gives something: the others are counted alike."""
        seen = dict[tuple[str, bool], Expected]()
        for one in self.subsidies:
            seen.setdefault((one.scheme.id, bool(one.payable)), one)
        return list(seen.values())

    @property
    def examples(self) -> list[Payment]:
        """The first report of each licence year that has a rate or a price of its own."""
        seen = dict[str, Payment]()
        for one in self.cost.payments:
            if one.made is not None:
                seen.setdefault(str([(step.how, step.result) for step in one.made.steps]), one)
        return list(seen.values())


def asked_in(given: Mapping[str, str]) -> CostQuestion:
    """The question as an address states it; without a day it is asked for today. Raises Refused."""
    stated = {one.name: given.get(one.name, "").strip()[:_LONGEST] for one in FIELDS}
    return filled(CostQuestion, {"notice_on": today().isoformat(), **{k: v for k, v in stated.items() if v}})


def costing(found: ShownOffer, asked: CostQuestion, paid: Paid | None) -> Costing:
    """Everything by the rules; raises Refused where no licence could begin on that day."""
    offer, terms = found.offer, found.offer.terms[-1]
    cost = cost_of(terms, offer.patent_last_day, asked, Calendar.bundled())
    others = paid.items if paid else ()
    subsidies = () if cost.unknown else expected_subsidies(cost.payments, asked, offer.patent_kind, others)
    return Costing(
        cost,
        subsidies,
        value_added_tax(cost.payments),
        stamp_tax_of(cost, asked.notice_on),
        remarks(terms, cost, offer.patent_last_day),
        paid,
    )


@router.get("/{declaration_id}/cost")
async def cost(visit: Anybody, declaration_id: UUID) -> HTMLResponse:
    """The form and, below it, what it comes to."""
    async with visit.console.pool.acquire() as connection:
        found, paid = await read(connection, declaration_id), await paid_by(visit, connection)
    given = {name: value for name, value in visit.request.query_params.items() if len(value) <= _LONGEST}
    made, refused = None, tuple[Any, ...]()
    try:
        made = costing(found, asked_in(given), paid)
    except Refused as why:
        refused = why.refusals
    above, beside = wrong(FIELDS, given, refused, visit.language)
    terms = found.offer.terms[-1]
    running = running_part(terms.royalty)
    return render(
        visit,
        "offers/cost.html",
        422 if refused else 200,
        found=found,
        terms=terms,
        running=running,
        is_offered=found.position.stage in OFFERED,
        made=made,
        given={**dict.fromkeys(CostQuestion.model_fields, ""), "notice_on": today().isoformat(), **given},
        shown_payments=SHOWN,
        errors=above,
        problems=beside,
        **_said(visit),
    )


def _said(visit: Visit) -> dict[str, Any]:
    language = visit.language

    regions = sorted({*PROVINCES, *regions_with_schemes()})
    return {
        "kinds": [{"value": one.value, "text": _plain(one.value, language)} for one in PartySort],
        "regions": [{"value": one, "text": name_of("regions", one, language)} for one in regions],
        "key": lambda text: _plain(text, language),
        "step": lambda text: step_in(text, language),
        "cited": lambda one: cited_in(one.provision, one.instrument, language),
        "remark": lambda note: refusal_in(refusal(note.code, **note.facts), language),
    }


def _plain(key: str, language: Any) -> str:
    told = key_in(key, language)
    return told if language == "zh" else told.replace("_", " ")
