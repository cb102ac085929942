"""Where a settlement stands: one authority, one scheme, one year, with its claims.

The list is computed afresh each time, from the claims and from the receipts as now known. Publicity, approvals and lock
name the list they are about; where the list changed since, they are history, and it has to be calculated again. The
lock ends that: from then on what changes is an adjustment, which the next run of the scheme takes over (D-13).
"""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from rules.filing.corrections import correction_findings
from rules.filing.finding import finding
from rules.filing.order import last, legal_order, of_kind, otherwise_findings, passed_on
from rules.filing.watch import at_once, watched
from rules.law.calendar import Calendar
from rules.schemes.activation import needs_activation
from rules.settlement.adjustments import (
    END_PROVISIONAL,
    Restated,
    adjustments_of,
    claimants_of,
    demands_of,
    restated_by,
    supplement_of,
    without_fraud,
)
from rules.settlement.approval import approval_of, preparers_of, supplements_of
from rules.settlement.calculation import Calculation, LockedList, calculation_of, locked_lists
from rules.settlement.claims import Claim, corrected_after_decision
from rules.settlement.items import PreparedClaim
from rules.settlement.money import due_as_paid, money_lines, payments
from rules.settlement.payments import lines_of, taken_over, with_payments
from rules.settlement.watches import Derived, deadlines, tasks, watches
from schemas.acts.act import FilingKind
from schemas.acts.beginning import kinds_that_begin
from schemas.acts.settlement import SETTLEMENT_ACT, OpenYear, TakeOverSettlement
from schemas.lifecycle.stages.settlement import SettlementStage
from schemas.standing.fact import Fact, SettlementFacts
from schemas.standing.listed import NOTHING_LISTED, ClaimantAmounts, given_to
from schemas.standing.position import Finding, MoneyLine
from schemas.standing.settlement import AdjustmentState, ClaimState, SettlementPosition
from schemas.standing.surroundings import SettlementSurroundings
from schemas.standing.tracks import Tracks
from schemas.values.actor import Role
from schemas.values.determination import Determination
from schemas.values.money import ZERO

_FIRST = kinds_that_begin(FilingKind.SETTLEMENT)


def derive_settlement(
    facts: SettlementFacts, surroundings: SettlementSurroundings, calendar: Calendar
) -> SettlementPosition:
    """The position of the set of ``facts``. Raises ValueError when no first act is among them, and Refused where
    its scheme says nothing of its year; before a take-over is countersigned the stage is nothing yet.
    """
    asked = of_kind(facts, *_FIRST)
    if not asked:
        raise ValueError("a settlement begins with open_year or take_over; neither is among its facts")
    ordered = legal_order(facts, SETTLEMENT_ACT)
    begun = begun_by(ordered)
    if begun is None:
        return _not_countersigned(asked[0].act)
    now = calculation_of(ordered, begun, surroundings)
    lists = locked_lists(ordered, begun, now)
    locked, last_locked = (lists[0], lists[-1].made) if lists else (None, None)
    listed = last_locked if locked else now.determination
    shown_hash, version = (locked.hash if locked else now.hash), now.scheme_year.version
    approval = approval_of(ordered, facts, shown_hash, version, now.claims, calendar, made_now=locked is None)
    lines, found = lines_of(listed, ordered, claimants_of(now), lists)
    if isinstance(begun, TakeOverSettlement):
        lines = with_payments(taken_over(begun), lines)
    demands = demands_of(ordered)
    restated = without_fraud(restated_by(last_locked, now), demands) if last_locked else {}
    freed = supplement_of(last_locked, restated, now) if last_locked else None
    adjustments = adjustments_of(freed or last_locked, restated, lines, ordered, now) if last_locked else ()
    supplements = supplements_of(lists, freed, ordered, facts, now, calendar)
    given = given_to(listed) if listed else {}
    claims = tuple(_claim(ready, given, now) for ready in now.prepared)
    derived = Derived(
        ordered,
        facts,
        SettlementStage.NOTHING,
        bool(needs_activation(now.scheme_year.version)),
        now,
        claims,
        approval,
        lines,
        adjustments,
        demands,
        passed_on(facts),
        supplements,
    )
    derived = derived._replace(stage=_stage(derived, locked))
    seen = watched(watches(derived), derived.passed_on)
    waiting = (*seen.deadlines, *deadlines(derived))
    return SettlementPosition(
        stage=derived.stage,
        tracks=Tracks(supplement=supplements.stage),
        passed_on=derived.passed_on,
        provisional=any(one.provisional for one in now.prepared),
        deadlines=waiting,
        tasks=(*seen.tasks, *tasks(derived)),
        findings=(
            *approval.findings,
            *supplements.approval.findings,
            *found,
            *_claim_findings(now.claims, ordered),
            *_recovery_findings(adjustments, ordered),
            *_restated_findings(freed or last_locked, restated, adjustments, ordered),
            *corrected_after_decision(facts),
            *correction_findings(facts, SETTLEMENT_ACT),
            *otherwise_findings(facts, SETTLEMENT_ACT),
        ),
        money=tuple(_money(derived, locked, restated)),
        met=seen.met,
        warnings=tuple(_warnings(derived, begun, restated)),
        ended=_is_over(derived) and not waiting,
        authority=begun.authority,
        scheme=begun.scheme,
        year=begun.year,
        activation_needed=derived.activation_needed,
        activated_by=activators(ordered),
        last_claim_on=now.call.last_claim_on if now.call else None,
        budget=now.call.budget if now.call else None,
        window=now.called_window,
        claims=claims,
        unknown=now.unknown,
        preview_hash=shown_hash,
        lines=lines,
        publicity_from=approval.publicity_from,
        publicity_last_on=approval.publicity_last_on,
        publicity_counted=approval.counted,
        prepared_by=preparers_of(facts),
        first_approved_by=approval.first.by if approval.first else None,
        second_approved_by=approval.second.by if approval.second else None,
        locked_on=locked.on if locked else None,
        supplements=supplements.locked,
        supplement=supplements.next,
        adjustments=adjustments,
    )


def begun_by(ordered: SettlementFacts) -> OpenYear | TakeOverSettlement | None:
    """The act that began the settlement, of the facts that count."""
    begun = of_kind(ordered, *_FIRST)
    return begun[0].act if begun else None


def determinations_made(facts: SettlementFacts, surroundings: SettlementSurroundings) -> tuple[Determination, ...]:
    """The whole list that the calculation just recorded shows; after the lock, the next supplementary one."""
    ordered = legal_order(facts, SETTLEMENT_ACT)
    begun = begun_by(ordered)
    if begun is None:
        return ()
    now = calculation_of(ordered, begun, surroundings)
    lists = locked_lists(ordered, begun, now)
    made = now.determination
    if lists and lists[-1].made is not None:
        restated = without_fraud(restated_by(lists[-1].made, now), demands_of(ordered))
        made = supplement_of(lists[-1].made, restated, now)
    return (made,) if made else ()


def activators(ordered: SettlementFacts) -> tuple[UUID, ...]:
    """Both approvers, two people; fewer as long as they have not both activated."""
    signed = of_kind(ordered, "activate")
    firsts = [fact.act.by.party_id for fact in signed if fact.act.by.role is Role.FIRST_SCHEME_APPROVER]
    seconds = [fact.act.by.party_id for fact in signed if fact.act.by.role is Role.SECOND_SCHEME_APPROVER]
    pairs = ((first, second) for first in firsts for second in seconds if first != second)
    return next(pairs, tuple([*firsts, *seconds][:1]))


def _not_countersigned(act: OpenYear | TakeOverSettlement) -> SettlementPosition:
    return SettlementPosition(
        stage=SettlementStage.NOTHING,
        authority=act.authority,
        scheme=act.scheme,
        year=act.year,
        tasks=(at_once(f"countersign:{act.act_id}", "countersign", act.by.role, "R7", act.on),),
    )


def _stage(derived: Derived, locked: LockedList | None) -> SettlementStage:
    if locked is not None:
        return _stage_of_money(derived)
    approval, needed = derived.approval, derived.activation_needed
    if derived.now.call is None:
        return SettlementStage.ACTIVATED if needed and len(activators(derived.ordered)) > 1 else SettlementStage.OPEN
    if approval.calculated_on is None:
        return SettlementStage.CALLED
    if approval.publicity is None:
        return SettlementStage.CALCULATED
    if approval.open_objections:
        return SettlementStage.OBJECTED
    if approval.second:
        return SettlementStage.APPROVED
    return SettlementStage.APPROVED_ONCE if approval.first else SettlementStage.PUBLICITY


def _stage_of_money(derived: Derived) -> SettlementStage:
    if all(line.paid_amount >= line.due for line in derived.lines):
        return SettlementStage.PAID
    begun = any(line.payments or line.returned_on for line in derived.lines)
    return SettlementStage.PAYING if begun else SettlementStage.LOCKED


def _is_over(derived: Derived) -> bool:
    """Everything is paid, and nothing waits for a list, an officer, a later run, or money that was demanded back."""
    waits = derived.supplements.next is not None or any(
        line.state == "undecided" for claim in derived.claims if claim.is_live for line in claim.lines
    )
    return (
        derived.stage == SettlementStage.PAID
        and not waits
        and not any(one.open_amount or one.recovered < one.demanded for one in derived.adjustments)
    )


def _claim(ready: PreparedClaim, given: dict[str, ClaimantAmounts], now: Calculation) -> ClaimState:
    claim = ready.claim
    mine = given.get(claim.content.credit_code) if claim.is_live else None
    state, because = now.standing(ready)
    return ClaimState(
        claim_id=claim.claim_id,
        claimant=claim.content.claimant,
        credit_code=claim.content.credit_code,
        predecessors=claim.codes[1:],
        claimed_on=claim.claimed_on,
        recommended=claim.recommended,
        state=state,
        because=because,
        lines=ready.lines,
        entitled=mine.entitled if mine else None,
        payable=mine.payable if mine else ZERO,
        reserved=mine.reserved if mine else ZERO,
    )


def _money(derived: Derived, locked: LockedList | None, restated: dict[str, Restated]) -> Iterator[MoneyLine]:
    if locked is None:
        return payments(derived.lines)
    if locked.made is None:
        return iter((*due_as_paid(derived.lines), *payments(derived.lines)))
    return money_lines(restated, derived.lines, derived.demands, derived.ordered, locked.on)


def _claim_findings(claims: Sequence[Claim], ordered: SettlementFacts) -> Iterator[Finding]:
    facts: dict[UUID, Fact[Any]] = {fact.act.act_id: fact for fact in of_kind(ordered, "submit_claim")}
    for claim in claims:
        if claim.claim_id not in facts:
            continue  # nobody made it: the scheme needs no claim
        if claim.is_second:
            yield finding("claimed_twice", facts[claim.claim_id])
        elif claim.late:
            yield finding("claimed_late", facts[claim.claim_id])


def _recovery_findings(adjustments: Sequence[AdjustmentState], ordered: SettlementFacts) -> Iterator[Finding]:
    demanded = {one.key for one in adjustments if one.recovered <= one.demanded}
    for fact in of_kind(ordered, "recovered"):
        if fact.act.line not in demanded:
            yield finding("recovered_not_demanded", fact)


def _restated_findings(
    listed: Determination | None,
    restated: dict[str, Restated],
    adjustments: Sequence[AdjustmentState],
    ordered: SettlementFacts,
) -> Iterator[Finding]:
    """Approvers signed the locked list; what they did not sign waits until a later list has it."""
    lock, signed = last(ordered, "lock"), given_to(listed) if listed else {}
    is_changed = any(one.by_payer != signed.get(code, NOTHING_LISTED).by_payer for code, one in restated.items())
    if lock is not None and is_changed and any(one.open_amount for one in adjustments):
        yield finding("locked_list_restated", lock)


def _warnings(derived: Derived, begun: OpenYear | TakeOverSettlement, restated: dict[str, Restated]) -> Iterator[str]:
    frozen = {code for one in restated.values() for code in one.frozen}
    if derived.now.unknown or frozen - {END_PROVISIONAL}:
        yield "amounts_unknown"
    if any(one.provisional for one in derived.now.prepared):
        yield END_PROVISIONAL
    if isinstance(begun, TakeOverSettlement) and begun.stage != derived.stage and len(derived.ordered) == 1:
        yield "take_over_stage_differs"
