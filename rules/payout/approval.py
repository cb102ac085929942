"""Publicity, objections and the two approvals: which of them count for the present amounts (D-24, R5)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
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
from rules.law.law import Law
from rules.payout.amounts import Amounts, amounts_hash
from schemas.acts.payout import Publish
from schemas.standing.fact import Fact, PayoutFacts
from schemas.values.actor import Role

_PERIOD = "publicity_period"


@dataclass(frozen=True)
class PayoutApproval(Approval):
    """How far the present amounts have come, and who prepared them last."""

    prepared_by: UUID | None = None


def approval_of(
    ordered: PayoutFacts,
    known: PayoutFacts,
    amounts: Amounts,
    beneficiaries: Sequence[UUID],
    region: str,
    calendar: Calendar,
    *,
    money_moved: bool,
) -> PayoutApproval:
    """Approvals count if they name the present amounts and follow their publicity; ``known``: corrections, too.

    Once money has moved, changed amounts need two new approvals and no new publicity: persons and reasons were shown.
    """
    periods = ((fact.act.on, publicity_of(fact.act, region, calendar).last.by) for fact in of_kind(ordered, "publish"))
    objected = objections_in(ordered, "decide", periods)
    objections = tuple(one for one in objected if one.is_inside)
    findings = [
        finding("objection_outside_period", one.fact)
        for one in objected
        if not one.is_inside and one.decided_on is None
    ]
    shown = _shown(ordered, amounts)
    publicity = max(
        (publicity_of(fact.act, region, calendar) for fact in shown), key=lambda one: one.last.by, default=None
    )
    last_on = publicity.last.by if publicity else None
    preparers = preparers_of(ordered, known)
    publishers = [fact.act.by.party_id for fact in shown]
    base = PayoutApproval(
        publicity_from=shown[-1].act.on if shown else None,
        publicity=publicity.last if publicity else None,
        counted=publicity.steps if publicity else (),
        prepared_by=next(reversed([*preparers, *publishers]), None),
        objections=objections,
    )
    kept = []
    for fact in of_kind(ordered, "approve"):
        act = fact.act
        if amounts.hash is None or act.amounts_hash != amounts.hash:
            continue
        if act.by.party_id in preparers or act.by.party_id in beneficiaries:
            findings.append(finding("approval_not_independent", fact))
        elif money_moved:
            kept.append(fact)
        elif last_on is not None and act.on <= last_on:
            findings.append(finding("approved_before_publicity_over", fact))
        elif last_on is not None and not any(one.was_open(act.on) for one in objections):
            kept.append(fact)
    first, second = two_signatures(kept, Role.FIRST_APPROVER, Role.SECOND_APPROVER)
    findings += outdated_signature(
        ordered, lambda act: act.amounts_hash == amounts.hash, second, "approved_amounts_changed"
    )
    return replace(base, first=first, second=second, findings=tuple(findings))


def preparers_of(ordered: PayoutFacts, known: PayoutFacts) -> tuple[UUID, ...]:
    """Who stated facts, corrected them or published; none of them may approve."""
    prepared = (fact.act.by.party_id for fact in of_kind(ordered, "state_facts", "publish"))
    return tuple(dict.fromkeys((*prepared, *correctors(known, "state_facts"))))


def publicity_of(act: Publish, region: str, calendar: Calendar) -> Shown:
    """How long a publicity lasts: the unit's own period is never shorter than the law's."""
    least = tuple(_least_periods(Law(act.on), region))
    if act.days or not least:
        least = (Stated("the unit's own period", act.days or 1, act.days_counted, "D-24"), *least)
    return shown_until(act.on, least, calendar)


def _least_periods(law: Law, region: str) -> Iterator[Stated]:
    for name in dict.fromkeys((f"national.{_PERIOD}", law.local(region, _PERIOD))):
        if law.holds(name):
            length, counted = law.day_count(name)
            yield Stated(name, length, counted, law.cite(name).provision, law.mark(name) == "M")


def _shown(ordered: PayoutFacts, amounts: Amounts) -> Sequence[Fact[Publish]]:
    """The publications of the present amounts on their latest day; each fact keeps what it showed."""
    if amounts.hash is None or amounts.stated_on is None:
        return ()
    shown = [
        fact
        for fact in of_kind(ordered, "publish")
        if fact.act.on >= amounts.stated_on
        and (not fact.made.determinations or amounts_hash(fact.made.determinations[-1]) == amounts.hash)
    ]
    return [fact for fact in shown if fact.act.on == shown[-1].act.on]
