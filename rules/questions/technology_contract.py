"""Determination and registration of technology contracts (技术合同认定登记): two regimes, papers, three amounts.

The Measures of 2000 govern applications until 2026-02-28, those of 2026 from 2026-03-01; no transitional rule was seen,
so the day that decides is an option (D-49). The decision days of 2026 were seen in a draft only: provisional.
"""

from datetime import date
from itertools import pairwise
from typing import NamedTuple

from rules.law.answered import answered
from rules.law.answers import all_of, opposite, yes_if
from rules.law.calendar import Calendar
from rules.law.law import Law
from rules.law.options import option, values_of
from schemas.questions.technology_contract import TechnologyContractInputs as Facts
from schemas.values.determination import Answer3, Determination, ResultLine
from schemas.values.due import DueDay
from schemas.values.money import Money
from schemas.values.refusal import refuse

RULE = "contract"
OLD_REGIME, NEW_REGIME = "2001", "2026"

_OLD_PERIOD = "national.contract_registration_decision_days"
_NEW_PERIOD = "national.contract_registration_decision_working_days"
_LARGE = "national.contract_registration_large_amount"
_CLASS, _TESTS = "national.contract_registration_class", "national.contract_registration_tests"


class Decision(NamedTuple):
    """By when the desk decides, and under which Measures; ``due`` is None where no law of that day is known."""

    regime: str
    due: DueDay | None
    article: str


def regime_law(applied_on: date, effective_on: date | None) -> Law:
    """The law of the day that decides about the regime: of the application, or of the contract's effect (D-49)."""
    law = Law(applied_on)
    by_effect = effective_on is not None and option(law, "contract_regime_day") == "effective_day"
    return Law(effective_on) if by_effect and effective_on else law


def regime_on(applied_on: date, effective_on: date | None = None) -> str:
    """``2001`` or ``2026``."""
    return OLD_REGIME if regime_law(applied_on, effective_on).holds(_OLD_PERIOD) else NEW_REGIME


def is_class_of_licences(contract_class: str, applied_on: date, effective_on: date | None = None) -> bool:
    """Whether the Measures that govern the application register a licence in that class.

    Yes where no law of that day is known: then nothing is contradicted.
    """
    law = regime_law(applied_on, effective_on)
    return not law.holds(_CLASS) or law.value(_CLASS, "licence") == contract_class


def decision(
    calendar: Calendar,
    *,
    applied_on: date,
    effective_on: date | None,
    accepted_on: date,
    complete_papers_on: date | None,
    amount: Money | None,
    is_disputed: bool = False,
    law: Law | None = None,
) -> Decision:
    """``amount``: the technology transaction amount as far as it is known; from 5,000,000 on it is a large contract."""
    law = law or regime_law(applied_on, effective_on)
    if law.holds(_OLD_PERIOD):
        return Decision(OLD_REGIME, law.period(calendar, _OLD_PERIOD, accepted_on), "Measures 2000")
    if not law.holds(_NEW_PERIOD):
        return Decision(NEW_REGIME, None, "Measures 2026")
    # The day of complete papers counts as the day of acceptance (draft art. 14).
    start = max(accepted_on, complete_papers_on or accepted_on)
    large = amount is not None and law.holds(_LARGE) and amount >= law.money(_LARGE)
    size = "large_or_disputed" if large or is_disputed else "ordinary"
    return Decision(NEW_REGIME, law.period(calendar, _NEW_PERIOD, start, size), "Measures 2026")


def technology_contract(inputs: Facts, as_of: date) -> Determination:
    """Regime, class, decision day, papers, tests and the three amounts of one contract, for an application on its day.

    Without ``applied_on`` the answers are for an application on ``as_of``. Lines in yuan, each where it is known:
    ``contract_amount``, ``technology_transaction_amount``, ``technology_income``, ``benefit_base`` (the lower of
    received and registered, D-18). Answers: ``regime``, ``class``, ``counts_as_taking_transfer``, ``decision_by``,
    ``decision_day_is_provisional``, ``is_technology_contract``, ``papers``, ``missing_papers``,
    ``benefit_possible``. ``unknown``: ``contract_amount``, ``non_technical``, ``received``, ``registered_amount``.
    Refused: ``non_technical_above_contract``, ``contract_days_disordered``.
    """
    _refuse_contradictions(inputs)
    applied_on = inputs.applied_on or as_of
    law = regime_law(applied_on, inputs.effective_on)
    if not law.holds(_CLASS):
        return answered(law, RULE, inputs, as_of, unknown=[f"law_of:{law.as_of}"])
    transaction = _transaction_amount(inputs)
    when = decision(
        Calendar.bundled(),
        applied_on=applied_on,
        effective_on=inputs.effective_on,
        accepted_on=inputs.complete_papers_on or applied_on,
        complete_papers_on=inputs.complete_papers_on,
        amount=transaction,
        is_disputed=inputs.is_disputed,
        law=law,
    )
    papers, missing = _papers(inputs, law)
    answers = {
        "regime": when.regime,
        "class": str(law.value(_CLASS, inputs.deal)),
        "counts_as_taking_transfer": str(_takes_transfer(inputs, law)),
        "decision_by": when.due.by.isoformat() if when.due and inputs.complete_papers_on else "unknown",
        "decision_day_is_provisional": str(yes_if(bool(when.due and when.due.provisional))),
        "is_technology_contract": str(_is_technology(inputs, law)),
        "papers": str(papers),
        "missing_papers": "、".join(missing),
    }
    amounts = {
        "contract_amount": inputs.contract_amount,
        "technology_transaction_amount": transaction,
        "technology_income": inputs.received,
    }
    unknown = [] if inputs.is_open else _unstated(inputs)
    benefit = _benefit(inputs, as_of)
    answers["benefit_possible"] = str(benefit)
    registered = inputs.registered_on is not None and inputs.registered_on <= as_of
    if registered and benefit is not Answer3.NO:
        unknown += [
            name
            for name, one in (("received", inputs.received), ("registered_amount", inputs.registered_amount))
            if one is None
        ]
    if inputs.received is not None and inputs.registered_amount is not None and benefit is Answer3.YES:
        base = min(inputs.received, inputs.registered_amount)
        law.step(
            "base of benefits",
            f"lower of received {inputs.received} and registered {inputs.registered_amount}",
            str(base),
            "Rules 2001 arts. 51 to 53",
        )
        amounts["benefit_base"] = base
    lines = [ResultLine(name=name, amount=amount) for name, amount in amounts.items() if amount is not None]
    return answered(law, RULE, inputs, as_of, result=lines, answers=answers, unknown=unknown)


def _transaction_amount(inputs: Facts) -> Money | None:
    if inputs.contract_amount is None or inputs.non_technical is None:
        return None
    return inputs.contract_amount - inputs.non_technical


def _unstated(inputs: Facts) -> list[str]:
    stated = (("contract_amount", inputs.contract_amount), ("non_technical", inputs.non_technical))
    return [name for name, amount in stated if amount is None]


def _is_technology(inputs: Facts, law: Law) -> Answer3:
    """Licences and transfers: an achievement that exists, works and is clearly assigned, and not public matter only."""
    if inputs.deal not in ("licence", "transfer"):
        return Answer3.UNKNOWN  # the tests of the other classes were not seen
    tests: list[Answer3] = (
        [getattr(inputs, test) for test in law.words(_TESTS)] if law.holds(_TESTS) else [Answer3.UNKNOWN]
    )
    answer = all_of([*tests, opposite(inputs.only_public_domain)])
    how = ", ".join(tests) + f"; only public matter (SPC interpretation art. 34): {inputs.only_public_domain}"
    law.step("technology contract", how, answer, law.cite(_TESTS).provision if law.holds(_TESTS) else "")
    return answer


def _takes_transfer(inputs: Facts, law: Law) -> Answer3:
    """Whether a scheme that names taking transfer (受让) counts the contract: by its registered class (D-26)."""
    return yes_if(law.value(_CLASS, inputs.deal) in values_of(law, "licence_as_taking_transfer"))


def _papers(inputs: Facts, law: Law) -> tuple[Answer3, tuple[str, ...]]:
    """A signed contract is whole in itself; an open licence's is put together from its papers.

    No text seen says so; that the papers together are the whole contract is inferred.
    """
    name = law.local(inputs.region, "contract_registration_papers")
    needed = law.words(name)
    if inputs.papers is None:
        return Answer3.UNKNOWN, needed
    if "signed_contract" in inputs.papers:
        needed = tuple(one for one in needed if one == "recordal_certificate")
    missing = tuple(one for one in needed if one not in inputs.papers)
    return yes_if(not missing), missing


def _benefit(inputs: Facts, as_of: date) -> Answer3:
    """Only a registered contract has benefits, and amounts that were open are supplemented before (2001 Rules)."""
    if inputs.registered_on is None or inputs.registered_on > as_of:
        return Answer3.NO
    return yes_if(not inputs.is_open or (inputs.supplemented_on is not None and inputs.supplemented_on <= as_of))


def _refuse_contradictions(inputs: Facts) -> None:
    amount = _transaction_amount(inputs)
    if amount is not None and amount.fen < 0:
        raise refuse(
            "non_technical_above_contract", "non_technical", part=inputs.non_technical, amount=inputs.contract_amount
        )
    days = [
        ("applied_on", inputs.applied_on),
        ("complete_papers_on", inputs.complete_papers_on),
        ("registered_on", inputs.registered_on),
        ("supplemented_on", inputs.supplemented_on),
    ]
    known = [(name, day) for name, day in days if day is not None]
    for (_, earlier), (name, later) in pairwise(known):
        if later < earlier:
            raise refuse("contract_days_disordered", name, earlier=earlier, later=later)
