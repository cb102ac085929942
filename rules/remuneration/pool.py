"""The pool of one set of terms: how much of a licence's income goes to those who made the achievement, and to whom.

Terms are read on the day of a receipt: agreement, else published rule (Implementing Regulations rule 92), else the law
(rule 94; Law on Promoting Transformation arts. 44, 45). For State-set bodies the law's share is also the least.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil
from typing import TypeVar

from rules.law.law import Law
from rules.law.shares import Group, Weight, half_up, lift_groups, split, split_by_percent
from schemas.statements.remuneration import (
    Basis,
    BonusRule,
    Completer,
    IncomeRule,
    IncomeShare,
    Part,
    ShareKind,
    TeamShare,
    UnitFacts,
)
from schemas.statements.share import shown
from schemas.values.determination import Answer3, ResultLine
from schemas.values.money import ZERO, Money, total
from schemas.values.refusal import Refusal, refusal

_Signed = IncomeShare | TeamShare | Completer
Rule = TypeVar("Rule", IncomeRule, BonusRule)

UNDISTRIBUTED_TEAM = "undistributed_team"
"""The line of what the members' shares leave of the team's amount."""
COSTS = ("transaction_taxes", "upkeep", "direct", "other")

_POOL_KINDS = (ShareKind.TEAM, ShareKind.PERSON)
_LEAST_PARTS = {"main_contributors": Part.MAIN_CONTRIBUTOR, "transfer_staff": Part.TRANSFER_STAFF}
_LEAST_REFUSALS = {
    "main_contributors": "main_contributors_below_minimum",
    "transfer_staff": "transfer_staff_below_minimum",
}
_OPTIONAL = {
    "remuneration_optional_share": "those who made it",
    "transfer_office_optional_share": "its transfer office",
}


@dataclass(frozen=True)
class Terms:
    """What governs a receipt: the rule in force, the least share of net income, and the costs taken off to reach it."""

    rule: IncomeRule | None
    least: Fraction
    costs: tuple[str, ...]
    article: str

    @property
    def needs_net_income(self) -> bool:
        """Net income is never more than income, so a share of income that reaches the minimum needs no costs."""
        if self.rule is None or self.rule.basis is Basis.NET_INCOME:
            return True
        return pool_share(self.rule) < self.least


@dataclass(frozen=True)
class Due:
    """What is due; ``pool`` is for those who made the achievement. With something ``unknown`` there are no lines."""

    pool: Money = ZERO
    lines: tuple[ResultLine, ...] = ()
    unknown: tuple[str, ...] = ()


def rule_on(rules: Sequence[Rule], day: date) -> Rule | None:
    """The agreement in force on ``day``, else the published rule; a later one does not reach back (D-39)."""
    begun = [rule for rule in rules if rule.from_on <= day]
    return max(begun, key=lambda rule: (rule.kind == "agreement", rule.from_on), default=None)


def pool_share(rule: IncomeRule) -> Fraction:
    """What part of the rule's basis goes to those who made or transferred the achievement."""
    return sum((Fraction(share.percent) for share in rule.shares if share.kind in _POOL_KINDS), Fraction(0)) / 100


def terms_on(unit: UnitFacts, law: Law) -> Terms:
    """The terms of a receipt of the day of ``law``; the mandatory floor of the region, else the national one."""
    region = unit.region if unit.state_set else ""  # regional texts bind State-set bodies
    floor = law.local(region, "remuneration_floor")
    rule = rule_on(unit.rules, law.as_of)
    binds = rule is None or unit.state_set
    return Terms(
        rule=rule,
        least=Fraction(law.number(floor)) if binds else Fraction(0),
        costs=law.words(law.local(region, "net_income_costs")),
        article=law.cite(floor).provision if binds else "Implementing Regulations rule 92",
    )


def distribute(unit: UnitFacts, terms: Terms, law: Law, income: Money, statutory_net: Money, agreed_net: Money) -> Due:
    """Sets the pool and splits it; amounts are sums over the receipts under these terms. Steps go to ``law``."""
    rule = terms.rule
    if rule is None:
        exact = least = terms.least * statutory_net.fen
        basis = statutory_net
    else:
        basis = income if rule.basis is Basis.INCOME else agreed_net
        exact = pool_share(rule) * basis.fen
        least = terms.least * (statutory_net if terms.needs_net_income else income).fen
    amount = _rounded(exact, least)
    share = pool_share(rule) if rule else terms.least
    how = f"{shown(share)} of {basis}, half up to the fen"
    if rule:
        how += f" ({rule.kind} from {rule.from_on}, document {rule.document})"
    if terms.least:
        how += f"; at least {shown(terms.least)} of net income, then up to the fen"
    law.step("pool of those who made the achievement", how, str(amount), terms.article)
    _note_options(unit, law)
    _note_minima(unit, rule, law, amount)
    if rule is None or not pool_share(rule):
        due = _by_contributions(unit, law, amount)
    else:
        due = Due(amount, _by_rule(rule, law, amount))
    if due.lines:
        due = Due(amount, _lifted(unit, rule, law, due))
    if rule is None or due.unknown:
        return due
    others = [share for share in rule.shares if share.kind not in _POOL_KINDS]
    rest = max(basis - amount, ZERO)
    return Due(amount, due.lines + (split(rest, _weights(others), _least(others)) if others else ()))


def minima_refusals(unit: UnitFacts, day: date) -> tuple[Refusal, ...]:
    """Why the shares that govern a receipt of ``day`` are below a regional minimum; what may be enough is none."""
    law = Law(day)
    return tuple(
        refusal(_LEAST_REFUSALS[recipient], least=shown(least), share=shown(held))
        for recipient, least, held, answer in _minima(unit, rule_on(unit.rules, day), law)
        if answer is Answer3.NO
    )


def _rounded(exact: Fraction, least: Fraction) -> Money:
    """Half up to the fen, and where that is below the exact minimum, up to it (D-12)."""
    amount = half_up(exact)
    return amount if amount.fen >= least else Money(ceil(least))


def _by_contributions(unit: UnitFacts, law: Law, amount: Money) -> Due:
    if not amount:
        return Due()
    if unit.contributions is None:
        return Due(unknown=("contributions",))
    shares = unit.contributions.shares
    asked_for = law.local(unit.region, "remuneration_asked_for_by")
    asks = tuple(
        f"request_for_reward:{one.party}"
        for one in shares
        if one.holds_share_of_right and not one.asked_for_reward and law.holds(asked_for)
    )
    if asks:
        return Due(unknown=asks)
    law.step("split by signed contributions", f"largest remainder; {_stated(shares)}", str(amount))
    return Due(amount, split(amount, _weights(shares), _least(shares)))


def _weights(shares: Sequence[_Signed]) -> list[tuple[str, Weight]]:
    return [(str(one.party), one.percent) for one in shares]


def _least(shares: Sequence[_Signed]) -> dict[str, Money]:
    return {str(one.party): one.at_least for one in shares if one.at_least is not None}


def _stated(shares: Sequence[_Signed]) -> str:
    """The shares as they were signed, with what is fixed as an amount."""
    return ", ".join(
        f"{one.party} {shown(Fraction(one.percent) / 100)}{f', at least {one.at_least}' if one.at_least else ''}"
        for one in shares
    )


def _by_rule(rule: IncomeRule, law: Law, amount: Money) -> tuple[ResultLine, ...]:
    lines: list[ResultLine] = []
    sharing = [share for share in rule.shares if share.kind in _POOL_KINDS]
    team = f"; of the team {_stated(rule.team)}" if rule.team else ""
    law.step("split by the rule's shares", f"largest remainder; {_stated(sharing)}{team}", str(amount))
    for share, line in zip(sharing, split(amount, _weights(sharing), _least(sharing)), strict=True):
        if share.kind is ShareKind.TEAM:
            members, least = _weights(rule.team), _least(rule.team)
            lines.extend(split_by_percent(line.amount, members, UNDISTRIBUTED_TEAM, least))
        else:
            lines.append(line)
    return tuple(lines)


def _note_options(unit: UnitFacts, law: Law) -> None:
    """What the region lets a State-set body give beyond the minimum; shown, and never added by itself."""
    for name, to in _OPTIONAL.items():
        full_name = law.local(unit.region, name)
        if unit.state_set and law.holds(full_name):
            share = shown(Fraction(law.number(full_name)))
            law.step(f"the unit may give {to} {share} of net income", "optional", share, law.cite(full_name).provision)


def _note_minima(unit: UnitFacts, rule: IncomeRule | None, law: Law, amount: Money) -> None:
    for recipient, least, held, answer in _minima(unit, rule, law):
        law.step(
            f"{recipient} have at least {shown(least)} of the pool",
            f"{shown(held)} of {amount} against {Money(ceil(least * amount.fen))}",
            answer,
            law.cite(law.local(unit.region, "remuneration_shares")).provision,
        )


def _lifted(unit: UnitFacts, rule: IncomeRule | None, law: Law, due: Due) -> tuple[ResultLine, ...]:
    """The lines of the pool with no regional minimum undercut by their rounding (D-12)."""
    parts, groups = _parts(unit, rule), list[Group]()
    for recipient, least, _, answer in _minima(unit, rule, law):
        members = [name for name, done, _ in parts if done is _LEAST_PARTS[recipient]]
        if answer is Answer3.YES and members:
            groups.append(Group(recipient, members, least * due.pool.fen))
    weights = [(name, part) for name, _, part in parts]
    left = 1 - sum((part for _, _, part in parts), Fraction(0))
    signed = unit.contributions.shares if unit.contributions else ()
    fixed = _least((*rule.shares, *rule.team)) if rule is not None and pool_share(rule) else _least(signed)
    lines = lift_groups(due.lines, [*weights, (UNDISTRIBUTED_TEAM, left)], groups, fixed)
    before, after = ({line.name: line.amount for line in one} for one in (due.lines, lines))
    for one in groups:
        had, has = (total(amounts[name] for name in one.members) for amounts in (before, after))
        if had != has or has.fen < one.least:
            how = f"{had} by the largest remainder; at least {Money(ceil(one.least))}"
            if has.fen < one.least:
                how += "; the minima together are more than the pool, and the largest gives way"
            law.step(f"{one.name} to the fen", how, str(has), "D-12")
    return lines


def _minima(unit: UnitFacts, rule: IncomeRule | None, law: Law) -> list[tuple[str, Fraction, Fraction, Answer3]]:
    """Each regional minimum: for whom, the least part of the pool, the part they hold, and whether it is enough.

    Compared on exact parts, before any rounding. Parts of people of whom nobody said what they did may still be theirs.
    """
    name = law.local(unit.region, "remuneration_shares")
    if not (unit.state_set and law.holds(name)):
        return []
    parts = _parts(unit, rule)
    open_part = 1 - sum((part for _, done, part in parts if done is not None), Fraction(0))
    found = []
    for recipient, done in _LEAST_PARTS.items():
        least = Fraction(law.number(name, recipient))
        held = sum((part for _, what, part in parts if what is done), Fraction(0))
        answer = Answer3.YES if held >= least else Answer3.UNKNOWN if held + open_part >= least else Answer3.NO
        found.append((recipient, least, held, answer))
    return found


def _parts(unit: UnitFacts, rule: IncomeRule | None) -> Sequence[tuple[str, Part | None, Fraction]]:
    """Each person by name, what he did, and his exact part of the pool."""
    if rule is None or not pool_share(rule):
        signed = unit.contributions.shares if unit.contributions else ()
        return [(str(one.party), one.part, Fraction(one.percent) / 100) for one in signed]
    whole = pool_share(rule) * 100
    parts: list[tuple[str, Part | None, Fraction]] = []
    for share in rule.shares:
        if share.kind is ShareKind.PERSON:
            parts.append((str(share.party), share.part, Fraction(share.percent) / whole))
        elif share.kind is ShareKind.TEAM:
            team = Fraction(share.percent) / whole
            parts.extend(
                (str(member.party), member.part, team * Fraction(member.percent) / 100) for member in rule.team
            )
    return parts
