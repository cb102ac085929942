"""Guards of the acts of a payout: what the table of stages cannot see (lifecycles 2.6; R5; D-21 to D-24)."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from rules.filing.guards import guard_approvers
from rules.filing.order import of_kind
from rules.filing.verdict import Verdict
from rules.law.calendar import Calendar
from rules.payout.amounts import GRANT
from rules.payout.approval import preparers_of
from rules.payout.position import derive_payout
from rules.questions.personal_tax import window_ends
from rules.remuneration.pool import minima_refusals
from schemas.acts.act import Act, Countersign
from schemas.acts.payout import (
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
from schemas.lifecycle import payout as stages
from schemas.standing.fact import Fact, Made
from schemas.standing.position import PayoutLine, PayoutPosition
from schemas.standing.surroundings import PayoutSurroundings
from schemas.statements.remuneration import UnitFacts
from schemas.values.actor import AUTHORITIES, Role
from schemas.values.money import ZERO
from schemas.values.refusal import Refusal, refusal

Facts = Sequence[Fact[PayoutAct]]
_OF_THE_UNIT = (Role.FINANCE, Role.FIRST_APPROVER, Role.SECOND_APPROVER, Role.COMMITTEE)
_WARNINGS = frozenset({"paid_before_registration", "tax_window_over", "licence_end_provisional"})


def guard_payout(
    act: PayoutAct, position: PayoutPosition | None, facts: Facts, surroundings: PayoutSurroundings, calendar: Calendar
) -> Verdict:
    """Every reason at once; what a bank says is never refused here, and shows as a finding instead (R2)."""
    if act.by.role in AUTHORITIES:
        return Verdict()
    check = _FIRST.get(type(act))
    found = list(check(act, surroundings)) if check else []
    if position is not None:
        here = _Here(position, facts, surroundings, calendar)
        found += _whose(act, position)
        later = _LATER.get(type(act))
        found += later(act, here) if later else []
    warned = [one for one in found if one.code in _WARNINGS]
    return Verdict(tuple(one for one in found if one not in warned), tuple(warned))


class _Here(NamedTuple):
    position: PayoutPosition
    facts: Facts
    surroundings: PayoutSurroundings
    calendar: Calendar

    def line(self, key: str) -> PayoutLine | None:
        return next((line for line in self.position.lines if line.key == key), None)

    @property
    def is_owing(self) -> bool:
        return any(line.payable and line.owed > ZERO for line in self.position.lines)

    @property
    def has_begun(self) -> bool:
        return any(line.payments or line.instructed for line in self.position.lines)


def _whose(act: Act, position: PayoutPosition) -> Iterator[Refusal]:
    organisation = act.by.organisation_id
    if act.by.role in _OF_THE_UNIT and organisation is not None and organisation != position.unit:
        yield refusal("other_organisation", "by.organisation_id", organisation=organisation, unit=position.unit)


def _determine(act: Determine, surroundings: PayoutSurroundings) -> Iterator[Refusal]:
    if act.subject != GRANT and act.subject not in [one.receipt_id for one in surroundings.receipts]:
        yield refusal("receipt_not_of_licence", "subject", receipt=act.subject)


def _take_over(act: TakeOverPayout, surroundings: PayoutSurroundings) -> Iterator[Refusal]:
    del surroundings
    if act.stage not in stages.STAGES:
        yield refusal("payout_stage_unknown", "stage", stage=act.stage, known="、".join(stages.STAGES))
    if act.stage in (stages.PAID, stages.TAX_RECORDED) and not act.paid_lines:
        yield refusal("paid_lines_missing", "paid_lines", stage=act.stage)


def _state_facts(act: StateFacts, here: _Here) -> Iterator[Refusal]:
    yield from _statement(act, act.facts, "facts", here)


def _decide(act: DecideObjection, here: _Here) -> Iterator[Refusal]:
    objected = [fact.act.act_id for fact in of_kind(here.facts, "object")]
    decided = [fact.act.objection for fact in of_kind(here.facts, "decide")]
    if act.objection not in objected or act.objection in decided:
        yield refusal("no_such_objection", "objection", objection=act.objection)
    if act.changed_facts is not None:
        yield from _statement(act, act.changed_facts, "changed_facts", here)


def _statement(act: StateFacts | DecideObjection, stated: UnitFacts, where: str, here: _Here) -> Iterator[Refusal]:
    if stated.unit != here.position.unit:
        yield refusal("facts_of_another_unit", f"{where}.unit", stated=stated.unit, unit=here.position.unit)
        return
    received_on = next(
        (one.received_on for one in here.surroundings.receipts if one.receipt_id == here.position.subject), None
    )
    if received_on is not None:
        yield from minima_refusals(stated, received_on)
    # Statements of one day have no order, so a second one counts only where it answers what the first left open.
    version = len(here.facts) + 1
    recorded_at = max(fact.recorded_at for fact in here.facts)
    with_act: list[Fact[PayoutAct]] = [*here.facts, Fact(version, act, recorded_at, Made())]
    then = derive_payout(with_act, here.surroundings, here.calendar)
    costs_count = not isinstance(act, StateFacts) or then.costs == act.costs
    if then.facts is not None and (then.facts != stated or not costs_count):
        yield refusal("facts_stated_that_day", "on", on=act.on)


def _publish(act: Publish, here: _Here) -> Iterator[Refusal]:
    if here.position.unknown:
        yield refusal("amounts_unknown", "", unknown="、".join(here.position.unknown))
    elif not here.is_owing:
        yield refusal("nothing_to_pay", "")
    listed = [line.party for line in here.position.lines]
    for number, leader in enumerate(act.leaders):
        if leader not in listed:
            yield refusal("leader_not_listed", f"leaders.{number}", party_id=leader)


def _object(act: Object, here: _Here) -> Iterator[Refusal]:
    first, last = here.position.publicity_from, here.position.publicity_last_on
    if first is None or last is None or not first <= act.on <= last:
        yield refusal("objection_outside_period", "on", on=act.on, first=first or "-", last=last or "-")


def _approve(act: Approve, here: _Here) -> Iterator[Refusal]:
    at, who = here.position, act.by.party_id
    if act.amounts_hash != at.amounts_hash:
        yield refusal("amounts_changed", "amounts_hash", seen=act.amounts_hash, now=at.amounts_hash or "-")
    last = at.publicity_last_on
    if not here.has_begun:
        if last is None:
            yield refusal("not_published", "")
        elif act.on <= last:
            yield refusal("publicity_not_over", "on", on=act.on, last=last)
        if at.stage == stages.OBJECTED:
            yield refusal("objection_open", "")
    if who in preparers_of(here.facts):
        yield refusal("approver_prepared", "by.party_id")
    if who in [line.party for line in at.lines]:
        yield refusal("approver_benefits", "by.party_id")
    yield from guard_approvers(act, Role.FIRST_APPROVER, at.first_approved_by, at.second_approved_by)


def _instruct(act: InstructPayment, here: _Here) -> Iterator[Refusal]:
    at, line = here.position, here.line(act.line)
    if line is None:
        yield refusal("line_unknown", "line", line=act.line, known="、".join(one.key for one in at.lines))
        return
    if at.unknown:
        yield refusal("amounts_unknown", "", unknown="、".join(at.unknown))
    elif at.second_approved_by is None:
        yield refusal("not_approved", "")
    if line.instructed:
        yield refusal("already_instructed", "line", line=line.key)
    elif not line.payable:
        yield refusal("line_not_payable", "line", line=line.key, name=line.name)
    elif line.owed <= ZERO:
        yield refusal("nothing_owed", "line", line=line.key, amount=line.amount, paid=line.paid_amount)
    if here.surroundings.provisional:
        yield refusal("licence_end_provisional", "")
    if at.subject != GRANT:
        yield from _relief(act, here)


def _relief(act: InstructPayment, here: _Here) -> Iterator[Refusal]:
    if not here.surroundings.contract_registered:
        code = "registration_note_missing" if act.before_registration_note is None else "paid_before_registration"
        yield refusal(code, "before_registration_note")
    for receipt in here.surroundings.receipts:
        window = window_ends(receipt.received_on, act.on, here.calendar)
        if receipt.receipt_id == here.position.subject and window is not None and act.on > window.by:
            yield refusal("tax_window_over", "on", by=window.by)


def _record_tax(act: RecordTax, here: _Here) -> Iterator[Refusal]:
    first = min((line.paid_on for line in here.position.lines if line.tax_record_by and line.paid_on), default=None)
    if first is None or act.on < first:
        yield refusal("record_before_payment", "on", on=act.on)


def _cancel(act: Cancel, here: _Here) -> Iterator[Refusal]:
    del act
    if here.surroundings.provisional:
        yield refusal("frozen_while_provisional", "")
    if here.is_owing or here.position.unknown:
        yield refusal("cancel_without_ground", "")


def _adjust(act: Adjust, here: _Here) -> Iterator[Refusal]:
    line = here.line(act.line)
    if line is None:
        yield refusal("line_unknown", "line", line=act.line, known="、".join(one.key for one in here.position.lines))
        return
    if here.surroundings.provisional:
        yield refusal("frozen_while_provisional", "")
    if line.owed >= ZERO or not (line.payable or line.payments):
        yield refusal("line_not_negative", "line", line=line.key, owed=line.owed)
    if act.by.party_id in [one.party for one in here.position.lines]:
        yield refusal("approver_benefits", "by.party_id")


def _countersign(act: Countersign, here: _Here) -> Iterator[Refusal]:
    """Who gains from a decision about a negative line does not take it, neither first nor second (R5)."""
    decided = [fact.act.act_id for fact in of_kind(here.facts, "adjust")]
    if act.countersigns in decided and act.by.party_id in [one.party for one in here.position.lines]:
        yield refusal("approver_benefits", "by.party_id")


_FIRST: dict[type[Act], Callable[[Any, PayoutSurroundings], Iterator[Refusal]]] = {
    Determine: _determine,
    TakeOverPayout: _take_over,
}
_LATER: dict[type[Act], Callable[[Any, _Here], Iterator[Refusal]]] = {
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
