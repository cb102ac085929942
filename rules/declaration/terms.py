"""Checks of the offered terms (rule 85; Guidelines V-11-3.3; Civil Code 865): caps warn, impossible terms refuse."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from rules.filing.finding import finding
from rules.filing.order import of_kind
from rules.law.calendar import ONE_DAY, corresponding_day
from rules.law.law import Law
from schemas.standing.fact import Fact
from schemas.standing.position import Finding
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

TERMS_ARTICLES = {
    "fixed_fee_above_cap": "GL-3.3",
    "running_rate_above_cap": "GL-3.3",
    "running_rate_as_fraction": "platform",
    "fee_explanation_long": "GL-3.3",
    "term_is_over": "Civil Code 865",
    "term_beyond_patent": "Civil Code 865; Order 62 art. 12",
    "term_cut_by_patent": "Civil Code 865; D-06",
    "term_under_tax_relief": "Announcement 82 of 2015",
    "advertising_words": "IR-85-3",
}
"""What each remark rests on, for the steps of a determination; in words the remark is a refusal or a warning."""

_LEAST_USUAL_RATE = Decimal("0.1")
"""Percent: hardly any rate is below it, and a hundredth of every usual one (up to 10 %) is."""


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
        *rates_as_fractions(rates),
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
    return [_note("fixed_fee_above_cap", "warning", "royalty", amount=fixed_total, cap=cap)]


def _running_rates(law: Law, rates: Sequence[tuple[str, Decimal]]) -> list[TermsNote]:
    notes = []
    for base, rate in rates:
        cap = law.number("national.running_rate_cap", base)
        if rate > cap:
            notes.append(_note("running_rate_above_cap", "warning", "royalty", base=base, percent=rate, cap=cap))
    return notes


def rates_as_fractions(rates: Sequence[tuple[str, Decimal]]) -> list[TermsNote]:
    """Rates a hundred times below the usual: a program that reads a cell showing 3 % is given 0.03."""
    return [
        _note("running_rate_as_fraction", "warning", "royalty.rates", percent=rate, hundredfold=f"{rate * 100:f}")
        for _, rate in rates
        if rate < _LEAST_USUAL_RATE
    ]


def _term(law: Law, term: LicenceTerm, begins_on: date, patent_last_day: date) -> list[TermsNote]:
    ends_on, notes = patent_last_day, []
    match term:
        case FixedEnd():
            ends_on = term.ends_on
        case YearsFromEffect():
            ends_on = corresponding_day(begins_on, years=term.years)
    if begins_on > min(ends_on, patent_last_day):
        return [_note("term_is_over", "refusal", "term", ends_on=ends_on)]
    if ends_on > patent_last_day:
        # Years from effect are cut by law at the patent's end (D-06); a printed day beyond it is a wrong declaration.
        if isinstance(term, FixedEnd):
            return [_note("term_beyond_patent", "refusal", "term", ends_on=ends_on, patent_last_day=patent_last_day)]
        notes.append(_note("term_cut_by_patent", "warning", "term", patent_last_day=patent_last_day))
        ends_on = patent_last_day
    years = law.whole("national.income_tax_relief_term")
    if ends_on < corresponding_day(begins_on, years=years) - ONE_DAY:
        notes.append(_note("term_under_tax_relief", "warning", "term", years=years))
    return notes


def _explanation(law: Law, fee_explanation: str) -> list[TermsNote]:
    limit = law.whole("national.fee_explanation_length")
    if len(fee_explanation) <= limit:
        return []
    length = len(fee_explanation)
    return [_note("fee_explanation_long", "warning", "fee_explanation", length=length, limit=limit)]


def _advertising(law: Law, texts: Mapping[str, str]) -> list[TermsNote]:
    words = law.words("national.advertising_words")
    found = {field: [word for word in words if word in text] for field, text in texts.items()}
    return [
        _note("advertising_words", "refusal", field, words="、".join(hits)) for field, hits in found.items() if hits
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


def _note(code: str, level: Literal["refusal", "warning"], where: str, **facts: object) -> TermsNote:
    told = {name: str(value) for name, value in facts.items()}
    return TermsNote(code=code, level=level, where=where, article=TERMS_ARTICLES[code], facts=told)


def corrected_terms(
    facts: Sequence[Fact[Any]], ordered: Sequence[Fact[Any]], source: Fact[Any] | None
) -> Iterator[Finding]:
    """Terms that were announced are the office's; where it did not say what it printed, nobody knows which it was.

    ``source``: the fact whose offer stands, as corrected; ``facts`` has it as it was recorded.
    """
    offers = [one.act.offer for one in (*facts, source) if one and source and one.act.act_id == source.act.act_id]
    if all((one.royalty, one.term) == (offers[0].royalty, offers[0].term) for one in offers):
        return
    for fact in of_kind(ordered, "announce"):
        if fact.act.printed_royalty is None or fact.act.printed_term is None:
            yield finding("announced_terms_corrected", fact)
