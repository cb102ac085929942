"""Bars that arise after filing, and the duty they open while the offer stands (rule 86; Guidelines V-11-2(2), 4, 9)."""

from collections.abc import Sequence
from datetime import date

from rules.filing.order import of_kind
from rules.filing.watch import at_once
from schemas.acts.declaration import DeclarationAct
from schemas.standing.fact import Fact
from schemas.standing.position import Duty, Task
from schemas.standing.surroundings import BarSpan
from schemas.statements.bars import BARS, Bar
from schemas.values.actor import Role

_DUTIES = {
    "report_patentee_change": "patentee_change",
    "report_transfer": "transfer",
    "report_abandonment": "abandonment",
}


def bar_spans(ordered: Sequence[Fact[DeclarationAct]]) -> tuple[BarSpan, ...]:
    """Each bar's intervals, both days included; a bar cleared before it was reported is closed all the same."""
    changes: dict[Bar, list[tuple[date, int]]] = {}
    for fact in of_kind(ordered, "report_bar"):
        changes.setdefault(fact.act.bar, []).append((fact.act.on, 0))
    for fact in of_kind(ordered, "report_pledge"):
        if fact.act.consent is None:
            changes.setdefault(Bar.E4, []).append((fact.act.on, 0))
    for fact in of_kind(ordered, "clear_bar"):
        changes.setdefault(fact.act.bar, []).append((fact.act.on, 1))
    spans = []
    for bar in sorted(changes):
        since: date | None = None
        for day, cleared in sorted(changes[bar]):
            if not cleared:
                since = since or day
            elif since is not None:
                spans.append(BarSpan(bar=bar, since_on=since, until_on=day))
                since = None
        if since is not None:
            spans.append(BarSpan(bar=bar, since_on=since))
    return tuple(spans)


def duties_of(
    ordered: Sequence[Fact[DeclarationAct]], spans: Sequence[BarSpan], announced_on: date, stands_until: date
) -> tuple[Duty, ...]:
    """What obliges the licensor to withdraw promptly: bars and changes of the patentee inside the offer's interval."""
    duties = [
        Duty(bar=span.bar.value, since_on=max(span.since_on, announced_on), until_on=span.until_on)
        for span in spans
        if span.since_on < stands_until and (span.until_on is None or span.until_on >= announced_on)
    ]
    for fact in of_kind(ordered, *_DUTIES):
        if fact.act.kind == "report_patentee_change" and fact.act.cause == "rename":
            continue  # D-28: a mere rename only asks the office
        if fact.act.on < stands_until:
            duties.append(Duty(bar=_DUTIES[fact.act.kind], since_on=max(fact.act.on, announced_on)))
    return tuple(sorted(dict.fromkeys(duties), key=lambda duty: (duty.since_on, duty.bar)))


def bar_tasks(duties: Sequence[Duty], offer_ended_on: date | None) -> tuple[Task, ...]:
    """The task of each duty: *promptly*, without a number of days, until the bar is gone or the offer has ended."""
    tasks = []
    for duty in duties:
        article = BARS[Bar(duty.bar)].article if duty.bar in Bar.__members__ else "Examination Guidelines V-11-9"
        done_on = min((day for day in (duty.until_on, offer_ended_on) if day is not None), default=None)
        tasks.append(
            at_once(
                f"withdraw:{duty.bar}:{duty.since_on}",
                "withdraw_promptly_and_tell_licensees",
                Role.LICENSOR,
                f"{article}; Examination Guidelines V-11-2(2)",
                duty.since_on,
                done_on,
                basis="legal",
            )
        )
    return tuple(tasks)
