"""Relief of technology transfer income from corporate income tax (企业所得税), per tax year and resident enterprise.

The first 5,000,000 yuan are exempt and the rest pays half (Enterprise Income Tax Regulations art. 90; Caishui 2015
no. 116 for non-exclusive licences of at least five years). The law is that of the last day of the tax year.
"""

from datetime import date
from fractions import Fraction

from rules.law.answered import answered
from rules.law.answers import all_of, opposite, yes_if
from rules.law.calendar import ONE_DAY, corresponding_day
from rules.law.law import Law
from rules.law.shares import half_up
from schemas.questions.tax_relief import IncomeTaxInputs, TechnologyTransfer
from schemas.values.determination import Answer3, Determination, ResultLine
from schemas.values.money import ZERO, Money, total
from schemas.values.patent_number import PatentKind
from schemas.values.refusal import refuse

RULE = "income_tax"

_TERM, _CONDITIONS = "national.income_tax_relief_term", "national.income_tax_relief_conditions"
_EXEMPT, _RATE, _EXCESS = (
    "national.income_tax_exempt_amount",
    "national.income_tax_rate",
    "national.income_tax_excess_share",
)
_AMOUNTS = ("received", "amortised_cost", "taxes", "period_expenses")


def income_tax_relief(inputs: IncomeTaxInputs, as_of: date) -> Determination:
    """Lines in yuan: ``technology_transfer_income``, ``exempt``, ``at_half_rate``, ``tax``, ``relief``.

    ``relief`` is what the tax is less than without it. Answers: ``qualifies:<name>`` per contract. ``unknown``:
    ``contracts.0.received`` and the like, for contracts that qualify or may. Refused:
    ``licence_ends_before_it_begins``.
    """
    law = Law(date(inputs.year, 12, 31))
    if not all(law.holds(name) for name in (_TERM, _CONDITIONS, _EXEMPT, _RATE, _EXCESS)):
        return answered(law, RULE, inputs, as_of, unknown=[f"law_of:{law.as_of}"])
    answers, unknown, incomes = {}, [], []
    for place, one in enumerate(inputs.contracts):
        if one.ends_on is not None and one.ends_on < one.effective_on:
            raise refuse(
                "licence_ends_before_it_begins", f"contracts.{place}.ends_on", begins=one.effective_on, ends=one.ends_on
            )
        conditions = _conditions(one, law)
        qualifies = all_of(conditions.values())
        answers[f"qualifies:{one.name}"] = str(qualifies)
        law.step(
            f"{one.name} qualifies",
            ", ".join(f"{name}: {answer}" for name, answer in conditions.items()),
            qualifies,
            law.cite(_CONDITIONS).provision,
        )
        if qualifies is Answer3.NO:
            continue
        unknown += [
            f"contracts.{place}.{_ASKED.get(name, name)}"
            for name, answer in conditions.items()
            if answer is Answer3.UNKNOWN
        ]
        unknown += [f"contracts.{place}.{name}" for name in _AMOUNTS if getattr(one, name) is None]
        incomes.append(_income(one))
    return answered(
        law, RULE, inputs, as_of, result=_amounts(law, max(total(incomes), ZERO)), answers=answers, unknown=unknown
    )


_ASKED = {
    "term": "ends_on",
    "no_simple_design_change": "simple_design_change",
    "not_wholly_held_related_party": "wholly_held_related_party",
}
"""The fact to ask for where a condition is unknown."""


def _conditions(one: TechnologyTransfer, law: Law) -> dict[str, Answer3]:
    known = {
        "owns_technology": one.owns_technology,
        "determined_as_technology_contract": one.determined_as_technology_contract,
        "no_simple_design_change": opposite(one.simple_design_change)
        if one.patent_kind in (None, PatentKind.DESIGN)
        else Answer3.YES,
        "not_wholly_held_related_party": opposite(one.wholly_held_related_party),
    }
    return {"term": _term(one, law), **{name: known[name] for name in law.words(_CONDITIONS)}}


def _term(one: TechnologyTransfer, law: Law) -> Answer3:
    if one.deal == "assignment":
        return Answer3.YES
    if one.ends_on is None:
        return Answer3.UNKNOWN
    return yes_if(one.ends_on >= corresponding_day(one.effective_on, years=law.whole(_TERM)) - ONE_DAY)


def _income(one: TechnologyTransfer) -> Money:
    # What nobody stated has been asked for before this sum counts.
    received, *less = (getattr(one, name) or ZERO for name in _AMOUNTS)
    return Money(received.fen - total(less).fen)


def _amounts(law: Law, income: Money) -> list[ResultLine]:
    limit, rate = law.money(_EXEMPT), Fraction(law.number(_RATE))
    exempt = min(income, limit)
    rest = income - exempt
    tax = half_up(rate * Fraction(law.number(_EXCESS)) * rest.fen)
    without = half_up(rate * income.fen)
    law.step("exempt income", f"of {income}, up to {limit}", str(exempt), law.cite(_EXEMPT).provision)
    law.step("tax", f"{law.number(_RATE)} x {law.number(_EXCESS)} x {rest}", str(tax), law.cite(_EXCESS).provision)
    lines = (
        ("technology_transfer_income", income),
        ("exempt", exempt),
        ("at_half_rate", rest),
        ("tax", tax),
        ("relief", without - tax),
    )
    return [ResultLine(name=name, amount=amount) for name, amount in lines]
