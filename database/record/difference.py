"""The difference between two positions, as rows: tasks, findings and ledger lines. Nothing is edited, only added to.

Pure, so that recording and auditing compute the same rows.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from database.record.posting import Finding, Line, Task
from schemas.lifecycle.stages.declaration import DeclarationStage
from schemas.lifecycle.stages.licence import LicenceStage
from schemas.lifecycle.stages.payout import PayoutStage
from schemas.standing import position as standing
from schemas.standing.position import BasePosition


class Difference(NamedTuple):
    """Rows to be posted."""

    tasks: tuple[Task, ...]
    findings: tuple[Finding, ...]
    lines: tuple[Line, ...]


_NOTHING_LEFT_TO_DO: frozenset[str] = frozenset(
    {
        DeclarationStage.ABANDONED,
        DeclarationStage.REFUSED,
        LicenceStage.VOID,
        LicenceStage.VOID_PROVISIONAL,
        LicenceStage.NOT_CONCLUDED,
        PayoutStage.CANCELLED,
    }
)
"""Stages in which a task without a day of its own goes because its reason has gone, not because it was done."""


def posted_difference(before: BasePosition | None, after: BasePosition, on: date) -> Difference:
    """What is new or changed; what has gone is closed on ``on``, and its money is posted back to zero."""
    tasks, findings = tuple(_tasks(before, after, on)), tuple(_findings(before, after, on))
    return Difference(tasks, findings, tuple(_lines(before, after)))


def _tasks(before: BasePosition | None, after: BasePosition, on: date) -> Iterable[Task]:
    old = {task.key: task for task in before.tasks} if before else {}
    for task in after.tasks:
        if old.pop(task.key, None) != task:
            yield _row(task, task.closed_on, task.closed_how)
    for task in old.values():
        if task.closed_on is None:
            yield _row(task, on, _closed_how(task, after))


def _closed_how(task: standing.Task, after: BasePosition) -> str:
    """How a task ended that the position no longer has: done in time and only told late, done, or needed by nobody."""
    if task.key in after.met:
        return "done_in_time_told_late"
    return "done" if task.by is None and after.stage not in _NOTHING_LEFT_TO_DO else "moot"


def _row(task: standing.Task, closed_on: date | None, closed_how: str | None) -> Task:
    return Task(
        task.key,
        task.what,
        task.role.value,
        task.basis,
        task.article,
        task.opened_on,
        task.by,
        task.provisional,
        closed_on,
        closed_how,
    )


def _findings(before: BasePosition | None, after: BasePosition, on: date) -> Iterable[Finding]:
    old = {finding.key: finding for finding in before.findings} if before else {}
    for finding in after.findings:
        if old.pop(finding.key, None) != finding:
            yield Finding(finding.key, finding.code, _about(finding), finding.opened_on)
    for finding in old.values():
        yield Finding(finding.key, finding.code, _about(finding), finding.opened_on, on)


def _about(finding: standing.Finding) -> dict[str, Any]:
    return {"act_id": finding.about, **({"filings": list(finding.others)} if finding.others else {})}


def _lines(before: BasePosition | None, after: BasePosition) -> Iterable[Line]:
    old = {line.key: line for line in before.money} if before else {}
    for line in after.money:
        gone = old.pop(line.key, None)
        if gone == line:
            continue
        if gone is not None:
            yield from _two_sides(gone, -gone.amount.fen)
        yield from _two_sides(line, line.amount.fen)
    for gone in old.values():
        yield from _two_sides(gone, -gone.amount.fen)


def _two_sides(line: standing.MoneyLine, fen: int) -> Iterable[Line]:
    if fen:
        yield Line(line.key, line.debit, fen, line.on)
        yield Line(line.key, line.credit, -fen, line.on)
