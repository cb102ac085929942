"""Public notice, objections, and two approvals by two people: the same for a payout and for a list (D-24, R5)."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, NamedTuple
from uuid import UUID

from rules.filing.finding import finding
from rules.filing.order import of_kind
from rules.filing.scene import Remark, refused
from rules.law.calendar import ONE_DAY, Calendar
from schemas.acts.act import Act
from schemas.standing.fact import Fact
from schemas.standing.position import Finding
from schemas.values.actor import Role
from schemas.values.determination import Step
from schemas.values.due import DueDay


class Signature(NamedTuple):
    """Who approved, and on which day."""

    by: UUID
    on: date


class Stated(NamedTuple):
    """A length of publicity that a law sets or somebody states; ``is_remembered``: nobody has confirmed it (D-27)."""

    what: str
    length: int
    counted: Literal["days", "working_days"]
    article: str
    is_remembered: bool = False


class Shown(NamedTuple):
    """The last day of a publicity, and how each period that bears on it was counted."""

    last: DueDay
    steps: tuple[Step, ...]


class Objection(NamedTuple):
    """An objection, open until a decision names it; one from outside every publicity opens nothing."""

    fact: Fact[Any]
    decided_on: date | None
    is_inside: bool

    @property
    def act_id(self) -> UUID:
        """The act by which somebody objected."""
        act_id: UUID = self.fact.act.act_id
        return act_id

    @property
    def on(self) -> date:
        """Its legal day."""
        on: date = self.fact.act.on
        return on

    def was_open(self, on: date) -> bool:
        """Whether nobody had decided it on that day."""
        return self.decided_on is None or self.decided_on > on


@dataclass(frozen=True)
class Approval:
    """How far the present amounts have come."""

    publicity_from: date | None = None
    publicity: DueDay | None = None
    """Its last day."""
    counted: tuple[Step, ...] = ()
    objections: tuple[Objection, ...] = ()
    first: Signature | None = None
    second: Signature | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def publicity_last_on(self) -> date | None:
        """The last day on which somebody may object."""
        return self.publicity.by if self.publicity else None

    @property
    def open_objections(self) -> tuple[Objection, ...]:
        """Those that nobody has decided."""
        return tuple(one for one in self.objections if one.decided_on is None)


def shown_until(start: date, periods: Sequence[Stated], calendar: Calendar) -> Shown:
    """The longest of the ``periods`` counts: a stated one is never shorter than the law's (D-24).

    The start is not counted. Days are every day, and an end on a rest day stays (D-24); working days are those of the
    State Council's table (L-02 c). Provisional where a notice that is not known decides, or where the last day rests on
    a length that is only remembered; that blocks nobody.
    """
    ends = [(_counted(start, one, calendar), one) for one in periods]
    by = max(due.by for due, _ in ends)
    steps = tuple(
        Step(
            what=one.what,
            how=f"{start} + {one.length} {one.counted.replace('_', ' ')}, the first day not counted",
            result=due.by.isoformat(),
            article=one.article,
        )
        for due, one in ends
    )
    if any(due.provisional for due, _ in ends):
        return Shown(DueDay(by=by, provisional=True, because="unknown_year"), steps)
    if all(one.is_remembered for due, one in ends if due.by == by):
        return Shown(DueDay(by=by, provisional=True, because="unconfirmed_value"), steps)
    return Shown(DueDay(by=by), steps)


def _counted(start: date, stated: Stated, calendar: Calendar) -> DueDay:
    if stated.counted == "working_days" and stated.length:
        return calendar.working_days(start, stated.length)
    return DueDay(by=start + stated.length * ONE_DAY)


def objections_in(
    ordered: Sequence[Fact[Any]], decided_by: str, periods: Iterable[tuple[date, date]]
) -> tuple[Objection, ...]:
    """Every objection with its first decision; ``periods``: first and last day of each publicity."""
    spans, decisions = tuple(periods), dict[UUID, date]()
    for fact in of_kind(ordered, decided_by):
        decisions.setdefault(fact.act.objection, fact.act.on)
    return tuple(
        Objection(fact, decisions.get(fact.act.act_id), any(first <= fact.act.on <= last for first, last in spans))
        for fact in of_kind(ordered, "object")
    )


def two_signatures(
    kept: Iterable[Fact[Any]], first_role: Role, second_role: Role
) -> tuple[Signature | None, Signature | None]:
    """The first approver, then another person as second approver; of one day either may have been recorded first."""
    signed = [(fact.act.by.role, Signature(fact.act.by.party_id, fact.act.on)) for fact in kept]
    firsts = [one for role, one in signed if role is first_role]
    seconds = [one for role, one in signed if role is second_role]
    for first in firsts:
        for second in seconds:
            if second.on >= first.on and second.by != first.by:
                return first, second
    return (firsts[0], None) if firsts else (None, None)


def outdated_signature(
    ordered: Iterable[Fact[Any]], names_present: Callable[[Any], bool], second: Signature | None, code: str
) -> tuple[Finding, ...]:
    """What approvers signed is not what it is now, and nobody has approved that: whoever changed it, they are told."""
    old = [fact for fact in of_kind(ordered, "approve") if not names_present(fact.act)]
    return (finding(code, old[-1]),) if old and second is None else ()


def guard_objection(on: date, first: date | None, last: date | None) -> Iterator[Remark]:
    """Whoever objects does so while the list is shown."""
    if first is None or last is None or not first <= on <= last:
        yield refused("objection_outside_period", "on", on=on, first=first or "-", last=last or "-")


def guard_decision(objection: UUID, facts: Iterable[Fact[Any]], decided: Iterable[Fact[Any]]) -> Iterator[Remark]:
    """A decision names an objection that was made and that nobody has decided."""
    made = [fact.act.act_id for fact in of_kind(facts, "object")]
    if objection not in made or objection in [fact.act.objection for fact in decided]:
        yield refused("no_such_objection", "objection", objection=objection)


def guard_publicity_over(on: date, last: date | None, *, is_objected: bool) -> Iterator[Remark]:
    """Nobody approves before everybody had the time to object, nor while an objection is open (D-24)."""
    if last is None:
        yield refused("not_published")
    elif on <= last:
        yield refused("publicity_not_over", "on", on=on, last=last)
    if is_objected:
        yield refused("objection_open")


def guard_approvers(
    act: Act, first: Role, approved_by: tuple[UUID | None, UUID | None], *, prepared: bool, benefits: bool
) -> Iterator[Remark]:
    """Four people: who prepared, who benefits, and two who approve, each once, ``first`` before the other (R5)."""
    if prepared:
        yield refused("approver_prepared", "by.party_id")
    if benefits:
        yield refused("approver_benefits", "by.party_id")
    is_first, (approved_first, approved_second) = act.by.role is first, approved_by
    if not is_first:
        if approved_first is None:
            yield refused("first_approval_missing", "by.role")
        elif approved_first == act.by.party_id:
            yield refused("approver_twice", "by.party_id")
    if (approved_first if is_first else approved_second) is not None:
        yield refused("already_approved", role=act.by.role.value)
