"""The recordal of a licence with the office (IR-15, IR-87; GL-7; Order 62)."""

from datetime import date
from typing import NamedTuple, assert_never

from rules.filing.finding import finding
from rules.filing.order import is_open, last, of_kind
from rules.filing.watch import Watch, at_once
from rules.law.calendar import Calendar
from rules.law.law import Law
from rules.licence.right import Right
from schemas.lifecycle.stages.licence import LicenceStage, RecordalStage
from schemas.lifecycle.stages.stage import Phase
from schemas.standing.fact import LicenceFacts
from schemas.standing.position import Finding, Task
from schemas.values.actor import Role
from schemas.values.due import DueDay


class Recordal(NamedTuple):
    """``stage`` is the one of the table; ``due_by`` the first day of the law, kept also when it was missed."""

    stage: RecordalStage
    number: str | None
    recorded_on: date | None
    due_by: date | None
    watches: tuple[Watch, ...]
    tasks: tuple[Task, ...]
    findings: tuple[Finding, ...]


def period(name: str, start: date, calendar: Calendar, *keys: str, as_of: date | None = None) -> DueDay | None:
    """A period of the parameters; None where no value holds on that day, since none may be invented (R6)."""
    law = Law(as_of or start)
    return law.period(calendar, name, start, *keys) if law.holds(name) else None


def recordal_of(ordered: LicenceFacts, right: Right, passed_on: date | None, calendar: Calendar) -> Recordal:
    """The recordal track; it begins with the effect and falls away with a void licence unless it was recorded."""
    recorded = last(ordered, "record")
    due = period("national.recordal_period", right.effective_on, calendar) if right.effective_on else None
    stage = _stage(ordered, right, due, passed_on)
    return Recordal(
        stage,
        recorded.act.recordal_number if recorded else None,
        recorded.act.on if recorded else None,
        due.by if due else None,
        tuple(_watches(ordered, right, stage, due, calendar)),
        _tasks(ordered, right, stage),
        _findings(ordered, right),
    )


def _days(ordered: LicenceFacts, *kinds: str) -> list[date]:
    return [one.act.on for one in of_kind(ordered, *kinds)]


def _cancelled_on(ordered: LicenceFacts) -> list[date]:
    """Days on which the office confirmed a cancellation; what a party asks for is not yet done."""
    return [one.act.on for one in of_kind(ordered, "cancel_recordal") if one.act.by.role is Role.OFFICE]


def _stage(ordered: LicenceFacts, right: Right, due: DueDay | None, passed_on: date | None) -> RecordalStage:
    records, refusals = _days(ordered, "record"), _days(ordered, "refuse_recordal")
    cancels, revocations = _cancelled_on(ordered), _days(ordered, "revoke_recordal")
    if is_open(records, cancels + revocations):
        return RecordalStage.RECORDED
    if not right.stands:
        gone = max(cancels + revocations, default=None)
        if gone is None or not records:
            return RecordalStage.NONE
        return RecordalStage.REVOKED if gone in revocations else RecordalStage.CANCELLED
    if is_open(_days(ordered, "file_recordal"), records + refusals):
        return RecordalStage.FILED
    closings = [(day, 2, RecordalStage.REVOKED) for day in revocations] + [
        (day, 1, RecordalStage.CANCELLED) for day in cancels
    ]
    if closings:
        return max(closings)[2]
    if due is not None and passed_on is not None and passed_on >= due.by:
        return RecordalStage.OVERDUE
    return RecordalStage.REFUSED if refusals else RecordalStage.DUE


def _filed_on(ordered: LicenceFacts, stage: RecordalStage) -> date | None:
    """The day of the filing that still counts: the first, or after a refusal the first one filed again."""
    match stage:
        case RecordalStage.NONE | RecordalStage.DUE | RecordalStage.OVERDUE | RecordalStage.REFUSED:
            return None
        case RecordalStage.FILED | RecordalStage.RECORDED | RecordalStage.CANCELLED | RecordalStage.REVOKED:
            filed = _days(ordered, "file_recordal")
            refused = max(_days(ordered, "refuse_recordal"), default=None)
            again = [day for day in filed if refused is None or day >= refused]
            return min(again or filed or _days(ordered, "record"), default=None)
        case _:
            assert_never(stage)


def _watches(
    ordered: LicenceFacts, right: Right, stage: RecordalStage, due: DueDay | None, calendar: Calendar
) -> list[Watch]:
    watches = []
    filed_on = _filed_on(ordered, stage)
    if due is not None:
        over = right.ended_on is not None and not right.provisional and filed_on is None and right.ended_on <= due.by
        watches.append(
            Watch("recordal", "file_recordal", Role.LICENSOR, due, "legal", "IR-15(2), IR-87", filed_on, moot=over)
        )
    asked = last(ordered, "ask_supplement")
    supplied = [] if asked is None else [day for day in _days(ordered, "supplement") if day >= asked.act.on]
    if stage == RecordalStage.FILED and filed_on is not None:
        if asked is not None and asked.act.answer_by is not None:
            watches.append(
                Watch(
                    f"recordal_supplement:{asked.act.act_id}",
                    "supplement_recordal",
                    Role.LICENSOR,
                    DueDay(by=asked.act.answer_by),
                    "legal",
                    "the office's notice",
                    min(supplied, default=None),
                )
            )
        decides = period("national.recordal_examination", max([filed_on, *supplied]), calendar)
        if decides is not None and (asked is None or supplied):
            watches.append(
                Watch(
                    "recordal_decision", "ask_office_for_recordal", Role.OPERATOR, decides, "legal", "Order 62 art. 11"
                )
            )
    if stage == RecordalStage.RECORDED or _cancelled_on(ordered):
        ended_on = right.ended_on if right.stage in (LicenceStage.EXPIRED, LicenceStage.TERMINATED) else None
        cancel_by = period("national.recordal_cancellation_period", ended_on, calendar) if ended_on else None
        if cancel_by is not None:
            asked_on = min(_days(ordered, "cancel_recordal"), default=None)
            watches.append(
                Watch(
                    "cancel_recordal", "cancel_recordal", Role.LICENSOR, cancel_by, "legal", "Order 62 (L-12)", asked_on
                )
            )
    return watches


def _tasks(ordered: LicenceFacts, right: Right, stage: RecordalStage) -> tuple[Task, ...]:
    tasks = []
    right_is_gone = right.failed or right.stage == LicenceStage.PATENT_ENDED
    if right_is_gone and right.ended_on is not None:
        ended_on = right.ended_on
        gone = [day for day in (*_cancelled_on(ordered), *_days(ordered, "revoke_recordal")) if day >= ended_on]
        if stage == RecordalStage.RECORDED or gone:
            tasks.append(
                at_once(
                    "cancel_recordal_promptly",
                    "cancel_recordal",
                    Role.LICENSOR,
                    "Order 62 (L-12)",
                    ended_on,
                    None if stage == RecordalStage.RECORDED else min(gone),
                )
            )
    changes = [one.act.on for one in of_kind(ordered, "change_recordal") if one.act.by.role is Role.OFFICE]
    if stage == RecordalStage.RECORDED and right.stands:
        for one in of_kind(ordered, "substitute_party"):
            done = min((day for day in changes if day >= one.act.on), default=None)
            tasks.append(
                at_once(
                    f"change_recordal:{one.act.act_id}", "change_recordal", Role.LICENSOR, "Order 62", one.act.on, done
                )
            )
    return tuple(tasks)


def given_up(task: Task, right: Right) -> Task:
    """A recordal that was missed and is not worth asking for any more, since the licence is over."""
    is_over = right.stage.phase is Phase.OVER
    if task.key != "recordal" or task.closed_on is not None or not is_over or right.ended_on is None:
        return task
    closed: Task = task.but(closed_on=max(right.ended_on, task.opened_on), closed_how="moot")
    return closed


def _findings(ordered: LicenceFacts, right: Right) -> tuple[Finding, ...]:
    found = []
    filed, records = _days(ordered, "file_recordal"), _days(ordered, "record")
    for one in of_kind(ordered, "record"):
        if not any(day <= one.act.on for day in filed):
            found.append(finding("recorded_without_filing", one))
        if not right.stands:
            found.append(finding("recorded_without_effect", one))
    found += [
        finding("refused_without_filing", one)
        for one in of_kind(ordered, "refuse_recordal")
        if not any(day <= one.act.on for day in filed)
    ]
    found += [
        finding("not_recorded", one)
        for one in of_kind(ordered, "cancel_recordal", "revoke_recordal")
        if one.act.by.role is Role.OFFICE and not any(day <= one.act.on for day in records)
    ]
    return tuple(found)
