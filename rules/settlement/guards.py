"""What is refused in a settlement; what treasury and bank say never is, and shows as a finding instead (R2)."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from rules.filing.order import of_kind
from rules.filing.publicity import guard_approvers, guard_decision, guard_objection, guard_publicity_over
from rules.filing.scene import Guard, Remark, refused
from rules.law.loader import ParameterFault
from rules.schemes.activation import needs_activation
from rules.schemes.catalogue import bundled_schemes, find_scheme
from rules.schemes.yearly import version_of
from rules.settlement.approval import beneficiaries_of, preparers_of
from rules.settlement.claim_guards import CLAIM_CHECKS
from rules.settlement.scene import SettlementScene
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
    TakeOverSettlement,
)
from schemas.lifecycle.stages.settlement import AFTER_LOCK, SettlementStage
from schemas.values.actor import Role
from schemas.values.refusal import Refused

_OF_THE_AUTHORITY = (Role.SCHEME_OFFICER, Role.FIRST_SCHEME_APPROVER, Role.SECOND_SCHEME_APPROVER)


def _whose(act: Act, scene: SettlementScene) -> Iterator[Remark]:
    authority = act.authority if isinstance(act, OpenYear | TakeOverSettlement) else scene.at.authority
    organisation = act.by.organisation_id
    if act.by.role in _OF_THE_AUTHORITY and organisation not in (None, authority):
        yield refused("other_authority", "by.organisation_id", organisation=organisation, authority=authority)


def _begin(act: OpenYear | TakeOverSettlement, scene: SettlementScene) -> Iterator[Remark]:
    if act.filing_id != filing_id_of(act):
        yield refused("settlement_misnamed", "filing_id")
    try:
        version_of(find_scheme(act.scheme), act.year)
    except Refused as unknown:
        yield from map(Remark, unknown.refusals)
    except ParameterFault:
        yield refused("scheme_unknown", "scheme", scheme=act.scheme, known="、".join(bundled_schemes()))
    if isinstance(act, TakeOverSettlement):
        if act.stage not in SettlementStage.known():
            yield refused(
                "settlement_stage_unknown", "stage", stage=act.stage, known="、".join(SettlementStage.known())
            )
        if act.stage in AFTER_LOCK and not act.paid_lines:
            yield refused("settled_lines_missing", "paid_lines", stage=act.stage)


def _activate(act: Activate, scene: SettlementScene) -> Iterator[Remark]:
    if scene.version.amount is None:
        yield refused("scheme_amount_unknown", "", scheme=scene.at.scheme)
    if not needs_activation(scene.version):
        yield refused("activation_not_needed", "", scheme=scene.at.scheme)
    others = [fact.act.by.party_id for fact in of_kind(scene.facts, "activate") if fact.act.by.role is not act.by.role]
    if act.by.party_id in others:
        yield refused("activated_by_same_person", "by.party_id")


def _call(act: Call, scene: SettlementScene) -> Iterator[Remark]:
    version, scheme = scene.version, scene.at.scheme
    if version.amount is None:
        yield refused("scheme_amount_unknown", "", scheme=scheme)
    if needs_activation(version) and scene.at.stage != SettlementStage.ACTIVATED:
        yield refused("activation_missing", "", scheme=scheme, status=version.status)
    if version.window.span == "call" and act.window is None:
        yield refused("window_missing", "window")
    if version.window.span == "call" and act.window is not None:
        begins = version.window.year_of(act.window.first_on)
        if begins != scene.at.year:
            yield refused("call_of_another_year", "window", begins=begins, year=scene.at.year)
    if version.budget.when_short != "pay_all" and act.budget is None:
        yield refused("budget_missing", "budget")
    if act.last_claim_on < act.on:
        yield refused("last_claim_day_passed", "last_claim_on", last=act.last_claim_on, on=act.on)


def _calculate(act: Calculate, scene: SettlementScene) -> Iterator[Remark]:
    if scene.is_locked:
        if scene.now.supplement is None:
            yield refused("nothing_freed")
        return
    now, last = scene.now, scene.at.last_claim_on
    if last is not None and act.on <= last:
        yield refused("call_not_over", "on", last=last)
    undecided = [
        str(claim.claim_id)
        for claim in now.claims
        if claim.is_live and any(line.state == "undecided" for line in claim.lines)
    ]
    if undecided:
        yield refused("claims_undecided", "", claims="、".join(undecided))
    if now.unknown:
        yield refused("subsidy_unknown", "", unknown="、".join(now.unknown))


def _is_present(
    act: PublishSettlement | ApproveSettlement | LockSettlement, scene: SettlementScene
) -> Iterator[Remark]:
    shown = scene.shown
    if act.preview_hash != shown.hash or not shown.is_calculated:
        yield refused("preview_changed", "preview_hash", seen=act.preview_hash, now=shown.hash or "-")


def _approve(act: ApproveSettlement, scene: SettlementScene) -> Iterator[Remark]:
    yield from _is_present(act, scene)
    stood, who = scene.stood, act.by.party_id
    if stood.needs_publicity or stood.publicity_last_on is not None:
        yield from guard_publicity_over(act.on, stood.publicity_last_on, is_objected=stood.is_objected)
    involved = beneficiaries_of(scene.claims)
    prepared, benefits = who in preparers_of(scene.facts), who in involved or act.by.organisation_id in involved
    yield from guard_approvers(act, Role.FIRST_SCHEME_APPROVER, stood.approved_by, prepared=prepared, benefits=benefits)


def _object(act: ObjectToSettlement, scene: SettlementScene) -> Iterator[Remark]:
    yield from guard_objection(act.on, scene.stood.publicity_from, scene.stood.publicity_last_on)


def _decide_objection(act: DecideSettlementObjection, scene: SettlementScene) -> Iterator[Remark]:
    yield from guard_decision(act.objection, scene.facts, of_kind(scene.ordered, "decide_objection"))


def _demand_back(act: DemandBack, scene: SettlementScene) -> Iterator[Remark]:
    left = next((-one.open_amount for one in scene.now.adjustments if one.key == act.line), None)
    if act.ground == "fraud":
        # Not what is left over, but what the line stands at: it was got by fraud.
        left = next((one.amount for one in scene.now.money if one.key == f"due:{act.line}"), None)
    if left is None or act.amount > left:
        yield refused("nothing_to_demand", "amount", line=act.line, open=left or "0.00", amount=act.amount)
    others = [
        fact.act.by.party_id
        for fact in of_kind(scene.facts, "demand_back")
        if fact.act.by.role is not act.by.role and fact.act.line == act.line
    ]
    if act.by.party_id in others:
        yield refused("demanded_by_same_person", "by.party_id")


_CHECKS: Mapping[type[Act], Callable[[Any, SettlementScene], Iterator[Remark]]] = {
    OpenYear: _begin,
    TakeOverSettlement: _begin,
    Activate: _activate,
    Call: _call,
    Calculate: _calculate,
    PublishSettlement: _is_present,
    ApproveSettlement: _approve,
    LockSettlement: _is_present,
    ObjectToSettlement: _object,
    DecideSettlementObjection: _decide_objection,
    DemandBack: _demand_back,
    **CLAIM_CHECKS,
}
guard_settlement = Guard(SettlementScene, _whose, _CHECKS)
