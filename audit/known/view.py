"""A filing as known on K and effective on D, what came later, and what that changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from audit.known.changes import Change, changes
from audit.known.facts import AsOf, Facts, Known, calendar_known, counting, position_of, surroundings_of, version_known
from audit.rebuild import calendars_in_use
from database.pool import Connection
from database.record.event_log import ChainLink, chain_of, head_of_known
from rules.kinds import KINDS, Kind
from rules.law.calendar import Calendars
from schemas.acts.act import FilingKind
from schemas.standing.fact import Fact
from schemas.standing.position import BasePosition
from schemas.values.money import Money


@dataclass(frozen=True)
class LaterFact:
    """A fact that does not count: recorded later than K, or known by then with a legal day after D."""

    version: int
    kind: str
    legal_on: date
    recorded_at: datetime
    is_known: bool
    changed: tuple[Change, ...] | None
    """What it changed, added to all that count and to the later facts before it; None where nobody asked."""


@dataclass(frozen=True)
class KnownFiling:
    """The answer; ``position`` is None where the filing did not exist by then."""

    filing_id: UUID
    kind: FilingKind
    asked: AsOf
    known_at: datetime
    """When the last version that was known was recorded."""
    position: BasePosition | None
    counted: tuple[int, ...]
    """Versions of the facts that count."""
    snapshot: int | None
    """The fact whose snapshot of other filings and of the register is used; it can tell of days after D."""
    accounts: dict[str, Money]
    """What stood on each account by the facts that count, debits less credits."""
    later: tuple[LaterFact, ...]


async def known_filing(
    connection: Connection, filing_id: UUID, known: Known | None, effective_on: date | None, *, diff: bool = False
) -> KnownFiling:
    """From the event log alone; Refused ``filing_unknown`` or ``nothing_known_yet``."""
    head = await head_of_known(connection, filing_id, "filing")
    kind = KINDS[FilingKind(head.kind)]
    links = [link async for link in chain_of(connection, filing_id)]
    facts = [kind.fact(one.version, one.recorded_at, one.body) for one in links]
    asked = AsOf(version_known(facts, known), effective_on)
    return as_known(filing_id, kind, facts, links, asked, await calendars_in_use(connection), diff=diff)


def as_known(
    filing_id: UUID,
    kind: Kind[Any, Any, Any],
    facts: Facts,
    links: Sequence[ChainLink],
    asked: AsOf,
    calendars: Calendars,
    *,
    diff: bool = False,
) -> KnownFiling:
    """The same of facts that were read; pure."""
    count = counting(facts, kind, asked)
    position = position_of(count, kind, calendar_known(facts, asked.version, calendars))
    snapshot = surroundings_of(count)
    return KnownFiling(
        filing_id,
        kind.name,
        asked,
        next(fact.recorded_at for fact in reversed(facts) if fact.version <= asked.version),
        position,
        tuple(fact.version for fact in count),
        next((fact.version for fact in reversed(count) if fact.made.surroundings is snapshot is not None), None),
        _accounts(position),
        tuple(_later(facts, count, links, position, kind, calendars, asked, diff=diff)),
    )


def _later(
    facts: Facts,
    count: Sequence[Fact[Any]],
    links: Sequence[ChainLink],
    position: BasePosition | None,
    kind: Kind[Any, Any, Any],
    calendars: Calendars,
    asked: AsOf,
    *,
    diff: bool,
) -> list[LaterFact]:
    counted, added, before, found = {fact.version for fact in count}, list(count), position, []
    for fact, link in zip(facts, links, strict=True):
        if fact.version in counted:
            continue
        changed = None
        if diff:
            added = sorted([*added, fact], key=lambda one: one.version)
            latest = max(asked.version, fact.version)
            after = position_of(added, kind, calendar_known(facts, latest, calendars))
            changed, before = tuple(changes(before, after)), after
        found.append(
            LaterFact(fact.version, link.kind, fact.act.on, fact.recorded_at, fact.version <= asked.version, changed)
        )
    return found


def _accounts(position: BasePosition | None) -> dict[str, Money]:
    accounts: dict[str, Money] = {}
    for line in position.money if position else ():
        accounts[line.debit] = accounts.get(line.debit, Money(0)) + line.amount
        accounts[line.credit] = accounts.get(line.credit, Money(0)) - line.amount
    return dict(sorted(accounts.items()))
