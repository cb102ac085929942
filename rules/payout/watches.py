"""What a payout waits for: the law's days to pay and to record, and what somebody has to do at each stage."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from rules.filing.order import of_kind
from rules.filing.watch import Watch, at_once
from rules.law.calendar import Calendar
from rules.law.law import Law
from rules.payout.amounts import GRANT, Amounts, governing_rule
from rules.payout.approval import PayoutApproval
from rules.payout.payments import is_rewarded
from rules.payout.relief import corrected_on
from rules.questions.personal_tax import window_ends
from rules.remuneration import first_grant_bonus
from schemas.lifecycle.stages.payout import PayoutStage
from schemas.standing.fact import PayoutFacts
from schemas.standing.position import Deadline, LinePayment, PayoutLine, Task
from schemas.values.actor import Role
from schemas.values.determination import Answer3
from schemas.values.due import DueDay
from schemas.values.money import ZERO

_RELIEF = "Caishui 2018 no. 58; L-05"
_ORDINARY = "Individual Income Tax Law art. 14; L-05"
"""Tax that was withheld in full is declared as any wage is."""


class View(NamedTuple):
    """Everything that was derived before the days are looked at. ``ordered`` begins with the payout's first act."""

    ordered: PayoutFacts
    known: PayoutFacts
    """With the acts that leave no trace in ``ordered``: corrections."""
    subject: str
    stage: PayoutStage
    amounts: Amounts
    approval: PayoutApproval
    lines: tuple[PayoutLine, ...]
    calendar: Calendar
    passed_on: date | None
    frozen: bool = False
    """The licence's end can still be undone: the second signature and the orders to the bank wait (D-22)."""

    @property
    def owing(self) -> list[PayoutLine]:
        return [line for line in self.lines if line.payable and line.owed > ZERO]

    @property
    def negative(self) -> list[PayoutLine]:
        """More was paid than is due, or costs took back what an earlier receipt gave, and nobody has decided yet."""
        return [line for line in self.lines if is_negative(line) and line.decision is None]

    @property
    def paid_up_on(self) -> date | None:
        """The day on which nothing was owed any more."""
        days = [one.paid_on for line in self.lines for one in line.payments]
        return max(days, default=None) if not self.owing and not self.amounts.unknown else None


def is_negative(line: PayoutLine) -> bool:
    """Only parties can owe; the team's sum and the undistributed rest belong to nobody."""
    return line.owed < ZERO and (line.payable or bool(line.payments))


def watches(view: View) -> Iterator[Watch]:
    """The law's days; what concerns nobody any more is moot."""
    over = view.amounts.fallen or view.stage == PayoutStage.CANCELLED
    yield from _payment(view, over)
    if view.subject != GRANT:
        yield from _tax(view, over)


def _payment(view: View, over: bool) -> Iterator[Watch]:
    received_on, facts = view.amounts.received_on, view.amounts.facts
    if received_on is None:
        return
    if view.subject == GRANT:
        due = first_grant_bonus.pay_by(received_on, view.calendar)
        if due is not None:
            yield Watch("pay", "pay_bonus", Role.FINANCE, due, "legal", "IR-93", view.paid_up_on, over)
        return
    law = Law(received_on)
    period = law.local(facts.region if facts else "", "remuneration_payment_period")
    if facts and governing_rule(facts, received_on) is None and law.holds(period):
        due = law.period(view.calendar, period, received_on)
        article = law.cite(period).provision
        yield Watch("pay", "pay_remuneration", Role.FINANCE, due, "legal", article, view.paid_up_on, over)


def _tax(view: View, over: bool) -> Iterator[Watch]:
    rewarded = [line for line in view.lines if is_rewarded(line)]
    received_on = view.amounts.received_on
    if received_on is not None:
        window = window_ends(received_on, view.paid_up_on or view.passed_on or received_on, view.calendar)
        nobody = bool(view.lines) and not any(line.owed > ZERO or line.payments for line in rewarded)
        if window is not None:
            yield Watch(
                "tax_window",
                "pay_within_tax_window",
                Role.FINANCE,
                window,
                "legal",
                _RELIEF,
                view.paid_up_on,
                over or nobody,
            )
    due_days: dict[tuple[date, bool], tuple[DueDay, date]] = {}
    for payment in (one for line in rewarded for one in line.payments):
        due, relieved = view.calendar.tax_day(payment.paid_on), payment.half_counts is not Answer3.NO
        _, latest = due_days.get((due.by, relieved), (due, payment.paid_on))
        due_days[due.by, relieved] = (due, max(payment.paid_on, latest))
    for (by, relieved), (due, latest) in sorted(due_days.items()):
        done_on = min((day for day in tax_records(view.ordered) if day >= latest), default=None)
        key, what, article = (
            (f"tax_record:{by}", "record_tax", _RELIEF)
            if relieved
            else (f"tax_declaration:{by}", "declare_tax", _ORDINARY)
        )
        yield Watch(key, what, Role.FINANCE, due, "legal", article, done_on)


def tax_records(ordered: PayoutFacts) -> list[date]:
    """Days of tax records; a payout taken over as recorded brings its own."""
    taken_over = [fact for fact in of_kind(ordered, "take_over") if fact.act.stage == PayoutStage.TAX_RECORDED]
    return [fact.act.on for fact in [*of_kind(ordered, "record_tax"), *taken_over]]


def publicity_deadline(view: View) -> Iterator[Deadline]:
    """Nothing is overdue when it has passed: from the next day on the approvers may act."""
    due = view.approval.publicity
    if view.stage in (PayoutStage.PUBLICITY, PayoutStage.OBJECTED) and due and (view.passed_on or date.min) < due.by:
        yield Deadline(
            key="publicity_end",
            what="publicity_end",
            role=Role.FIRST_APPROVER,
            by=due.by,
            basis="legal",
            article="Guofa 2016 no. 16; D-24",
            provisional=due.provisional,
            because=due.because,
        )


def tasks(view: View) -> Iterator[Task]:
    """What somebody has to do now, without a day of its own (R6)."""
    begun_on, approval = view.ordered[0].act.on, view.approval
    stated_on = view.amounts.stated_on or begun_on
    if view.amounts.unknown and view.stage != PayoutStage.CANCELLED:
        yield at_once("state_facts", "state_facts", Role.FINANCE, "Transformation Law 44; IR-92", stated_on)
    if view.stage == PayoutStage.DETERMINED and view.owing:
        yield at_once(f"publish:{stated_on}", "publish", Role.FINANCE, "L-26, L-29", stated_on)
    for one in approval.objections:
        yield at_once(f"decide:{one.act_id}", "decide_objection", Role.COMMITTEE, "D-24", one.on, one.decided_on)
    last_on = approval.publicity_last_on
    if view.stage == PayoutStage.PUBLICITY and last_on and view.passed_on and view.passed_on >= last_on:
        opened_on = date.fromordinal(last_on.toordinal() + 1)
        yield at_once(f"approve_first:{last_on}", "approve", Role.FIRST_APPROVER, "R5", opened_on)
    if view.stage == PayoutStage.APPROVED_ONCE and approval.first:
        second = at_once("approve_second", "approve", Role.SECOND_APPROVER, "R5", approval.first.on)
        yield second.but(provisional=view.frozen)
    for task in _payment_tasks(view, begun_on):
        yield task.but(provisional=view.frozen and task.what != "stop_payment")
    yield from _tax_corrections(view)


def _tax_corrections(view: View) -> Iterator[Task]:
    """The registration is not what it was when a month was declared: finance looks at that month again (D-23)."""
    records = tax_records(view.ordered)
    payments = [one for line in view.lines for one in line.payments if one.correct_since is not None]
    months: dict[str, list[LinePayment]] = {}
    for payment in payments:
        months.setdefault(f"{payment.paid_on:%Y-%m}", []).append(payment)
    for month, paid in sorted(months.items()):
        since = min(one.correct_since for one in paid if one.correct_since is not None)
        done = [corrected_on(one, records) for one in paid]
        done_on = None if None in done else max(day for day in done if day is not None)
        yield at_once(f"correct_tax:{month}", "correct_tax", Role.FINANCE, _RELIEF, since, done_on)


def _payment_tasks(view: View, begun_on: date) -> Iterator[Task]:
    changed_on = max(
        (fact.act.on for fact in of_kind(view.known, "surroundings_changed", "correct_fact", "state_facts")),
        default=begun_on,
    )
    owing, negative = [line.key for line in view.owing], [line.key for line in view.negative]
    for line in view.lines:
        if line.returned_on is not None:
            yield at_once(f"instruct:{line.key}", "instruct_again", Role.FINANCE, "platform", line.returned_on)
        elif line.key in owing and view.approval.second and not line.instructed:
            yield at_once(f"instruct:{line.key}", "instruct_payment", Role.FINANCE, "D-23", view.approval.second.on)
        elif line.key in owing and view.stage == PayoutStage.ADJUSTED:
            yield at_once(f"approve:{line.key}", "approve_difference", Role.FINANCE, "D-21", changed_on)
        elif line.key in negative:
            yield at_once(f"adjust:{line.key}", "decide_negative_line", Role.FINANCE, "D-21", changed_on)
        if line.instructed and view.amounts.fallen:
            yield at_once(f"stop:{line.key}", "stop_payment", Role.FINANCE, "D-13, D-21", changed_on)
