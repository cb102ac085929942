"""Guards of the acts of a payout: what the table of stages cannot see (R5; D-21 to D-24)."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any
from uuid import UUID

from rules.filing.order import of_kind
from rules.filing.publicity import guard_approvers, guard_decision, guard_objection, guard_publicity_over
from rules.filing.scene import Guard, Remark, Scene, refused, warned
from rules.filing.succession import came_after
from rules.payout.amounts import GRANT
from rules.payout.approval import preparers_of, publicity_of
from rules.payout.position import derive_payout
from rules.payout.relief import is_registered_on, notice_held, notice_until
from rules.questions.personal_tax import window_ends
from rules.remuneration.pool import minima_refusals
from schemas.acts.act import Act, Countersign
from schemas.acts.payout import (
    PAYOUT_ACT,
    Adjust,
    Approve,
    Cancel,
    DecideObjection,
    Determine,
    InstructPayment,
    Object,
    PayoutAct,
    Publish,
    RecordTax,
    StateFacts,
    TakeOverPayout,
)
from schemas.lifecycle.stages.payout import PayoutStage
from schemas.standing.fact import Fact, Made
from schemas.standing.position import PayoutLine, PayoutPosition
from schemas.standing.surroundings import PayoutSurroundings
from schemas.statements.remuneration import UnitFacts
from schemas.values.actor import Role
from schemas.values.determination import Answer3
from schemas.values.money import ZERO

_OF_THE_UNIT = (Role.FINANCE, Role.FIRST_APPROVER, Role.SECOND_APPROVER, Role.COMMITTEE)


class PayoutScene(Scene[PayoutAct, PayoutPosition, PayoutSurroundings]):
    """The payout before the act, and its licence as read just now."""

    acts = PAYOUT_ACT

    def line(self, key: str) -> PayoutLine | None:
        """The line of that key."""
        return next((line for line in self.at.lines if line.key == key), None)

    @property
    def parties(self) -> tuple[UUID | None, ...]:
        """Everybody who is listed."""
        return tuple(line.party for line in self.at.lines)

    @property
    def is_owing(self) -> bool:
        """Whether anything is left to pay."""
        return any(line.payable and line.owed > ZERO for line in self.at.lines)

    @property
    def has_begun(self) -> bool:
        """Whether any money was ordered."""
        return any(line.payments or line.instructed for line in self.at.lines)


def _whose(act: Act, scene: PayoutScene) -> Iterator[Remark]:
    organisation = act.by.organisation_id
    if scene.position is None or act.by.role not in _OF_THE_UNIT or organisation is None:
        return
    if organisation in came_after(scene.at.unit, scene.surroundings.successions, act.on):
        return
    yield refused("other_organisation", "by.organisation_id", organisation=organisation, unit=scene.at.unit)


def _frozen(scene: PayoutScene) -> Iterator[Remark]:
    """Nothing leaves the unit and nothing is closed for good while the licence's end can still be undone (R4, D-22)."""
    if scene.surroundings.provisional:
        yield refused("frozen_while_provisional", "")


def _determine(act: Determine, scene: PayoutScene) -> Iterator[Remark]:
    if act.subject != GRANT and act.subject not in [one.receipt_id for one in scene.surroundings.receipts]:
        yield refused("receipt_not_of_licence", "subject", receipt=act.subject)


def _take_over(act: TakeOverPayout, scene: PayoutScene) -> Iterator[Remark]:
    if act.stage not in PayoutStage.known():
        yield refused("payout_stage_unknown", "stage", stage=act.stage, known="、".join(PayoutStage.known()))
    if act.stage in (PayoutStage.PAID, PayoutStage.TAX_RECORDED) and not act.paid_lines:
        yield refused("paid_lines_missing", "paid_lines", stage=act.stage)


def _state_facts(act: StateFacts, scene: PayoutScene) -> Iterator[Remark]:
    yield from _statement(act, act.facts, "facts", scene)


def _decide(act: DecideObjection, scene: PayoutScene) -> Iterator[Remark]:
    yield from guard_decision(act.objection, scene.facts, of_kind(scene.facts, "decide"))
    if act.changed_facts is not None:
        yield from _statement(act, act.changed_facts, "changed_facts", scene)


def _statement(
    act: StateFacts | DecideObjection, stated: UnitFacts, where: str, scene: PayoutScene
) -> Iterator[Remark]:
    if stated.unit != scene.at.unit:
        yield refused("facts_of_another_unit", f"{where}.unit", stated=stated.unit, unit=scene.at.unit)
        return
    received_on = next(
        (one.received_on for one in scene.surroundings.receipts if one.receipt_id == scene.at.subject), None
    )
    if received_on is not None:
        yield from map(Remark, minima_refusals(stated, received_on))
    # Statements of one day have no order, so a second one counts only where it answers what the first left open.
    version = len(scene.facts) + 1
    recorded_at = max(fact.recorded_at for fact in scene.facts)
    with_act: list[Fact[PayoutAct]] = [*scene.facts, Fact(version, act, recorded_at, Made())]
    then = derive_payout(with_act, scene.surroundings, scene.calendar)
    costs_count = not isinstance(act, StateFacts) or then.costs == act.costs
    if then.facts is not None and (then.facts != stated or not costs_count):
        yield refused("facts_stated_that_day", "on", on=act.on)


def _publish(act: Publish, scene: PayoutScene) -> Iterator[Remark]:
    if scene.at.unknown:
        yield refused("amounts_unknown", "", unknown="、".join(scene.at.unknown))
    elif not scene.is_owing:
        yield refused("nothing_to_pay", "")
    elif scene.at.subject != GRANT and scene.at.facts is not None:
        needed = notice_until(act, scene.calendar)
        last = publicity_of(act, scene.at.facts.region, scene.calendar).last
        if needed is not None and last.by < needed.by:
            yield warned("relief_notice_longer", "days", last=last.by, by=needed.by)
    for number, leader in enumerate(act.leaders):
        if leader not in scene.parties:
            yield refused("leader_not_listed", f"leaders.{number}", party_id=leader)


def _object(act: Object, scene: PayoutScene) -> Iterator[Remark]:
    yield from guard_objection(act.on, scene.at.publicity_from, scene.at.publicity_last_on)


def _approve(act: Approve, scene: PayoutScene) -> Iterator[Remark]:
    at, who = scene.at, act.by.party_id
    if act.amounts_hash != at.amounts_hash:
        yield refused("amounts_changed", "amounts_hash", seen=act.amounts_hash, now=at.amounts_hash or "-")
    if not scene.has_begun:
        yield from guard_publicity_over(act.on, at.publicity_last_on, is_objected=at.stage == PayoutStage.OBJECTED)
    approved_by = (at.first_approved_by, at.second_approved_by)
    if act.by.role is Role.SECOND_APPROVER:
        yield from _frozen(scene)
    prepared, benefits = who in preparers_of(scene.ordered, scene.facts), who in scene.parties
    yield from guard_approvers(act, Role.FIRST_APPROVER, approved_by, prepared=prepared, benefits=benefits)


def _instruct(act: InstructPayment, scene: PayoutScene) -> Iterator[Remark]:
    at, line = scene.at, scene.line(act.line)
    if line is None:
        yield refused("line_unknown", "line", line=act.line, known="、".join(one.key for one in at.lines))
        return
    if at.unknown:
        yield refused("amounts_unknown", "", unknown="、".join(at.unknown))
    elif at.second_approved_by is None:
        yield refused("not_approved", "")
    if line.instructed:
        yield refused("already_instructed", "line", line=line.key)
    elif not line.payable:
        yield refused("line_not_payable", "line", line=line.key, name=line.name)
    elif line.owed <= ZERO:
        yield refused("nothing_owed", "line", line=line.key, amount=line.amount, paid=line.paid_amount)
    yield from _frozen(scene)
    if at.subject != GRANT:
        yield from _relief(act, scene)


def _relief(act: InstructPayment, scene: PayoutScene) -> Iterator[Remark]:
    if not is_registered_on(scene.surroundings, act.on):
        if act.before_registration_note is None:
            yield refused("registration_note_missing", "before_registration_note")
        else:
            yield warned("paid_before_registration", "before_registration_note")
    region = scene.at.facts.region if scene.at.facts else ""
    if notice_held(scene.ordered, act.on, region, scene.calendar) is Answer3.NO:
        yield warned("relief_notice_too_short", "line", by=scene.at.relief_notice_until or "-")
    for receipt in scene.surroundings.receipts:
        window = window_ends(receipt.received_on, act.on, scene.calendar)
        if receipt.receipt_id == scene.at.subject and window is not None and act.on > window.by:
            yield warned("tax_window_over", "on", by=window.by)


def _record_tax(act: RecordTax, scene: PayoutScene) -> Iterator[Remark]:
    first = min((line.paid_on for line in scene.at.lines if line.tax_record_by and line.paid_on), default=None)
    if first is None or act.on < first:
        yield refused("record_before_payment", "on", on=act.on)


def _cancel(act: Cancel, scene: PayoutScene) -> Iterator[Remark]:
    yield from _frozen(scene)
    if scene.is_owing or scene.at.unknown:
        yield refused("cancel_without_ground", "")


def _adjust(act: Adjust, scene: PayoutScene) -> Iterator[Remark]:
    line = scene.line(act.line)
    if line is None:
        yield refused("line_unknown", "line", line=act.line, known="、".join(one.key for one in scene.at.lines))
        return
    yield from _frozen(scene)
    if line.owed >= ZERO or not (line.payable or line.payments):
        yield refused("line_not_negative", "line", line=line.key, owed=line.owed)
    if act.by.party_id in scene.parties:
        yield refused("approver_benefits", "by.party_id")


def _countersign(act: Countersign, scene: PayoutScene) -> Iterator[Remark]:
    """Who gains from a decision about a negative line does not take it, neither first nor second (R5)."""
    if act.countersigns not in [fact.act.act_id for fact in of_kind(scene.facts, "adjust")]:
        return
    yield from _frozen(scene)
    if act.by.party_id in scene.parties:
        yield refused("approver_benefits", "by.party_id")


_CHECKS: Mapping[type[Act], Callable[[Any, PayoutScene], Iterator[Remark]]] = {
    Determine: _determine,
    TakeOverPayout: _take_over,
    StateFacts: _state_facts,
    DecideObjection: _decide,
    Publish: _publish,
    Object: _object,
    Approve: _approve,
    InstructPayment: _instruct,
    RecordTax: _record_tax,
    Cancel: _cancel,
    Adjust: _adjust,
    Countersign: _countersign,
}
guard_payout = Guard(PayoutScene, _whose, _CHECKS)
