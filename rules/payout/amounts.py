"""What a payout amounts to: the statement that counts, the determination made of it, and its lines."""

from collections.abc import Iterator, Sequence
from datetime import date
from hashlib import sha256
from itertools import product
from typing import NamedTuple, TypeVar
from uuid import UUID

from pydantic import ValidationError

from rules.filing.order import of_kind
from rules.remuneration import first_grant_bonus, remuneration
from rules.remuneration.pool import UNDISTRIBUTED_TEAM, rule_on
from schemas.acts.act import Act
from schemas.standing.fact import PayoutFacts
from schemas.standing.position import PayoutLine
from schemas.standing.surroundings import PayoutSurroundings
from schemas.statements.remuneration import Costs, IncomeRule, OwnerShare, ReceiptInPool, ShareKind, UnitFacts
from schemas.values.canonical import canonical
from schemas.values.determination import Determination, ResultLine
from schemas.values.money import ZERO, Money, total

A = TypeVar("A", bound=Act)
GRANT = "grant"
_NAMES = {
    ShareKind.TEAM: ("team", "team"),
    ShareKind.DEPARTMENT: ("department", "department"),
    ShareKind.INSTITUTION: ("institution", "institution"),
    ShareKind.PERSON: ("person", "person"),
}
_MEMBER = ("member", "team_member")
_IN_POOL = ("team_member", "person", UNDISTRIBUTED_TEAM)


class Amounts(NamedTuple):
    """``fallen``: nothing more is due, because the receipt was reversed whole or the licence does not stand.

    What the unit bore for a receipt that was reversed whole still counts (D-11): its lines then take back.

    ``as_paid``: nobody can say what is due, so what was paid stays as it is and is never compared with zero.
    """

    facts: UnitFacts | None = None
    costs: Costs | None = None
    stated_on: date | None = None
    determination: Determination | None = None
    hash: str | None = None
    lines: tuple[PayoutLine, ...] = ()
    unknown: tuple[str, ...] = ()
    received_on: date | None = None
    fallen: bool = False
    as_paid: bool = False

    @property
    def pool(self) -> Money:
        """What those who made or transferred the achievement have together, the undistributed rest included."""
        return total(line.amount for line in self.lines if line.name in _IN_POOL)


class _Statement(NamedTuple):
    facts: UnitFacts
    costs: Costs
    on: date


def amounts_of(ordered: PayoutFacts, unit: UUID, subject: str, surroundings: PayoutSurroundings) -> Amounts:
    """Computed afresh from what the unit stated last and from the licence's receipts as now known.

    While the end of the licence is provisional it counts as standing (D-22). A receipt that was reversed whole brings
    nothing; what was stated to be its costs stays, and what was not stated is not asked for (D-11).
    """
    received_on = _received_on(subject, surroundings)
    made_elsewhere = any(fact.act.paid_lines for fact in of_kind(ordered, "take_over"))
    never_booked_here = received_on is None and made_elsewhere
    statements = list(_statements(ordered, unit))
    if not (surroundings.licence_stands or surroundings.provisional):
        return _fallen(statements, received_on)
    if subject != GRANT and not never_booked_here and not _brings_money(subject, surroundings):
        return _costs_alone(_fallen(statements, received_on), subject, surroundings)
    if received_on is None or (made_elsewhere and not statements):
        return Amounts(received_on=received_on, as_paid=True)
    # Two statements of one day have no order; the one that leaves less to ask is the answer to the other.
    found = [_determined(statement, subject, received_on, surroundings) for statement in statements]
    nothing_stated = Amounts(unknown=("state_facts",), received_on=received_on, as_paid=True)
    return min(found, key=lambda one: len(one.unknown), default=nothing_stated)


def amounts_hash(determination: Determination) -> str:
    """What publicity shows and approvers approve: who gets how much; in hex."""
    shown = sorted((line.name, line.amount.fen) for line in determination.result)
    return sha256(canonical(shown)).hexdigest()


def governing_rule(facts: UnitFacts, received_on: date) -> IncomeRule | None:
    """The agreement or published rule that governs a receipt of that day; None where the law does."""
    return rule_on(facts.rules, received_on)


def _received_on(subject: str, surroundings: PayoutSurroundings) -> date | None:
    if subject == GRANT:
        return surroundings.granted_on
    return next((one.received_on for one in surroundings.receipts if one.receipt_id == subject), None)


def _brings_money(subject: str, surroundings: PayoutSurroundings) -> bool:
    return any(one.receipt_id == subject and one.amount > ZERO for one in surroundings.receipts)


def _fallen(statements: Sequence[_Statement], received_on: date | None) -> Amounts:
    known = [_base(statement, received_on) for statement in statements]
    fullest = min(
        known, key=lambda one: len(one.costs.open) if one.costs else 0, default=Amounts(received_on=received_on)
    )
    return fullest._replace(fallen=True)


def _costs_alone(fallen: Amounts, subject: str, surroundings: PayoutSurroundings) -> Amounts:
    """What the stated costs of a receipt that was reversed whole take back from the receipts before it (D-11)."""
    facts, costs, stated_on, received_on = fallen.facts, fallen.costs, fallen.stated_on, fallen.received_on
    if facts is None or costs is None or stated_on is None or received_on is None or not costs.borne:
        return fallen
    made = _determined(_Statement(facts, costs, stated_on), subject, received_on, surroundings)
    return made._replace(fallen=True) if any(line.amount for line in made.lines) else fallen


def _statements(ordered: PayoutFacts, unit: UUID) -> Iterator[_Statement]:
    """The statements of the last day on which the unit stated anything; a committee's decision stands over them."""
    stated = [one.act for one in of_kind(ordered, "state_facts") if one.act.facts.unit == unit]
    decided = [
        one.act
        for one in of_kind(ordered, "decide")
        if one.act.changed_facts is not None and one.act.changed_facts.unit == unit
    ]
    stated = _of_last_day(stated)
    changed = _of_last_day([act for act in decided if not stated or act.on >= stated[0].on])
    costs = [act.costs for act in stated] or [Costs()]
    if changed:
        yield from (_Statement(act.changed_facts, cost, act.on) for act, cost in product(changed, costs))
    else:
        yield from (_Statement(act.facts, act.costs, act.on) for act in stated)


def _of_last_day(acts: list[A]) -> list[A]:
    latest = max((act.on for act in acts), default=None)
    return [act for act in acts if act.on == latest]


def _base(statement: _Statement, received_on: date | None) -> Amounts:
    return Amounts(statement.facts, statement.costs, statement.on, received_on=received_on)


def _determined(statement: _Statement, subject: str, received_on: date, surroundings: PayoutSurroundings) -> Amounts:
    facts = with_owners(statement.facts, surroundings)
    base = _base(statement, received_on)
    if facts is None:
        return base._replace(unknown=("owners",), as_paid=True)
    if subject == GRANT:
        made = first_grant_bonus.determine(facts, surroundings.patent_kind, surroundings.granted_on)
    else:
        made = remuneration.determine(facts, _pool(statement.costs, subject, surroundings), subject)
    if made.unknown:
        return base._replace(unknown=made.unknown, as_paid=True)
    lines = _bonus_lines(made.result) if subject == GRANT else _lines(made.result, facts, received_on)
    return base._replace(determination=made, hash=amounts_hash(made), lines=tuple(lines))


def with_owners(facts: UnitFacts, surroundings: PayoutSurroundings) -> UnitFacts | None:
    """The owners' parts as the unit states them, else as declared (D-10); None where the unit is in neither."""
    if facts.owners or len(surroundings.owners) < 2:
        return facts
    owners = tuple(OwnerShare(owner=one.party_id, part=one.share) for one in surroundings.owners)
    try:
        with_them: UnitFacts = facts.but(owners=owners)
    except ValidationError:
        return None
    return with_them


def _pool(costs: Costs, subject: str, surroundings: PayoutSurroundings) -> list[ReceiptInPool]:
    """The licence's receipts; one that was reversed whole stays for the costs that were stated of it (D-11)."""
    stated = {one.subject: one.costs for one in surroundings.siblings if one.costs is not None} | {subject: costs}
    booked = {one.receipt_id: one for one in surroundings.receipts}
    receipts = [
        ReceiptInPool(
            receipt_id=one.receipt_id,
            received_on=one.received_on,
            amount=one.amount,
            costs=stated.get(one.receipt_id, Costs()),
        )
        for one in booked.values()
    ]
    return [one for one in receipts if one.amount or one.costs.borne or one.receipt_id == subject]


def _bonus_lines(result: Sequence[ResultLine]) -> Iterator[PayoutLine]:
    for line in result:
        yield PayoutLine(key=f"bonus:{line.name}", party=UUID(line.name), name="bonus", amount=line.amount)


def _lines(result: Sequence[ResultLine], facts: UnitFacts, received_on: date) -> Iterator[PayoutLine]:
    """The team's sum first, then one line per party; the sum is shown and never paid."""
    rule = governing_rule(facts, received_on)
    roles = _roles(facts, rule)
    lines = [_line(line, roles, facts.unit) for line in result]
    team = next((share for share in rule.shares if share.kind is ShareKind.TEAM), None) if rule else None
    if team is not None:
        amount = total(line.amount for line in lines if line.name in ("team_member", UNDISTRIBUTED_TEAM))
        yield PayoutLine(key="team", party=team.party, name="team", amount=amount, payable=False)
    yield from lines


def _line(line: ResultLine, roles: dict[str, tuple[str, str]], unit: UUID) -> PayoutLine:
    if line.name == UNDISTRIBUTED_TEAM:
        return PayoutLine(key=line.name, party=None, name=line.name, amount=line.amount, payable=False)
    prefix, name = roles.get(line.name, _NAMES[ShareKind.PERSON])
    # What the institution's share leaves with the unit itself is no payment.
    return PayoutLine(
        key=f"{prefix}:{line.name}",
        party=UUID(line.name),
        name=name,
        amount=line.amount,
        payable=line.name != str(unit),
    )


def _roles(facts: UnitFacts, governing: IncomeRule | None) -> dict[str, tuple[str, str]]:
    """How each party is named; a party of another rule comes in when a loss reaches back to that rule's receipts."""
    others = sorted(facts.rules, key=lambda one: (one.from_on, one.kind))
    roles: dict[str, tuple[str, str]] = {}
    for rule in [*others, governing] if governing else others:
        roles |= {str(share.party): _NAMES[share.kind] for share in rule.shares}
        roles |= {str(member.party): _MEMBER for member in rule.team}
    return roles
