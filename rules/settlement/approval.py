"""Publicity, objections and the two approvals of a list: which of them count for it (D-24, R5)."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from rules.filing.order import of_kind
from rules.law.calendar import Calendar
from rules.law.service import service_day
from rules.payout.approval import Objection, Signature
from rules.settlement.calculation import calculated
from rules.settlement.claims import Claim
from schemas.acts.settlement import PublishSettlement, SettlementAct
from schemas.schemes.scheme import Version
from schemas.standing.fact import Fact
from schemas.standing.position import Basis, Finding
from schemas.values.actor import Role
from schemas.values.due import DueDay

Facts = Sequence[Fact[SettlementAct]]


class Approval(NamedTuple):
    """How far a list has come."""

    calculated_on: date | None = None
    publicity_from: date | None = None
    publicity: DueDay | None = None
    """Its last day."""
    basis: Basis = "service"
    objections: tuple[Objection, ...] = ()
    first: Signature | None = None
    second: Signature | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def open_objections(self) -> tuple[Objection, ...]:
        return tuple(one for one in self.objections if one.decided_on is None)


def approval_of(
    ordered: Facts, shown_hash: str | None, version: Version, claims: Sequence[Claim], calendar: Calendar
) -> Approval:
    """What counts names this list; approvals follow its publicity and every objection's decision."""
    made = calculated(ordered, shown_hash)
    objections, findings = _objections(ordered, version, calendar)
    if made is None:
        return Approval(objections=objections, findings=findings)
    shown = [fact.act for fact in of_kind(ordered, "publish") if fact.act.preview_hash == shown_hash]
    publicity = max((publicity_ends(act, version, calendar) for act in shown), key=lambda due: due.by, default=None)
    base = Approval(
        calculated_on=made[0],
        publicity_from=shown[-1].on if shown else None,
        publicity=publicity,
        basis="service" if version.publicity_days is None else "legal",
        objections=objections,
        findings=findings,
    )
    if publicity is None:
        return base
    involved = (*preparers_of(ordered), *beneficiaries_of(claims))
    kept = [
        fact
        for fact in of_kind(ordered, "approve")
        if fact.act.preview_hash == shown_hash
        and fact.act.on > publicity.by
        and fact.act.by.party_id not in involved
        and not any(one.decided_on is None or one.decided_on > fact.act.on for one in objections)
    ]
    first, second = _signatures(kept)
    return base._replace(first=first, second=second)


def preparers_of(ordered: Facts) -> tuple[UUID, ...]:
    """The scheme's officers who had a part in it; none of them approves."""
    return tuple(dict.fromkeys(fact.act.by.party_id for fact in ordered if fact.act.by.role is Role.SCHEME_OFFICER))


def beneficiaries_of(claims: Sequence[Claim]) -> tuple[UUID, ...]:
    """The claimants, and the persons who claimed for them."""
    return tuple(dict.fromkeys(one for claim in claims for one in (claim.content.claimant, *claim.claimed_by)))


def publicity_ends(act: PublishSettlement, version: Version, calendar: Calendar) -> DueDay:
    """Last day of a publicity: its start is not counted. Where the scheme names no days, the platform's own time."""
    least = (
        service_day("publicity", act.on, calendar)
        if version.publicity_days is None
        else DueDay(by=act.on + timedelta(days=version.publicity_days))
    )
    own = act.on + timedelta(days=act.days or 0)
    return DueDay(by=own) if own > least.by else least


def _objections(
    ordered: Facts, version: Version, calendar: Calendar
) -> tuple[tuple[Objection, ...], tuple[Finding, ...]]:
    periods = [(one.act.on, publicity_ends(one.act, version, calendar).by) for one in of_kind(ordered, "publish")]
    decisions: dict[UUID, date] = {}
    for fact in of_kind(ordered, "decide_objection"):
        decisions.setdefault(fact.act.objection, fact.act.on)
    objections, findings = [], []
    for fact in of_kind(ordered, "object"):
        act = fact.act
        if any(first <= act.on <= last for first, last in periods):
            objections.append(Objection(act.act_id, act.on, decisions.get(act.act_id)))
        else:
            findings.append(finding("objection_outside_period", fact))
    return tuple(objections), tuple(findings)


def _signatures(kept: Sequence[Fact[SettlementAct]]) -> tuple[Signature | None, Signature | None]:
    """The first approver, then another person as second approver; of one day either may have been recorded first."""
    firsts = list(_signed(kept, Role.FIRST_SCHEME_APPROVER))
    for first in firsts:
        for second in _signed(kept, Role.SECOND_SCHEME_APPROVER):
            if second.on >= first.on and second.by != first.by:
                return first, second
    return (firsts[0], None) if firsts else (None, None)


def _signed(kept: Sequence[Fact[SettlementAct]], role: Role) -> Iterator[Signature]:
    return (Signature(fact.act.by.party_id, fact.act.on) for fact in kept if fact.act.by.role is role)


def finding(code: str, fact: Fact[Any]) -> Finding:
    """A contradiction that this fact brings."""
    return Finding(key=f"{code}:{fact.act.act_id}", code=code, about=fact.act.act_id, opened_on=fact.act.on)
