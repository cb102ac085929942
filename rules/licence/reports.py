"""Sales reports of a running royalty: which are due, what each one makes payable, what a correction changes (D-41)."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from rules.filing.finding import finding
from rules.filing.order import of_kind
from rules.filing.watch import Watch, at_once
from rules.law.calendar import Calendar
from rules.licence.right import Right
from rules.licence.royalty import Period, determine_report, minimum_of, periods, running_amount, running_part, within
from schemas.acts.royalty import CorrectReport, ReportSales
from schemas.standing.fact import Fact, LicenceFacts
from schemas.standing.position import Finding, Task
from schemas.statements.royalty import Running
from schemas.values.actor import Role
from schemas.values.determination import Determination
from schemas.values.due import Basis, DueDay
from schemas.values.money import ZERO, Money


class Owed(NamedTuple):
    """An amount the licensee owes. ``lowered``: what later corrections of the report took off it.

    ``earned_on``: the day that must lie inside the licence for it to be owed; of a report the last of its period.
    """

    key: str
    amount: Money
    earned_on: date
    falls_on: date
    due: DueDay | None
    basis: Basis = "legal"
    reported: bool = False
    lowered: Money = ZERO


class Reports(NamedTuple):
    """What the reports, and their absence, lead to."""

    owed: tuple[Owed, ...] = ()
    watches: tuple[Watch, ...] = ()
    tasks: tuple[Task, ...] = ()
    findings: tuple[Finding, ...] = ()


def periods_of(right: Right) -> tuple[Period, ...]:
    """All reporting periods of the licence; none without a running royalty or without effect."""
    running = running_part(right.terms.royalty) if right.terms else None
    if running is None or right.effective_on is None or right.last_day is None:
        return ()
    return tuple(periods(running, right.effective_on, right.last_day))


def reports_of(ordered: LicenceFacts, right: Right, passed_on: date | None, calendar: Calendar) -> Reports:
    """The reports as far as days are known; a period that has not begun is no deadline yet."""
    running = running_part(right.terms.royalty) if right.terms else None
    told = of_kind(ordered, "report_sales", "correct_report")
    all_periods = {one.n: one for one in periods_of(right)}
    findings = [finding("report_of_no_period", one) for one in told if one.act.period not in all_periods]
    if running is None or not all_periods:
        return Reports(findings=() if right.failed else tuple(findings))
    owed: list[Owed] = []
    watches = []
    for period in all_periods.values():
        original = [one for one in of_kind(told, "report_sales") if one.act.period == period.n]
        corrections = {one.act.correction: one for one in of_kind(told, "correct_report") if one.act.period == period.n}
        if not original and not corrections and period.n > 1 and (passed_on is None or period.first_on > passed_on):
            continue
        due = within(calendar, period.last_on, running.report_within_days, running.report_within_days_counted)
        first_told = min((one.act.on for one in (*original, *corrections.values())), default=None)
        watches.append(
            Watch(
                f"report:{period.n}",
                "report_sales",
                Role.LICENSEE,
                due,
                "legal",
                "announced terms; Civil Code 846",
                first_told,
                moot=first_told is None and right.pursuit_of(period.last_on) != "open",
            )
        )
        findings += [finding("reported_twice", one) for one in original[:-1]]
        if corrections and not original:
            findings += [finding("correction_without_report", one) for one in corrections.values()]
        told_in_order = [*original[-1:], *(corrections[n] for n in sorted(corrections))]
        overdue = passed_on is not None and passed_on >= due.by
        owed += _of_period(running, period, told_in_order, due, overdue, findings, calendar)
    return Reports(tuple(owed), tuple(watches), _dispute_tasks(ordered), tuple(findings))


def _of_period(
    running: Running,
    period: Period,
    told: Sequence[Fact[Any]],
    due: DueDay,
    overdue: bool,
    findings: list[Finding],
    calendar: Calendar,
) -> list[Owed]:
    report_key = f"report:{period.n}"
    owed: list[Owed] = []
    before = ZERO
    if overdue and not any(one.act.kind == "report_sales" for one in told) and (least := minimum_of(running, period)):
        # Nothing was reported: the minimum is owed all the same.
        owed.append(
            Owed(report_key, least, period.last_on, period.last_on, payable_day(running, period, due, due.by, calendar))
        )
        before = least
    for one in told:
        amount = running_amount(running, period, one.act.sales)
        if amount is None:
            findings.append(finding("report_base_missing", one))
            continue
        payable = payable_day(running, period, due, one.act.on, calendar)
        if isinstance(one.act, ReportSales):
            owed.append(Owed(report_key, amount, period.last_on, period.last_on, payable, reported=True))
        elif amount >= before:
            later = payable_day(running, period, due, one.act.on, calendar, corrects=True)
            key = f"correction:{period.n}.{one.act.correction}"
            owed.append(Owed(key, amount - before, period.last_on, one.act.on, later, reported=True))
        else:
            owed = _lowered(owed, before - amount)
            less = amount - before
            key = f"correction:{period.n}.{one.act.correction}"
            owed.append(Owed(key, less, period.last_on, one.act.on, None, reported=True, lowered=less))
        before = amount
    return owed


def payable_day(
    running: Running, period: Period, due: DueDay, told_on: date, calendar: Calendar, *, corrects: bool = False
) -> DueDay:
    """The announced payment day. A late report does not put it off; what a correction adds is never due before it."""
    starts = {"report": min(told_on, due.by), "last_report_day": due.by, "period_end": period.last_on}
    start = max(told_on, starts[running.pay_from]) if corrects else starts[running.pay_from]
    payable = within(calendar, start, running.pay_within_days, running.pay_within_days_counted)
    if start != due.by or payable.provisional or not due.provisional:
        return payable
    return DueDay(by=payable.by, provisional=True, because=due.because)  # the day that it is counted from can move


def _lowered(owed: Sequence[Owed], less: Money) -> list[Owed]:
    """What a correction takes off the period, from its latest amounts to its first."""
    rest, lowered = less, []
    for one in reversed(owed):
        off = min(rest, max(one.amount - one.lowered, ZERO))
        rest -= off
        lowered.append(one._replace(lowered=one.lowered + off))
    return lowered[::-1]


def _dispute_tasks(ordered: LicenceFacts) -> tuple[Task, ...]:
    tasks = []
    for one in of_kind(ordered, "dispute_report"):
        settled = [
            other.act.on
            for other in of_kind(ordered, "audit", "correct_report")
            if other.act.period == one.act.period and other.act.on >= one.act.on
        ]
        tasks.append(
            at_once(
                f"settle_dispute:{one.act.act_id}",
                "settle_report_dispute",
                Role.LICENSOR,
                "Civil Code 846(2)",
                one.act.on,
                min(settled, default=None),
            )
        )
    return tuple(tasks)


def determination_of_report(act: ReportSales | CorrectReport, right: Right) -> Determination | None:
    """How the royalty of this report was computed; None when the licence has no such period."""
    running = running_part(right.terms.royalty) if right.terms else None
    period = next((one for one in periods_of(right) if one.n == act.period), None)
    return determine_report(running, period, act.sales, act.on) if running and period else None
