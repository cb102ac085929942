"""Publicity, objections and the two approvals of a list: which of them count for it (D-24, R5).

A supplementary list pays from the reserve of a locked one what has become free of it: a claim that was held is
accepted, or what a line waited for is there (D-15). It has approvals and a lock of its own, and needs no later year.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import NamedTuple
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
from rules.law.calendar import ONE_DAY, Calendar
from rules.law.service import service_days
from rules.settlement.calculation import Calculation, LockedList, calculated, list_hash
from rules.settlement.claims import Claim
from schemas.acts.settlement import PublishSettlement
from schemas.lifecycle.stages.settlement import SupplementStage
from schemas.schemes.scheme import Version
from schemas.standing.fact import SettlementFacts
from schemas.standing.listed import LineKey, given_to
from schemas.standing.settlement import SupplementLine, SupplementState
from schemas.values.actor import Role
from schemas.values.determination import Determination
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
    *,
    made_now: bool = True,
) -> ListApproval:
    """What counts names this list; approvals follow its publicity and every objection's decision.

    ``known``: the facts with corrections and second signatures.
    """
    found = _signed(ordered, known, shown_hash, version, claims, calendar, made_now=made_now)
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
    *,
    made_now: bool = True,
    is_shown: bool = True,
) -> ListApproval:
    """``made_now``: a calculation that is just being recorded makes the list. ``is_shown``: it needs a publicity; else
    approvals follow its calculation, and the publicity that somebody gave it all the same.
    """
    made = calculated(ordered, shown_hash, made_now=made_now)
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
    if publicity is None and is_shown:
        return base
    first_on = publicity.last.by + ONE_DAY if publicity else made[0]
    involved = (*preparers_of(known), *beneficiaries_of(claims))
    kept = [
        fact
        for fact in of_kind(ordered, "approve")
        if fact.act.preview_hash == shown_hash
        and fact.act.on >= first_on
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


class Supplements(NamedTuple):
    """The supplementary lists that were locked, and the next one as far as it has come."""

    stage: SupplementStage | None = None
    """None: there is no list to supplement."""
    locked: tuple[SupplementState, ...] = ()
    next: SupplementState | None = None
    approval: ListApproval = ListApproval()
    """Of the next one."""


def supplements_of(
    lists: Sequence[LockedList],
    freed: Determination | None,
    ordered: SettlementFacts,
    known: SettlementFacts,
    now: Calculation,
    calendar: Calendar,
) -> Supplements:
    """``lists``: the locked list with the supplementary ones that were locked; ``freed``: the next, if there is one."""
    if not lists or lists[-1].made is None:
        return Supplements()
    version = now.scheme_year.version

    def approved(shown_hash: str | None, *, made_now: bool) -> ListApproval:
        is_shown = is_published(version)
        return _signed(ordered, known, shown_hash, version, now.claims, calendar, made_now=made_now, is_shown=is_shown)

    locked = tuple(
        _supplement(place, before.made, one.made, approved(one.hash, made_now=False)).but(locked_on=one.on)
        for place, (before, one) in enumerate(pairwise(lists), start=1)
        if before.made is not None and one.made is not None
    )
    if freed is None:
        return Supplements(SupplementStage.LOCKED if locked else SupplementStage.NONE, locked)
    approval, signed = approved(list_hash(freed), made_now=True), {list_hash(freed), *(one.hash for one in lists)}
    changed = outdated_signature(
        ordered, lambda act: act.preview_hash in signed, approval.second, "approved_list_changed"
    )
    approval = replace(approval, findings=changed)  # those of all publicities stand with the first list's
    return Supplements(_stage(approval), locked, _supplement(len(lists), lists[-1].made, freed, approval), approval)


def is_published(version: Version) -> bool:
    """Whether a supplementary list needs a publicity of its own: where the scheme names days of it."""
    return version.publicity_days is not None


def _stage(approval: ListApproval) -> SupplementStage:
    if approval.calculated_on is None:
        return SupplementStage.DUE
    if approval.publicity is not None and approval.open_objections:
        return SupplementStage.OBJECTED
    if approval.second:
        return SupplementStage.APPROVED
    if approval.first:
        return SupplementStage.APPROVED_ONCE
    return SupplementStage.CALCULATED if approval.publicity is None else SupplementStage.PUBLICITY


def _supplement(number: int, before: Determination, made: Determination, approval: ListApproval) -> SupplementState:
    was = given_to(before)
    return SupplementState(
        number=number,
        preview_hash=list_hash(made) or "",
        lines=tuple(
            SupplementLine(key=str(LineKey(code, payer)), amount=amount - was[code].by_payer[payer])
            for code, one in given_to(made).items()
            for payer, amount in one.by_payer.items()
            if amount != was[code].by_payer[payer]
        ),
        calculated_on=approval.calculated_on,
        publicity_from=approval.publicity_from,
        publicity_last_on=approval.publicity_last_on,
        first_approved_by=approval.first.by if approval.first else None,
        second_approved_by=approval.second.by if approval.second else None,
    )
