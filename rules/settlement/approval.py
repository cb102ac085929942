"""Publicity, objections and the two approvals of a list: which of them count for it (D-24, R5)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from rules.filing.corrections import correctors
from rules.filing.finding import finding
from rules.filing.order import of_kind
from rules.filing.publicity import (
    Approval,
    Shown,
    Stated,
    objections_in,
    outdated_signature,
    shown_until,
    two_signatures,
)
from rules.law.calendar import Calendar
from rules.law.service import service_days
from rules.settlement.calculation import calculated
from rules.settlement.claims import Claim
from schemas.acts.settlement import PublishSettlement
from schemas.schemes.scheme import Version
from schemas.standing.fact import SettlementFacts
from schemas.values.actor import Role
from schemas.values.due import Basis


@dataclass(frozen=True)
class ListApproval(Approval):
    """How far a list has come, and what its publicity rests on."""

    calculated_on: date | None = None
    basis: Basis = "service"


def approval_of(
    ordered: SettlementFacts,
    known: SettlementFacts,
    shown_hash: str | None,
    version: Version,
    claims: Sequence[Claim],
    calendar: Calendar,
) -> ListApproval:
    """What counts names this list; approvals follow its publicity and every objection's decision.

    ``known``: the facts with corrections and second signatures.
    """
    found = _signed(ordered, known, shown_hash, version, claims, calendar)
    changed = outdated_signature(
        ordered, lambda act: act.preview_hash == shown_hash, found.second, "approved_list_changed"
    )
    return replace(found, findings=(*found.findings, *changed))


def _signed(
    ordered: SettlementFacts,
    known: SettlementFacts,
    shown_hash: str | None,
    version: Version,
    claims: Sequence[Claim],
    calendar: Calendar,
) -> ListApproval:
    made = calculated(ordered, shown_hash)
    periods = ((one.act.on, publicity_of(one.act, version, calendar).last.by) for one in of_kind(ordered, "publish"))
    objected = objections_in(ordered, "decide_objection", periods)
    objections = tuple(one for one in objected if one.is_inside)
    findings = tuple(finding("objection_outside_period", one.fact) for one in objected if not one.is_inside)
    if made is None:
        return ListApproval(objections=objections, findings=findings)
    shown = [fact.act for fact in of_kind(ordered, "publish") if fact.act.preview_hash == shown_hash]
    publicity = max((publicity_of(act, version, calendar) for act in shown), key=lambda one: one.last.by, default=None)
    base = ListApproval(
        calculated_on=made[0],
        publicity_from=shown[-1].on if shown else None,
        publicity=publicity.last if publicity else None,
        counted=publicity.steps if publicity else (),
        basis="service" if version.publicity_days is None else "legal",
        objections=objections,
        findings=findings,
    )
    if publicity is None:
        return base
    involved = (*preparers_of(known), *beneficiaries_of(claims))
    kept = [
        fact
        for fact in of_kind(ordered, "approve")
        if fact.act.preview_hash == shown_hash
        and fact.act.on > publicity.last.by
        and fact.act.by.party_id not in involved
        and not any(one.was_open(fact.act.on) for one in objections)
    ]
    first, second = two_signatures(kept, Role.FIRST_SCHEME_APPROVER, Role.SECOND_SCHEME_APPROVER)
    return replace(base, first=first, second=second)


def preparers_of(known: SettlementFacts) -> tuple[UUID, ...]:
    """The scheme's officers who had a part in it, also as second person, and who corrected a claim; none approves."""
    officers = sorted(
        (fact.act for fact in known if fact.act.by.role is Role.SCHEME_OFFICER),
        key=lambda act: (act.on, str(act.act_id)),
    )
    return tuple(
        dict.fromkeys((*(act.by.party_id for act in officers), *correctors(known, "submit_claim", "supplement_claim")))
    )


def beneficiaries_of(claims: Sequence[Claim]) -> tuple[UUID, ...]:
    """The claimants, and the persons who claimed for them."""
    return tuple(dict.fromkeys(one for claim in claims for one in (claim.content.claimant, *claim.claimed_by)))


def publicity_of(act: PublishSettlement, version: Version, calendar: Calendar) -> Shown:
    """How long a list is shown. Where the scheme names no days, the platform's own time."""
    days, counted = version.publicity_days, version.publicity_days_counted
    least = (
        Stated("the platform's own time", *service_days("publicity"), "R6")
        if days is None
        else Stated("the scheme's period", days, counted, version.cite.provision)
    )
    own = (Stated("the authority's own period", act.days, act.days_counted, "D-24"),) if act.days else ()
    return shown_until(act.on, (*own, least), calendar)
