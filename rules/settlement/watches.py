"""What a settlement waits for: the last claim day, answers, publicity, and what somebody has to do at each stage."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple, assert_never

from rules.filing.order import of_kind
from rules.filing.watch import Watch, at_once
from rules.law.calendar import ONE_DAY
from rules.settlement.adjustments import Demand
from rules.settlement.approval import ListApproval, Supplements, is_published
from rules.settlement.calculation import Calculation
from schemas.lifecycle.stages.settlement import SettlementStage, SupplementStage
from schemas.standing.fact import SettlementFacts
from schemas.standing.position import Deadline, Task
from schemas.standing.settlement import AdjustmentState, ClaimState, SettlementLine
from schemas.values.actor import Role
from schemas.values.due import DueDay
from schemas.values.money import ZERO

SO, S1, S2, TR = (Role.SCHEME_OFFICER, Role.FIRST_SCHEME_APPROVER, Role.SECOND_SCHEME_APPROVER, Role.TREASURY)


class Derived(NamedTuple):
    """Everything that was derived before the days are looked at."""

    ordered: SettlementFacts
    known: SettlementFacts
    """With the acts that leave no trace in ``ordered``: corrections."""
    stage: SettlementStage
    activation_needed: bool
    now: Calculation
    claims: tuple[ClaimState, ...]
    approval: ListApproval
    lines: tuple[SettlementLine, ...]
    adjustments: tuple[AdjustmentState, ...]
    demands: tuple[Demand, ...]
    passed_on: date | None
    supplements: Supplements = Supplements()

    @property
    def provision(self) -> str:
        return self.now.scheme_year.version.cite.provision


def watches(derived: Derived) -> Iterator[Watch]:
    """Answers that an officer asked for by a day; the day is the officer's own, so it is a service day."""
    for claim in derived.now.claims:
        for on, answer_by, because in sorted(
            {
                (one.on, one.answer_by, one.because)
                for one in claim.decided.values()
                if one.state == "held" and one.on is not None and one.answer_by is not None
            }
        ):
            yield Watch(
                f"answer:{claim.claim_id}:{on}",
                "answer_hold",
                Role.CLAIMANT,
                DueDay(by=answer_by),
                "service",
                because,
                moot=not claim.is_live,
            )


def deadlines(derived: Derived) -> Iterator[Deadline]:
    """Days with which something else becomes possible; nothing is overdue when they have passed."""
    passed = derived.passed_on or date.min
    call = derived.now.call
    if call is not None and derived.stage == SettlementStage.CALLED and passed < call.last_claim_on:
        yield Deadline(
            key="last_claim_day",
            what="last_claim_day",
            role=Role.CLAIMANT,
            by=call.last_claim_on,
            basis="legal",
            article=derived.provision,
        )
    if derived.stage in (SettlementStage.PUBLICITY, SettlementStage.OBJECTED):
        yield from _publicity_end(derived, derived.approval, "publicity_end")
    if derived.supplements.stage in (SupplementStage.PUBLICITY, SupplementStage.OBJECTED):
        number = len(derived.supplements.locked) + 1
        yield from _publicity_end(derived, derived.supplements.approval, f"publicity_end:supplement:{number}")


def _publicity_end(derived: Derived, approval: ListApproval, key: str) -> Iterator[Deadline]:
    due = approval.publicity
    if due is not None and (derived.passed_on or date.min) < due.by:
        yield Deadline(
            key=key,
            what="publicity_end",
            role=S1,
            by=due.by,
            basis=approval.basis,
            article=f"{derived.provision}; D-24",
            provisional=due.provisional,
            because=due.because,
        )


def tasks(derived: Derived) -> Iterator[Task]:
    """What somebody has to do now, without a day of its own (R6)."""
    begun_on, article, approval = derived.ordered[0].act.on, derived.provision, derived.approval
    stages = SettlementStage
    match derived.stage:
        case stages.OPEN if derived.activation_needed:
            yield at_once("activate", "activate_scheme", S1, "R4; R5", begun_on)
        case stages.OPEN | stages.ACTIVATED:
            yield at_once("call", "call_for_claims", SO, article, begun_on)
        case stages.CALLED:
            yield from _claims(derived)
            yield from _calculation(derived)
        case stages.CALCULATED:
            yield from _claims(derived)
            calculated_on = approval.calculated_on or begun_on
            yield at_once(f"publish:{calculated_on}", "publish_list", SO, f"{article}; D-24", calculated_on)
        case stages.PUBLICITY | stages.OBJECTED:
            yield from _claims(derived)
        case stages.NOTHING | stages.APPROVED_ONCE | stages.APPROVED | stages.LOCKED | stages.PAYING | stages.PAID:
            pass
        case _:
            assert_never(derived.stage)
    for one in approval.objections:
        yield at_once(f"decide:{one.act_id}", "decide_settlement_objection", SO, "D-24", one.on, one.decided_on)
    yield from _after_publicity(derived)


def _after_publicity(derived: Derived) -> Iterator[Task]:
    approval, last_on = derived.approval, derived.approval.publicity.by if derived.approval.publicity else None
    stages = SettlementStage
    match derived.stage:
        case stages.PUBLICITY:
            if last_on and derived.passed_on and derived.passed_on >= last_on:
                yield at_once(f"approve_first:{last_on}", "approve_list", S1, "R5", last_on + ONE_DAY)
        case stages.APPROVED_ONCE:
            if approval.first:
                yield at_once("approve_second", "approve_list", S2, "R5", approval.first.on)
        case stages.APPROVED:
            if approval.second:
                yield at_once("lock", "lock_list", SO, derived.provision, approval.second.on)
        case stages.LOCKED | stages.PAYING | stages.PAID:
            yield from _claims(derived)
            yield from _of_supplement(derived)
            yield from _payments(derived)
        case stages.NOTHING | stages.OPEN | stages.ACTIVATED | stages.CALLED | stages.CALCULATED | stages.OBJECTED:
            pass
        case _:
            assert_never(derived.stage)


def _of_supplement(derived: Derived) -> Iterator[Task]:
    """What somebody has to do about the next supplementary list."""
    made, approval, stages = derived.supplements.next, derived.supplements.approval, SupplementStage
    if made is None:
        return
    changed_on, number, stage = _changed_on(derived), made.number, derived.supplements.stage
    article, calculated_on = derived.provision, approval.calculated_on or changed_on
    last_on = approval.publicity_last_on
    is_over = last_on is not None and derived.passed_on is not None and derived.passed_on >= last_on
    if stage is stages.DUE:
        yield at_once(f"supplement:{number}:calculate", "calculate_supplement", SO, f"{article}; D-15", changed_on)
    elif stage is stages.CALCULATED and is_published(derived.now.scheme_year.version):
        yield at_once(f"supplement:{number}:publish", "publish_list", SO, f"{article}; D-24", calculated_on)
    elif stage is stages.CALCULATED or (stage is stages.PUBLICITY and is_over):
        opened_on = last_on + ONE_DAY if last_on else calculated_on
        yield at_once(f"supplement:{number}:approve_first", "approve_list", S1, "R5", opened_on)
    elif stage is stages.APPROVED_ONCE and approval.first:
        yield at_once(f"supplement:{number}:approve_second", "approve_list", S2, "R5", approval.first.on)
    elif stage is stages.APPROVED and approval.second:
        yield at_once(f"supplement:{number}:lock", "lock_list", SO, article, approval.second.on)


def _changed_on(derived: Derived) -> date:
    """The day of the last news, of whatever a list after the lock can come from."""
    kinds = ("surroundings_changed", "correct_fact", "lock", "take_over", "accept_claim", "countersign")
    days: list[date] = [fact.act.on for fact in of_kind(derived.known, *kinds)]
    return max(days)


def _claims(derived: Derived) -> Iterator[Task]:
    for claim in derived.claims:
        if not claim.is_live:
            continue
        if derived.now.scheme_year.version.recommended_by_district and claim.recommended is None:
            yield at_once(
                f"recommend:{claim.claim_id}",
                "recommend_claim",
                Role.DISTRICT_RECOMMENDER,
                derived.provision,
                claim.claimed_on,
            )
        elif any(line.state == "undecided" for line in claim.lines):
            yield at_once(
                f"decide_claim:{claim.claim_id}:{claim.claimed_on}",
                "decide_claim",
                SO,
                derived.provision,
                claim.claimed_on,
            )
        if any(line.because.startswith("D-17") for line in claim.lines):
            yield at_once(f"relation:{claim.claim_id}", "decide_relation", SO, "D-17", claim.claimed_on)


def _calculation(derived: Derived) -> Iterator[Task]:
    made = [fact.act.on for fact in of_kind(derived.ordered, "calculate")]
    call = derived.now.call
    if call is None or (derived.passed_on or date.min) < call.last_claim_on:
        return
    if derived.now.unknown:
        yield at_once("complete_claims", "complete_claims", SO, derived.provision, call.last_claim_on)
    if made:
        yield at_once(f"calculate:{made[-1]}", "calculate_again", SO, "R1", made[-1])
    else:
        yield at_once("calculate", "calculate", SO, derived.provision, call.last_claim_on + ONE_DAY)


def _payments(derived: Derived) -> Iterator[Task]:
    locked_on = of_kind(derived.ordered, "lock", "take_over")[0].act.on
    held = [one.claim.content.credit_code for one in derived.now.prepared if one.provisional and one.claim.is_live]
    for line in derived.lines:
        frozen = line.credit_code in held  # the end of a licence that it hangs on can still be undone (D-22)
        if line.returned_on is not None:
            again = at_once(f"pay:{line.key}", "pay_subsidy_again", TR, derived.provision, line.returned_on)
            yield again.but(provisional=frozen)
        elif line.paid_amount < line.due:
            first = at_once(f"pay:{line.key}", "pay_subsidy", TR, derived.provision, locked_on)
            yield first.but(provisional=frozen)
    changed_on = max(
        (one.act.on for one in of_kind(derived.known, "surroundings_changed", "correct_fact", "lock")),
        default=locked_on,
    )
    for one in derived.adjustments:
        if one.open_amount < ZERO:
            yield at_once(f"adjust:{one.key}", "carry_or_demand_back", SO, "D-13", changed_on)
        elif one.open_amount > ZERO:
            yield at_once(f"adjust:{one.key}", "carry_adjustment", SO, "D-13", changed_on)
        if one.recovered < one.demanded:
            asked_on = max(demand.on for demand in derived.demands if demand.line == one.line)
            yield at_once(f"recover:{one.key}", "recover", TR, "Transformation Law 47", asked_on)
