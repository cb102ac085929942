"""Separation of duties: where it was broken, and where it is strained (R5; invariant 12).

*Broken*: one person did two of what four different people do. *Strained*: nothing that a rule forbids, and yet what an
auditor asks about: one person in several roles, two who always approve together, money ordered by who approved it.
"""

from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Literal, NamedTuple
from uuid import UUID

from audit.questions.events import events_of
from audit.questions.moment import Step, no_step, one_moment
from database.pool import Connection, Pool
from database.questions.rows import persons_in_several_roles
from database.questions.stream import LoggedEvent, events_of_filings, logged_events, standing_filings
from schemas.acts.act import TWO_PERSON_ACTS
from schemas.values.actor import ENGINE
from schemas.values.model import Model

What = Literal[
    "prepared_and_approved",
    "approved_twice",
    "beneficiary_prepared",
    "beneficiary_approved",
    "signed_own_act",
    "approved_and_instructed",
    "two_roles",
    "always_together",
]
BROKEN: frozenset[What] = frozenset(
    {"prepared_and_approved", "approved_twice", "beneficiary_prepared", "beneficiary_approved", "signed_own_act"}
)
_PREPARING = ("state_facts", "publish", "accept_claim", "hold_claim", "reject_claim", "calculate")
_APPROVING = ("approve",)
_ORDERING = ("instruct_payment",)
_LEAST_TOGETHER = 3
"""Approvals of the same two people, and of nobody else, before it is a pattern."""


class Duty(Model):
    """One thing to ask about. ``filing_id``: None for what is true over all filings; ``times``: how often."""

    what: What
    is_broken: bool
    person: UUID
    other: UUID | None = None
    filing_id: UUID | None = None
    roles: tuple[str, ...] = ()
    times: int = 1


class Duties(Model):
    """Broken ones first, then by person."""

    rows: tuple[Duty, ...]
    filings: int

    @property
    def ok(self) -> bool:
        """Whether none is broken."""
        return not any(one.is_broken for one in self.rows)


class _Approval(NamedTuple):
    first: UUID
    second: UUID


async def duties(pool: Pool, step: Step = no_step) -> Duties:
    """Over all filings; an account of persons by id, never by name."""
    rows: list[Duty] = []
    approvals: list[_Approval] = []
    filings = 0
    async with one_moment(pool) as connection:
        async for filing in standing_filings(connection):
            filings += 1
            step()
            if filing.kind not in ("payout", "settlement"):
                continue
            events = await events_of_filings(
                connection, [filing.filing_id], events_of(*_PREPARING, *_APPROVING, *_ORDERING)
            )
            gainers = _gainers(filing.kind, filing.position)
            rows += _of_filing(filing.filing_id, events, gainers)
            approved = [one.who for one in events if one.act["kind"] in _APPROVING]
            approvals += [_Approval(*sorted(pair)) for pair in zip(approved[::2], approved[1::2], strict=False)]
        rows += [one async for one in _signed_own(connection)]
        rows += await _two_roles(connection)
    rows += _together(approvals)
    rows.sort(key=lambda one: (not one.is_broken, one.what, str(one.person), str(one.filing_id)))
    return Duties(rows=tuple(rows), filings=filings)


def _duty(what: What, person: UUID, **fields: object) -> Duty:
    return Duty.model_validate({"what": what, "is_broken": what in BROKEN, "person": person, **fields})


def _gainers(kind: str, position: Mapping[str, object]) -> frozenset[UUID]:
    """Who gets the money."""
    name = "party" if kind == "payout" else "claimant"
    lines = position.get("lines") or ()
    assert isinstance(lines, list | tuple)  # as the engine stores it
    return frozenset(UUID(one[name]) for one in lines if one.get(name) and one.get("payable", True))


def _of_filing(filing_id: UUID, events: list[LoggedEvent], gainers: frozenset[UUID]) -> Iterator[Duty]:
    prepared = _who(events, _PREPARING)
    approved = _who(events, _APPROVING)
    ordered = _who(events, _ORDERING)
    for person in approved:
        if person in prepared:
            yield _duty("prepared_and_approved", person, filing_id=filing_id)
        if person in gainers:
            yield _duty("beneficiary_approved", person, filing_id=filing_id)
        if person in ordered:
            yield _duty("approved_and_instructed", person, filing_id=filing_id)
    for person, roles in approved.items():
        if len(roles) > 1:
            yield _duty("approved_twice", person, filing_id=filing_id, roles=tuple(sorted(roles)))
    for person in prepared:
        if person in gainers:
            yield _duty("beneficiary_prepared", person, filing_id=filing_id)


def _who(events: list[LoggedEvent], acts: tuple[str, ...]) -> dict[UUID, set[str]]:
    """Person -> the roles in which they did one of these acts; what the engine does is nobody's."""
    found: dict[UUID, set[str]] = {}
    for one in events:
        if one.act["kind"] in acts and one.who != ENGINE:
            found.setdefault(one.who, set()).add(one.role)
    return found


async def _signed_own(connection: Connection) -> AsyncIterator[Duty]:
    asked: dict[UUID, UUID] = {}
    async for event in logged_events(connection, events_of(*sorted(TWO_PERSON_ACTS), "countersign")):
        if event.act["kind"] != "countersign":
            asked[event.act_id] = event.who
        elif asked.get(UUID(event.act["countersigns"])) == event.who:
            yield _duty("signed_own_act", event.who, filing_id=event.filing_id)


async def _two_roles(connection: Connection) -> list[Duty]:
    """Persons who act in several roles; an organisation that is office and bank of the demo is no person."""
    return [
        _duty("two_roles", person, roles=roles, times=filings)
        for person, roles, filings in await persons_in_several_roles(connection, ENGINE)
    ]


def _together(approvals: list[_Approval]) -> Iterator[Duty]:
    """Two who approved with each other several times, and with nobody else."""
    with_whom: dict[UUID, set[UUID]] = {}
    times: dict[_Approval, int] = {}
    for pair in approvals:
        times[pair] = times.get(pair, 0) + 1
        with_whom.setdefault(pair.first, set()).add(pair.second)
        with_whom.setdefault(pair.second, set()).add(pair.first)
    for pair, often in times.items():
        if often >= _LEAST_TOGETHER and all(len(with_whom[one]) == 1 for one in pair):
            yield _duty("always_together", pair.first, other=pair.second, times=often)
