"""Publicity, objections and the two approvals: which of them count for the present amounts (D-24, R5)."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from rules.filing.order import of_kind
from rules.law.law import Law
from rules.payout.amounts import Amounts, amounts_hash
from schemas.acts.payout import PayoutAct, Publish
from schemas.standing.fact import Fact
from schemas.standing.position import Finding
from schemas.values.actor import Role
from schemas.values.due import DueDay

Facts = Sequence[Fact[PayoutAct]]
_PERIOD = "publicity_period"


class Signature(NamedTuple):
    """Who approved, and on which day."""

    by: UUID
    on: date


class Objection(NamedTuple):
    """An objection inside a publicity; open until a decision names it."""

    act_id: UUID
    on: date
    decided_on: date | None


class Approval(NamedTuple):
    """How far the present amounts have come."""

    publicity_from: date | None = None
    publicity: DueDay | None = None
    """Its last day."""
    prepared_by: UUID | None = None
    objections: tuple[Objection, ...] = ()
    first: Signature | None = None
    second: Signature | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def publicity_last_on(self) -> date | None:
        return self.publicity.by if self.publicity else None

    @property
    def open_objections(self) -> tuple[Objection, ...]:
        return tuple(one for one in self.objections if one.decided_on is None)


def approval_of(
    ordered: Facts, amounts: Amounts, beneficiaries: Sequence[UUID], region: str, money_moved: bool
) -> Approval:
    """Approvals count if they name the present amounts and follow their publicity.

    Once money has moved, changed amounts need two new approvals and no new publicity: persons and reasons were shown.
    """
    objections, findings = _objections(ordered, region)
    shown = _shown(ordered, amounts)
    publicity = max((publicity_ends(fact.act, region) for fact in shown), key=lambda due: due.by, default=None)
    last_on = publicity.by if publicity else None
    preparers = preparers_of(ordered)
    publishers = [fact.act.by.party_id for fact in shown]
    base = Approval(
        publicity_from=shown[-1].act.on if shown else None,
        publicity=publicity,
        prepared_by=next(reversed([*preparers, *publishers]), None),
        objections=objections,
    )
    kept = []
    for fact in of_kind(ordered, "approve"):
        act = fact.act
        if amounts.hash is None or act.amounts_hash != amounts.hash:
            continue
        if act.by.party_id in preparers or act.by.party_id in beneficiaries:
            findings.append(_finding("approval_not_independent", fact))
        elif money_moved:
            kept.append(fact)
        elif last_on is not None and act.on <= last_on:
            findings.append(_finding("approved_before_publicity_over", fact))
        elif last_on is not None and not any(_was_open(one, act.on) for one in objections):
            kept.append(fact)
    first, second = _signatures(kept)
    return base._replace(first=first, second=second, findings=tuple(findings))


def preparers_of(ordered: Facts) -> tuple[UUID, ...]:
    """Who stated facts or published; none of them may approve."""
    return tuple(dict.fromkeys(fact.act.by.party_id for fact in of_kind(ordered, "state_facts", "publish")))


def publicity_ends(act: Publish, region: str) -> DueDay:
    """Last day of a publicity: its start is not counted, and the unit's own period is never shorter than the law's.

    Provisional where it rests on a length that is only remembered (D-27); that blocks nobody.
    """
    periods = [(act.days or 1, False), *_least_periods(Law(act.on), region)]
    days = max(length for length, _ in periods)
    remembered = all(is_remembered for length, is_remembered in periods if length == days)
    last_on = act.on + timedelta(days=days)
    return DueDay(by=last_on, provisional=remembered, because="unconfirmed_value" if remembered else "")


def _least_periods(law: Law, region: str) -> Iterator[tuple[int, bool]]:
    for name in dict.fromkeys((f"national.{_PERIOD}", law.local(region, _PERIOD))):
        if law.holds(name):
            yield law.whole(name), law.mark(name) == "M"


def _shown(ordered: Facts, amounts: Amounts) -> Sequence[Fact[Publish]]:
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


def _objections(ordered: Facts, region: str) -> tuple[tuple[Objection, ...], list[Finding]]:
    periods = [(fact.act.on, publicity_ends(fact.act, region).by) for fact in of_kind(ordered, "publish")]
    decisions: dict[UUID, date] = {}
    for fact in of_kind(ordered, "decide"):
        decisions.setdefault(fact.act.objection, fact.act.on)
    objections, findings = [], []
    for fact in of_kind(ordered, "object"):
        act = fact.act
        decided_on = decisions.get(act.act_id)
        if any(first <= act.on <= last for first, last in periods):
            objections.append(Objection(act.act_id, act.on, decided_on))
        elif decided_on is None:
            findings.append(_finding("objection_outside_period", fact))
    return tuple(objections), findings


def _was_open(objection: Objection, on: date) -> bool:
    return objection.decided_on is None or objection.decided_on > on


def _signatures(kept: Iterable[Fact[PayoutAct]]) -> tuple[Signature | None, Signature | None]:
    """The first approver, then another person as second approver; of one day either may have been recorded first."""
    signed = [(fact.act.by.role, Signature(fact.act.by.party_id, fact.act.on)) for fact in kept]
    firsts = [one for role, one in signed if role is Role.FIRST_APPROVER]
    for first in firsts:
        for second in _seconds(signed):
            if second.on >= first.on and second.by != first.by:
                return first, second
    return (firsts[0], None) if firsts else (None, None)


def _seconds(signed: Iterable[tuple[Role, Signature]]) -> Iterator[Signature]:
    return (one for role, one in signed if role is Role.SECOND_APPROVER)


def _finding(code: str, fact: Fact[Any]) -> Finding:
    return Finding(key=f"{code}:{fact.act.act_id}", code=code, about=fact.act.act_id, opened_on=fact.act.on)
