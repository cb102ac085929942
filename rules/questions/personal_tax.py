"""Relief of cash rewards from personal income tax (个人所得税; Caishui 2018 no. 58): half counts as wages of the month.

Each payment is judged by the law of its own day (D-40): paid within 36 months of the receipt, the corresponding day of
the last month included, by a body without profit, for a registered contract, with publicity, and not as salary in
disguise.
"""

from datetime import date
from fractions import Fraction

from rules.law.answered import answered
from rules.law.answers import all_of, opposite, yes_if
from rules.law.calendar import Calendar
from rules.law.law import Law
from rules.law.shares import half_up
from schemas.questions.tax_relief import PersonalTaxInputs, RewardPayment
from schemas.values.determination import Answer3, Determination, ResultLine
from schemas.values.due import DueDay
from schemas.values.money import total
from schemas.values.refusal import refuse

RULE = "personal_tax"

_WINDOW, _SHARE = "national.tax_relief_window", "national.tax_relief_counted_share"
_CONDITIONS = "national.tax_relief_conditions"


def window_ends(received_on: date, paid_on: date, calendar: Calendar) -> DueDay | None:
    """Last day on which a cash reward can be relieved, by the law of the day of payment; None without relief."""
    law = Law(paid_on)
    return law.period(calendar, _WINDOW, received_on) if law.holds(_WINDOW) else None


def in_window(received_on: date | None, paid_on: date, calendar: Calendar) -> Answer3:
    """Whether a payment of ``paid_on`` came in time; no without a receipt or where that day knows no relief."""
    window = window_ends(received_on, paid_on, calendar) if received_on else None
    return yes_if(window is not None and paid_on <= window.by)


def publicity_is_asked(law: Law) -> bool:
    """Whether the reward must have been shown before, by the law of the day of payment."""
    return law.holds(_CONDITIONS) and "publicity_held" in law.words(_CONDITIONS)


def personal_tax(inputs: PersonalTaxInputs, as_of: date) -> Determination:
    """Lines in yuan: ``counted:<n>`` for payment n as given (from 1), and ``counted`` for all: what counts as wages.

    Answers per payment: ``half_counts:<n>``, ``window_ends_on:<n>`` and ``record_by:<n>``, the last day to file its
    record. ``unknown``: ``nonprofit_unit``, ``contract_registered``, ``publicity_held``, ``disguised_salary``. Refused:
    ``reward_before_receipt``.
    """
    calendar = Calendar.bundled()
    law = Law(max(one.paid_on for one in inputs.payments))
    answers: dict[str, str] = {}
    unknown: list[str] = []
    laws, lines = [], []
    for number, one in enumerate(inputs.payments, start=1):
        if one.paid_on < inputs.received_on:
            raise refuse(
                "reward_before_receipt", f"payments.{number - 1}.paid_on", paid=one.paid_on, received=inputs.received_on
            )
        of_payment = Law(one.paid_on)
        laws.append(of_payment)
        conditions = _conditions(inputs, one, of_payment, calendar)
        half = all_of(conditions.values())
        if half is Answer3.UNKNOWN:
            unknown += [_ASKED.get(name, name) for name, answer in conditions.items() if answer is Answer3.UNKNOWN]
        share = Fraction(of_payment.number(_SHARE)) if half is Answer3.YES else Fraction(1)
        counted = half_up(share * one.amount.fen)
        law.step(
            f"payment {number} of {one.paid_on}",
            ", ".join(f"{name}: {answer}" for name, answer in conditions.items()) + f"; {share} of {one.amount}",
            str(counted),
            of_payment.cite(_CONDITIONS).provision if of_payment.holds(_CONDITIONS) else "",
        )
        window = window_ends(inputs.received_on, one.paid_on, calendar)
        answers |= {
            f"half_counts:{number}": str(half),
            f"window_ends_on:{number}": window.by.isoformat() if window else "none",
            f"record_by:{number}": calendar.tax_day(one.paid_on).by.isoformat(),
        }
        lines.append(ResultLine(name=f"counted:{number}", amount=counted))
    lines.append(ResultLine(name="counted", amount=total(line.amount for line in lines)))
    return answered(law, RULE, inputs, as_of, result=lines, answers=answers, unknown=unknown, also=laws)


_ASKED = {"not_disguised_salary": "disguised_salary"}


def _conditions(inputs: PersonalTaxInputs, payment: RewardPayment, law: Law, calendar: Calendar) -> dict[str, Answer3]:
    """Each condition of the day of payment; only the window where that day knows no relief."""
    window = {"paid_in_window": in_window(inputs.received_on, payment.paid_on, calendar)}
    if not law.holds(_CONDITIONS):
        return window
    law.value(_WINDOW)
    known = {
        "nonprofit_unit": inputs.nonprofit_unit,
        "contract_registered": _registered(inputs, payment),
        "not_disguised_salary": opposite(inputs.disguised_salary),
        "publicity_held": inputs.publicity_held,
    }
    return window | {name: known[name] for name in law.words(_CONDITIONS)}


def _registered(inputs: PersonalTaxInputs, payment: RewardPayment) -> Answer3:
    """Registered when paid, and not ordered before the registration (D-23)."""
    if payment.ordered_before_registration:
        return Answer3.NO
    if inputs.contract_registered_on is None:
        return inputs.contract_registered
    return yes_if(inputs.contract_registered_on <= payment.paid_on)
