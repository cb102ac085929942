"""The royalties of a whole term, by the same rules as a licence's own (Civil Code 846); nothing is recorded."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from rules.law.calendar import Calendar
from rules.law.patent_life import term_end
from rules.licence.reports import payable_day
from rules.licence.royalty import Period, determine_report, half_up, periods, running_part, schedule, within
from schemas.acts.royalty import Sales
from schemas.questions.cost import CostQuestion
from schemas.statements.offer import TermsVersion
from schemas.statements.royalty import Running
from schemas.values.determination import Determination
from schemas.values.due import DueDay
from schemas.values.money import Money, total
from schemas.values.refusal import refuse


class Payment(NamedTuple):
    """One amount that would fall due. ``due`` is None where the terms name no day: then it is paid with the notice."""

    key: str
    amount: Money
    paid_on: date
    """Where nothing is late: with the notice, else the last day for it."""
    due: DueDay | None
    period: Period | None = None
    made: Determination | None = None
    """How a running royalty was computed."""


class Cost(NamedTuple):
    """All royalties from the effect to the last day. ``unknown``: what has to be stated before they are all known."""

    effective_on: date
    last_day: date
    payments: tuple[Payment, ...]
    unknown: tuple[str, ...]

    @property
    def royalties(self) -> Money:
        """Everything that is known of, added up."""
        return total(one.amount for one in self.payments)


def cost_of(terms: TermsVersion, patent_last_day: date, asked: CostQuestion, calendar: Calendar) -> Cost:
    """What a notice of that day would cost until the licence ends; raises Refused ``term_is_over``."""
    effective_on, royalty = asked.notice_on, terms.royalty
    last_day = term_end(terms.term, effective_on, patent_last_day)
    if last_day < effective_on:
        raise refuse("term_is_over", "notice_on", ends_on=last_day)
    fixed = tuple(
        Payment(
            one.key, one.amount, one.due.by if one.due and one.falls_on != asked.notice_on else one.falls_on, one.due
        )
        for one in schedule(royalty, asked.notice_on, effective_on, last_day, calendar)
    )
    running = running_part(royalty)
    if running is None:
        return Cost(effective_on, last_day, fixed, ())
    if getattr(asked, running.base) is None:
        return Cost(effective_on, last_day, fixed, (running.base.value,))
    reported = _reported(running, asked, effective_on, last_day, calendar)
    return Cost(effective_on, last_day, (*fixed, *reported), ())


def _reported(
    running: Running, asked: CostQuestion, effective_on: date, last_day: date, calendar: Calendar
) -> Iterator[Payment]:
    for period in periods(running, effective_on, last_day):
        by = within(calendar, period.last_on, running.report_within_days, running.report_within_days_counted)
        made = determine_report(running, period, _sales(asked, period), by.by)
        due = payable_day(running, period, by, by.by, calendar)
        yield Payment(f"report:{period.n}", made.result[0].amount, due.by, due, period, made)


def _sales(asked: CostQuestion, period: Period) -> Sales:
    """What the period would bring: all of it where it is full, else by its days."""
    begins_on = period.begins_on or period.first_on
    part = Fraction((period.last_on - period.first_on).days + 1, (period.ends_on - begins_on).days + 1)
    return Sales(
        net_sales=None if asked.net_sales is None else half_up(asked.net_sales.fen * part),
        profit=None if asked.profit is None else half_up(asked.profit.fen * part),
        units=None if asked.units is None else int(asked.units * part),
    )
