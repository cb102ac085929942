"""Which facts count of those that are recorded: what was known by then, and what has a legal day up to then."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from rules.filing.corrections import corrected_if_valid, replacements
from rules.kinds import Kind
from rules.law.calendar import Calendar, Calendars
from schemas.acts.act import CorrectFact, Countersign, DismissFinding
from schemas.standing.fact import Fact
from schemas.standing.position import BasePosition
from schemas.values.model import SHANGHAI
from schemas.values.refusal import refuse

Facts = Sequence[Fact[Any]]
Known = int | date | datetime
"""A version; a day in Asia/Shanghai, to its end; or an instant."""
_ABOUT_OTHERS = (CorrectFact, Countersign, DismissFinding)


@dataclass(frozen=True)
class AsOf:
    """What is asked: the last version that was known, and the last legal day that counts (None: every day)."""

    version: int
    effective_on: date | None


def version_known(facts: Facts, known: Known | None) -> int:
    """The last version recorded by then; None is now. Refused ``nothing_known_yet``, ``version_not_reached``."""
    if known is None:
        return facts[-1].version
    if isinstance(known, int) and known > facts[-1].version:
        raise refuse("version_not_reached", "--known-on", version=known, head=facts[-1].version)
    by_then = [fact.version for fact in facts if _is_known(fact, known)]
    if not by_then:
        first = facts[0].recorded_at.astimezone(SHANGHAI).isoformat(timespec="seconds")
        raise refuse("nothing_known_yet", "--known-on", known=known, first=first)
    return by_then[-1]


def _is_known(fact: Fact[Any], known: Known) -> bool:
    if isinstance(known, int):
        return fact.version <= known
    if isinstance(known, datetime):
        return fact.recorded_at <= known
    return fact.recorded_at <= datetime.combine(known, time.max, SHANGHAI)


def counting(facts: Facts, kind: Kind[Any, Any, Any], asked: AsOf) -> list[Fact[Any]]:
    """The facts known by then with legal days up to then, each by the day that is known of it by then.

    A correction, a countersignature and a dismissal count once they are known, whatever their own day: they say what
    was so on the day of the fact they are about.
    """
    known = [fact for fact in facts if fact.version <= asked.version]
    if asked.effective_on is None:
        return known
    changes = replacements(known)
    return [
        fact
        for fact in known
        if isinstance(fact.act, _ABOUT_OTHERS)
        or corrected_if_valid(fact.act, changes.get(fact.act.act_id), kind.acts).on <= asked.effective_on
    ]


def position_of(count: Facts, kind: Kind[Any, Any, Any], calendar: Calendar) -> BasePosition | None:
    """Where the filing stands by these facts; None where none of them says anything of the filing itself.

    What it stands on is the last snapshot that one of them took.
    """
    if all(isinstance(fact.act, _ABOUT_OTHERS) for fact in count):
        return None
    position: BasePosition = kind.derive(count, surroundings_of(count), calendar)
    return position


def calendar_known(facts: Facts, version: int, calendars: Calendars) -> Calendar:
    """The holiday tables that the last fact up to this version knew."""
    return calendars.at(next(fact.made.calendar for fact in reversed(facts) if fact.version <= version))


def surroundings_of(known: Facts) -> Any:
    """The last snapshot that these facts took; None where none took one."""
    return next((fact.made.surroundings for fact in reversed(known) if fact.made.surroundings is not None), None)
