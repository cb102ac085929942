"""What an audit found: how much it looked at, and every difference with its filing and field."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from schemas.values.canonical import plain


@dataclass(frozen=True)
class Difference:
    """Two records that should agree and do not. ``filing_id`` is None for what belongs to no filing.

    ``where`` is the record and field (``position.stage``, ``ledger.due:1.bank``, ``workflow.head``); ``proved`` is what
    follows from the facts, ``found`` what stands there; None means that there is nothing. ``between``: the two instants
    between which it came to differ, where the log can say that.
    """

    filing_id: UUID | None
    where: str
    proved: Any
    found: Any
    between: tuple[str, str] | None = None

    def as_json(self) -> dict[str, Any]:
        """Its fields; ``between`` where it is known."""
        return {name: value for name, value in plain(vars(self)).items() if name != "between" or value}


@dataclass(frozen=True)
class Pending:
    """A day that a holiday table moves, and of which the filing has not been told yet: no difference, but it comes."""

    filing_id: UUID
    key: str
    was: date | None
    now: date | None


@dataclass(frozen=True)
class Erased:
    """A person whose key was deleted: what is sealed can be read by nobody, and every proof of it still holds."""

    party_id: UUID
    erased_at: datetime | None
    erased_by: UUID | None
    role: str | None


@dataclass(frozen=True)
class WasSetBack:
    """The database was set back: entries of the log from ``first`` to ``end`` prove what it lost; no difference."""

    first: int
    end: int
    said_by: UUID
    reason: str
    at: datetime


@dataclass
class Report:
    """The outcome of an audit; it can be put together from the reports of its parts."""

    counts: dict[str, int] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)
    pending: list[Pending] = field(default_factory=list)
    waiting: dict[str, Any] = field(default_factory=dict)
    """What is under way and no difference: how much, and since when."""
    erased: list[Erased] = field(default_factory=list)
    """Persons who were erased, by whom and when."""
    set_backs: list[WasSetBack] = field(default_factory=list)
    """When the database was set back, and who went on; told for ever."""

    @property
    def ok(self) -> bool:
        """Whether everything agreed."""
        return not self.differences

    def count(self, what: str, how_many: int = 1) -> None:
        """Adds to one of the counts."""
        self.counts[what] = self.counts.get(what, 0) + how_many

    def compare(self, filing_id: UUID | None, where: str, proved: Any, found: Any) -> None:
        """Notes a difference if there is one; both sides are compared as they are stored."""
        one, other = plain(proved), plain(found)
        if one != other:
            self.differences.append(Difference(filing_id, where, one, other))

    def compare_each(
        self, filing_id: UUID | None, where: str, proved: Mapping[str, Any], found: Mapping[str, Any]
    ) -> None:
        """The same for every name that stands on either side."""
        for name in sorted({*proved, *found}):
            self.compare(filing_id, f"{where}.{name}", proved.get(name), found.get(name))

    def add(self, other: "Report") -> None:
        """Takes another report into this one."""
        for what, how_many in other.counts.items():
            self.count(what, how_many)
        self.differences += other.differences
        self.pending += other.pending
        self.waiting |= other.waiting
        self.erased += other.erased
        self.set_backs += other.set_backs

    def as_json(self) -> dict[str, Any]:
        """Plain values, differences in the order of filings and fields."""
        ordered = sorted(self.differences, key=lambda one: (str(one.filing_id or ""), one.where))
        return {
            "ok": self.ok,
            "counts": dict(sorted(self.counts.items())),
            "differences": [one.as_json() for one in ordered],
            **({"pending": [plain(vars(one)) for one in self.pending]} if self.pending else {}),
            **({"waiting": self.waiting} if self.waiting else {}),
            **({"erased": [plain(vars(one)) for one in self.erased]} if self.erased else {}),
            **({"set_backs": [plain(vars(one)) for one in self.set_backs]} if self.set_backs else {}),
        }
