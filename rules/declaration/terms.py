"""Checks of the offered terms (rule 85; Guidelines V-11-3.3; Civil Code 865): caps warn, impossible terms refuse."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from rules.law.calendar import corresponding_day
from rules.law.law import Law
from schemas.statements.royalty import (
    EntryPlusRunning,
    FixedEnd,
    Instalments,
    LicenceTerm,
    LumpSum,
    Royalty,
    Running,
    YearsFromEffect,
)
from schemas.statements.terms import TermsNote
from schemas.values.money import Money

_ONE_DAY = timedelta(days=1)


def check_terms(
    law: Law,
    *,
    fixed_total: Money | None,
    rates: Sequence[tuple[str, Decimal]],
    term: LicenceTerm,
    begins_on: date,
    patent_last_day: date,
    fee_explanation: str,
    texts: Mapping[str, str],
) -> tuple[TermsNote, ...]:
    """Every remark on the terms, in the order of the form.

    ``fixed_total``: all fixed amounts of the offer together; ``rates``: base (``net_sales`` or ``profit``) and percent
    of each step; ``begins_on``: the earliest day on which a licence can take effect; ``texts``: what is searched for
    advertising besides the explanation, by field.
    """
    return (
        *_fixed_fee(law, fixed_total),
        *_running_rates(law, rates),
        *_term(law, term, begins_on, patent_last_day),
        *_explanation(law, fee_explanation),
        *_advertising(law, {"fee_explanation": fee_explanation, **texts}),
    )


def _fixed_fee(law: Law, fixed_total: Money | None) -> list[TermsNote]:
    if fixed_total is None:
        return []
    cap = law.money("national.fixed_fee_cap")
    if fixed_total <= cap:
        return []
    facts = {"amount": str(fixed_total), "cap": str(cap)}
    return [TermsNote(code="fixed_fee_above_cap", level="warning", where="royalty", facts=facts)]


def _running_rates(law: Law, rates: Sequence[tuple[str, Decimal]]) -> list[TermsNote]:
    notes = []
    for base, rate in rates:
        cap = law.number("national.running_rate_cap", base)
        if rate > cap:
            facts = {"base": base, "percent": str(rate), "cap": str(cap)}
            notes.append(TermsNote(code="running_rate_above_cap", level="warning", where="royalty", facts=facts))
    return notes


def _term(law: Law, term: LicenceTerm, begins_on: date, patent_last_day: date) -> list[TermsNote]:
    ends_on, notes = patent_last_day, []
    match term:
        case FixedEnd():
            ends_on = term.ends_on
        case YearsFromEffect():
            ends_on = corresponding_day(begins_on, years=term.years)
    facts = {"ends_on": ends_on.isoformat(), "patent_last_day": patent_last_day.isoformat()}
    if begins_on > min(ends_on, patent_last_day):
        return [TermsNote(code="term_is_over", level="refusal", where="term", facts=facts)]
    if ends_on > patent_last_day:
        # Years from effect are cut by law at the patent's end (D-06); a printed day beyond it is a wrong declaration.
        if isinstance(term, FixedEnd):
            return [TermsNote(code="term_beyond_patent", level="refusal", where="term", facts=facts)]
        notes.append(TermsNote(code="term_cut_by_patent", level="warning", where="term", facts=facts))
        ends_on = patent_last_day
    years = law.whole("national.income_tax_relief_term")
    if ends_on < corresponding_day(begins_on, years=years) - _ONE_DAY:
        facts = {"begins_on": begins_on.isoformat(), "ends_on": ends_on.isoformat(), "years": str(years)}
        notes.append(TermsNote(code="term_under_tax_relief", level="warning", where="term", facts=facts))
    return notes


def _explanation(law: Law, fee_explanation: str) -> list[TermsNote]:
    limit = law.whole("national.fee_explanation_length")
    if len(fee_explanation) <= limit:
        return []
    facts = {"length": str(len(fee_explanation)), "limit": str(limit)}
    return [TermsNote(code="fee_explanation_long", level="warning", where="fee_explanation", facts=facts)]


def _advertising(law: Law, texts: Mapping[str, str]) -> list[TermsNote]:
    words = law.words("national.advertising_words")
    found = {field: [word for word in words if word in text] for field, text in texts.items()}
    return [
        TermsNote(code="advertising_words", level="refusal", where=field, facts={"words": "、".join(hits)})
        for field, hits in found.items()
        if hits
    ]


def fixed_total(royalty: Royalty) -> Money | None:
    """All fixed amounts of an offer together; None where there is none."""
    match royalty:
        case LumpSum():
            return royalty.amount
        case Instalments():
            return Money(sum(part.amount.fen for part in royalty.instalments))
        case EntryPlusRunning():
            return royalty.entry
    return None


def rates(royalty: Royalty) -> tuple[tuple[str, Decimal], ...]:
    """Base and percentage of each step of a running royalty."""
    running = royalty.running if isinstance(royalty, EntryPlusRunning) else royalty
    if not isinstance(running, Running):
        return ()
    return tuple((running.base.value, step.percent) for step in running.rates)
