"""The royalties of a licence: what is owed, by when, and what closes it (Civil Code 846, 873)."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from rules.filing.finding import finding
from rules.filing.order import of_kind
from rules.filing.watch import Watch, at_once
from rules.law.calendar import Calendar
from rules.law.service import service_day
from rules.licence.parties.treatment import CLOSING
from rules.licence.receipts import Taken, allocate, booked_receipts, receipt_findings, receipt_lines, receipt_tasks
from rules.licence.reports import Owed, Reports, reports_of
from rules.licence.right import Right
from rules.licence.royalty import running_part, schedule
from schemas.lifecycle.stages.licence import PROVISIONAL, LicenceStage, RoyaltyStage
from schemas.standing.dues import Obligation, Pursuit, ReceiptState
from schemas.standing.fact import LicenceFacts
from schemas.standing.position import Finding, MoneyLine, Task
from schemas.values.actor import Role
from schemas.values.due import DueDay
from schemas.values.money import ZERO, Money, total

DECIDE_PURSUIT = "decide_pursuit"


class Royalties(NamedTuple):
    """Obligations, receipts, and what follows from them in money and tasks."""

    stage: RoyaltyStage
    obligations: tuple[Obligation, ...]
    receipts: tuple[ReceiptState, ...]
    credit: Money
    money: tuple[MoneyLine, ...]
    watches: tuple[Watch, ...]
    tasks: tuple[Task, ...]
    findings: tuple[Finding, ...]


def royalties_of(ordered: LicenceFacts, right: Right, passed_on: date | None, calendar: Calendar) -> Royalties:
    """Everything about money; before the licence's effect receipts wait, and when nothing comes of it all is zero."""
    reports = reports_of(ordered, right, passed_on, calendar)
    owed = _owed(right, reports, calendar)
    closed = _closed(ordered, owed)
    takes = {one.key: one.amount - one.lowered - closed.get(one.key, ZERO) for one in owed}
    receipts, taken = allocate(booked_receipts(ordered), takes if not right.failed else {})
    obligations, watches = [], list(reports.watches)
    for one in owed:
        obligation, watch = _obligation(ordered, one, taken, closed.get(one.key, ZERO), right, passed_on)
        obligations.append(obligation)
        if watch is not None:
            watches.append(watch)
    known = [one.key for one in owed]
    return Royalties(
        _stage(right, obligations, watches, passed_on),
        tuple(obligations),
        receipts,
        total(one.credit for one in receipts),
        (*_due_lines(owed, closed, right), *receipt_lines(receipts, taken, right)),
        tuple(watches),
        (*reports.tasks, *receipt_tasks(ordered, receipts, right), *_decision_tasks(obligations, right)),
        (*reports.findings, *receipt_findings(ordered, known, right), *_closing_findings(ordered, owed)),
    )


def _owed(right: Right, reports: Reports, calendar: Calendar) -> tuple[Owed, ...]:
    if right.terms is None:
        return ()
    royalty = right.terms.royalty
    if right.effective_on is None or right.last_day is None:
        if right.first.condition != "due":
            return ()
        day = right.received_on
        return (Owed("due:1", right.first.amount, day, day, *_first_day(right, right.first.due, calendar)),)
    fixed = (
        Owed(
            one.key,
            one.amount,
            one.falls_on,
            one.falls_on,
            *(_first_day(right, one.due, calendar) if one.falls_on == right.received_on else (one.due, "legal")),
        )
        for one in schedule(royalty, right.received_on, right.effective_on, right.last_day, calendar)
    )
    return (*fixed, *reports.owed)


def _first_day(right: Right, announced: DueDay | None, calendar: Calendar) -> tuple[DueDay, Any]:
    """The announced payment day, or where the terms name none the platform's own (R6)."""
    if announced is not None:
        return announced, "legal"
    return service_day("pay", right.received_on, calendar), "service"


def _closed(ordered: LicenceFacts, owed: Sequence[Owed]) -> dict[str, Money]:
    """What two people settled, waived or wrote off; never more than is owed."""
    amounts = {one.key: (one.amount - one.lowered).fen for one in owed}
    sums: dict[str, int] = {}
    for fact in of_kind(ordered, *CLOSING):
        if fact.act.obligation in amounts:
            sums[fact.act.obligation] = sums.get(fact.act.obligation, 0) + fact.act.amount.fen
    return {key: Money(min(fen, max(amounts[key], 0))) for key, fen in sums.items()}


def _closing_findings(ordered: LicenceFacts, owed: Sequence[Owed]) -> Iterable[Finding]:
    amounts = {one.key: (one.amount - one.lowered).fen for one in owed}
    sums: dict[str, int] = {}
    for fact in of_kind(ordered, *CLOSING):
        key = fact.act.obligation
        sums[key] = sums.get(key, 0) + fact.act.amount.fen
    for fact in of_kind(ordered, *CLOSING):
        key = fact.act.obligation
        if key not in amounts:
            yield finding("obligation_unknown", fact)
        elif sums[key] > amounts[key]:
            yield finding("closed_more_than_owed", fact)


def _obligation(
    ordered: LicenceFacts, owed: Owed, taken: Sequence[Taken], closed: Money, right: Right, passed_on: date | None
) -> tuple[Obligation, Watch | None]:
    parts = [one for one in taken if one.obligation == owed.key]
    allocated = total(one.amount for one in parts)
    open_amount = owed.amount - owed.lowered - allocated - closed
    is_open = open_amount.fen > 0
    # The voucher makes the licence effective (D-04): once complete, the first due is no longer the licensee's to do.
    by_voucher = owed.key == "due:1" and right.first.condition == "due" and right.complete_on is not None
    done_on = None
    if by_voucher:
        done_on = right.complete_on
    elif not is_open:
        closings = [one.act.on for one in of_kind(ordered, *CLOSING) if one.act.obligation == owed.key]
        done_on = max([one.paid_on for one in parts] + closings, default=owed.falls_on)
    pursuit = _pursuit(ordered, owed, right) if done_on is None else "open"
    is_asked_for = pursuit in ("open", "pursued")
    watch = None
    if owed.due is not None and not right.failed and owed.amount.fen > 0:
        watch = Watch(
            f"pay:{owed.key}",
            "pay_royalty",
            Role.LICENSEE,
            owed.due,
            owed.basis,
            "Civil Code 846, 873",
            done_on,
            moot=not is_asked_for,
        )
    is_late = passed_on is not None and owed.due is not None and passed_on >= owed.due.by
    overdue = is_late and done_on is None and is_asked_for
    return Obligation(
        key=owed.key,
        amount=ZERO if right.failed else owed.amount,
        due_by=owed.due.by if owed.due else None,
        basis=owed.basis,
        provisional=bool(owed.due and owed.due.provisional) or right.provisional,
        allocated=allocated,
        closed=ZERO if right.failed else closed + owed.lowered,
        given_up=ZERO if right.failed else closed,
        state=_state(owed, right, is_open, allocated, overdue),
        pursuit=pursuit,
    ), watch


def _pursuit(ordered: LicenceFacts, owed: Owed, right: Right) -> Pursuit:
    pursuit, since = right.pursuit_of(owed.earned_on), right.offer.invalidated_on
    decided = [one.act.on for one in of_kind(ordered, "pursue") if one.act.obligation == owed.key]
    return "pursued" if pursuit == "by_decision" and since and any(day >= since for day in decided) else pursuit


def _decision_tasks(obligations: Sequence[Obligation], right: Right) -> Iterable[Task]:
    """The dues of an invalidated patent: nobody has to decide about them, so they keep no licence open."""
    since = right.offer.invalidated_on
    for one in obligations:
        if one.pursuit == "by_decision" and since is not None:
            yield at_once(f"{DECIDE_PURSUIT}:{one.key}", DECIDE_PURSUIT, Role.LICENSOR, "PL-47; L-10; D-21", since)


def _state(owed: Owed, right: Right, is_open: bool, allocated: Money, overdue: bool) -> Any:
    if right.failed:
        return "void"
    if not is_open:
        return "paid" if allocated == owed.amount else "closed"
    if overdue:
        return "overdue"
    return "reported" if owed.reported else "scheduled"


def _due_lines(owed: Sequence[Owed], closed: dict[str, Money], right: Right) -> tuple[MoneyLine, ...]:
    """What is owed, from the effect of the licence; what two people closed is taken back from it."""
    if not right.stands:
        return ()
    lines = []
    for one in owed:
        on = one.due.by if one.due else one.falls_on
        if one.amount:
            debit, credit = "licensee_due", "royalty_income"
            if one.amount < ZERO:
                debit, credit = credit, debit
            lines.append(
                MoneyLine(
                    key=f"obligation:{one.key}", debit=debit, credit=credit, amount=Money(abs(one.amount.fen)), on=on
                )
            )
        if closed.get(one.key):
            lines.append(
                MoneyLine(
                    key=f"closed:{one.key}",
                    debit="royalty_income",
                    credit="licensee_due",
                    amount=closed[one.key],
                    on=on,
                )
            )
    return tuple(lines)


def _stage(
    right: Right, obligations: Sequence[Obligation], watches: Sequence[Watch], passed_on: date | None
) -> RoyaltyStage:
    if not right.stands:
        return RoyaltyStage.NONE
    late = [
        one
        for one in watches
        if not one.moot and one.done_on is None and passed_on is not None and passed_on >= one.due.by
    ]
    if late or any(one.state == "overdue" for one in obligations):
        return RoyaltyStage.OVERDUE
    if any(one.pursuit in ("stopped", "by_decision") for one in obligations):
        return RoyaltyStage.HELD
    if any(one.state == "reported" for one in obligations):
        return RoyaltyStage.REPORTED
    running = right.terms is not None and running_part(right.terms.royalty) is not None
    more_to_come = running and right.stage in (LicenceStage.EFFECTIVE, *PROVISIONAL)
    waiting = any(one.state == "scheduled" for one in obligations) or any(
        one.done_on is None and not one.moot for one in watches
    )
    return RoyaltyStage.SCHEDULED if more_to_come or waiting else RoyaltyStage.CLEAR
