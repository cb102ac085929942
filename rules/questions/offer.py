"""Bars, terms and periods as determinations that can be asked for by name, without a filing."""

from collections.abc import Mapping
from datetime import date

from pydantic import ValidationError

from rules.declaration.bars import answer_bars
from rules.declaration.terms import check_terms, fixed_total, rates
from rules.law.answered import answered
from rules.law.calendar import Calendar
from rules.law.law import Law
from rules.law.loader import bundled_parameters
from rules.law.patent_life import last_day
from rules.law.service import STATUS_EVIDENCE_AT_FILING_DAYS
from rules.questions.determination_rule import Rule
from schemas.questions.offer import BarsInputs, DeadlineInputs, TermsInputs
from schemas.statements.bars import BARS, Bar, BarAnswer
from schemas.values.determination import Answer3, Determination
from schemas.values.refusal import Refused, refusal, refuse
from schemas.wire.form import form_refusals

_OF_REGULATIONS, _OF_GUIDELINES = "national.declaration_bars", "national.declaration_bars_of_guidelines"
_FIRST_RULE = "Implementing Regulations rule 86"


def determine_bars(inputs: BarsInputs, as_of: date) -> Determination:
    """Whether a declaration may be filed on ``as_of`` (rule 86; Guidelines V-11-3.1).

    Answers ``E1`` to ``E9`` and ``may_declare``, each yes, no or unknown; ``unknown`` names the bars to look up. One
    bar that stands is enough for *no*. Raises Refused for a day before there were such bars.
    """
    law = Law(as_of)
    for name in (_OF_REGULATIONS, _OF_GUIDELINES):
        _must_hold(law, name, "as_of", _FIRST_RULE)
        law.words(name)
    found = answer_bars(inputs.patent_kind, inputs.statements, as_of, STATUS_EVIDENCE_AT_FILING_DAYS)
    for one in found:
        law.step(f"{one.bar.value}: {BARS[one.bar].en}", _seen(one, as_of), one.answer.value, BARS[one.bar].article)
    given = [one.answer for one in found]
    unknown = [one.bar.value for one in found if one.answer is Answer3.UNKNOWN]
    may = Answer3.NO if Answer3.YES in given else Answer3.UNKNOWN if unknown else Answer3.YES
    law.step("a declaration may be filed", "none of the nine bars stands", may.value, _FIRST_RULE)
    answers = {one.bar.value: one.answer.value for one in found} | {"may_declare": may.value}
    return answered(law, "bars", inputs, as_of, unknown=unknown, answers=answers)


def determine_terms(inputs: TermsInputs, as_of: date) -> Determination:
    """What the office will say of the terms (rule 85; Guidelines V-11-3.3; Civil Code 865).

    Answers ``acceptable`` (no: a term that refuses; unknown: something was not stated) and each remark by its code, as
    ``refusal`` or ``warning`` with its field. Caps warn only. Raises Refused for a day on which no cap is known.
    """
    law = Law(as_of)
    _must_hold(law, "national.fixed_fee_cap", "as_of", "Guidelines V-11-3.3")
    notes = check_terms(
        law,
        fixed_total=fixed_total(inputs.royalty),
        rates=rates(inputs.royalty),
        term=inputs.term,
        begins_on=inputs.begins_on or as_of,
        patent_last_day=last_day(inputs.patent_kind, inputs.filed_on),
        fee_explanation=inputs.fee_explanation or "",
        texts=inputs.texts,
    )
    remarks: dict[str, list[str]] = {}
    for note in notes:
        law.step(str(refusal(note.code, **note.facts)), note.where, note.level, note.article)
        remarks.setdefault(note.code, []).append(f"{note.level} @ {note.where}")
    unknown = [] if inputs.fee_explanation else ["fee_explanation"]
    refused = any(note.level == "refusal" for note in notes)
    acceptable = Answer3.NO if refused else Answer3.UNKNOWN if unknown else Answer3.YES
    answers = {"acceptable": acceptable.value} | {code: "; ".join(where) for code, where in remarks.items()}
    return answered(law, "terms", inputs, as_of, unknown=unknown, answers=answers)


def determine_deadline(inputs: DeadlineInputs, as_of: date) -> Determination:
    """The last day of a statutory period, by the law of ``as_of`` and the calendar that counts it (L-01, L-02).

    Answers ``by``, ``provisional`` (yes, no) and ``because``, which is left out for a day that cannot move any more.
    Raises Refused for a period that does not exist, for keys that are not its own, and for a day before its law.
    """
    periods = {name: one for name, one in bundled_parameters().parameters.items() if one.counted}
    parameter = periods.get(inputs.period)
    if parameter is None:
        raise refuse("period_unknown", "period", period=inputs.period, known=", ".join(sorted(periods)))
    law = Law(as_of)
    _must_hold(law, inputs.period, "as_of", parameter.values[0].cite.provision)
    _must_have_keys(inputs, as_of)
    try:
        due = law.period(Calendar.bundled(), inputs.period, inputs.start, *inputs.keys)
    except ValidationError as error:  # it would end after the last day that a legal day can be
        raise Refused(*(one.but(where="start") for one in form_refusals(error))) from error
    length = law.value(inputs.period, *inputs.keys)
    law.step(
        f"end of {inputs.period}",
        f"{inputs.start} + {length} {parameter.unit}, the first day not counted; calendar: {parameter.counted}",
        due.by.isoformat(),
        law.cite(inputs.period).provision,
    )
    answers = {"by": due.by.isoformat(), "provisional": (Answer3.YES if due.provisional else Answer3.NO).value}
    if due.because:
        answers["because"] = due.because
    return answered(law, "deadline", inputs, as_of, answers=answers)


OFFER_RULES: Mapping[str, Rule] = {
    "bars": Rule(BarsInputs, determine_bars),
    "terms": Rule(TermsInputs, determine_terms),
    "deadline": Rule(DeadlineInputs, determine_deadline),
}


def _seen(one: BarAnswer, as_of: date) -> str:
    if one.bar in (Bar.E7, Bar.E8) and one.answer is Answer3.NO and not one.evidence:
        return "not asked of an invention"
    if one.answer is Answer3.YES:
        return f"since {one.since}" + (f" until {one.until}" if one.until else "")
    if one.evidence is None:
        return f"nobody looked: {BARS[one.bar].evidence_en}"
    age = f"looked at on {one.checked_on}, {one.age_on(as_of)} days ago"
    return f"{age}: older than {STATUS_EVIDENCE_AT_FILING_DAYS} days, look again" if one.stale else age


def _must_hold(law: Law, name: str, where: str, article: str) -> None:
    if not law.holds(name):
        first = bundled_parameters().parameters[name].values[0].since
        raise refuse("day_before_first_value", where, as_of=law.as_of, name=name, first=first, article=article)


def _must_have_keys(inputs: DeadlineInputs, as_of: date) -> None:
    parameter = bundled_parameters().parameters[inputs.period]
    dated = parameter.on(as_of)
    known = dated.value if dated else {}
    for key in inputs.keys:
        known = known.get(key) if isinstance(known, dict) else None
    if len(inputs.keys) != len(parameter.by) or known is None or isinstance(known, dict):
        choices = ", ".join(dated.value) if dated and isinstance(dated.value, dict) else "-"
        raise refuse(
            "period_keys_differ",
            "keys",
            period=inputs.period,
            by=", ".join(parameter.by) or "-",
            given=", ".join(inputs.keys) or "-",
            known=choices,
        )
