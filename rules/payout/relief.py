"""Relief of a cash reward from income tax (Caishui 2018 no. 58), by what stood on the day of each payment (D-23).

Later news of the registration changes neither a yes nor a no of a payment that was made: who withheld the tax has to
look at the declaration of that month again, and says so with another record.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from rules.filing.order import of_kind
from rules.law.answers import all_of, yes_if
from rules.law.calendar import Calendar
from rules.law.law import Law
from rules.payout.amounts import Amounts
from rules.payout.approval import publicity_of
from rules.questions.personal_tax import in_window, publicity_is_asked
from schemas.acts.payout import Publish
from schemas.standing.fact import PayoutFacts
from schemas.standing.position import LinePayment
from schemas.standing.surroundings import PayoutSurroundings, RegistrationSpan
from schemas.values.determination import Answer3
from schemas.values.due import DueDay

_PERIOD = "national.tax_publicity_period"


class Order(NamedTuple):
    """An order to the bank; ``is_noted``: it says that the contract is not registered yet."""

    on: date
    is_noted: bool


def span_on(surroundings: PayoutSurroundings, day: date) -> RegistrationSpan | None:
    """The registration that stood on a day, so that relief could rest on it."""
    return next(
        (
            one
            for one in surroundings.registrations or ()
            if one.from_on <= day and (one.until_on is None or day < one.until_on)
        ),
        None,
    )


def is_registered_on(surroundings: PayoutSurroundings, day: date) -> bool:
    """Whether the contract was registered on a day; of a snapshot without days, whether it was then."""
    if surroundings.registrations is None:
        return surroundings.contract_registered
    return span_on(surroundings, day) is not None


def notice_until(act: Publish, calendar: Calendar, on: date | None = None) -> DueDay | None:
    """The last day for which the relief wants this notice shown, by the law of ``on``; None where none is asked for."""
    law = Law(on or act.on)
    if not publicity_is_asked(law) or not law.holds(_PERIOD):
        return None
    return law.period(calendar, _PERIOD, act.on)


def is_too_short(act: Publish, region: str, calendar: Calendar, on: date | None = None) -> bool:
    """Whether the unit stated a length that ends before that day; one that it did not state is what each law asks."""
    needed = notice_until(act, calendar, on)
    return needed is not None and act.days is not None and publicity_of(act, region, calendar).last.by < needed.by


def notice_held(ordered: PayoutFacts, paid_on: date, region: str, calendar: Calendar) -> Answer3:
    """Whether the last notice before a payment is shown long enough before its relief is used; unknown without notice.

    It is used with the declaration of the month, so the notice may end after the payment and before that day.
    """
    if not publicity_is_asked(Law(paid_on)):
        return Answer3.YES
    shown = [fact.act for fact in of_kind(ordered, "publish") if fact.act.on < paid_on]
    if not shown:
        return Answer3.UNKNOWN
    used_on = calendar.tax_day(paid_on).by
    latest = [act for act in shown if act.on == shown[-1].on]
    return yes_if(any(_is_enough(act, paid_on, used_on, region, calendar) for act in latest))


def _is_enough(act: Publish, paid_on: date, used_on: date, region: str, calendar: Calendar) -> bool:
    needed = notice_until(act, calendar, paid_on)
    return needed is None or (needed.by < used_on and not is_too_short(act, region, calendar, paid_on))


def relieved(
    payment: LinePayment,
    order: Order | None,
    amounts: Amounts,
    ordered: PayoutFacts,
    surroundings: PayoutSurroundings,
    calendar: Calendar,
) -> LinePayment:
    """The payment with its answer, and since when its month has to be declared again, if it has; ``order``: its own."""
    on, region = payment.paid_on, amounts.facts.region if amounts.facts else ""
    besides = all_of(
        [
            in_window(amounts.received_on, on, calendar),
            yes_if(True if amounts.facts and amounts.facts.state_set else None),
            notice_held(ordered, on, region, calendar),
        ]
    )
    registered = is_registered_on(surroundings, on) and not (order and _is_early(order, surroundings))
    half = all_of([besides, yes_if(registered)])
    since = None if besides is Answer3.NO else _correct_since(on, order, registered, surroundings)
    judged: LinePayment = payment.but(tax_record_by=calendar.tax_day(on).by, half_counts=half, correct_since=since)
    return judged


def _is_early(order: Order, surroundings: PayoutSurroundings) -> bool:
    """D-23: what was ordered before the registration has no relief, not later either; the note alone is not enough."""
    return order.is_noted and (surroundings.registrations is None or not is_registered_on(surroundings, order.on))


def _correct_since(
    paid_on: date, order: Order | None, registered: bool, surroundings: PayoutSurroundings
) -> date | None:
    if surroundings.registrations is None or order is None:
        return None
    if registered is order.is_noted:
        return paid_on  # it was ordered as registered and was not, or as not registered and was
    span = span_on(surroundings, paid_on) if registered else None
    if span is None or span.until_on is None or is_registered_on(surroundings, span.until_on):
        return None
    return span.until_on


def corrected_on(payment: LinePayment, records: Iterable[date]) -> date | None:
    """The day on which the month of a payment was declared again: a record from the news on that is not its first."""
    since = payment.correct_since
    if since is None:
        return None
    made = sorted(day for day in records if day >= payment.paid_on)
    again = made if since > payment.paid_on else made[1:]
    return next((day for day in again if day >= since), None)
