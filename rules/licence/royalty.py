"""What a licensee owes by the announced terms: exact amounts and the days they fall due (Civil Code 846; D-06, D-41).

Days are civil periods (calendar b), or working days (c) where the terms say so, counted from the day after the one
they start with. Amounts are whole fen, half a fen rounds up. Nothing here knows of receipts: what was paid is the
business of ``rules/licence``.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal, NamedTuple

from rules.law.calendar import ONE_DAY, Calendar, corresponding_day
from rules.law.law import Law
from schemas.acts.royalty import Sales
from schemas.statements.royalty import EntryPlusRunning, Free, Instalments, LumpSum, Royalty, Running, RunningBase
from schemas.values.determination import Determination, ResultLine
from schemas.values.due import DaysCounted, DueDay
from schemas.values.money import ZERO, Money

RULE = "royalty_report"

Condition = Literal["free", "due", "not_yet_due", "paid"]


class FirstDue(NamedTuple):
    """What must be paid before a licence takes effect; zero unless the condition is ``due``.

    ``due`` is the announced payment day, None where the terms name none.
    """

    condition: Condition
    amount: Money
    due: DueDay | None


class Scheduled(NamedTuple):
    """A fixed amount of the announced terms. ``falls_on`` is its day before any shift for rest days."""

    key: str
    amount: Money
    falls_on: date
    due: DueDay | None


class Period(NamedTuple):
    """The n-th reporting period, first and last day included; ``full`` unless the licence begins or ends inside it."""

    n: int
    first_on: date
    last_on: date
    ends_on: date
    """The last day it would have if it were full."""
    licence_year: int
    begins_on: date | None = None
    """The first day it would have if it were full, where the licence begins inside it."""

    @property
    def full(self) -> bool:
        return self.last_on == self.ends_on and self.begins_on is None


def within(calendar: Calendar, start: date, days: int, counted: DaysCounted) -> DueDay:
    """So many days, or working days, after ``start``; none at all means that very day."""
    if not days:
        return DueDay(by=start)
    return calendar.working_days(start, days) if counted == "working_days" else calendar.civil_period(start, days=days)


def first_due(royalty: Royalty, received_on: date, calendar: Calendar) -> FirstDue:
    """The first due of a notice that reached the patentee on ``received_on``; only an *announced* deferral defers."""
    amount, months = _first_part(royalty)
    if isinstance(royalty, Free):
        return FirstDue("free", ZERO, None)
    if isinstance(royalty, Running) or amount is None or months:
        return FirstDue("not_yet_due", ZERO, None)
    days, counted = royalty.pay_within_days, royalty.pay_within_days_counted
    return FirstDue("due", amount, None if days is None else within(calendar, received_on, days, counted))


def _first_part(royalty: Royalty) -> tuple[Money | None, int]:
    match royalty:
        case LumpSum():
            return royalty.amount, royalty.first_payment_after_months
        case Instalments():
            return royalty.instalments[0].amount, royalty.instalments[0].after_months
        case EntryPlusRunning():
            return royalty.entry, royalty.first_payment_after_months
        case _:
            return None, 0


def running_part(royalty: Royalty) -> Running | None:
    """The running royalty of the terms, alone or beside an entry fee."""
    match royalty:
        case Running():
            return royalty
        case EntryPlusRunning():
            return royalty.running
        case _:
            return None


def fixed_total(royalty: Royalty) -> Money:
    """All fixed amounts of the terms together; what runs is not in it."""
    match royalty:
        case Instalments():
            return Money(sum(part.amount.fen for part in royalty.instalments))
        case LumpSum():
            return royalty.amount
        case EntryPlusRunning():
            return royalty.entry
        case _:
            return ZERO


def schedule(
    royalty: Royalty, received_on: date, effective_on: date, last_day: date, calendar: Calendar
) -> tuple[Scheduled, ...]:
    """The fixed amounts ``due:1`` ... that fall on a day of the licence, up to and including its ``last_day``.

    What is due with the notice always stays; a later part is counted from ``effective_on`` and falls away when the
    licence ended before its day (Civil Code 865).
    """
    first = first_due(royalty, received_on, calendar)
    found = [Scheduled("due:1", first.amount, received_on, first.due)] if first.condition == "due" else []
    for n, (amount, months) in enumerate(_parts(royalty), start=1):
        if months and (falls_on := corresponding_day(effective_on, months=months)) <= last_day:
            found.append(Scheduled(f"due:{n}", amount, falls_on, calendar.civil_period(effective_on, months=months)))
    return tuple(found)


def _parts(royalty: Royalty) -> tuple[tuple[Money, int], ...]:
    if isinstance(royalty, Instalments):
        return tuple((part.amount, part.after_months) for part in royalty.instalments)
    amount, months = _first_part(royalty)
    return () if amount is None else ((amount, months),)


def periods(running: Running, effective_on: date, last_day: date) -> Iterator[Period]:
    """The reporting periods of a licence, the last one cut at ``last_day``.

    Counted from the effect, a period ends on the corresponding day and the next begins the day after it, as terms of
    years do (D-06): three years have exactly twelve quarters, and no thirteenth of one day with a minimum of its own.
    By the calendar they are its own, the first and the last as far as the licence reaches (0123).
    """
    months, n, first = running.period.months, 1, effective_on
    if running.periods_by == "calendar":
        yield from _calendar_periods(months, effective_on, last_day)
        return
    while first <= last_day:
        ends_on = corresponding_day(effective_on, months=n * months)
        yield Period(n, first, min(ends_on, last_day), ends_on, (n - 1) * months // 12 + 1)
        n, first = n + 1, ends_on + ONE_DAY


def _calendar_periods(months: int, effective_on: date, last_day: date) -> Iterator[Period]:
    n, first = 1, effective_on
    while first <= last_day:
        begins_on = first.replace(month=first.month - (first.month - 1) % months, day=1)
        ends_on = corresponding_day(begins_on, months=months) - ONE_DAY
        began_before = begins_on if begins_on < first else None
        yield Period(n, first, min(ends_on, last_day), ends_on, _licence_year(effective_on, first), began_before)
        n, first = n + 1, ends_on + ONE_DAY


def _licence_year(effective_on: date, day: date) -> int:
    """The year of the licence that ``day`` lies in; a year ends with the corresponding day (D-06)."""
    years = day.year - effective_on.year
    return years + 1 if day > corresponding_day(effective_on, years=years) else max(years, 1)


def minimum_of(running: Running, period: Period) -> Money:
    """Least royalty of the period: in full also for a part period, unless the announced terms say pro rata (D-41)."""
    minimum = running.minimum or ZERO
    if period.full or not running.minimum_pro_rata:
        return minimum
    begins_on = period.begins_on or period.first_on
    days, of_days = (period.last_on - period.first_on).days + 1, (period.ends_on - begins_on).days + 1
    return half_up(Fraction(minimum.fen * days, of_days))


def running_amount(running: Running, period: Period, sales: Sales) -> Money | None:
    """The royalty of one reported period, never below its minimum; None when the base of the terms is not reported."""
    counted = _counted(running, period, sales)
    return None if counted is None else max(counted, minimum_of(running, period))


def _counted(running: Running, period: Period, sales: Sales) -> Money | None:
    if running.base is RunningBase.UNITS:
        return None if sales.units is None else _unit_price(running, period) * sales.units
    base = sales.net_sales if running.base is RunningBase.NET_SALES else sales.profit
    return None if base is None else half_up(base.fen * Fraction(_rate(running, period)) / 100)


def _rate(running: Running, period: Period) -> Decimal:
    return [one.percent for one in running.rates if one.from_year <= period.licence_year][-1]


def _unit_price(running: Running, period: Period) -> Money:
    return [one.price for one in running.unit_prices if one.from_year <= period.licence_year][-1]


def half_up(fen: Fraction) -> Money:
    """Whole fen; half a fen rounds up."""
    return Money((2 * fen.numerator + fen.denominator) // (2 * fen.denominator))


def determine_report(running: Running, period: Period, sales: Sales, reported_on: date) -> Determination:
    """The royalty of one reported period with its steps; without the base of the terms it is *unknown*, never zero."""
    law = Law(reported_on)
    inputs = {
        "base": running.base.value,
        "period": str(period.n),
        "first_on": period.first_on.isoformat(),
        "last_on": period.last_on.isoformat(),
        "ends_on": period.ends_on.isoformat(),
        "licence_year": str(period.licence_year),
        "terms": running.model_dump_json(),
        "sales": sales.model_dump_json(),
    }
    if period.begins_on is not None:
        inputs["begins_on"] = period.begins_on.isoformat()
    counted = _counted(running, period, sales)
    if counted is None:
        return law.determination(RULE, inputs, (), (running.base.value,))
    scale = (
        f"{sales.units} x {_unit_price(running, period)}"
        if running.base is RunningBase.UNITS
        else f"{sales.net_sales if running.base is RunningBase.NET_SALES else sales.profit}"
        f" x {_rate(running, period)} %"
    )
    law.step("royalty of the period", f"{scale}, half a fen up", str(counted), "Civil Code art. 846")
    minimum = minimum_of(running, period)
    amount = max(counted, minimum)
    law.step("not below the minimum", f"max({counted}, {minimum})", str(amount), "announced terms; D-41")
    return law.determination(RULE, inputs, (ResultLine(name="royalty", amount=amount),))


def recompute(determination: Determination) -> Determination:
    """The same determination made again from nothing but its recorded inputs."""
    given = determination.inputs
    first_on, last_on, ends_on = (date.fromisoformat(given[name]) for name in ("first_on", "last_on", "ends_on"))
    begins_on = date.fromisoformat(given["begins_on"]) if "begins_on" in given else None
    period = Period(int(given["period"]), first_on, last_on, ends_on, int(given["licence_year"]), begins_on)
    running, sales = Running.model_validate_json(given["terms"]), Sales.model_validate_json(given["sales"])
    return determine_report(running, period, sales, determination.as_of)
