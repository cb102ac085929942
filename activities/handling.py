"""What the recording activity needs to know of each kind of filing; one ``Handling`` per kind, no branches on kinds."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from pydantic import TypeAdapter

from database.pool import Connection
from database.record.posting import BankLine, Licence, Message, Offer, Receipt
from rules.filing.verdict import Verdict
from rules.law.calendar import Calendar
from schemas.acts.act import Act, FilingKind
from schemas.lifecycle.table import Lifecycle
from schemas.standing.answer import Start
from schemas.standing.fact import Fact
from schemas.standing.position import BasePosition
from schemas.standing.surroundings import Surroundings
from schemas.values.determination import Determination


@dataclass(frozen=True)
class Change:
    """One act with the filing before and after it."""

    act: Act
    version: int
    facts: Sequence[Fact[Any]]
    before: Any
    after: Any
    surroundings: Any


@dataclass(frozen=True)
class Rows:
    """The rows of the read model that belong to one kind of filing only."""

    offer: Offer | None = None
    licence: Licence | None = None
    bank_line: BankLine | None = None
    receipts: Sequence[Receipt] = ()


class Handling(Protocol):
    """Everything that differs between the kinds of filing while an act is recorded."""

    @property
    def kind(self) -> FilingKind:
        """The kind of filing."""
        ...

    @property
    def lifecycle(self) -> Lifecycle:
        """Its table."""
        ...

    @property
    def adapter(self) -> TypeAdapter[Any]:
        """Reads and writes its acts."""
        ...

    @property
    def position_type(self) -> type[BasePosition]:
        """The model of its position."""
        ...

    async def surroundings(self, connection: Connection, act: Act, known: Surroundings | None) -> Surroundings:
        """What the filing stands on, read (and locked) now; or ``known`` where the act does not depend on news."""
        ...

    def derive(self, facts: Sequence[Fact[Any]], surroundings: Any, calendar: Calendar) -> BasePosition:
        """The filing's position."""
        ...

    def guard(
        self, act: Any, position: Any, facts: Sequence[Fact[Any]], surroundings: Any, calendar: Calendar
    ) -> Verdict:
        """Refusals and warnings for an act of a person."""
        ...

    def parent_id(self, act: Act) -> UUID | None:
        """The filing above, from the first act."""
        ...

    def determinations(self, change: Change, calendar: Calendar) -> tuple[Determination, ...]:
        """The amounts this act made, with their traces."""
        ...

    def rows(self, change: Change) -> Rows:
        """What of the read model changes beside the filing's own row."""
        ...

    def starts(self, position: Any, surroundings: Any) -> tuple[Start, ...]:
        """All payouts that the filing calls for as it stands."""
        ...

    async def posts_besides(self, connection: Connection, change: Change) -> None:
        """What the act changes outside the filing's own rows, in the same transaction, after everything else."""
        ...

    def tells(self, change: Change) -> tuple[Message, ...]:
        """Whom else the act concerns."""
        ...
