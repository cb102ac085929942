"""What a settlement waits for: the last claim day, answers, publicity, and what somebody has to do at each stage."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple, assert_never

from rules.filing.order import of_kind
from rules.filing.watch import Watch, at_once
from rules.settlement.adjustments import Demand
from rules.settlement.approval import ListApproval
from rules.settlement.calculation import Calculation
from schemas.acts.settlement import SettlementAct
from schemas.lifecycle.stages.settlement import AFTER_LOCK, SettlementStage
from schemas.standing.fact import Fact
from schemas.standing.position import Deadline, Task
from schemas.standing.settlement import AdjustmentState, ClaimState, SettlementLine
from schemas.values.actor import Role
from schemas.values.due import DueDay
from schemas.values.money import ZERO

Facts = Sequence[Fact[SettlementAct]]
SO, S1, S2, TR = (Role.SCHEME_OFFICER, Role.FIRST_SCHEME_APPROVER, Role.SECOND_SCHEME_APPROVER, Role.TREASURY)


class View(NamedTuple):
    """Everything that was derived before the days are looked at."""

    ordered: Facts
    known: Facts
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

    @property
    def provision(self) -> str:
        return self.now.frame.version.cite.provision


def watches(view: View) -> Iterator[Watch]:
    """Answers that an officer asked for by a day; the day is the officer's own, so it is a service day."""
    for claim in view.now.claims:
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
                moot=not claim.is_live or view.stage in AFTER_LOCK,
            )


def deadlines(view: View) -> Iterator[Deadline]:
    """Days with which something else becomes possible; nothing is overdue when they have passed."""
    passed = view.passed_on or date.min
    call = view.now.call
    if call is not None and view.stage == SettlementStage.CALLED and passed < call.last_claim_on:
        yield Deadline(
            key="last_claim_day",
            what="last_claim_day",
            role=Role.CLAIMANT,
            by=call.last_claim_on,
            basis="legal",
            article=view.provision,
        )
    due = view.approval.publicity
    if view.stage in (SettlementStage.PUBLICITY, SettlementStage.OBJECTED) and due and passed < due.by:
        yield Deadline(
            key="publicity_end",
            what="publicity_end",
            role=S1,
            by=due.by,
            basis=view.approval.basis,
            article=f"{view.provision}; D-24",
            provisional=due.provisional,
            because=due.because,
        )


def tasks(view: View) -> Iterator[Task]:
    """What somebody has to do now, without a day of its own (R6)."""
    begun_on, article, approval = view.ordered[0].act.on, view.provision, view.approval
    S = SettlementStage
    match view.stage:
        case S.OPEN if view.activation_needed:
            yield at_once("activate", "activate_scheme", S1, "R4; R5", begun_on)
        case S.OPEN | S.ACTIVATED:
            yield at_once("call", "call_for_claims", SO, article, begun_on)
        case S.CALLED:
            yield from _claims(view)
            yield from _calculation(view)
        case S.CALCULATED:
            yield from _claims(view)
            calculated_on = approval.calculated_on or begun_on
            yield at_once(f"publish:{calculated_on}", "publish_list", SO, f"{article}; D-24", calculated_on)
        case S.PUBLICITY | S.OBJECTED:
            yield from _claims(view)
        case S.NOTHING | S.APPROVED_ONCE | S.APPROVED | S.LOCKED | S.PAYING | S.PAID:
            pass
        case _:
            assert_never(view.stage)
    for one in approval.objections:
        yield at_once(f"decide:{one.act_id}", "decide_settlement_objection", SO, "D-24", one.on, one.decided_on)
    yield from _after_publicity(view)


def _after_publicity(view: View) -> Iterator[Task]:
    approval, last_on = view.approval, view.approval.publicity.by if view.approval.publicity else None
    S = SettlementStage
    match view.stage:
        case S.PUBLICITY:
            if last_on and view.passed_on and view.passed_on >= last_on:
                yield at_once(f"approve_first:{last_on}", "approve_list", S1, "R5", last_on + timedelta(days=1))
        case S.APPROVED_ONCE:
            if approval.first:
                yield at_once("approve_second", "approve_list", S2, "R5", approval.first.on)
        case S.APPROVED:
            if approval.second:
                yield at_once("lock", "lock_list", SO, view.provision, approval.second.on)
        case S.LOCKED | S.PAYING | S.PAID:
            yield from _payments(view)
        case S.NOTHING | S.OPEN | S.ACTIVATED | S.CALLED | S.CALCULATED | S.OBJECTED:
            pass
        case _:
            assert_never(view.stage)


def _claims(view: View) -> Iterator[Task]:
    for claim in view.claims:
        if not claim.is_live:
            continue
        if view.now.frame.version.recommended_by_district and claim.recommended is None:
            yield at_once(
                f"recommend:{claim.claim_id}",
                "recommend_claim",
                Role.DISTRICT_RECOMMENDER,
                view.provision,
                claim.claimed_on,
            )
        elif any(line.state == "undecided" for line in claim.lines):
            yield at_once(
                f"decide_claim:{claim.claim_id}:{claim.claimed_on}",
                "decide_claim",
                SO,
                view.provision,
                claim.claimed_on,
            )
        if any(line.because.startswith("D-17") for line in claim.lines):
            yield at_once(f"relation:{claim.claim_id}", "decide_relation", SO, "D-17", claim.claimed_on)


def _calculation(view: View) -> Iterator[Task]:
    made = [fact.act.on for fact in of_kind(view.ordered, "calculate")]
    call = view.now.call
    if call is None or (view.passed_on or date.min) < call.last_claim_on:
        return
    if view.now.unknown:
        yield at_once("complete_claims", "complete_claims", SO, view.provision, call.last_claim_on)
    if made:
        yield at_once(f"calculate:{made[-1]}", "calculate_again", SO, "R1", made[-1])
    else:
        yield at_once("calculate", "calculate", SO, view.provision, call.last_claim_on + timedelta(days=1))


def _payments(view: View) -> Iterator[Task]:
    locked_on = of_kind(view.ordered, "lock", "take_over")[0].act.on
    for line in view.lines:
        if line.returned_on is not None:
            yield at_once(f"pay:{line.key}", "pay_subsidy_again", TR, view.provision, line.returned_on)
        elif line.paid_amount < line.due:
            yield at_once(f"pay:{line.key}", "pay_subsidy", TR, view.provision, locked_on)
    changed_on = max(
        (one.act.on for one in of_kind(view.known, "surroundings_changed", "correct_fact", "lock")), default=locked_on
    )
    for one in view.adjustments:
        if one.open_amount < ZERO:
            yield at_once(f"adjust:{one.key}", "carry_or_demand_back", SO, "D-13", changed_on)
        elif one.open_amount > ZERO:
            yield at_once(f"adjust:{one.key}", "carry_adjustment", SO, "D-13", changed_on)
        if one.recovered < one.demanded:
            asked_on = max(demand.on for demand in view.demands if demand.line == one.key)
            yield at_once(f"recover:{one.key}", "recover", TR, "Transformation Law 47", asked_on)
