"""What is refused in a settlement; what treasury and bank say never is, and shows as a finding instead (R2)."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from rules.filing.guards import guard_approvers
from rules.filing.order import of_kind
from rules.filing.verdict import Verdict
from rules.law.calendar import Calendar
from rules.law.loader import ParameterFault
from rules.schemes.activation import needs_activation
from rules.schemes.catalogue import bundled_schemes, find_scheme
from rules.schemes.yearly import version_of
from rules.settlement.approval import beneficiaries_of, preparers_of
from rules.settlement.claim_guards import CLAIM_GUARDS
from rules.settlement.scene import Here
from schemas.acts.act import Act
from schemas.acts.beginning import filing_id_of
from schemas.acts.settlement import (
    Activate,
    ApproveSettlement,
    Calculate,
    Call,
    DecideSettlementObjection,
    DemandBack,
    LockSettlement,
    ObjectToSettlement,
    OpenYear,
    PublishSettlement,
    SettlementAct,
    TakeOverSettlement,
)
from schemas.lifecycle import settlement as stages
from schemas.standing.fact import Fact
from schemas.standing.settlement import SettlementPosition
from schemas.standing.surroundings import SettlementSurroundings
from schemas.values.actor import AUTHORITIES, Role
from schemas.values.refusal import Refusal, Refused, refusal

Facts = Sequence[Fact[SettlementAct]]
_OF_THE_AUTHORITY = (Role.SCHEME_OFFICER, Role.FIRST_SCHEME_APPROVER, Role.SECOND_SCHEME_APPROVER)


def guard_settlement(
    act: SettlementAct,
    position: SettlementPosition | None,
    facts: Facts,
    surroundings: SettlementSurroundings,
    calendar: Calendar,
) -> Verdict:
    """Every reason at once."""
    if act.by.role in AUTHORITIES:
        return Verdict()
    if isinstance(act, OpenYear | TakeOverSettlement):
        return Verdict(tuple(_begin(act)))
    if position is None or position.stage not in stages.STAGES:
        return Verdict()
    here = Here(position, facts, surroundings, calendar)
    found = list(_whose(act, position))
    check = _CHECKS.get(type(act)) or CLAIM_GUARDS.get(type(act))
    found += check(act, here) if check else []
    return Verdict(tuple(found))


def _begin(act: OpenYear | TakeOverSettlement) -> Iterator[Refusal]:
    if act.filing_id != filing_id_of(act):
        yield refusal("settlement_misnamed", "filing_id")
    try:
        version_of(find_scheme(act.scheme), act.year)
    except Refused as refused:
        yield from refused.refusals
    except ParameterFault:
        yield refusal("scheme_unknown", "scheme", scheme=act.scheme, known="、".join(bundled_schemes()))
    organisation = act.by.organisation_id
    if act.by.role in _OF_THE_AUTHORITY and organisation not in (None, act.authority):
        yield refusal("other_authority", "by.organisation_id", organisation=organisation, authority=act.authority)
    if isinstance(act, TakeOverSettlement):
        if act.stage not in stages.STAGES:
            yield refusal("settlement_stage_unknown", "stage", stage=act.stage, known="、".join(stages.STAGES))
        if act.stage in stages.AFTER_LOCK and not act.paid_lines:
            yield refusal("settled_lines_missing", "paid_lines", stage=act.stage)


def _whose(act: Act, position: SettlementPosition) -> Iterator[Refusal]:
    organisation = act.by.organisation_id
    if act.by.role in _OF_THE_AUTHORITY and organisation not in (None, position.authority):
        yield refusal("other_authority", "by.organisation_id", organisation=organisation, authority=position.authority)


def _activate(act: Activate, here: Here) -> Iterator[Refusal]:
    if here.version.amount is None:
        yield refusal("scheme_amount_unknown", "", scheme=here.position.scheme)
    if not needs_activation(here.version):
        yield refusal("activation_not_needed", "", scheme=here.position.scheme)
    others = [fact.act.by.party_id for fact in of_kind(here.facts, "activate") if fact.act.by.role is not act.by.role]
    if act.by.party_id in others:
        yield refusal("activated_by_same_person", "by.party_id")


def _call(act: Call, here: Here) -> Iterator[Refusal]:
    version, scheme = here.version, here.position.scheme
    if version.amount is None:
        yield refusal("scheme_amount_unknown", "", scheme=scheme)
    if needs_activation(version) and here.position.stage != stages.ACTIVATED:
        yield refusal("activation_missing", "", scheme=scheme, status=version.status)
    if version.window.span == "call" and act.window is None:
        yield refusal("window_missing", "window")
    if version.budget.when_short != "pay_all" and act.budget is None:
        yield refusal("budget_missing", "budget")
    if act.last_claim_on < act.on:
        yield refusal("last_claim_day_passed", "last_claim_on", last=act.last_claim_on, on=act.on)


def _calculate(act: Calculate, here: Here) -> Iterator[Refusal]:
    now, last = here.now, here.position.last_claim_on
    if last is not None and act.on <= last:
        yield refusal("call_not_over", "on", last=last)
    undecided = [
        str(claim.claim_id)
        for claim in now.claims
        if claim.is_live and any(line.state == "undecided" for line in claim.lines)
    ]
    if undecided:
        yield refusal("claims_undecided", "", claims="、".join(undecided))
    if now.unknown:
        yield refusal("subsidy_unknown", "", unknown="、".join(now.unknown))


def _is_present(act: PublishSettlement | ApproveSettlement | LockSettlement, here: Here) -> Iterator[Refusal]:
    now = here.now
    if act.preview_hash != now.preview_hash or now.stage == stages.CALLED:
        yield refusal("preview_changed", "preview_hash", seen=act.preview_hash, now=now.preview_hash or "-")


def _approve(act: ApproveSettlement, here: Here) -> Iterator[Refusal]:
    yield from _is_present(act, here)
    at, who = here.position, act.by.party_id
    last = at.publicity_last_on
    if last is None:
        yield refusal("not_published", "")
    elif act.on <= last:
        yield refusal("publicity_not_over", "on", on=act.on, last=last)
    if at.stage == stages.OBJECTED:
        yield refusal("objection_open", "")
    if who in preparers_of(here.ordered):
        yield refusal("approver_prepared", "by.party_id")
    involved = beneficiaries_of(here.claims)
    if who in involved or act.by.organisation_id in involved:
        yield refusal("approver_benefits", "by.party_id")
    yield from guard_approvers(act, Role.FIRST_SCHEME_APPROVER, at.first_approved_by, at.second_approved_by)


def _object(act: ObjectToSettlement, here: Here) -> Iterator[Refusal]:
    first, last = here.position.publicity_from, here.position.publicity_last_on
    if first is None or last is None or not first <= act.on <= last:
        yield refusal("objection_outside_period", "on", on=act.on, first=first or "-", last=last or "-")


def _decide_objection(act: DecideSettlementObjection, here: Here) -> Iterator[Refusal]:
    if act.objection not in [fact.act.act_id for fact in of_kind(here.facts, "object")]:
        yield refusal("no_such_objection", "objection", objection=act.objection)
    if act.objection in [fact.act.objection for fact in of_kind(here.ordered, "decide_objection")]:
        yield refusal("no_such_objection", "objection", objection=act.objection)


def _demand_back(act: DemandBack, here: Here) -> Iterator[Refusal]:
    left = next((-one.open_amount for one in here.now.adjustments if one.key == act.line), None)
    if act.ground == "fraud":
        # Not what is left over, but what the line stands at: it was got by fraud.
        left = next((one.amount for one in here.now.money if one.key == f"due:{act.line}"), None)
    if left is None or act.amount > left:
        yield refusal("nothing_to_demand", "amount", line=act.line, open=left or "0.00", amount=act.amount)
    others = [
        fact.act.by.party_id
        for fact in of_kind(here.facts, "demand_back")
        if fact.act.by.role is not act.by.role and fact.act.line == act.line
    ]
    if act.by.party_id in others:
        yield refusal("demanded_by_same_person", "by.party_id")


_CHECKS: dict[type[Act], Callable[[Any, Here], Iterator[Refusal]]] = {
    Activate: _activate,
    Call: _call,
    Calculate: _calculate,
    PublishSettlement: _is_present,
    ApproveSettlement: _approve,
    LockSettlement: _is_present,
    ObjectToSettlement: _object,
    DecideSettlementObjection: _decide_objection,
    DemandBack: _demand_back,
}
