"""Where a payout stands: one receipt, or the first grant, and one unit that pays its inventors.

What is due is computed afresh each time, from the statements that count and from the receipts as now known. What people
did counts only for the amounts they saw: publicity and approvals of other amounts are history. Where money has moved, a
smaller amount becomes a negative line that waits for two people's decision, and a larger one needs two new approvals.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from rules.filing.corrections import correction_findings
from rules.filing.finding import finding
from rules.filing.order import last, legal_order, of_kind, otherwise_findings, passed_on
from rules.filing.watch import watched
from rules.law.calendar import Calendar
from rules.payout.amounts import GRANT, amounts_of
from rules.payout.approval import approval_of
from rules.payout.money import money_lines
from rules.payout.payments import differing_payments, is_rewarded, pay_lines
from rules.payout.relief import notice_until
from rules.payout.succession import of_unit
from rules.payout.watches import View, is_negative, publicity_deadline, tasks, tax_records, watches
from rules.questions.personal_tax import window_ends
from schemas.acts.act import FilingKind
from schemas.acts.beginning import kinds_that_begin
from schemas.acts.payout import PAYOUT_ACT, PayoutAct, TakeOverPayout
from schemas.lifecycle.stages.payout import PayoutStage
from schemas.lifecycle.stages.stage import Phase
from schemas.standing.fact import Fact, PayoutFacts
from schemas.standing.position import Finding, PayoutLine, PayoutPosition
from schemas.standing.surroundings import PayoutSurroundings
from schemas.values.determination import Determination
from schemas.values.money import total

_FIRST = kinds_that_begin(FilingKind.PAYOUT)


def derive_payout(facts: PayoutFacts, surroundings: PayoutSurroundings, calendar: Calendar) -> PayoutPosition:
    """The position of the set of ``facts``, in whichever order they were recorded.

    Raises ValueError when no first act is among them; before a take-over is countersigned the stage is nothing yet.
    """
    asked = of_kind(facts, *_FIRST)
    if not asked:
        raise ValueError("a payout begins with determine or take_over; neither is among its facts")
    ordered = legal_order(facts, PAYOUT_ACT)
    begun = of_kind(ordered, *_FIRST)
    if not begun:
        act = asked[0].act
        return PayoutPosition(stage=PayoutStage.NOTHING, parent_id=act.parent_id, unit=act.unit, subject=act.subject)
    act = begun[0].act
    surroundings = of_unit(surroundings, act.unit, act.subject)
    amounts = amounts_of(ordered, act.unit, act.subject, surroundings)
    region = amounts.facts.region if amounts.facts else ""
    paying = pay_lines(amounts, ordered, act.subject, surroundings, calendar)
    beneficiaries = tuple(line.party for line in paying.lines if line.party is not None)
    approval = approval_of(ordered, facts, amounts, beneficiaries, region, calendar, money_moved=paying.has_begun)
    lines = tuple(_decided(line, ordered, facts) for line in paying.lines)
    view = View(
        ordered, facts, act.subject, PayoutStage.NOTHING, amounts, approval, lines, calendar, passed_on(ordered)
    )
    view = view._replace(stage=_stage(view, surroundings), frozen=surroundings.provisional)
    seen = watched(watches(view), view.passed_on)
    deadlines = (*seen.deadlines, *publicity_deadline(view))
    approved_on = approval.second.on if approval.second else None
    return PayoutPosition(
        stage=view.stage,
        passed_on=view.passed_on,
        provisional=surroundings.provisional,
        deadlines=deadlines,
        tasks=(*seen.tasks, *tasks(view)),
        findings=(
            *approval.findings,
            *paying.findings,
            *differing_payments(lines, ordered, approved_on),
            *_findings(view, act.unit, surroundings),
            *correction_findings(facts, PAYOUT_ACT),
            *otherwise_findings(facts, PAYOUT_ACT),
        ),
        money=tuple(money_lines(lines, act.unit, approval.second)) if view.stage != PayoutStage.CANCELLED else (),
        met=seen.met,
        warnings=tuple(_warnings(view, act, surroundings)),
        ended=not deadlines and _is_over(view),
        parent_id=act.parent_id,
        unit=act.unit,
        subject=act.subject,
        facts=amounts.facts,
        costs=amounts.costs,
        unknown=amounts.unknown,
        determination=amounts.determination,
        lines=lines,
        pool=amounts.pool,
        amounts_hash=amounts.hash,
        publicity_from=approval.publicity_from,
        publicity_last_on=approval.publicity_last_on,
        publicity_counted=approval.counted,
        relief_notice_until=_relief_notice_until(view),
        prepared_by=approval.prepared_by,
        first_approved_by=approval.first.by if approval.first else None,
        second_approved_by=approval.second.by if approval.second else None,
    )


def determinations_made(position_before: PayoutPosition | None, position: PayoutPosition) -> tuple[Determination, ...]:
    """What the fact that led from one position to the other has to keep.

    A determination that is new or differs; and again the same one where a publication showed it or a decision about a
    negative line rests on it, so that later changes of the amounts can be told from what people saw.
    """
    made = position.determination
    if made is None:
        return ()
    if position_before is not None and position_before.determination == made:
        shown = position.publicity_from is not None and position_before.publicity_from != position.publicity_from
        if not shown and _decisions(position) == _decisions(position_before):
            return ()
    return (made,)


def _relief_notice_until(view: View) -> date | None:
    shown = [fact.act for fact in of_kind(view.ordered, "publish") if fact.act.on == view.approval.publicity_from]
    needed = notice_until(shown[-1], view.calendar) if shown and view.subject != GRANT else None
    return needed.by if needed else None


def _decisions(position: PayoutPosition) -> list[tuple[str, str]]:
    return [(line.key, line.decision) for line in position.lines if line.decision is not None]


def _decided(line: PayoutLine, ordered: PayoutFacts, known: PayoutFacts) -> PayoutLine:
    """The line with the last decision that was taken about its present amount, after its last payment."""
    if not is_negative(line):
        return line
    decisions = [
        fact.act.decision
        for fact in of_kind(ordered, "adjust")
        if fact.act.line == line.key and fact.act.on >= (line.paid_on or fact.act.on) and _was_about(fact, line, known)
    ]
    decided: PayoutLine = line.but(decision=decisions[-1]) if decisions else line
    return decided


def _was_about(fact: Fact[Any], line: PayoutLine, known: PayoutFacts) -> bool:
    # The decision takes effect with the second signature, and it is that fact which keeps the amounts.
    signatures = [one for one in of_kind(known, "countersign") if one.act.countersigns == fact.act.act_id]
    kept = [made for one in (fact, *signatures) for made in one.made.determinations]
    return not kept or line.amount == total(one.amount for one in kept[-1].result if one.name == str(line.party))


def _stage(view: View, surroundings: PayoutSurroundings) -> PayoutStage:
    if any(line.payments or line.instructed for line in view.lines):
        return _stage_of_money(view)
    approval, amounts = view.approval, view.amounts
    nothing_left = not view.owing and not view.negative
    if amounts.fallen and not amounts.lines and not surroundings.provisional:
        return PayoutStage.CANCELLED
    if amounts.unknown:
        return PayoutStage.WAITING
    if nothing_left and not surroundings.provisional and last(view.ordered, "cancel"):
        return PayoutStage.CANCELLED
    if approval.open_objections:
        return PayoutStage.OBJECTED
    if view.negative and not view.owing:
        return PayoutStage.ADJUSTED
    if nothing_left and any(line.decision for line in view.lines):
        return PayoutStage.PAID
    if approval.second:
        return PayoutStage.RETURNED if _any_returned(view) else PayoutStage.APPROVED
    if approval.first:
        return PayoutStage.APPROVED_ONCE
    return PayoutStage.PUBLICITY if approval.publicity_from else PayoutStage.DETERMINED


def _stage_of_money(view: View) -> PayoutStage:
    """Once money has moved there is no way back: what changes is an adjustment (D-21)."""
    if view.negative or (view.owing and not view.approval.second):
        return PayoutStage.ADJUSTED
    if _any_returned(view):
        return PayoutStage.RETURNED
    if view.owing or any(line.instructed for line in view.lines):
        return PayoutStage.INSTRUCTED
    rewarded = [one.paid_on for line in view.lines if is_rewarded(line) for one in line.payments]
    recorded = tax_records(view.ordered)
    is_recorded = bool(recorded) and max(recorded) >= max(rewarded, default=min(recorded, default=date.min))
    return PayoutStage.TAX_RECORDED if is_recorded else PayoutStage.PAID


def _any_returned(view: View) -> bool:
    return any(line.returned_on is not None for line in view.lines)


def _is_over(view: View) -> bool:
    """Recorded, cancelled, or paid to parties whose money needs no record."""
    if view.stage.phase is Phase.OVER:
        return True
    return view.stage == PayoutStage.PAID and not any(line.tax_record_by for line in view.lines)


def _findings(view: View, unit: UUID, surroundings: PayoutSurroundings) -> Iterator[Finding]:
    found = [
        ("facts_of_another_unit", fact) for fact in of_kind(view.ordered, "state_facts") if fact.act.facts.unit != unit
    ]
    registered = sorted(str(one.party_id) for one in surroundings.owners)
    for fact in of_kind(view.ordered, "state_facts"):
        stated = sorted(str(one.owner) for one in fact.act.facts.owners)
        if stated and stated != registered:
            found.append(("owners_differ", fact))
    if view.stage != PayoutStage.CANCELLED and view.owing:
        found += [("cancelled_but_owed", fact) for fact in of_kind(view.ordered, "cancel")]
    for code, fact in found:
        yield finding(code, fact)


def _warnings(view: View, act: PayoutAct, surroundings: PayoutSurroundings) -> Iterator[str]:
    if surroundings.provisional:
        yield "licence_end_provisional"
    if view.amounts.unknown and view.stage != PayoutStage.WAITING:
        yield "amounts_unknown"
    if view.subject != GRANT and _outside_window(view):
        yield "tax_window_over"
    if isinstance(act, TakeOverPayout) and act.stage != view.stage and len(view.ordered) == 1:
        yield "take_over_stage_differs"


def _outside_window(view: View) -> bool:
    received_on = view.amounts.received_on
    rewarded = [line for line in view.lines if is_rewarded(line)]
    days = [one.paid_on for line in rewarded for one in line.payments]
    if view.passed_on is not None and any(is_rewarded(line) for line in view.owing):
        days.append(date.fromordinal(view.passed_on.toordinal() + 1))
    if received_on is None:
        return False
    ends = [(day, window_ends(received_on, day, view.calendar)) for day in days]
    return any(window is not None and day > window.by for day, window in ends)
